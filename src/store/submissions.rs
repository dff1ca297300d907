//! What readers send, and what their own links tell of it.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::{Result, TokenHash};
use crate::domain::{
    Comment, CommentId, Decision, Lane, ModeratorId, OriginTrace, Receipt, Revision, Submission,
    Verdict,
};

/// A submission with everything that is kept of it.
#[derive(Debug, Clone)]
pub struct NewComment {
    /// What the reader sent.
    pub submission: Submission,
    /// What the machine concluded.
    pub verdict: Verdict,
    /// Where in the queue it waits.
    pub lane: Lane,
    /// What texts like it share, if it says more than many do.
    pub likeness: Option<i64>,
    /// From when on an earlier one of its likeness makes it a repetition.
    pub alike_since: Timestamp,
    /// The hash of the receipt link's token. Sending the same form twice is one comment by it.
    pub receipt: TokenHash,
    /// Where it came from.
    pub origin: OriginTrace,
    /// When it came in.
    pub at: Timestamp,
}

/// What became of a [`NewComment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insertion {
    /// It is kept, under this number.
    Stored(CommentId),
    /// The same form with the same text came before; this is that one.
    AlreadyStored(CommentId),
    /// The form was used for another text.
    KeyReused,
    /// The thread takes no comments.
    ThreadClosed,
    /// The comment it replies to is not published on this thread, or is itself a reply.
    NoSuchParent,
}

/// Another text for a comment that was sent before, with the reader's step that brings it.
#[derive(Debug, Clone)]
pub struct Resubmission {
    /// The reader's step.
    pub decision: Decision,
    /// The text.
    pub body: String,
    /// What the machine concluded about it.
    pub verdict: Verdict,
    /// Where in the queue it waits.
    pub lane: Lane,
    /// What texts like it share, if it says more than many do.
    pub likeness: Option<i64>,
}

/// Submissions and their receipts.
#[async_trait]
pub trait Submissions: Send + Sync {
    /// Keeps a submission, making its thread on the first one. If another of its likeness came
    /// from others or went to another article, it is kept as repeated
    /// ([`Flag::Repeated`](crate::domain::Flag)).
    async fn insert(&self, comment: NewComment) -> Result<Insertion>;

    /// Keeps a reply of the newsroom's own and publishes it by a decision of this moderator's, on a
    /// closed thread too.
    async fn publish_own(&self, reply: NewComment, by: ModeratorId) -> Result<Insertion>;

    /// The name that a moderator's latest reply is signed with.
    async fn signature(&self, moderator: ModeratorId) -> Result<Option<String>>;

    /// How long half of a site's comments waited at most until they were first decided on, of the
    /// latest since `since`; nothing where too few were to tell.
    async fn usual_wait(&self, site: &str, since: Timestamp) -> Result<Option<SignedDuration>>;

    /// What a receipt link tells.
    async fn receipt(&self, token: &TokenHash) -> Result<Receipt>;

    /// The comment of a receipt link, with its text; for its reader alone.
    async fn own_comment(&self, token: &TokenHash) -> Result<Comment>;

    /// Puts another text in the place of a comment's and records the reader's step; the replaced
    /// one is kept. [`super::StoreError::Conflict`] if the comment's version is no longer the step's.
    async fn resubmit(&self, resubmission: Resubmission) -> Result<()>;

    /// The texts of the reader's that later ones replaced, oldest first.
    async fn revisions(&self, id: CommentId) -> Result<Vec<Revision>>;
}
