//! What everyone sees of an article: its published comments, a part at a time.

use std::str::FromStr;

use jiff::Timestamp;

use super::{CommentId, Thread};

/// The order comments are read in. Replies are always read as a conversation, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// As they came in.
    #[default]
    Oldest,
    /// The latest first.
    Newest,
}

impl Order {
    /// The transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Oldest => "oldest",
            Order::Newest => "newest",
        }
    }
}

impl FromStr for Order {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        [Order::Oldest, Order::Newest].into_iter().find(|order| order.as_str() == name).ok_or(())
    }
}

/// Where a part of a thread begins. Comments are its keys, so that nothing is skipped or repeated
/// when others are published meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Start {
    /// With the first comment.
    #[default]
    Beginning,
    /// With what follows this comment.
    After(CommentId),
    /// With this comment, or with the one it replies to.
    At(CommentId),
}

/// Which comments of a thread are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Part {
    /// In which order.
    pub order: Order,
    /// From where on.
    pub start: Start,
    /// How many, replies aside: these come with the comment they belong to.
    pub limit: usize,
}

/// A published comment as everyone sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedComment {
    /// Its number.
    pub id: CommentId,
    /// The comment it replies to.
    pub parent: Option<CommentId>,
    /// The author's name.
    pub name: String,
    /// The published text.
    pub body: String,
    /// When the reader sent it.
    pub submitted_at: Timestamp,
    /// When what is published of it was last decided.
    pub published_at: Timestamp,
    /// Whether someone of the newsroom wrote it.
    pub staff: bool,
    /// Whether the published text differs from the reader's.
    pub edited: bool,
    /// The replies to it, oldest first; where comments are listed one by one, none.
    pub replies: Vec<PublishedComment>,
}

/// What an article page shows of its thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedThread {
    /// The thread itself.
    pub thread: Thread,
    /// Grows whenever something visible changes.
    pub revision: i64,
    /// How many comments are published in all, replies too.
    pub count: i64,
    /// The comments of the part that was asked for, in its order. A reply whose comment is no
    /// longer published stands by itself.
    pub comments: Vec<PublishedComment>,
    /// Ask for what follows this one, if anything does.
    pub next: Option<CommentId>,
}
