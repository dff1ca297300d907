//! The database as a whole: copied, replaced, checked, held by one service alone. Each is done on
//! the thread that asks, and may take long.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::sqlite;

/// What a check of a database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Comments in it.
    pub comments: i64,
    /// Decisions on its record.
    pub decisions: i64,
    /// The hash of the last decision, which stands for the whole record; empty if there is none.
    pub head: Vec<u8>,
    /// What is wrong, a sentence each; nothing, if all is well.
    pub faults: Vec<String>,
}

/// A database that no other service may serve while this is held. It ends with its process,
/// however that ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Holds the database that `url` names for one service; nothing to hold for a database that
/// several services may share.
///
/// # Errors
/// A sentence for the operator: another service holds it.
pub fn lock(url: &str) -> Result<Option<Lock>, String> {
    let Ok(path) = file_of(url) else {
        return Ok(None);
    };
    let file = sqlite::backup::lock_file(path)?;
    Ok(Some(Lock { _file: file }))
}

/// Copies the database that `url` names, as it is at this moment, to a file that does not exist
/// yet. Others may read and write meanwhile. The copy is on disk before this returns.
///
/// # Errors
/// A sentence for the operator.
pub fn copy(url: &str, to: &Path) -> Result<(), String> {
    sqlite::backup::copy(Path::new(file_of(url)?), to)
}

/// Puts the database in the file `from` in the place of the one that `url` names, whole or not at
/// all; the one before is kept beside it, under the name that is returned. `mark` tells it from
/// earlier ones.
///
/// # Errors
/// A sentence for the operator: a service is running, the file is damaged or of a later version.
pub fn replace(url: &str, from: &Path, mark: &str) -> Result<Option<PathBuf>, String> {
    let path = file_of(url)?;
    let _lock = sqlite::backup::lock_file(path)?;
    sqlite::backup::replace(Path::new(path), from, mark)
}

/// Checks the database that `url` names: its pages, the chain of decisions, what belongs to what,
/// and every count that is kept.
///
/// # Errors
/// A sentence for the operator, if it cannot be read at all.
pub fn verify(url: &str) -> Result<Verified, String> {
    verify_file(Path::new(file_of(url)?))
}

/// The same for a database in a file, a backup for example.
///
/// # Errors
/// A sentence for the operator, if it cannot be read at all.
pub fn verify_file(path: &Path) -> Result<Verified, String> {
    sqlite::verify::verify(path)
}

/// The database engine that is built in, with its version.
#[must_use]
pub fn engine() -> String {
    sqlite::engine()
}

/// The file of a database that is one.
pub(super) fn file_of(url: &str) -> Result<&str, String> {
    match url.split_once(':') {
        Some(("sqlite", path)) if !path.is_empty() => Ok(path),
        // Not repeated: it may hold a password.
        _ => Err("store.url names no file of our own: a database server is copied and checked by \
                  its own tools"
            .to_owned()),
    }
}
