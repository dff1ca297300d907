//! The one thread that writes. Writes that queue up while a commit is under way go into the next
//! one together: many requests, one sync of the disk, each answered after its commit.

use std::thread;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::store::changes::{Change, Changes};
use crate::store::{Result, StoreError};

/// Writes waiting at most; beyond it the store says it is unavailable rather than grow.
const QUEUE: usize = 4_096;
/// Writes in one commit at most: bounds how long the first one waits for the last.
const BATCH: usize = 256;

/// Does a write inside the open transaction (or learns why there is none), and leaves what
/// answers it once that is committed.
type Job = Box<dyn FnOnce(std::result::Result<&Connection, String>) -> Answer + Send>;
/// Tells a caller what became of the write, given what became of the commit.
type Answer = Box<dyn FnOnce(std::result::Result<(), String>) + Send>;

/// The queue to the writing thread.
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
    changes: Changes,
}

impl Writer {
    /// Starts the thread; it ends when the writer is dropped and the queue is empty.
    pub(super) fn start(db: Connection, changes: Changes) -> std::io::Result<Writer> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        thread::Builder::new().name("store-writer".into()).spawn(move || work(&db, queue))?;
        Ok(Writer { jobs, changes })
    }

    /// Does `write` in a savepoint of its own and returns after the commit. A write that fails
    /// leaves nothing behind and does not disturb the others.
    pub(super) async fn write<T, F>(&self, write: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        self.write_and_tell(|db| Ok((write(db)?, Vec::new()))).await
    }

    /// The same for a write that others want to hear of once it is committed.
    pub(super) async fn write_and_tell<T, F>(&self, write: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<(T, Vec<Change>)> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let changes = self.changes.clone();
        let job: Job = Box::new(move |transaction| {
            let result =
                transaction.map_err(StoreError::Unavailable).and_then(|db| in_savepoint(db, write));
            Box::new(move |committed| {
                let result = match committed {
                    Ok(()) => result.map(|(value, told)| {
                        changes.tell(told);
                        value
                    }),
                    Err(cause) => Err(StoreError::Unavailable(cause)),
                };
                // The caller may have gone; what is committed stays committed.
                let _ = reply.send(result);
            })
        });
        let unavailable = |cause: &str| StoreError::Unavailable(cause.to_owned());
        self.jobs.try_send(job).map_err(|error| unavailable(&error.to_string()))?;
        answer.await.map_err(|_gone| unavailable("the writer stopped"))?
    }
}

fn in_savepoint<T>(db: &Connection, write: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    // Kept prepared: every write passes here.
    let step = |sql| db.prepare_cached(sql)?.execute([]);
    step("savepoint job")?;
    let result = write(db);
    if result.is_err() && !db.is_autocommit() {
        step("rollback to job")?;
    }
    if !db.is_autocommit() {
        step("release job")?;
    }
    result
}

fn work(db: &Connection, mut queue: mpsc::Receiver<Job>) {
    while let Some(first) = queue.blocking_recv() {
        let (answers, committed) = commit_batch(db, first, &mut queue);
        let lost = committed.as_ref().err().is_some_and(is_beyond_repair);
        for answer in answers {
            answer(committed.as_ref().copied().map_err(ToString::to_string));
        }
        if lost {
            tracing::error!("the disk failed to keep a write: no more are taken until a restart");
            return;
        }
    }
}

/// Does the first job and those that wait behind it in one transaction.
fn commit_batch(
    db: &Connection,
    first: Job,
    queue: &mut mpsc::Receiver<Job>,
) -> (Vec<Answer>, rusqlite::Result<()>) {
    if let Err(error) = db.execute_batch("begin immediate") {
        return (vec![first(Err(error.to_string()))], Err(error));
    }
    let mut answers = vec![first(Ok(db))];
    while answers.len() < BATCH
        && !db.is_autocommit()
        && let Ok(job) = queue.try_recv()
    {
        answers.push(job(Ok(db)));
    }
    // A full disk or a failed write may have ended the whole transaction, not a job alone: then
    // there is nothing to commit, and this says so to every job of the batch.
    let committed = db.execute_batch("commit");
    if committed.is_err() && !db.is_autocommit() {
        let _ = db.execute_batch("rollback");
    }
    (answers, committed)
}

/// Whether the disk failed in a way that leaves unknown what is on it. The kernel may have
/// dropped the pages that it could not write, so that trying again would only seem to succeed.
fn is_beyond_repair(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure)
}
