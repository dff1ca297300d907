//! The embedded store: SQLite in WAL mode, one writer that commits queued writes together, a pool
//! of readers. [`Store`]'s methods stand here in a line each; the SQL is beside.

mod comments;
mod connection;
mod decisions;
mod moderators;
mod queue;
mod readers;
mod rows;
mod sweeps;
mod threads;
mod writer;

use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Insertion, NewComment, Page, QueueFilter, Result, Session, Store, Sweep, Tally};
use super::{StoreError, TokenHash};
use crate::domain::{
    Comment, CommentId, Decision, DecisionRecord, Moderator, ModeratorId, PublishedThread, Receipt,
    Role, Thread, ThreadId, ThreadKey,
};
use readers::Readers;
use writer::Writer;

/// The store in one SQLite file.
pub(super) struct Sqlite {
    writer: Writer,
    readers: Readers,
}

impl Sqlite {
    /// Opens the file at `path`, making it and its folder if need be, and migrates it.
    pub(super) fn open(path: &str) -> std::result::Result<Sqlite, String> {
        let named = |error: &dyn std::fmt::Display| format!("cannot open {path}: {error}");
        connection::check_version()?;
        connection::make_folder(path).map_err(|error| named(&error))?;
        let mut writing = connection::open_writing(path).map_err(|error| named(&error))?;
        connection::migrate(&mut writing).map_err(|error| named(&error))?;
        Ok(Sqlite {
            readers: Readers::open(path).map_err(|error| named(&error))?,
            writer: Writer::start(writing).map_err(|error| named(&error))?,
        })
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn insert(&self, comment: NewComment) -> Result<Insertion> {
        self.writer.write(move |db| comments::insert(db, &comment)).await
    }

    async fn published(&self, key: &ThreadKey) -> Result<PublishedThread> {
        let key = key.clone();
        self.readers.read(move |db| threads::published(db, &key)).await
    }

    async fn published_counts(
        &self,
        site: &str,
        objects: &[String],
    ) -> Result<HashMap<String, i64>> {
        let (site, objects) = (site.to_owned(), objects.to_vec());
        self.readers.read(move |db| threads::published_counts(db, &site, &objects)).await
    }

    async fn receipt(&self, token: &TokenHash) -> Result<Receipt> {
        let token = *token;
        self.readers.read(move |db| comments::receipt(db, &token)).await
    }

    async fn set_thread_open(&self, thread: ThreadId, open: bool) -> Result<Thread> {
        self.writer.write(move |db| threads::set_open(db, thread, open)).await
    }

    async fn queue(
        &self,
        filter: &QueueFilter,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Page> {
        let filter = filter.clone();
        self.readers.read(move |db| queue::page(db, &filter, after, limit)).await
    }

    async fn tally(&self) -> Result<Tally> {
        self.readers.read(queue::tally).await
    }

    async fn pending_in(&self, threads: &[ThreadId]) -> Result<HashMap<ThreadId, i64>> {
        let threads = threads.to_vec();
        self.readers.read(move |db| threads::pending_in(db, &threads)).await
    }

    async fn comment(&self, id: CommentId) -> Result<Comment> {
        self.readers.read(move |db| comments::comment(db, id)).await
    }

    async fn history(&self, id: CommentId) -> Result<Vec<DecisionRecord>> {
        self.readers.read(move |db| decisions::history(db, id)).await
    }

    async fn recent(
        &self,
        moderator: ModeratorId,
        limit: usize,
    ) -> Result<Vec<(DecisionRecord, Comment)>> {
        self.readers.read(move |db| decisions::recent(db, moderator, limit)).await
    }

    async fn decide(&self, decision: Decision) -> Result<()> {
        self.writer.write(move |db| decisions::decide(db, &decision)).await
    }

    async fn add_moderator(
        &self,
        name: &str,
        role: Role,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator> {
        let (name, hash) = (name.to_owned(), password_hash.to_owned());
        self.writer.write(move |db| moderators::add(db, &name, role, &hash, at)).await
    }

    async fn add_first_admin(
        &self,
        name: &str,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator> {
        let (name, hash) = (name.to_owned(), password_hash.to_owned());
        self.writer.write(move |db| moderators::add_first(db, &name, &hash, at)).await
    }

    async fn moderators(&self) -> Result<Vec<Moderator>> {
        self.readers.read(moderators::all).await
    }

    async fn credentials(&self, name: &str) -> Result<(Moderator, String)> {
        let name = name.to_owned();
        self.readers.read(move |db| moderators::credentials(db, &name)).await
    }

    async fn set_password(&self, name: &str, password_hash: &str) -> Result<()> {
        let (name, hash) = (name.to_owned(), password_hash.to_owned());
        self.writer.write(move |db| moderators::set_password(db, &name, &hash)).await
    }

    async fn set_enabled(&self, name: &str, enabled: bool) -> Result<()> {
        let name = name.to_owned();
        self.writer.write(move |db| moderators::set_enabled(db, &name, enabled)).await
    }

    async fn open_session(
        &self,
        id: &TokenHash,
        moderator: ModeratorId,
        at: Timestamp,
    ) -> Result<()> {
        let id = *id;
        self.writer.write(move |db| moderators::open_session(db, &id, moderator, at)).await
    }

    async fn session(&self, id: &TokenHash) -> Result<Session> {
        let id = *id;
        self.readers.read(move |db| moderators::session(db, &id)).await
    }

    async fn touch_session(&self, id: &TokenHash, at: Timestamp) -> Result<()> {
        let id = *id;
        self.writer.write(move |db| moderators::touch_session(db, &id, at)).await
    }

    async fn close_session(&self, id: &TokenHash) -> Result<()> {
        let id = *id;
        self.writer.write(move |db| moderators::close_session(db, &id)).await
    }

    async fn sweep(
        &self,
        sweep: Sweep,
        cutoff: Timestamp,
        batch: usize,
        now: Timestamp,
    ) -> Result<usize> {
        self.writer.write(move |db| sweeps::carry_out(db, sweep, cutoff, batch, now)).await
    }

    async fn count_sweep(&self, sweep: Sweep, cutoff: Timestamp) -> Result<usize> {
        self.readers.read(move |db| sweeps::count(db, sweep, cutoff)).await
    }

    async fn secret(&self, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]> {
        let (name, fresh) = (name.to_owned(), *fresh);
        self.writer.write(move |db| moderators::secret(db, &name, &fresh)).await
    }

    async fn check(&self) -> Result<()> {
        self.writer.write(connection::check).await
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
