//! Connections that only read, off the async threads.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::connection;
use crate::store::{Result, StoreError};

/// Connections at most: reads are short, and the page cache is shared by the system.
const CONNECTIONS: usize = 4;

/// The pool.
pub(super) struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Semaphore,
}

impl Readers {
    /// Opens the connections to the file at `path`.
    pub(super) fn open(path: &str) -> std::result::Result<Readers, String> {
        let idle: std::result::Result<Vec<_>, _> =
            (0..CONNECTIONS).map(|_| connection::open_reading(path)).collect();
        Ok(Readers { idle: Arc::new(Mutex::new(idle?)), permits: Semaphore::new(CONNECTIONS) })
    }

    /// Does `read` on one snapshot of the file.
    pub(super) async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let unavailable = |cause: &dyn ToString| StoreError::Unavailable(cause.to_string());
        let _permit = self.permits.acquire().await.map_err(|closed| unavailable(&closed))?;
        let idle = Arc::clone(&self.idle);
        let task = tokio::task::spawn_blocking(move || {
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
