//! A backup is put back whole or not at all.

use std::path::Path;

use tempfile::TempDir;

use crate::backups::{back_up, with_comments};
use crate::load::{NO_LIMIT, check_database, check_file, send};
use crate::process::{Service, run_under};
use crate::traced::{WRITING, can_trace, killed_at};

/// Fails unless the command was refused with these words.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str], words: &str) {
    let output = run_under(&[], folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(words), "{said}");
}

#[tokio::test]
async fn a_restored_backup_is_what_was_copied_and_the_database_before_is_kept() {
    let folder = TempDir::new().expect("a folder");
    let copied = with_comments(folder.path(), 3).await;
    let backup = back_up(folder.path());
    let service = Service::start(folder.path(), NO_LIMIT);
    let late = send(&reqwest::Client::new(), &service.url, "late").await.expect("an answer");
    let name = backup.to_str().expect("UTF-8");
    refused(folder.path(), &["backup", "restore", name], "stop that one first");
    // Killed, so that the late comment stands in the write-ahead log alone.
    service.kill();
    let restored = run_under(&[], folder.path(), &["backup", "restore", name]);
    let said = String::from_utf8_lossy(&restored.stdout);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    assert_eq!(check_database(folder.path(), &copied), 3);
    let before = said.rsplit_once("before is ").expect("where it is").1.trim_end_matches(".\n");
    let all = [("late".to_owned(), late)].into_iter().chain(copied).collect();
    assert_eq!(check_file(&folder.path().join(before), &all), 4);
    let service = Service::start(folder.path(), NO_LIMIT);
    let again = send(&reqwest::Client::new(), &service.url, "first-0").await;
    assert_eq!(again.expect("an answer"), all["first-0"]);
}

#[tokio::test]
async fn a_restore_killed_at_any_call_that_writes_leaves_the_old_database_or_the_new_one() {
    if !can_trace() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let copied = with_comments(folder.path(), 2).await;
    let backup = back_up(folder.path());
    let name = backup.to_str().expect("UTF-8");
    let mut killed = 0;
    for kind in WRITING.split(',') {
        for number in 1.. {
            let ended = killed_at(folder.path(), kind, number, &["backup", "restore", name]);
            assert_eq!(check_database(folder.path(), &copied), 2, "{kind} {number}");
            if ended.status.success() {
                break;
            }
            killed += 1;
        }
    }
    eprintln!("killed {killed} times");
    assert!(killed > 20, "killed {killed} times alone");
    let verified = run_under(&[], folder.path(), &["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[tokio::test]
async fn a_file_that_is_no_sound_backup_is_refused_and_nothing_changes() {
    let folder = TempDir::new().expect("a folder");
    let comments = with_comments(folder.path(), 2).await;
    let whole = std::fs::read(back_up(folder.path())).expect("the backup");
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 4096].fill(0x5a);
    let altered = {
        let path = folder.path().join("altered.db");
        std::fs::write(&path, &whole).expect("a file");
        let database = rusqlite::Connection::open(&path).expect("the database opens");
        database.execute_batch("update tally set count = 7").expect("altered");
        drop(database);
        std::fs::read(&path).expect("the file")
    };
    for (bytes, words) in [
        (altered.as_slice(), "a count of the tally is not what is counted: pending marked"),
        (damaged.as_slice(), "malformed"),
        (&whole[..whole.len() / 2], "cannot copy"),
        (b"no database at all", "file is not a database"),
    ] {
        std::fs::write(folder.path().join("bad.db"), bytes).expect("a file");
        refused(folder.path(), &["backup", "restore", "bad.db"], words);
        assert_eq!(check_database(folder.path(), &comments), 2);
        let left = folder.path().join("codau.db.restoring");
        assert!(!left.exists(), "what was tried is removed");
    }
    refused(folder.path(), &["backup", "restore", "nowhere.db"], "cannot copy nowhere.db");
}

#[tokio::test]
async fn a_second_service_on_one_file_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let _first = Service::start(folder.path(), NO_LIMIT);
    refused(folder.path(), &["serve"], "another codau is serving codau.db");
}
