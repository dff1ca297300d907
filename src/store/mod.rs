//! Where comments are kept: traits in the desk's own words, a file for each subject, and an
//! implementation a database.
//!
//! No database type passes through it, and no rule of the desk lives in it: it finds, keeps and
//! forgets. Each method is one transaction; a success means that the write is on disk.

mod accounts;
mod archive;
mod authors;
mod bulks;
mod changes;
mod claims;
mod columns;
mod decisions;
mod hearing;
mod jobs;
mod matches;
mod postgres;
mod queue;
mod rate_limits;
mod reasons;
mod rules;
mod sqlite;
mod submissions;
mod sweeps;
mod threads;
mod tokens;
mod upkeep;
mod views;
mod words;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::broadcast;

pub use accounts::{Accounts, Session};
pub use archive::{Kind, Piece, TABLES, Table, Value, export, import};
pub use authors::Authors;
pub use bulks::{Bulk, BulkId, Bulks, Mark, NewBulk, Selection};
pub use changes::Change;
pub use claims::{Claim, Claims};
pub use decisions::Decisions;
pub use hearing::Hearing;
pub use jobs::{Job, JobRun, Jobs, Turn};
pub use queue::{Counted, Cursor, Page, Queue, QueueFilter, Tally};
pub use rate_limits::{Admission, RateLimits, Use};
pub use reasons::Reasons;
pub use rules::{RuleSet, Rules};
pub use submissions::{Insertion, NewComment, Resubmission, Submissions};
pub use sweeps::{Sweep, Sweeps};
pub use threads::Threads;
pub use tokens::{ApiToken, TokenHolder, Tokens};
pub use upkeep::{Lock, Verified, copy, engine, lock, replace, verify, verify_file};
pub use views::{SavedView, Views};

/// Writes waiting at most, four commits' worth; beyond it the store says it is unavailable rather
/// than let people wait for a disk that cannot keep up.
const QUEUE: usize = 1_024;
/// Writes in one commit at most: bounds how long the first one waits for the last.
const BATCH: usize = 256;

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

/// Where comments are kept: everything that a database has to do.
#[async_trait]
pub trait Store:
    Submissions
    + Threads
    + Queue
    + Views
    + Bulks
    + Claims
    + Decisions
    + Reasons
    + Rules
    + Accounts
    + Authors
    + Tokens
    + Sweeps
    + Jobs
    + RateLimits
{
    /// The installation's secret of this name: the one kept, else `fresh` is kept from now on.
    async fn secret(&self, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]>;

    /// Whether the store can be read and written.
    async fn check(&self) -> Result<()>;

    /// Listens to what changes from now on. A listener that is too slow is told that it missed
    /// some, and must then expect anything.
    fn changes(&self) -> broadcast::Receiver<Change>;

    /// How far it can be relied on that all changes were told.
    fn hearing(&self) -> Hearing;
}

/// Opens the store that `url` names (`sqlite:PATH` or `postgres://…`), migrating it first, and
/// making the file of the former.
///
/// # Errors
/// A sentence for the operator: an unknown kind of address, a file that cannot be opened, a
/// migration that failed.
pub fn open(url: &str) -> std::result::Result<Arc<dyn Store>, String> {
    match url.split_once(':') {
        Some(("sqlite", path)) if !path.is_empty() => Ok(Arc::new(sqlite::Sqlite::open(path)?)),
        Some(("postgres" | "postgresql", _)) => Ok(Arc::new(postgres::Postgres::open(url)?)),
        // Not repeated: it may hold a password.
        _ => Err("store.url is neither sqlite:PATH nor postgres://…".to_owned()),
    }
}
