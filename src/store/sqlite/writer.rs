//! The one thread that writes. Writes that queue up while a commit is under way go into the next
//! one together: many requests, one sync of the disk, each answered after its commit.

use std::thread;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::store::changes::{Change, Changes};
use crate::store::{BATCH, QUEUE, Result, StoreError};

/// A write, and who waits for it.
trait Job: Send {
    /// Does the write inside the open transaction; says whether it succeeded. It may be done again,
    /// if the transaction is.
    fn run(&mut self, db: &Connection) -> bool;

    /// Tells the caller what became of the write, given what became of the commit.
    fn answer(self: Box<Self>, committed: std::result::Result<(), String>);
}

struct Write<T, F> {
    write: F,
    result: Result<(T, Vec<Change>)>,
    changes: Changes,
    reply: oneshot::Sender<Result<T>>,
}

impl<T, F> Job for Write<T, F>
where
    T: Send,
    F: Fn(&Connection) -> Result<(T, Vec<Change>)> + Send,
{
    fn run(&mut self, db: &Connection) -> bool {
        self.result = (self.write)(db);
        self.result.is_ok()
    }

    fn answer(self: Box<Self>, committed: std::result::Result<(), String>) {
        let result = match committed {
            Ok(()) => self.result.map(|(value, told)| {
                self.changes.tell(told);
                value
            }),
            Err(cause) => Err(StoreError::Unavailable(cause)),
        };
        // The caller may have gone; what is committed stays committed.
        let _ = self.reply.send(result);
    }
}

/// What is done for all the writes of a commit together.
type Finish = fn(&Connection) -> rusqlite::Result<()>;

/// The queue to the writing thread.
pub(super) struct Writer {
    jobs: mpsc::Sender<Box<dyn Job>>,
    changes: Changes,
}

impl Writer {
    /// Starts the thread; it ends when the writer is dropped and the queue is empty. Each commit
    /// has `finish` done in it at last.
    pub(super) fn start(
        db: Connection,
        changes: Changes,
        finish: Finish,
    ) -> std::io::Result<Writer> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || work(&db, queue, finish))?;
        Ok(Writer { jobs, changes })
    }

    /// Does `write` and returns after the commit. A write that fails leaves nothing behind and does
    /// not disturb the others.
    pub(super) async fn write<T, F>(&self, write: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&Connection) -> Result<T> + Send + 'static,
    {
        self.write_and_tell(move |db| Ok((write(db)?, Vec::new()))).await
    }

    /// The same for a write that others want to hear of once it is committed.
    pub(super) async fn write_and_tell<T, F>(&self, write: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&Connection) -> Result<(T, Vec<Change>)> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let not_done = Err(StoreError::Unavailable("not done".to_owned()));
        let changes = self.changes.clone();
        let job = Box::new(Write { write, result: not_done, changes, reply });
        let unavailable = |cause: &str| StoreError::Unavailable(cause.to_owned());
        self.jobs.try_send(job).map_err(|error| unavailable(&error.to_string()))?;
        answer.await.map_err(|_gone| unavailable("the writer stopped"))?
    }
}

fn work(db: &Connection, mut queue: mpsc::Receiver<Box<dyn Job>>, finish: Finish) {
    while let Some(first) = queue.blocking_recv() {
        let (jobs, committed) = commit_batch(db, first, &mut queue, finish);
        let lost = committed.as_ref().err().is_some_and(is_beyond_repair);
        for job in jobs {
            job.answer(committed.as_ref().copied().map_err(ToString::to_string));
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
    first: Box<dyn Job>,
    queue: &mut mpsc::Receiver<Box<dyn Job>>,
    finish: Finish,
) -> (Vec<Box<dyn Job>>, rusqlite::Result<()>) {
    let mut jobs = vec![first];
    if let Err(error) = db.execute_batch("begin immediate") {
        return (jobs, Err(error));
    }
    let mut clean = runs_clean(db, jobs[0].as_mut());
    while clean
        && jobs.len() < BATCH
        && !db.is_autocommit()
        && let Ok(mut job) = queue.try_recv()
    {
        clean = runs_clean(db, job.as_mut());
        jobs.push(job);
    }
    let again = match clean || db.is_autocommit() {
        true => Ok(()),
        false => each_for_itself(db, &mut jobs),
    };
    // A full disk or a failed write may have ended the whole transaction, not a job alone: then
    // there is nothing to commit, and this says so to every job of the batch.
    let finished = again.and_then(|()| if db.is_autocommit() { Ok(()) } else { finish(db) });
    let committed = finished.and_then(|()| db.execute_batch("commit"));
    if committed.is_err() && !db.is_autocommit() {
        let _ = db.execute_batch("rollback");
    }
    (jobs, committed)
}

/// Whether a job succeeded, or failed before it had written anything: most that fail find that
/// somebody else was there first.
fn runs_clean(db: &Connection, job: &mut dyn Job) -> bool {
    let before = db.total_changes();
    job.run(db) || db.total_changes() == before
}

/// Does the jobs again, each in a savepoint, so that those that fail leave nothing behind. Not
/// from the start: the search index writes all it has gathered to the disk at each savepoint.
fn each_for_itself(db: &Connection, jobs: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    db.execute_batch("rollback; begin immediate")?;
    for job in jobs {
        db.execute_batch("savepoint job")?;
        if !job.run(db) && !db.is_autocommit() {
            db.execute_batch("rollback to job")?;
        }
        if db.is_autocommit() {
            break;
        }
        db.execute_batch("release job")?;
    }
    Ok(())
}

/// Whether the disk failed in a way that leaves unknown what is on it. The kernel may have
/// dropped the pages that it could not write, so that trying again would only seem to succeed.
fn is_beyond_repair(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure)
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use super::*;

    /// Many writes at once, of which some fail, before or after they wrote something.
    #[tokio::test]
    async fn a_write_that_fails_leaves_nothing_behind_and_disturbs_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let db = Connection::open(folder.path().join("test.db")).unwrap();
        db.execute_batch("create table t (n integer not null)").unwrap();
        let writer = Writer::start(db, Changes::new(), |_| Ok(())).unwrap();
        let write = |n: i64| {
            writer.write(move |db| {
                if n % 5 == 1 {
                    return Err(StoreError::NotFound);
                }
                db.execute("insert into t values (?1)", [n])?;
                if n % 5 == 2 {
                    return Err(StoreError::Conflict);
                }
                Ok(n)
            })
        };
        let all = join_all((0..500).map(write)).await;
        for (n, result) in (0..).zip(all) {
            match n % 5 {
                1 => assert!(matches!(result, Err(StoreError::NotFound))),
                2 => assert!(matches!(result, Err(StoreError::Conflict))),
                _ => assert_eq!(result.unwrap(), n),
            }
        }
        let kept = writer.write(|db| {
            let sql = "select count(*), count(distinct n) from t where n % 5 not in (1, 2)";
            let good: (i64, i64) = db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let all: i64 = db.query_row("select count(*) from t", [], |row| row.get(0))?;
            Ok((good, all))
        });
        assert_eq!(kept.await.unwrap(), ((300, 300), 300));
    }
}
