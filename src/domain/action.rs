//! The kinds of decisions, and the status each leads to.

use std::str::FromStr;

use super::Status;

/// The kind of a decision. A reader's and the cleanup's steps are decisions too, of no
/// moderator's: they stand on the same record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Publish the reader's text.
    Approve,
    /// Publish an edited text; the reader's stays beside it.
    Edit,
    /// Do not publish, or publish no longer, with a reason.
    Reject,
    /// The same, as spam.
    Spam,
    /// Back to the reader, who is told what to change.
    Return,
    /// Back to the queue.
    Reopen,
    /// Back to how the comment stood before the last decision.
    Undo,
    /// Nobody decided in time; taken by the cleanup alone.
    Expire,
    /// Another text, which waits from then on; taken by the reader alone.
    Resubmit,
    /// Taken back; by the reader alone.
    Withdraw,
}

impl Action {
    const ALL: [Action; 10] = [
        Action::Approve,
        Action::Edit,
        Action::Reject,
        Action::Spam,
        Action::Return,
        Action::Reopen,
        Action::Undo,
        Action::Expire,
        Action::Resubmit,
        Action::Withdraw,
    ];

    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Approve => "approve",
            Action::Edit => "edit",
            Action::Reject => "reject",
            Action::Spam => "spam",
            Action::Return => "return",
            Action::Reopen => "reopen",
            Action::Undo => "undo",
            Action::Expire => "expire",
            Action::Resubmit => "resubmit",
            Action::Withdraw => "withdraw",
        }
    }

    /// The status a comment has after it; nothing where that depends on what was before.
    #[must_use]
    pub fn leads_to(self) -> Option<Status> {
        match self {
            Action::Approve | Action::Edit => Some(Status::Approved),
            Action::Reject => Some(Status::Rejected),
            Action::Spam => Some(Status::Spam),
            Action::Return => Some(Status::Returned),
            Action::Reopen | Action::Resubmit => Some(Status::Pending),
            Action::Expire => Some(Status::Expired),
            Action::Withdraw => Some(Status::Withdrawn),
            Action::Undo => None,
        }
    }

    /// Whether it is the reader's own step.
    #[must_use]
    pub fn is_readers(self) -> bool {
        matches!(self, Action::Resubmit | Action::Withdraw)
    }

    /// Whether a moderator may choose it.
    #[must_use]
    pub fn is_moderators(self) -> bool {
        !self.is_readers() && self != Action::Expire
    }
}

impl FromStr for Action {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Action::ALL.into_iter().find(|action| action.as_str() == name).ok_or(())
    }
}
