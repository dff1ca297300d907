//! Where comments are kept: one trait in the desk's own words, an implementation a database.
//!
//! No database type passes through it, and no rule of the desk lives in it: it finds, keeps and
//! forgets. Each method is one transaction; a success means that the write is on disk.

mod sqlite;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::domain::{
    Comment, CommentId, Decision, DecisionRecord, Lane, Moderator, ModeratorId, OriginTrace,
    PublishedThread, Receipt, Role, Status, Submission, Thread, ThreadId, ThreadKey, Verdict,
};
use crate::language::Class;

/// Why the store did not do what was asked.
#[derive(Debug)]
pub enum StoreError {
    /// There is no such thing.
    NotFound,
    /// Somebody else was there first.
    Conflict,
    /// The database does not answer, is full or is broken; trying again later may help. The text
    /// is for the log only.
    Unavailable(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::NotFound => f.write_str("not found"),
            StoreError::Conflict => f.write_str("conflict"),
            StoreError::Unavailable(cause) => write!(f, "store unavailable: {cause}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// What a store method returns.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The hash of a secret that only its owner knows (a receipt link, a session, a password link).
pub type TokenHash = [u8; 32];

/// A submission with everything that is kept of it.
#[derive(Debug, Clone)]
pub struct NewComment {
    /// What the reader sent.
    pub submission: Submission,
    /// What the machine concluded.
    pub verdict: Verdict,
    /// Where in the queue it waits.
    pub lane: Lane,
    /// Makes sending the same form twice one comment.
    pub key: String,
    /// The hash of the receipt link's token.
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
    /// The same key with the same text came before; this is that one.
    AlreadyStored(CommentId),
    /// The key was used for another text.
    KeyReused,
    /// The thread takes no comments.
    ThreadClosed,
    /// The comment it replies to is not published on this thread, or is itself a reply.
    NoSuchParent,
}

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

/// Someone who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub moderator: Moderator,
    /// Since when.
    pub opened_at: Timestamp,
    /// When they last did something.
    pub seen_at: Timestamp,
}

/// What a sweep forgets, each up to its own cutoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// Pending comments that came in (or were reopened) before the cutoff become expired, by a decision of nobody's.
    ExpirePending,
    /// Rejected and expired comments that were last decided before the cutoff are deleted.
    DeleteRejected,
    /// The same for spam.
    DeleteSpam,
    /// Addresses and user agents of comments that came in before the cutoff are deleted.
    ForgetOrigins,
    /// Receipt links of comments that were last decided before the cutoff stop working.
    CloseReceipts,
    /// Sessions last used before the cutoff are deleted.
    DeleteSessions,
}

impl Sweep {
    /// Every sweep, in the order the cleanup runs them.
    pub const ALL: [Sweep; 6] = [
        Sweep::ExpirePending,
        Sweep::DeleteRejected,
        Sweep::DeleteSpam,
        Sweep::ForgetOrigins,
        Sweep::CloseReceipts,
        Sweep::DeleteSessions,
    ];

    /// The name in reports and logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Sweep::ExpirePending => "expire-pending",
            Sweep::DeleteRejected => "delete-rejected",
            Sweep::DeleteSpam => "delete-spam",
            Sweep::ForgetOrigins => "forget-origins",
            Sweep::CloseReceipts => "close-receipts",
            Sweep::DeleteSessions => "delete-sessions",
        }
    }
}

/// Where comments are kept.
#[async_trait]
pub trait Store: Send + Sync {
    /// Keeps a submission, making its thread on the first one.
    async fn insert(&self, comment: NewComment) -> Result<Insertion>;

    /// Everything an article page shows. [`StoreError::NotFound`] before the first comment.
    async fn published(&self, key: &ThreadKey) -> Result<PublishedThread>;

    /// How many published comments each of these articles has; articles without any are left out.
    async fn published_counts(
        &self,
        site: &str,
        objects: &[String],
    ) -> Result<HashMap<String, i64>>;

    /// What a receipt link tells.
    async fn receipt(&self, token: &TokenHash) -> Result<Receipt>;

    /// Opens or closes a thread for new comments.
    async fn set_thread_open(&self, thread: ThreadId, open: bool) -> Result<Thread>;

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

    /// The decisions on a comment, oldest first.
    async fn history(&self, id: CommentId) -> Result<Vec<DecisionRecord>>;

    /// A moderator's latest decisions that nobody has decided over since, newest first, each with
    /// its comment.
    async fn recent(
        &self,
        moderator: ModeratorId,
        limit: usize,
    ) -> Result<Vec<(DecisionRecord, Comment)>>;

    /// Records a decision and what follows from it. [`StoreError::Conflict`] if the comment's
    /// version is no longer the decision's.
    async fn decide(&self, decision: Decision) -> Result<()>;

    /// Adds a moderator. [`StoreError::Conflict`] if the name is taken.
    async fn add_moderator(
        &self,
        name: &str,
        role: Role,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator>;

    /// Adds an admin if there is no moderator at all, else [`StoreError::Conflict`].
    async fn add_first_admin(
        &self,
        name: &str,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator>;

    /// Every moderator, by name.
    async fn moderators(&self) -> Result<Vec<Moderator>>;

    /// A moderator and the hash of their password, by name.
    async fn credentials(&self, name: &str) -> Result<(Moderator, String)>;

    /// Sets a moderator's password and ends all their sessions.
    async fn set_password(&self, name: &str, password_hash: &str) -> Result<()>;

    /// Lets a moderator log in, or no longer; ends all their sessions in that case.
    async fn set_enabled(&self, name: &str, enabled: bool) -> Result<()>;

    /// Opens a session.
    async fn open_session(
        &self,
        id: &TokenHash,
        moderator: ModeratorId,
        at: Timestamp,
    ) -> Result<()>;

    /// An open session of an enabled moderator.
    async fn session(&self, id: &TokenHash) -> Result<Session>;

    /// Notes that a session is in use.
    async fn touch_session(&self, id: &TokenHash, at: Timestamp) -> Result<()>;

    /// Ends a session; nothing happens if there is none.
    async fn close_session(&self, id: &TokenHash) -> Result<()>;

    /// Carries out one batch of a sweep and says how many things it forgot; 0 when done.
    async fn sweep(
        &self,
        sweep: Sweep,
        cutoff: Timestamp,
        batch: usize,
        now: Timestamp,
    ) -> Result<usize>;

    /// How many things a sweep would forget.
    async fn count_sweep(&self, sweep: Sweep, cutoff: Timestamp) -> Result<usize>;

    /// The installation's secret of this name: the one kept, else `fresh` is kept from now on.
    async fn secret(&self, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]>;

    /// Whether the store can be read and written.
    async fn check(&self) -> Result<()>;
}

/// Opens the store that `url` names (`sqlite:PATH`), making and migrating it first.
///
/// # Errors
/// A sentence for the operator: an unknown kind of address, a file that cannot be opened, a
/// migration that failed.
pub fn open(url: &str) -> std::result::Result<Arc<dyn Store>, String> {
    match url.split_once(':') {
        Some(("sqlite", path)) if !path.is_empty() => Ok(Arc::new(sqlite::Sqlite::open(path)?)),
        _ => Err(format!("store.url {url:?} is not of the form sqlite:PATH")),
    }
}
