//! The embedded store: SQLite in WAL mode, one writer that commits queued writes together, a pool
//! of readers. A file for each subject of the store holds its trait and its SQL.

mod accounts;
pub(super) mod archive;
mod authors;
pub(super) mod backup;
mod bulks;
mod claims;
mod connection;
mod decisions;
mod jobs;
mod matching;
mod queue;
mod rate_limits;
mod readers;
mod reasons;
mod rows;
mod rules;
mod search_index;
mod secrets;
mod space;
mod submissions;
mod sweeps;
mod threads;
mod tokens;
pub(super) mod verify;
mod views;
mod writer;

use async_trait::async_trait;
use tokio::sync::broadcast;

use super::changes::{Change, Changes};
use super::{Hearing, Result, Store, StoreError};
use readers::Readers;
use space::Space;
use writer::Writer;

/// The store in one SQLite file.
pub(super) struct Sqlite {
    writer: Writer,
    readers: Readers,
    changes: Changes,
    space: Space,
}

impl Sqlite {
    /// Opens the file at `path`, making it and its folder if need be, and migrates it.
    pub(super) fn open(path: &str) -> std::result::Result<Sqlite, String> {
        let named = |error: &dyn std::fmt::Display| format!("cannot open {path}: {error}");
        connection::check_version()?;
        connection::make_folder(path).map_err(|error| named(&error))?;
        let mut writing = connection::open_writing(path).map_err(|error| named(&error))?;
        connection::migrate(&mut writing).map_err(|error| named(&error))?;
        let changes = Changes::new();
        let writer = Writer::start(writing, changes.clone(), search_index::tell_in_time);
        Ok(Sqlite {
            readers: Readers::open(path).map_err(|error| named(&error))?,
            writer: writer.map_err(|error| named(&error))?,
            changes,
            space: Space::of(path),
        })
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn secret(&self, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]> {
        let (name, fresh) = (name.to_owned(), *fresh);
        self.writer.write(move |db| secrets::secret(db, &name, &fresh)).await
    }

    async fn check(&self) -> Result<()> {
        self.writer.write(connection::check).await
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.listen()
    }

    fn hearing(&self) -> Hearing {
        Hearing::alone()
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error {
            rusqlite::Error::QueryReturnedNoRows => StoreError::NotFound,
            other => StoreError::Unavailable(other.to_string()),
        }
    }
}

/// The engine that is built in, with its version.
pub(super) fn engine() -> String {
    format!("SQLite {}", rusqlite::version())
}
