//! Threads, comments and what the public, the reader and the desk see of them.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::{Reason, Verdict};

/// A comment's number, never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommentId(pub i64);

/// A thread's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(pub i64);

impl fmt::Display for CommentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which article a thread belongs to: the site and the number the newspaper's CMS gives it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ThreadKey {
    /// The site's id.
    pub site: String,
    /// The article's number or slug in the CMS.
    pub object: String,
}

/// The comments of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Our own number.
    pub id: ThreadId,
    /// The newspaper's.
    pub key: ThreadKey,
    /// The article's address as first sent; its origin was the site's then.
    pub url: String,
    /// The article's title as first sent; untrusted text.
    pub title: String,
    /// Whether new comments are taken.
    pub open: bool,
}

/// Where a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Waits for a decision.
    Pending,
    /// Published.
    Approved,
    /// Not published, with a reason.
    Rejected,
    /// Not published, as spam.
    Spam,
    /// Sent back to its reader, who is told what to change.
    Returned,
    /// Taken back by its reader.
    Withdrawn,
    /// Nobody decided within the retention time.
    Expired,
}

impl Status {
    /// Every status, in the order the desk shows them.
    pub const ALL: [Status; 7] = [
        Status::Pending,
        Status::Approved,
        Status::Rejected,
        Status::Spam,
        Status::Returned,
        Status::Withdrawn,
        Status::Expired,
    ];

    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Pending => "pending",
            Status::Approved => "approved",
            Status::Rejected => "rejected",
            Status::Spam => "spam",
            Status::Returned => "returned",
            Status::Withdrawn => "withdrawn",
            Status::Expired => "expired",
        }
    }

    /// Whether the reader may still send another text: as long as nobody has decided, and when
    /// asked to.
    #[must_use]
    pub fn takes_another_text(self) -> bool {
        matches!(self, Status::Pending | Status::Returned)
    }

    /// Whether the reader may take the comment back: as long as it may be seen or still may come
    /// to be.
    #[must_use]
    pub fn can_be_withdrawn(self) -> bool {
        self.takes_another_text() || self == Status::Approved
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Status::ALL.into_iter().find(|status| status.as_str() == name).ok_or(())
    }
}

/// A comment as the desk sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// Its number.
    pub id: CommentId,
    /// The article it is on.
    pub thread: Thread,
    /// The comment it replies to, with that one's author.
    pub parent: Option<(CommentId, String)>,
    /// What everyone can read of that one.
    pub parent_text: Option<String>,
    /// Whether the newsroom wrote that one, or replied to it already.
    pub to_staff: bool,
    /// Whether this one is.
    pub staff: bool,
    /// The author's name as sent.
    pub name: String,
    /// The author's e-mail address, if one was given; never public.
    pub email: Option<String>,
    /// The reader's own text: the latest they sent. The desk never changes it.
    pub body: String,
    /// The text that was published last, if any was.
    pub published_body: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// What the machine concluded when it came in.
    pub verdict: Verdict,
    /// Grows by one with each decision; a decision names the version it was made on.
    pub version: i64,
    /// When it came in.
    pub submitted_at: Timestamp,
}

/// A text of the reader's that a later one replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The comment's version up to which it was the reader's text.
    pub version: i64,
    /// The text.
    pub body: String,
    /// When it was replaced.
    pub at: Timestamp,
}

/// What a reader's own link tells of a submission. It carries no text: the link may be shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The comment's number.
    pub comment: CommentId,
    /// The article.
    pub thread: Thread,
    /// Where it stands.
    pub status: Status,
    /// Whether the published text differs from the reader's.
    pub edited: bool,
    /// Why it was not published, or was sent back.
    pub reason: Option<Reason>,
    /// What the reader is asked to change, in the moderator's own words.
    pub message: String,
    /// Grows with each step; sending another text names the version it was seen at.
    pub version: i64,
    /// When it came in.
    pub submitted_at: Timestamp,
    /// When it was last decided.
    pub decided_at: Option<Timestamp>,
}

/// Where a submission came from; kept apart from the comment, for a shorter time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OriginTrace {
    /// The reader's network address.
    pub address: String,
    /// The browser's own description.
    pub user_agent: String,
}
