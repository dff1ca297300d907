//! Many comments decided together.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{QueueFilter, Result};
use crate::domain::{Action, CommentId, Decision, ModeratorId, ReasonKey};

/// A bulk's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BulkId(pub i64);

/// How far a page had seen when it was made: what came in or was decided later is not swept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The highest comment.
    pub comment: i64,
    /// The latest decision.
    pub decision: i64,
}

/// Which comments are decided together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These, each as it was seen at its version.
    These(Vec<(CommentId, i64)>),
    /// Those that fit a filter, as far as a page had seen.
    Matching(Box<QueueFilter>, Mark),
    /// Those that an earlier bulk decided.
    DecidedBy(BulkId),
}

/// A bulk to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBulk {
    /// Who decides.
    pub moderator: ModeratorId,
    /// What.
    pub action: Action,
    /// The reason, for a rejection.
    pub reason: Option<ReasonKey>,
    /// The note.
    pub note: String,
    /// On which comments.
    pub selection: Selection,
    /// When.
    pub at: Timestamp,
}

/// A bulk on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// Its number.
    pub id: BulkId,
    /// Who decides.
    pub moderator: ModeratorId,
    /// By name.
    pub name: String,
    /// What.
    pub action: Action,
    /// The reason.
    pub reason: Option<ReasonKey>,
    /// The note.
    pub note: String,
    /// The bulk it undoes.
    pub undoes: Option<BulkId>,
    /// The bulk it is undone by.
    pub undone_by: Option<BulkId>,
    /// How many comments it is about.
    pub total: i64,
    /// How many of them it has decided.
    pub done: i64,
    /// How many it has passed over, because somebody had decided in between.
    pub skipped: i64,
    /// When it began.
    pub started_at: Timestamp,
    /// Whether nothing is left to do.
    pub finished: bool,
}

/// Bulks. Each comment of one is decided by a decision of its own; the bulk keeps which.
#[async_trait]
pub trait Bulks: Send + Sync {
    /// How far the store has come.
    async fn mark(&self) -> Result<Mark>;

    /// Begins a bulk: which comments it is about is settled from then on. At most `most` of them.
    /// [`super::StoreError::Conflict`] if it undoes one that was undone before.
    async fn begin_bulk(&self, bulk: NewBulk, most: usize) -> Result<BulkId>;

    /// How far a bulk has come.
    async fn bulk(&self, id: BulkId) -> Result<Bulk>;

    /// A moderator's latest bulks, newest first.
    async fn bulks(&self, moderator: ModeratorId, limit: usize) -> Result<Vec<Bulk>>;

    /// The next comments of a bulk, each with the version to decide on.
    async fn bulk_left(&self, id: BulkId, limit: usize) -> Result<Vec<(CommentId, i64)>>;

    /// Records a part of a bulk at once: its decisions, but for those that come too late, and the
    /// comments passed over.
    async fn decide_in_bulk(
        &self,
        id: BulkId,
        decisions: Vec<Decision>,
        skipped: Vec<CommentId>,
        now: Timestamp,
    ) -> Result<()>;

    /// An unfinished bulk that nobody has worked at since `before`, if there is one; from `now` on
    /// it counts as worked at.
    async fn take_over_bulk(&self, before: Timestamp, now: Timestamp) -> Result<Option<BulkId>>;
}
