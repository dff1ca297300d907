//! The database of a test: the one place that knows which there are. SQLite, unless
//! `CODAU_TESTS_POSTGRES` names a server to make databases on (`tests/postgres.rs` does that).
#![expect(clippy::disallowed_methods, reason = "this variable is the tests' own")]

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

/// The address of a PostgreSQL server's own database, if the tests are to run there.
const SERVER: &str = "CODAU_TESTS_POSTGRES";

/// A database of its own, empty at first.
pub(crate) struct Database {
    kind: Kind,
    /// The folder it was made for, which ends with it.
    owned: Option<TempDir>,
}

enum Kind {
    Sqlite { file: PathBuf },
    Postgres { server: String, name: String },
}

impl Database {
    /// A database that ends when this is dropped.
    pub(crate) fn new() -> Database {
        let folder = tempfile::tempdir().unwrap();
        let mut database = Database::of(folder.path());
        database.owned = Some(folder);
        database
    }

    /// The same as a file of SQLite's, wherever the tests run.
    pub(crate) fn file() -> Database {
        let folder = tempfile::tempdir().unwrap();
        let kind = Kind::Sqlite { file: folder.path().join("codau.db") };
        Database { kind, owned: Some(folder) }
    }

    /// The columns of its tables that hold what is nowhere else, as `table.column`.
    pub(crate) fn columns(&self) -> Vec<String> {
        let query = match &self.kind {
            Kind::Sqlite { .. } => {
                "select t.name || '.' || c.name from sqlite_schema t, pragma_table_xinfo(t.name) c \
                 where t.type = 'table' and c.hidden = 0"
            }
            Kind::Postgres { .. } => {
                "select table_name || '.' || column_name from information_schema.columns \
                 where table_schema = 'public' and is_generated = 'NEVER'"
            }
        };
        self.rows(query).concat()
    }

    /// The database of the commands that run in `folder`: the same one for the same folder.
    pub(crate) fn of(folder: &Path) -> Database {
        let kind = match std::env::var(SERVER) {
            Err(_) => Kind::Sqlite { file: folder.join("codau.db") },
            Ok(server) => {
                let mut hash = DefaultHasher::new();
                folder.hash(&mut hash);
                let name = format!("test_{:016x}", hash.finish());
                // It may be there from an earlier call.
                let _ = postgres(&server, &format!("create database {name}"));
                Kind::Postgres { server, name }
            }
        };
        Database { kind, owned: None }
    }

    /// Whether it is a file of SQLite's.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.kind, Kind::Sqlite { .. })
    }

    /// Its address, as `store.url`.
    pub(crate) fn url(&self) -> String {
        match &self.kind {
            Kind::Sqlite { file } => format!("sqlite:{}", file.display()),
            Kind::Postgres { server, name } => server.replace("/postgres?", &format!("/{name}?")),
        }
    }

    /// Carries statements out past the store, or says why not.
    pub(crate) fn sql(&self, statements: &str) -> Result<(), String> {
        match &self.kind {
            Kind::Sqlite { file } => {
                let db = rusqlite::Connection::open(file).unwrap();
                db.execute_batch(statements).map_err(|error| error.to_string())
            }
            Kind::Postgres { .. } => postgres(&self.url(), statements).map(drop),
        }
    }

    /// Ends the connections that listen, and refuses new ones of any kind; those that are there
    /// go on.
    pub(crate) fn refuse_connections(&self) {
        if let Kind::Postgres { server, name } = &self.kind {
            let alter = format!("alter database {name} allow_connections false");
            postgres(server, &alter).unwrap();
            let end = format!(
                "select pg_terminate_backend(pid) from pg_stat_activity \
                 where datname = '{name}' and application_name = 'codau listening'"
            );
            assert!(!postgres(server, &end).unwrap().is_empty(), "somebody listens");
        }
    }

    /// Lets connections in again.
    pub(crate) fn accept_connections(&self) {
        if let Kind::Postgres { server, name } = &self.kind {
            postgres(server, &format!("alter database {name} allow_connections true")).unwrap();
        }
    }

    /// What a query finds, as text; bytes in hexadecimal, nothing as an empty text.
    pub(crate) fn rows(&self, query: &str) -> Vec<Vec<String>> {
        match &self.kind {
            Kind::Sqlite { file } => sqlite_rows(file, query),
            Kind::Postgres { .. } => postgres(&self.url(), query).unwrap(),
        }
    }

    /// Every row of every table, as text.
    pub(crate) fn dump(&self) -> String {
        let tables = match &self.kind {
            Kind::Sqlite { .. } => "select name from sqlite_schema where type = 'table' order by 1",
            Kind::Postgres { .. } => {
                "select table_name from information_schema.tables where table_schema = 'public' \
                 order by 1"
            }
        };
        let mut dump = String::new();
        for table in self.rows(tables).concat() {
            let mut rows = self.rows(&format!("select * from {table}"));
            rows.sort();
            dump.extend(rows.iter().map(|row| format!("{table} {row:?}\n")));
        }
        dump
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let (Kind::Postgres { server, name }, Some(_)) = (&self.kind, &self.owned) {
            let _ = postgres(server, &format!("drop database {name} with (force)"));
        }
    }
}

fn sqlite_rows(file: &Path, query: &str) -> Vec<Vec<String>> {
    let db = rusqlite::Connection::open(file).unwrap();
    let mut query = db.prepare(query).unwrap();
    let columns = query.column_count();
    let text = |value: ValueRef<'_>| match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    let row = |row: &rusqlite::Row<'_>| {
        (0..columns).map(|column| row.get_ref(column).map(text)).collect::<rusqlite::Result<_>>()
    };
    query.query_map([], row).unwrap().map(Result::unwrap).collect()
}

/// Speaks with a PostgreSQL server; from a thread of its own, for the tests have a runtime already.
fn postgres(url: &str, statements: &str) -> Result<Vec<Vec<String>>, String> {
    let speak = async || {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        postgres_rows(&client, statements).await
    };
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(speak())
        });
        thread.join().unwrap().map_err(|error: tokio_postgres::Error| {
            error.as_db_error().map_or(error.to_string(), |told| told.message().to_owned())
        })
    })
}

async fn postgres_rows(
    client: &Client,
    statements: &str,
) -> Result<Vec<Vec<String>>, tokio_postgres::Error> {
    let text = |value: Option<&str>| match value {
        Some(bytes) if bytes.starts_with("\\x") => bytes[2..].to_owned(),
        value => value.unwrap_or_default().to_owned(),
    };
    let mut rows = Vec::new();
    for message in client.simple_query(statements).await? {
        if let SimpleQueryMessage::Row(row) = message {
            rows.push((0..row.len()).map(|column| text(row.get(column))).collect());
        }
    }
    Ok(rows)
}
