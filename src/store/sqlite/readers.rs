//! Connections that only read: lists off the async threads, a row by its key where it is asked for.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::connection;
use crate::store::{Result, StoreError};

/// Connections at most: reads are short, and the page cache is shared by the system.
const CONNECTIONS: usize = 4;

/// The pool.
pub(super) struct Readers {
    path: String,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    /// For looking up: as many as threads did so at once.
    looking: Mutex<Vec<Connection>>,
}

impl Readers {
    /// Opens the connections to the file at `path`.
    pub(super) fn open(path: &str) -> std::result::Result<Readers, String> {
        let idle: std::result::Result<Vec<_>, _> =
            (0..CONNECTIONS).map(|_| connection::open_reading(path)).collect();
        Ok(Readers {
            path: path.to_owned(),
            idle: Arc::new(Mutex::new(idle?)),
            permits: Arc::new(Semaphore::new(CONNECTIONS)),
            looking: Mutex::default(),
        })
    }

    /// Does `look`, which finds a few rows by their keys, on this thread: the way to another one
    /// and back takes several times as long as to find them.
    pub(super) fn look_up<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = || self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = idle().pop();
        let db = match kept {
            Some(db) => db,
            None => connection::open_looking(&self.path).map_err(StoreError::Unavailable)?,
        };
        let result = look(&db);
        idle().push(db);
        result
    }

    /// Does `read` on one snapshot of the file.
    pub(super) async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let unavailable = |cause: &dyn ToString| StoreError::Unavailable(cause.to_string());
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(|closed| unavailable(&closed))?;
        let idle = Arc::clone(&self.idle);
        let task = tokio::task::spawn_blocking(move || {
            // Whoever asked may be gone before the connection is idle again.
            let _permit = permit;
            let lock = || idle.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(db) = lock().pop() else {
                return Err(StoreError::Unavailable("no connection to read with".to_owned()));
            };
            let result = on_snapshot(&db, read);
            lock().push(db);
            result
        });
        task.await.map_err(|stopped| unavailable(&stopped))?
    }
}

fn on_snapshot<T>(db: &Connection, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let snapshot = db.unchecked_transaction()?;
    let result = read(&snapshot);
    snapshot.finish()?;
    result
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_read_that_nobody_waits_for_any_more_takes_no_connection_from_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codau.db");
        Connection::open(&path).unwrap().execute_batch("create table a (b)").unwrap();
        let readers = Readers::open(path.to_str().unwrap()).unwrap();
        let mut held = Vec::new();
        for _ in 0..CONNECTIONS {
            let (release, released) = channel::<()>();
            let read = readers.read(move |_| Ok(released.recv().is_ok()));
            assert!(read.now_or_never().is_none(), "it goes on, and whoever asked is gone");
            held.push(release);
        }
        assert_eq!(readers.permits.available_permits(), 0, "the others wait for them");
        held.clear();
        readers.read(|_| Ok(())).await.unwrap();
    }
}
