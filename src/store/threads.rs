//! What article pages show.

use std::collections::HashMap;

use async_trait::async_trait;

use super::Result;
use crate::domain::{Part, PublishedComment, PublishedThread, Thread, ThreadId, ThreadKey};

/// The threads of articles.
#[async_trait]
pub trait Threads: Send + Sync {
    /// What an article page shows: a part of the published comments. [`super::StoreError::NotFound`]
    /// before the first comment, and where the part begins with a comment that is not published
    /// there.
    async fn published(&self, key: &ThreadKey, part: Part) -> Result<PublishedThread>;

    /// The comments of an article that were published last, newest first.
    async fn latest(&self, key: &ThreadKey, limit: usize) -> Result<PublishedThread>;

    /// The comments of a whole site that were published last, newest first, each with its thread.
    async fn latest_of_site(
        &self,
        site: &str,
        limit: usize,
    ) -> Result<Vec<(Thread, PublishedComment)>>;

    /// How many published comments each of these articles has; articles without any are left out.
    async fn published_counts(
        &self,
        site: &str,
        objects: &[String],
    ) -> Result<HashMap<String, i64>>;

    /// Opens or closes a thread for new comments.
    async fn set_thread_open(&self, thread: ThreadId, open: bool) -> Result<Thread>;
}
