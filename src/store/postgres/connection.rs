//! How a connection is opened: every rule that durability rests on, set and read back.

use std::time::Duration;

use tokio_postgres::config::{SslMode, TargetSessionAttrs};
use tokio_postgres::{Client, Config, Error};

use super::db::Db;
use super::tls::{self, Tls};
use crate::store::Result;

mod migrations {
    refinery::embed_migrations!("migrations/postgres");
}

/// Oldest server that is known to do.
const OLDEST_SERVER: i32 = 140_000;
/// Longest wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Held while the tables are changed, so that of several instances one does it.
const MIGRATING: i64 = 0x636f_6461_7501;

/// What every connection is told first. Each limit of the server's own is shorter than our
/// patience with it. A server set to `remote_apply` promises more than `on`, and keeps to it.
const SETTINGS: &str = "set statement_timeout = '3s'; set lock_timeout = '2s'; \
     set idle_in_transaction_session_timeout = '10s'; set client_encoding = 'UTF8'; \
     set timezone = 'UTC'; set search_path = public; \
     select set_config('synchronous_commit', case current_setting('synchronous_commit') \
                       when 'remote_apply' then 'remote_apply' else 'on' end, false)";

/// Where the database is, and how it is spoken to.
#[derive(Clone)]
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) tls: Tls,
}

/// Reads an address. What is wrong is said without repeating it: there is a password in it.
pub(super) fn parse(url: &str) -> std::result::Result<Address, String> {
    let (url, tls) = tls::of(url)?;
    let mut config: Config = url.parse().map_err(|error: Error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        format!("store.url is no address of a PostgreSQL server: {}", cause.unwrap_or_default())
    })?;
    if config.get_hosts().is_empty() {
        return Err("store.url names no host".to_owned());
    }
    config
        // Of several hosts, the one that takes writes: never a standby.
        .target_session_attrs(TargetSessionAttrs::ReadWrite)
        .connect_timeout(CONNECT_TIMEOUT)
        .keepalives_idle(Duration::from_secs(10))
        .keepalives_interval(Duration::from_secs(5))
        .tcp_user_timeout(Duration::from_secs(10))
        .application_name("codau")
        .ssl_mode(if tls.wanted { SslMode::Require } else { SslMode::Disable });
    Ok(Address { config, tls })
}

/// A connection outside of the pool.
pub(super) async fn connect(address: &Address) -> std::result::Result<Client, String> {
    let (client, connection) = address
        .config
        .connect(address.tls.connector.clone())
        .await
        .map_err(|error| format!("cannot reach the database: {}", said(&error)))?;
    tokio::spawn(connection);
    Ok(client)
}

/// What went wrong, without anything that people wrote: a server's own details may quote them.
pub(super) fn said(error: &Error) -> String {
    match error.as_db_error() {
        Some(told) => format!("{} ({})", told.message(), told.code().code()),
        None => {
            let cause = std::error::Error::source(error).map(ToString::to_string);
            cause.unwrap_or_else(|| error.to_string())
        }
    }
}

/// Makes a new connection keep to the rules.
pub(super) async fn set_up(client: &Client) -> std::result::Result<(), Error> {
    client.batch_execute(SETTINGS).await
}

/// Brings the tables to this version's, and refuses a server that would not do.
pub(super) async fn migrate(address: &Address) -> std::result::Result<(), String> {
    let mut client = connect(address).await?;
    let text = |error: Error| format!("cannot open the database: {}", said(&error));
    set_up(&client).await.map_err(text)?;
    let sql = "select current_setting('server_version_num')::int, \
               current_setting('server_encoding'), current_setting('synchronous_commit'), \
               pg_is_in_recovery()";
    let row = client.query_one(sql, &[]).await.map_err(text)?;
    let (version, encoding, commit): (i32, String, String) = (row.get(0), row.get(1), row.get(2));
    if version < OLDEST_SERVER {
        return Err(format!("PostgreSQL {} is too old: 14 is needed", version / 10_000));
    }
    if encoding != "UTF8" {
        return Err(format!("the database is encoded in {encoding}, not in UTF8"));
    }
    if !["on", "remote_apply"].contains(&commit.as_str()) {
        return Err(format!("synchronous_commit is {commit}, not on"));
    }
    if row.get(3) {
        return Err("the database is a standby, which takes no writes".to_owned());
    }
    // Tables may take their time, and another instance may be at it.
    let patiently = "set statement_timeout = 0; set lock_timeout = 0";
    client.batch_execute(patiently).await.map_err(text)?;
    client.execute("select pg_advisory_lock($1)", &[&MIGRATING]).await.map_err(text)?;
    // In one transaction, with the record of what was done.
    let migrated = migrations::migrations::runner().set_grouped(true).run_async(&mut client).await;
    migrated.map(|_| ()).map_err(|error| format!("cannot open the database: {error}"))
}

/// Reads, and makes sure that this is no standby; changes nothing.
pub(super) async fn check(db: &Db<'_>) -> Result<()> {
    db.one("select count(*) from tally where not pg_is_in_recovery()", &[]).await.map(drop)
}
