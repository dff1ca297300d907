//! What is known of who wrote a comment.

use std::collections::HashMap;

use async_trait::async_trait;

use super::Result;
use crate::domain::{Author, CommentId};

/// The authors of comments, told apart as well as can be without accounts.
#[async_trait]
pub trait Authors: Send + Sync {
    /// What became of the other comments of the authors of these.
    async fn authors(&self, comments: &[CommentId]) -> Result<HashMap<CommentId, Author>>;
}
