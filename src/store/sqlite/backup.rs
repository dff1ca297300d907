//! The file as a whole: copied while it is in use, and replaced.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::{connection, verify};

/// Holds the file at `path` for this process, by a lock that ends with it.
pub(in crate::store) fn lock_file(path: &str) -> Result<File, String> {
    let named = |error: std::io::Error| format!("cannot lock {path}.lock: {error}");
    connection::make_folder(path).map_err(named)?;
    let options = File::options().create(true).truncate(false).write(true).to_owned();
    let file = options.open(format!("{path}.lock")).map_err(named)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            Err(format!("another codau is serving {path}: stop that one first"))
        }
        Err(fs::TryLockError::Error(error)) => Err(named(error)),
    }
}

/// Copies the file `from`, as it is at this moment, to a new file, and puts that on disk.
pub(in crate::store) fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let named =
        |error: String| format!("cannot copy {} to {}: {error}", from.display(), to.display());
    let copied = copy_pages(from, to).map_err(|error| error.to_string());
    copied.and_then(|()| sync(to).map_err(|error| error.to_string())).map_err(named)
}

fn copy_pages(from: &Path, to: &Path) -> rusqlite::Result<()> {
    let source = open_existing(from)?;
    let mut copy = Connection::open(to)?;
    // Nobody reads it before it is synced as a whole.
    copy.pragma_update(None, "synchronous", "off")?;
    let backup = Backup::new(&source, &mut copy)?;
    // All pages in one step: one snapshot, which no writer waits for and none disturbs.
    while backup.step(-1)? != StepResult::Done {}
    drop(backup);
    // One file, without a journal beside it that might be left behind.
    copy.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    copy.close().map_err(|(_, error)| error)
}

fn open_existing(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)
        // A backup may lie where nothing can be written.
        .or_else(|_| Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY))?;
    db.busy_timeout(connection::BUSY_TIMEOUT)?;
    db.pragma_update(None, "query_only", "1")?;
    Ok(db)
}

/// Puts the file `from` in the place of `path`; the one before is kept under the name returned.
pub(in crate::store) fn replace(
    path: &Path,
    from: &Path,
    mark: &str,
) -> Result<Option<PathBuf>, String> {
    let fresh = beside(path, "restoring");
    let named = |error: std::io::Error| format!("cannot replace {}: {error}", path.display());
    for left in ["", "-journal", "-wal", "-shm"] {
        remove(&beside_raw(&fresh, left)).map_err(named)?;
    }
    let ready = copy(from, &fresh).and_then(|()| open_as_ours(&fresh));
    let ready = ready.and_then(|()| sync(&fresh).map_err(named));
    let kept = ready.and_then(|()| set_aside(path, &beside(path, &format!("before-{mark}"))));
    let kept = match kept {
        Ok(kept) => kept,
        Err(error) => {
            // Nothing of it is in use: what cannot be removed now is the next time.
            let _ = remove(&fresh);
            return Err(error);
        }
    };
    fs::rename(&fresh, path).map_err(named)?;
    sync_folder(path).map_err(named)?;
    Ok(kept)
}

/// Refuses a file that is damaged, is none of ours or is of a later version; brings it to ours.
fn open_as_ours(path: &Path) -> Result<(), String> {
    let name = path.to_str().ok_or("the path is not UTF-8")?;
    let named = |error: &dyn std::fmt::Display| format!("the backup cannot be used: {error}");
    let mut db = connection::open_writing(name).map_err(|error| named(&error))?;
    connection::migrate(&mut db).map_err(|error| named(&error))?;
    // Back into one file: what is renamed must not leave a log behind.
    db.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))
        .map_err(|error| named(&error))?;
    drop(db);
    match verify::verify(path)?.faults.first() {
        Some(fault) => Err(named(fault)),
        None => Ok(()),
    }
}

/// Keeps the file at `path` under another name too. At each moment there is a whole file at
/// `path`, and never a write-ahead log that belongs to another one.
fn set_aside(path: &Path, kept: &Path) -> Result<Option<PathBuf>, String> {
    let named = |error: std::io::Error| format!("cannot keep {}: {error}", path.display());
    if !path.exists() {
        for suffix in ["-wal", "-shm"] {
            remove(&beside_raw(path, suffix)).map_err(named)?;
        }
        return Ok(None);
    }
    // Closing the last connection brings the log into the file and removes it. What cannot be
    // opened any more keeps its log under the new name.
    if let Ok(db) = open_existing(path) {
        let _ = db.pragma_update(None, "query_only", "0");
        let _ = db.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
    }
    for suffix in ["-wal", "-shm"] {
        match fs::rename(beside_raw(path, suffix), beside_raw(kept, suffix)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(named(error)),
            _ => {}
        }
    }
    fs::hard_link(path, kept)
        // Where a file cannot have two names, a copy does.
        .or_else(|_| fs::copy(path, kept).and_then(|_| sync(kept)))
        .map_err(named)?;
    Ok(Some(kept.to_owned()))
}

/// `codau.db.NAME` for `codau.db`.
fn beside(path: &Path, name: &str) -> PathBuf {
    beside_raw(path, &format!(".{name}"))
}

fn beside_raw(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}

/// Puts on disk which names the folder of `path` holds.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}
