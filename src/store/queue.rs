//! The desk's lists.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use async_trait::async_trait;
use jiff::Timestamp;

use super::Result;
use crate::domain::{Comment, CommentId, Hold, Status, ThreadId, View};
use crate::language::{self, Class};

/// Which comments a desk page lists, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueFilter {
    /// Where they stand.
    pub status: Status,
    /// What the desk sets apart.
    pub view: Option<View>,
    /// The class of their text.
    pub class: Option<Class>,
    /// The article.
    pub thread: Option<ThreadId>,
    /// Those that have waited since before then.
    pub before: Option<Timestamp>,
    /// Words that all occur in text, name or title; compared without marks. `"Several words"` are
    /// found one after the other, `wor*` finds what begins like it.
    pub words: String,
    /// Whether the newest come first also of what waits.
    pub newest: bool,
}

impl QueueFilter {
    /// All comments of one status.
    #[must_use]
    pub fn of(status: Status) -> QueueFilter {
        QueueFilter {
            status,
            view: None,
            class: None,
            thread: None,
            before: None,
            words: String::new(),
            newest: false,
        }
    }

    /// Whether a comment that has just come in belongs into the list. Words are looked for without
    /// the order that a phrase asks for.
    #[must_use]
    pub fn takes(&self, comment: &Comment) -> bool {
        let text = [&comment.body, &comment.name, &comment.thread.title].map(String::as_str);
        let text = language::fold(&text.join("\n"));
        let words = language::fold(&self.words);
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        self.status == comment.status
            && self.before.is_none()
            && self.view.is_none_or(|view| view.shows(comment))
            && self.class.is_none_or(|class| class == comment.verdict.class)
            && self.thread.is_none_or(|thread| thread == comment.thread.id)
            && words.all(|word| text.contains(word))
    }
}

/// Where a page of a list ends: what follows it in the list's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is ordered by before the number: a lane's place, or a time.
    pub place: i64,
    /// The page's last comment.
    pub id: CommentId,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.place, self.id)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Cursor, ()> {
        let (place, id) = text.split_once('.').ok_or(())?;
        let number = |text: &str| text.parse().map_err(|_not_one| ());
        Ok(Cursor { place: number(place)?, id: CommentId(number(id)?) })
    }
}

/// A piece of a list, cut by key: nothing is skipped or repeated when comments come and go.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The comments, in the order asked for.
    pub comments: Vec<Comment>,
    /// Ask for what follows this one, if anything does.
    pub next: Option<Cursor>,
}

/// How many comments are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Where they stand.
    pub status: Status,
    /// The class of their text.
    pub class: Class,
    /// What holds them back.
    pub hold: Hold,
    /// Whether they reply to the newsroom.
    pub to_staff: bool,
    /// How many.
    pub count: i64,
}

/// How many comments stand where, for the desk's tabs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// For each kind that occurs.
    pub counts: Vec<Counted>,
}

impl Tally {
    /// How many comments have this status.
    #[must_use]
    pub fn of(&self, status: Status) -> i64 {
        self.sum(|counted| counted.status == status)
    }

    /// How many comments of a view wait.
    #[must_use]
    pub fn waiting_in(&self, view: View) -> i64 {
        self.sum(|counted| {
            counted.status == Status::Pending
                && view.takes(counted.class, counted.hold, counted.to_staff)
        })
    }

    fn sum(&self, wanted: impl Fn(&&Counted) -> bool) -> i64 {
        self.counts.iter().filter(wanted).map(|counted| counted.count).sum()
    }
}

/// Comments as the desk lists them.
#[async_trait]
pub trait Queue: Send + Sync {
    /// A page of the desk's list: pending comments by lane and oldest first (those before a time
    /// alone by how long they have waited), decided ones newest first.
    async fn queue(
        &self,
        filter: &QueueFilter,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page>;

    /// How many comments stand where.
    async fn tally(&self) -> Result<Tally>;

    /// How many comments have waited since before a time; counted up to `most`.
    async fn waiting_since(&self, before: Timestamp, most: usize) -> Result<usize>;

    /// How many comments of each of these threads are pending.
    async fn pending_in(&self, threads: &[ThreadId]) -> Result<HashMap<ThreadId, i64>>;

    /// A comment as the desk sees it.
    async fn comment(&self, id: CommentId) -> Result<Comment>;
}
