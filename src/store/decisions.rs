//! The record of decisions.

use async_trait::async_trait;

use super::Result;
use crate::domain::{Comment, CommentId, Decision, DecisionRecord, ModeratorId};

/// Decisions, appended and never edited.
#[async_trait]
pub trait Decisions: Send + Sync {
    /// Records a decision and what follows from it. [`super::StoreError::Conflict`] if the comment's
    /// version is no longer the decision's.
    async fn decide(&self, decision: Decision) -> Result<()>;

    /// The decisions on a comment, oldest first.
    async fn history(&self, id: CommentId) -> Result<Vec<DecisionRecord>>;

    /// A moderator's latest decisions that nobody has decided over since, newest first, each with
    /// its comment.
    async fn recent(
        &self,
        moderator: ModeratorId,
        limit: usize,
    ) -> Result<Vec<(DecisionRecord, Comment)>>;
}
