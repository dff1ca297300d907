//! What article pages show.

use std::collections::HashMap;

use async_trait::async_trait;

use super::Result;
use crate::domain::{PublishedThread, Thread, ThreadId, ThreadKey};

/// The threads of articles.
#[async_trait]
pub trait Threads: Send + Sync {
    /// Everything an article page shows. [`StoreError::NotFound`] before the first comment.
    async fn published(&self, key: &ThreadKey) -> Result<PublishedThread>;

    /// How many published comments each of these articles has; articles without any are left out.
    async fn published_counts(
        &self,
        site: &str,
        objects: &[String],
    ) -> Result<HashMap<String, i64>>;

    /// Opens or closes a thread for new comments.
    async fn set_thread_open(&self, thread: ThreadId, open: bool) -> Result<Thread>;
}
