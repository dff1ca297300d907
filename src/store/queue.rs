//! The desk's lists.

use std::collections::HashMap;

use async_trait::async_trait;

use super::Result;
use crate::domain::{Comment, CommentId, Status, ThreadId};
use crate::language::Class;

/// Which comments a desk page lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueFilter {
    /// Where they stand.
    pub status: Status,
    /// The class of their text.
    pub class: Option<Class>,
    /// The article.
    pub thread: Option<ThreadId>,
    /// Words that all occur in text, name or title; compared without marks.
    pub words: String,
}

/// A piece of a list, cut by key: nothing is skipped or repeated when comments come and go.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The comments, in the order asked for.
    pub comments: Vec<Comment>,
    /// Ask for what follows this one, if anything does.
    pub next: Option<CommentId>,
}

/// How many comments stand where, for the desk's tabs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// For each status and class that occurs.
    pub counts: Vec<(Status, Class, i64)>,
}

impl Tally {
    /// How many comments have this status.
    #[must_use]
    pub fn of(&self, status: Status) -> i64 {
        self.counts.iter().filter(|(s, _, _)| *s == status).map(|(_, _, count)| count).sum()
    }
}

/// Comments as the desk lists them.
#[async_trait]
pub trait Queue: Send + Sync {
    /// A page of the desk's list: pending comments by lane and oldest first, decided ones newest first.
    async fn queue(
        &self,
        filter: &QueueFilter,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Page>;

    /// How many comments stand where.
    async fn tally(&self) -> Result<Tally>;

    /// How many comments of each of these threads are pending.
    async fn pending_in(&self, threads: &[ThreadId]) -> Result<HashMap<ThreadId, i64>>;

    /// A comment as the desk sees it.
    async fn comment(&self, id: CommentId) -> Result<Comment>;
}
