//! Backups: whole, checked copies of the database in a folder, the newest few of them.
//!
//! A copy gets its final name when it is complete, checked and on disk, and not before: whatever
//! has such a name can be restored, whenever the machine or the process stops.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::store::{self, Verified};

/// What a backup is called: `codau-` and its time (UTC), which sorts as time does.
const PREFIX: &str = "codau-";
const SUFFIX: &str = ".db";
/// What follows the name while it is written; SQLite's own files beside it have more behind.
const UNFINISHED: &str = ".part";
/// Held by whoever writes into the folder.
const LOCK: &str = ".codau-backup.lock";

/// A backup that was made.
#[derive(Debug)]
pub struct Backup {
    /// Where it is.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// What is in it.
    pub verified: Verified,
    /// Older ones that were removed for it.
    pub removed: usize,
}

/// Copies the database that `url` names into `folder` and keeps the newest `keep` copies there.
///
/// # Errors
/// A sentence for the operator. No older copy is removed then.
pub fn back_up(url: &str, folder: &Path, keep: usize, now: Timestamp) -> Result<Backup, String> {
    let named = |error: io::Error| format!("backup into {}: {error}", folder.display());
    make_private(folder).map_err(named)?;
    let _lock = hold(folder)?;
    // Nobody else writes here: what is unfinished was given up.
    for unfinished in names(folder, |name| name.contains(UNFINISHED)).map_err(named)? {
        fs::remove_file(folder.join(unfinished)).map_err(named)?;
    }
    let name = format!("{PREFIX}{}{SUFFIX}", now.strftime("%Y%m%dT%H%M%SZ"));
    let unfinished = folder.join(format!("{name}{UNFINISHED}"));
    store::copy(url, &unfinished)?;
    let verified = store::verify_file(&unfinished)?;
    if let Some(fault) = verified.faults.first() {
        // Kept under its unfinished name until the next one, to be looked into.
        return Err(format!("the copy {} is not sound: {fault}", unfinished.display()));
    }
    let file = folder.join(name);
    fs::rename(&unfinished, &file).map_err(named)?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(named)?;
    let bytes = fs::metadata(&file).map_err(named)?.len();
    let removed = remove_older(folder, keep).map_err(named)?;
    Ok(Backup { file, bytes, verified, removed })
}

/// Removes all but the newest `keep` backups.
fn remove_older(folder: &Path, keep: usize) -> io::Result<usize> {
    let mut all = names(folder, |name| name.ends_with(SUFFIX))?;
    all.sort_unstable();
    let older = all.len().saturating_sub(keep.max(1));
    for name in &all[..older] {
        fs::remove_file(folder.join(name))?;
    }
    Ok(older)
}

/// Files in the folder that are called as we call them, of the kind that is asked for.
fn names(folder: &Path, is_asked_for: impl Fn(&str) -> bool) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().into_string();
        found.extend(name.ok().filter(|name| name.starts_with(PREFIX) && is_asked_for(name)));
    }
    Ok(found)
}

/// Makes the folder, for its owner alone: readers' addresses lie in it.
fn make_private(folder: &Path) -> io::Result<()> {
    if folder.exists() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Holds the folder until the file is closed, or the process ends.
fn hold(folder: &Path) -> Result<File, String> {
    let named = |error: io::Error| format!("backup into {}: {error}", folder.display());
    let options = File::options().create(true).truncate(false).write(true).to_owned();
    let file = options.open(folder.join(LOCK)).map_err(named)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            Err(format!("a backup into {} is being made already", folder.display()))
        }
        Err(fs::TryLockError::Error(error)) => Err(named(error)),
    }
}
