//! The store on PostgreSQL, for several machines: pooled connections that are looked at where a
//! statement could not be tried again, submissions and decisions that share their commits, changes
//! told to every instance.
//! A file for each subject of the store holds its trait and its SQL, named as in `sqlite/`.

mod accounts;
pub(super) mod archive;
mod authors;
mod bulks;
mod claims;
mod connection;
mod db;
mod decisions;
mod group;
mod inserting;
mod jobs;
mod listening;
mod matching;
mod pool;
mod queue;
mod rate_limits;
mod reasons;
mod rows;
mod rules;
mod secrets;
mod submissions;
mod sweeps;
mod threads;
mod tls;
mod tokens;
mod views;

use std::time::Duration;

use async_trait::async_trait;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::broadcast;

use super::changes::{Change, Changes};
use super::{Admission, Hearing, Insertion, NewComment, Result, Store, Use};
use crate::domain::Decision;
use group::Group;
use listening::Ears;
use pool::{Client, Pool};

/// Longest wait for an answer of the server: past its own limits (see `connection`), it or the
/// way to it is broken.
const PATIENCE: Duration = Duration::from_secs(4);

/// The store in one database of a PostgreSQL server.
pub(super) struct Postgres {
    pool: Pool,
    submissions: Group<NewComment, Insertion>,
    decisions: Group<Decision, ()>,
    rate_limits: Group<Vec<Use>, Vec<Admission>>,
    changes: Changes,
    hearing: Hearing,
    /// Where connections live, whoever asks; ends with the store.
    runtime: Option<Runtime>,
}

impl Postgres {
    /// Opens the database that `url` names and migrates it.
    pub(super) fn open(url: &str) -> std::result::Result<Postgres, String> {
        let text = |error: std::io::Error| error.to_string();
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("store-postgres")
            .enable_all()
            .build()
            .map_err(text)?;
        let config = connection::parse(url)?;
        let (changes, hearing) = (Changes::new(), Hearing::of_others());
        let opening = async {
            connection::migrate(&config).await?;
            let pool = Pool::new(&config, changes.clone()).await?;
            let ears =
                Ears { changes: changes.clone(), hearing: hearing.clone(), own: pool.instance() };
            listening::start(config, ears).await?;
            Ok::<_, String>(pool)
        };
        // On a thread of its own: whoever opens may be inside a runtime already.
        let pool = std::thread::scope(|scope| {
            let thread = scope.spawn(|| runtime.block_on(opening));
            thread.join().map_err(|_panic| "the store could not be opened".to_owned())
        })??;
        let handle = runtime.handle();
        Ok(Postgres {
            // While one waits for the disk, the other is worked at.
            submissions: Group::start(handle, pool.clone(), 2, inserting::insert_all),
            // Each is chained to the one before it.
            decisions: Group::start(handle, pool.clone(), 1, decisions::decide_all),
            rate_limits: rate_limits::start(handle, pool.clone()),
            pool,
            changes,
            hearing,
            runtime: Some(runtime),
        })
    }

    /// A connection.
    async fn client(&self) -> Result<Client> {
        self.pool.client().await
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[async_trait]
impl Store for Postgres {
    async fn secret(&self, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]> {
        secrets::secret(&self.client().await?.db(), name, fresh).await
    }

    async fn check(&self) -> Result<()> {
        connection::check(&self.client().await?.db()).await
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.listen()
    }

    fn hearing(&self) -> Hearing {
        self.hearing.clone()
    }
}
