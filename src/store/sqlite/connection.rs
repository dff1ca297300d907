//! How a connection is opened: every rule that durability rests on, set and read back.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::store::Result;

/// What the writer keeps of the file in memory, in KiB (SQLite wants it negative): the upper pages of
/// every index. Not more, for with most commits SQLite walks through all of it: it moves pages about
/// under a number that is beyond the end of a file below 1 GiB, and then looks for what is beyond.
const WRITER_CACHE: &str = "-4000";
/// What a connection for looking up keeps of the file in memory, in KiB: most is in the system's cache.
const LOOKING_CACHE: &str = "-500";
/// Pages of the log after which it is carried over into the file: the more, the more writes to one
/// page are carried over as one.
const CHECKPOINT_PAGES: &str = "10000";

mod migrations {
    refinery::embed_migrations!("migrations/sqlite");
}

/// Oldest SQLite that may open a file: 3.51.3 repaired a corruption of WAL files in older ones.
const OLDEST_SQLITE: i32 = 3_051_003;
/// How long a connection waits for another process's write to end.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Refuses a library that could damage the file.
pub(super) fn check_version() -> std::result::Result<(), String> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(format!(
            "SQLite {} may corrupt its file: 3.51.3 is needed",
            rusqlite::version()
        ));
    }
    Ok(())
}

/// Makes the folder the file lies in, for its owner alone.
pub(super) fn make_folder(path: &str) -> std::io::Result<()> {
    match Path::new(path).parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.exists() => {
            std::fs::create_dir_all(folder)?;
            #[cfg(unix)]
            std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The connection that writes.
pub(super) fn open_writing(path: &str) -> std::result::Result<Connection, String> {
    let db = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    set(&db, "cache_size", WRITER_CACHE, WRITER_CACHE)?;
    set(&db, "wal_autocheckpoint", CHECKPOINT_PAGES, CHECKPOINT_PAGES)?;
    Ok(db)
}

/// A connection that cannot write and reads little.
pub(super) fn open_looking(path: &str) -> std::result::Result<Connection, String> {
    let db = open_reading(path)?;
    set(&db, "cache_size", LOOKING_CACHE, LOOKING_CACHE)?;
    Ok(db)
}

/// A connection that cannot write.
pub(super) fn open_reading(path: &str) -> std::result::Result<Connection, String> {
    let db = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    set(&db, "query_only", "1", "1")?;
    Ok(db)
}

fn open(path: &str, flags: OpenFlags) -> std::result::Result<Connection, String> {
    let text = |error: rusqlite::Error| error.to_string();
    let db =
        Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(text)?;
    db.busy_timeout(BUSY_TIMEOUT).map_err(text)?;
    set(&db, "journal_mode", "wal", "wal")?;
    set(&db, "synchronous", "full", "2")?;
    set(&db, "foreign_keys", "on", "1")?;
    set(&db, "trusted_schema", "off", "0")?;
    set(&db, "secure_delete", "on", "1")?;
    set(&db, "temp_store", "memory", "2")?;
    // With statistics at hand SQLite would plan a statement anew for each value that is bound to it.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(text)?;
    db.set_prepared_statement_cache_capacity(128);
    Ok(db)
}

/// Sets a pragma and reads it back: a rule that is not in force must not pass unseen.
fn set(
    db: &Connection,
    name: &str,
    value: &str,
    expected: &str,
) -> std::result::Result<(), String> {
    let read = || -> rusqlite::Result<rusqlite::types::Value> {
        db.pragma_update_and_check(None, name, value, |_| Ok(())).or_else(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Ok(()),
            other => Err(other),
        })?;
        db.pragma_query_value(None, name, |row| row.get(0))
    };
    let found = match read().map_err(|error| format!("pragma {name}: {error}"))? {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => format!("{other:?}"),
    };
    if found == expected { Ok(()) } else { Err(format!("pragma {name} is {found}, not {value}")) }
}

/// Brings the tables to this version's.
pub(super) fn migrate(db: &mut Connection) -> std::result::Result<(), refinery::Error> {
    // In one transaction: by itself each would be recorded as done in another one than it is done in,
    // and a kill between the two would keep the service from ever starting again.
    migrations::migrations::runner().set_grouped(true).run(db).map(|_| ())
}

/// Reads and takes the lock for writing, changing nothing.
pub(super) fn check(db: &Connection) -> Result<()> {
    Ok(db.query_row("select count(*) from tally", [], |_| Ok(()))?)
}
