//! Connections that are kept, looked at where a statement could not be tried again, and dropped
//! together when the server is lost.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{
    ClientWrapper, Hook, HookError, Manager, ManagerConfig, Object, PoolError, QueueMode,
    RecyclingMethod, Runtime, Timeouts,
};
use futures_util::FutureExt;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Row, Statement};

use super::PATIENCE;
use super::connection::{self, Address};
use super::db::{Db, Transaction, Value};
use crate::store::changes::Changes;
use crate::store::{Result, StoreError};

/// Connections at most.
const CONNECTIONS: usize = 16;
/// Longest wait for one that is free, and for a new one.
const WAITS: Timeouts = Timeouts {
    wait: Some(Duration::from_secs(3)),
    create: Some(Duration::from_secs(3)),
    recycle: None,
};
/// Longest wait for a look at an old one.
const LOOK: Duration = Duration::from_secs(1);

/// How long a connection may still take to answer once another one has lost the server.
const GRACE: Duration = Duration::from_millis(500);

/// The pool, with what its connections tell.
#[derive(Clone)]
pub(super) struct Pool {
    pool: deadpool_postgres::Pool,
    changes: Changes,
    /// Tells our own changes from those of other instances.
    instance: u64,
    /// Connections live here, whichever runtime asks for them.
    home: Handle,
    /// Told when the server is lost.
    lost: Arc<Notify>,
}

impl Pool {
    /// A pool, with its first connection.
    pub(super) async fn new(
        address: &Address,
        changes: Changes,
    ) -> std::result::Result<Pool, String> {
        // Those that need a look get it here.
        let config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let connector = address.tls.connector.clone();
        let manager = Manager::from_config(address.config.clone(), connector, config);
        let rules = Hook::async_fn(|client: &mut ClientWrapper, _| {
            Box::pin(async { connection::set_up(client).await.map_err(HookError::Backend) })
        });
        let pool = deadpool_postgres::Pool::builder(manager)
            .max_size(CONNECTIONS)
            .timeouts(WAITS)
            // One that has just worked has its caches at hand.
            .queue_mode(QueueMode::Lifo)
            .runtime(Runtime::Tokio1)
            .post_create(rules)
            .build()
            .map_err(|error| error.to_string())?;
        let pool = Pool {
            pool,
            changes,
            instance: rand::random(),
            home: Handle::current(),
            lost: Arc::default(),
        };
        pool.client().await.map_err(|error| error.to_string())?;
        Ok(pool)
    }

    /// Which instance this is.
    pub(super) fn instance(&self) -> u64 {
        self.instance
    }

    /// Who hears of changes here.
    pub(super) fn changes(&self) -> &Changes {
        &self.changes
    }

    /// A connection that works.
    pub(super) async fn client(&self) -> Result<Client> {
        loop {
            let client = self.get().await?;
            if Object::metrics(&client.object).recycle_count == 0 || client.works().await {
                return Ok(client);
            }
            drop(Object::take(client.object));
        }
    }

    /// Statements that only read, each on a connection of its own. They are carried out at once, and
    /// again on one that works if the first turns out to be lost.
    pub(super) fn reads(&self) -> Db<'_> {
        Db::Any(self)
    }

    /// A connection that worked when it was last used.
    pub(super) async fn get(&self) -> Result<Client> {
        // Polled in its home: a connection that it opens is driven there.
        let mut get = pin!(self.pool.get());
        let got = poll_fn(|context| {
            let _at_home = self.home.enter();
            get.as_mut().poll(context)
        });
        match got.await {
            Ok(object) => Ok(Client { object, pool: self.clone() }),
            Err(error) => Err(StoreError::Unavailable(match &error {
                PoolError::Backend(error) => connection::said(error),
                PoolError::PostCreateHook(_) => "a new connection was refused".to_owned(),
                other => other.to_string(),
            })),
        }
    }

    /// Drops the connections that nobody uses, and hurries those that are waited for: the server
    /// they lead to is lost.
    fn forsake(&self) {
        self.pool.retain(|_, _| false);
        self.lost.notify_waiters();
    }

    /// What went wrong.
    fn failed(&self, error: &tokio_postgres::Error) -> Failure {
        // Classes: connection, operator intervention (a shutdown, a crash); and a standby's no.
        let lost = |code: &str| ["08", "57"].contains(&&code[..2]) && code != "57014";
        let code = error.code().map(SqlState::code);
        if error.is_closed() || code.is_some_and(|code| lost(code) || code == "25006") {
            self.forsake();
            return Failure::Lost(connection::said(error));
        }
        Failure::Refused(match error.code() {
            // No text here holds U+0000: what is asked for by one is not there.
            Some(&SqlState::CHARACTER_NOT_IN_REPERTOIRE) => StoreError::NotFound,
            _ => StoreError::Unavailable(connection::said(error)),
        })
    }
}

/// What became of a statement.
pub(super) type Done<T> = std::result::Result<T, Failure>;

/// Why one was not carried out.
pub(super) enum Failure {
    /// The connection is lost, and perhaps the server.
    Lost(String),
    /// The server said so.
    Refused(StoreError),
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> StoreError {
        match failure {
            Failure::Lost(cause) => StoreError::Unavailable(cause),
            Failure::Refused(error) => error,
        }
    }
}

/// A connection.
pub(super) struct Client {
    object: Object,
    pool: Pool,
}

impl Client {
    /// The pool that it is of.
    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// A look at the connection.
    async fn works(&self) -> bool {
        matches!(timeout(LOOK, self.object.simple_query("")).await, Ok(Ok(_)))
    }

    /// Each statement by itself.
    pub(super) fn db(&self) -> Db<'_> {
        Db::Client(self)
    }

    /// A statement, which this connection keeps once it has seen it.
    pub(super) async fn prepared(&self, sql: &str) -> Done<Statement> {
        within_patience(&self.pool, self.object.prepare_cached(sql)).await
    }

    /// Every row of a query.
    pub(super) async fn query(&self, query: &Statement, values: &[Value<'_>]) -> Done<Vec<Row>> {
        within_patience(&self.pool, self.object.query(query, values)).await
    }

    /// The same of one that may have to be prepared.
    pub(super) async fn all(&self, sql: &str, values: &[Value<'_>]) -> Done<Vec<Row>> {
        self.query(&self.prepared(sql).await?, values).await
    }

    /// Changes something; says how many rows.
    pub(super) async fn run(&self, sql: &str, values: &[Value<'_>]) -> Done<u64> {
        let statement = self.prepared(sql).await?;
        within_patience(&self.pool, self.object.execute(&statement, values)).await
    }

    /// A statement without values and rows.
    pub(super) async fn command(&self, sql: &str) -> Done<()> {
        within_patience(&self.pool, self.object.batch_execute(sql)).await
    }

    /// Has the open transaction rolled back. Sent, and not waited for: whatever else the connection is
    /// asked for comes after it, and a lost one has nothing open.
    pub(super) fn roll_back(&self) {
        let _ = self.object.batch_execute("rollback").now_or_never();
    }

    /// A transaction.
    pub(super) fn begin(&mut self) -> Db<'_> {
        Db::Transaction(Transaction::new(self, "begin isolation level read committed, read write"))
    }

    /// A transaction of statements on some rows each, whose keys are arrays: for such the server would
    /// think of a plan anew each time. It is told to keep to one, and to one by the indexes: the plan
    /// may be older than most rows are.
    pub(super) fn begin_on_some(&mut self) -> Db<'_> {
        Db::Transaction(Transaction::new(
            self,
            "begin isolation level read committed, read write; \
             set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off",
        ))
    }

    /// Statements that only read, all at one moment.
    pub(super) fn snapshot(&mut self) -> Db<'_> {
        Db::Transaction(Transaction::new(self, "begin isolation level repeatable read, read only"))
    }
}

/// Waits for the server, but not for ever; and not for long once another connection has lost it.
async fn within_patience<T>(
    pool: &Pool,
    work: impl Future<Output = std::result::Result<T, tokio_postgres::Error>>,
) -> Done<T> {
    let hurried = async {
        pool.lost.notified().await;
        tokio::time::sleep(GRACE).await;
    };
    let done = tokio::select! {
        biased;
        done = work => Some(done),
        () = tokio::time::sleep(PATIENCE) => None,
        () = hurried => None,
    };
    match done {
        Some(done) => done.map_err(|error| pool.failed(&error)),
        None => {
            pool.forsake();
            Err(Failure::Lost("the database does not answer".to_owned()))
        }
    }
}
