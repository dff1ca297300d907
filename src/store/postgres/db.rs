//! How statements are carried out: on any connection, on one, or in a transaction.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::listening;
use super::pool::{Client, Done, Failure, Pool};
use crate::store::changes::Change;
use crate::store::{Result, StoreError};

/// What statements are carried out on. A transaction that is not committed leaves nothing behind.
pub(super) enum Db<'a> {
    /// Any connection, for statements that only read.
    Any(&'a Pool),
    Client(&'a Client),
    Transaction(Transaction<'a>),
}

/// A value that is bound.
pub(super) type Value<'a> = &'a (dyn ToSql + Sync);

/// The values of one column, for a statement on many rows.
pub(super) fn column<'a, R, T>(rows: &'a [R], value: impl Fn(&'a R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

impl Db<'_> {
    /// Has statements prepared: such as are sent together then go out in the order they are asked in.
    pub(super) async fn prepare(&self, statements: &[&str]) -> Result<()> {
        let client = match self {
            // Each has a connection of its own.
            Db::Any(_) => return Ok(()),
            Db::Client(client) => client,
            Db::Transaction(within) => within.client,
        };
        for sql in statements {
            client.prepared(sql).await?;
        }
        Ok(())
    }

    /// Every row of a query.
    pub(super) async fn all(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>> {
        let found = match self {
            Db::Any(pool) => {
                // Given back before another is asked for: many may find theirs lost at once.
                let found = pool.get().await?.all(sql, values).await;
                match found {
                    Err(Failure::Lost(_)) => pool.client().await?.all(sql, values).await,
                    found => found,
                }
            }
            Db::Client(client) => client.all(sql, values).await,
            Db::Transaction(within) => within.carry_out(within.client.all(sql, values)).await,
        };
        Ok(found?)
    }

    /// The first row of a query, if there is one.
    pub(super) async fn first(&self, sql: &str, values: &[Value<'_>]) -> Result<Option<Row>> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// The first row of a query. [`StoreError::NotFound`] if there is none.
    pub(super) async fn one(&self, sql: &str, values: &[Value<'_>]) -> Result<Row> {
        self.first(sql, values).await?.ok_or(StoreError::NotFound)
    }

    /// Changes something; says how many rows.
    pub(super) async fn run(&self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        let done = match self {
            // What may have been done is not done again, so this connection has to work.
            Db::Any(pool) => pool.client().await?.run(sql, values).await,
            Db::Client(client) => client.run(sql, values).await,
            Db::Transaction(within) => within.carry_out(within.client.run(sql, values)).await,
        };
        Ok(done?)
    }

    /// Commits a transaction.
    pub(super) async fn commit(self) -> Result<()> {
        self.commit_and_tell(Vec::new()).await
    }

    /// Commits a transaction, and tells what changed by it: here, and every other instance.
    pub(super) async fn commit_and_tell(self, changes: Vec<Change>) -> Result<()> {
        let Db::Transaction(mut within) = self else {
            return Ok(());
        };
        let pool = within.client.pool();
        let told = listening::written(pool.instance(), &changes);
        // A commit that waits for a standby must not be cut short by a limit of the server's: it
        // would count as done, without the standby.
        let sql = "select set_config('statement_timeout', '0', true), \
                   (select count(pg_notify('codau', told)) from unnest($1::text[]) as told)";
        let telling = within.client.prepared(sql).await?;
        let values: [Value<'_>; 1] = [&told];
        let telling = within.carry_out(within.client.query(&telling, &values));
        // Sent in this order. A server that refused the first rolls back at the second.
        let (told, committed) = tokio::join!(biased; telling, within.client.command("commit"));
        within.has_ended = committed.is_ok();
        told?;
        committed?;
        pool.changes().tell(changes);
        Ok(())
    }
}

/// A transaction, begun with its first statement, in one journey to the server.
pub(super) struct Transaction<'a> {
    client: &'a Client,
    /// The statement that begins it.
    begin: &'static str,
    is_begun: AtomicBool,
    has_ended: bool,
}

impl<'a> Transaction<'a> {
    /// One on this connection, which no other uses meanwhile.
    pub(super) fn new(client: &'a mut Client, begin: &'static str) -> Transaction<'a> {
        Transaction { client, begin, is_begun: AtomicBool::new(false), has_ended: false }
    }

    /// Carries a statement out inside it.
    async fn carry_out<T>(&self, statement: impl Future<Output = Done<T>>) -> Done<T> {
        if self.is_begun.swap(true, Ordering::Relaxed) {
            return statement.await;
        }
        // Sent in this order, and answered in it.
        let begin = self.client.command(self.begin);
        tokio::try_join!(biased; begin, statement).map(|((), done)| done)
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if *self.is_begun.get_mut() && !self.has_ended {
            self.client.roll_back();
        }
    }
}
