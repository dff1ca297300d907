//! Who is looking at which comment, so that two people seldom work at the same one.

use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;

use super::Result;
use crate::domain::{CommentId, ModeratorId};

/// Somebody looks at a comment. It stops nobody else; it ends with a decision, or by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who.
    pub moderator: ModeratorId,
    /// By name.
    pub name: String,
}

/// Claims, told as changes when they begin and when they are given up.
#[async_trait]
pub trait Claims: Send + Sync {
    /// Claims a comment until then, or goes on with one's own claim, unless somebody else holds it
    /// now. Returns who does from then on. [`super::StoreError::NotFound`] if there is no such
    /// comment.
    async fn claim(
        &self,
        comment: CommentId,
        moderator: ModeratorId,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Claim>;

    /// Gives a claim of one's own up; nothing happens if there is none.
    async fn release(&self, comment: CommentId, moderator: ModeratorId) -> Result<()>;

    /// Who looks at which of these comments now.
    async fn claims(
        &self,
        comments: &[CommentId],
        now: Timestamp,
    ) -> Result<HashMap<CommentId, Claim>>;
}
