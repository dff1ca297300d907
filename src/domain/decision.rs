//! What a moderator may decide, and what follows from it.

use std::str::FromStr;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{
    Comment, CommentId, Invalid, Limits, ModeratorId, RejectReason, Rule, Status, clean_text,
};

/// The kind of a decision.
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
    /// Back to the queue.
    Reopen,
    /// Back to how the comment stood before the last decision.
    Undo,
    /// Nobody decided in time; taken by the cleanup alone.
    Expire,
}

impl Action {
    const ALL: [Action; 7] = [
        Action::Approve,
        Action::Edit,
        Action::Reject,
        Action::Spam,
        Action::Reopen,
        Action::Undo,
        Action::Expire,
    ];

    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Approve => "approve",
            Action::Edit => "edit",
            Action::Reject => "reject",
            Action::Spam => "spam",
            Action::Reopen => "reopen",
            Action::Undo => "undo",
            Action::Expire => "expire",
        }
    }

    /// The status a comment has after it; nothing where that depends on what was before.
    #[must_use]
    pub fn leads_to(self) -> Option<Status> {
        match self {
            Action::Approve | Action::Edit => Some(Status::Approved),
            Action::Reject => Some(Status::Rejected),
            Action::Spam => Some(Status::Spam),
            Action::Reopen => Some(Status::Pending),
            Action::Expire => Some(Status::Expired),
            Action::Undo => None,
        }
    }
}

impl FromStr for Action {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Action::ALL.into_iter().find(|action| action.as_str() == name).ok_or(())
    }
}

/// A decision that a moderator asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its kind.
    pub action: Action,
    /// The edited text, for [`Action::Edit`].
    pub body: String,
    /// The reason, for [`Action::Reject`].
    pub reason: Option<RejectReason>,
    /// A note for the record; never public.
    pub note: String,
}

/// What a choice makes of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its kind; an edit that changes nothing is an approval.
    pub action: Action,
    /// The status from now on.
    pub status: Status,
    /// The published text from now on, or the last one if it is not published now.
    pub published_body: Option<String>,
    /// The reason, if it is a rejection.
    pub reason: Option<RejectReason>,
    /// The note.
    pub note: String,
}

/// Why a choice cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It would leave the comment as it is.
    Nothing,
    /// A field of the decision is missing or too long.
    Invalid(Vec<Invalid>),
}

/// Most characters of a note.
pub const MAX_NOTE: usize = 1_000;

/// What `choice` makes of `comment`: the transition rule. `history` is the decisions so far, oldest
/// first; only undoing looks at them.
///
/// Any decision may follow any other, unless it would leave the comment as it is. The reader's
/// own text is never touched: what is published is a second text.
///
/// # Errors
/// [`Refused`] where nothing would change or a field is not acceptable.
pub fn outcome_of(
    comment: &Comment,
    history: &[DecisionRecord],
    choice: &Choice,
    limits: Limits,
) -> Result<Outcome, Refused> {
    let edited = clean_text(&choice.body);
    let note = clean_text(&choice.note);
    let invalid = invalid_fields(choice, &edited, &note, limits);
    if !invalid.is_empty() {
        return Err(Refused::Invalid(invalid));
    }
    let action = match choice.action {
        Action::Edit if edited == comment.body => Action::Approve,
        action => action,
    };
    let published_body = match action {
        Action::Approve => Some(comment.body.clone()),
        Action::Edit => Some(edited),
        _ => comment.published_body.clone(),
    };
    let Some(status) = action.leads_to() else {
        return undone(comment, history, note);
    };
    if status == comment.status && published_body == comment.published_body {
        return Err(Refused::Nothing);
    }
    let reason = choice.reason.filter(|_| action == Action::Reject);
    Ok(Outcome { action, status, published_body, reason, note })
}

/// How a comment stood before its last decision; undoing twice is doing it again.
fn undone(comment: &Comment, history: &[DecisionRecord], note: String) -> Result<Outcome, Refused> {
    let Some((last, earlier)) = history.split_last() else {
        return Err(Refused::Nothing);
    };
    let before = earlier.last();
    Ok(Outcome {
        action: Action::Undo,
        status: before.map_or(Status::Pending, |record| record.status),
        published_body: last.body_before.clone().or_else(|| comment.published_body.clone()),
        reason: before.and_then(|record| record.reason),
        note,
    })
}

/// The fields of a choice that its action cannot do without, or that are too long.
fn invalid_fields(choice: &Choice, edited: &str, note: &str, limits: Limits) -> Vec<Invalid> {
    // An editor may add marks, words and corrections to a comment of the full length.
    let longest_edit = limits.body.saturating_mul(2);
    let mut invalid = Vec::new();
    let mut add = |found: bool, field, rule| {
        if found {
            invalid.push(Invalid { field, rule });
        }
    };
    let edits = choice.action == Action::Edit;
    let rejects = choice.action == Action::Reject;
    add(edits && edited.is_empty(), "body", Rule::Missing);
    add(edits && edited.chars().count() > longest_edit, "body", Rule::TooLong(longest_edit));
    add(rejects && choice.reason.is_none(), "reason", Rule::Missing);
    add(
        rejects && choice.reason == Some(RejectReason::Other) && note.is_empty(),
        "note",
        Rule::Missing,
    );
    add(note.chars().count() > MAX_NOTE, "note", Rule::TooLong(MAX_NOTE));
    invalid
}

/// A decision to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The comment.
    pub comment: CommentId,
    /// The version it was made on.
    pub version: i64,
    /// Who decided; nobody where the cleanup did.
    pub moderator: Option<ModeratorId>,
    /// What follows.
    pub outcome: Outcome,
    /// When.
    pub at: Timestamp,
}

/// A decision on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRecord {
    /// Who decided, by name; nobody where the cleanup did.
    pub moderator: Option<String>,
    /// Its kind.
    pub action: Action,
    /// The status it led to.
    pub status: Status,
    /// The reason, if the comment was rejected from then on.
    pub reason: Option<RejectReason>,
    /// The note.
    pub note: String,
    /// The text published before it, if any was.
    pub body_before: Option<String>,
    /// The text published after it, if any is.
    pub body_after: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// The hash that chains a decision to the one recorded before it.
///
/// Texts (note, before, after) go in as their own hashes, so that retention can forget the
/// texts and the chain still holds.
#[must_use]
pub fn chain_hash(previous: &[u8], decision: &Decision, text_hashes: [&[u8]; 3]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    part(previous);
    part(&decision.comment.0.to_be_bytes());
    part(&decision.version.to_be_bytes());
    part(&decision.moderator.map_or(0, |id| id.0).to_be_bytes());
    part(decision.outcome.action.as_str().as_bytes());
    part(decision.outcome.status.as_str().as_bytes());
    part(decision.outcome.reason.map_or("", RejectReason::as_str).as_bytes());
    part(&decision.at.as_millisecond().to_be_bytes());
    for text_hash in text_hashes {
        part(text_hash);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Thread, ThreadId, ThreadKey, Verdict};
    use crate::language::Class;

    const LIMITS: Limits = Limits { name: 60, body: 100 };

    fn comment(status: Status, published_body: Option<&str>) -> Comment {
        Comment {
            id: CommentId(1),
            thread: Thread {
                id: ThreadId(1),
                key: ThreadKey { site: "bao".into(), object: "1".into() },
                url: String::new(),
                title: String::new(),
                open: true,
            },
            parent: None,
            name: "An".into(),
            email: None,
            body: "bai hay".into(),
            published_body: published_body.map(str::to_owned),
            status,
            verdict: Verdict {
                class: Class::Unmarked,
                missing_share: 1.0,
                confidence: 1.0,
                spans: vec![],
                flags: vec![],
            },
            version: 1,
            submitted_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn choice(action: Action) -> Choice {
        Choice {
            action,
            body: "Bài hay".into(),
            reason: Some(RejectReason::Insult),
            note: String::new(),
        }
    }

    #[test]
    fn an_edit_publishes_a_second_text() {
        let outcome =
            outcome_of(&comment(Status::Pending, None), &[], &choice(Action::Edit), LIMITS)
                .unwrap();
        assert_eq!(outcome.published_body.as_deref(), Some("Bài hay"));
        assert_eq!(outcome.reason, None);
    }

    #[test]
    fn an_edit_that_changes_nothing_is_an_approval() {
        let same = Choice { body: "bai hay\r\n".into(), ..choice(Action::Edit) };
        let outcome = outcome_of(&comment(Status::Pending, None), &[], &same, LIMITS).unwrap();
        assert_eq!(outcome.action, Action::Approve);
    }

    #[test]
    fn a_decision_that_changes_nothing_is_refused() {
        for (status, published, action) in [
            (Status::Pending, None, Action::Reopen),
            (Status::Approved, Some("bai hay"), Action::Approve),
            (Status::Approved, Some("Bài hay"), Action::Edit),
            (Status::Rejected, None, Action::Reject),
            (Status::Spam, None, Action::Spam),
        ] {
            let refused = outcome_of(&comment(status, published), &[], &choice(action), LIMITS);
            assert_eq!(refused, Err(Refused::Nothing), "{status:?} {action:?}");
        }
    }

    #[test]
    fn every_other_decision_is_possible_from_every_status() {
        for status in Status::ALL {
            for action in [Action::Edit, Action::Reject, Action::Spam, Action::Reopen] {
                if action.leads_to() != Some(status) || action == Action::Edit {
                    let outcome = outcome_of(&comment(status, None), &[], &choice(action), LIMITS);
                    assert!(outcome.is_ok(), "{status:?} {action:?}");
                }
            }
        }
    }

    #[test]
    fn a_rejection_needs_a_reason_and_another_reason_needs_a_note() {
        let none = Choice { reason: None, ..choice(Action::Reject) };
        let other = Choice { reason: Some(RejectReason::Other), ..choice(Action::Reject) };
        for (choice, field) in [(none, "reason"), (other, "note")] {
            let refused = outcome_of(&comment(Status::Pending, None), &[], &choice, LIMITS);
            assert_eq!(
                refused,
                Err(Refused::Invalid(vec![Invalid { field, rule: Rule::Missing }]))
            );
        }
    }

    fn record(action: Action, status: Status, body_before: Option<&str>) -> DecisionRecord {
        DecisionRecord {
            moderator: Some("An".into()),
            action,
            status,
            reason: (status == Status::Rejected).then_some(RejectReason::Insult),
            note: String::new(),
            body_before: body_before.map(str::to_owned),
            body_after: None,
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn undoing_brings_back_the_status_the_text_and_the_reason_of_before() {
        let undo = choice(Action::Undo);
        let published = comment(Status::Approved, Some("Hay lắm"));
        let edits = [
            record(Action::Approve, Status::Approved, None),
            record(Action::Edit, Status::Approved, Some("bai hay")),
        ];
        let outcome = outcome_of(&published, &edits, &undo, LIMITS).unwrap();
        assert_eq!(outcome.status, Status::Approved);
        assert_eq!(outcome.published_body.as_deref(), Some("bai hay"));

        let reopened = comment(Status::Pending, None);
        let history = [
            record(Action::Reject, Status::Rejected, None),
            record(Action::Reopen, Status::Pending, None),
        ];
        let outcome = outcome_of(&reopened, &history, &undo, LIMITS).unwrap();
        assert_eq!(outcome.status, Status::Rejected);
        assert_eq!(outcome.reason, Some(RejectReason::Insult));

        let first = outcome_of(&reopened, &history[..1], &undo, LIMITS).unwrap();
        assert_eq!((first.status, first.reason), (Status::Pending, None));
        assert_eq!(outcome_of(&reopened, &[], &undo, LIMITS), Err(Refused::Nothing));
    }
}
