//! Every backup that has its name is whole, whatever happened while it was made.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use reqwest::Client;
use tempfile::TempDir;

use crate::load::{Acknowledged, NO_LIMIT, check_file, load, send, until};
use crate::process::{Service, run_under};
use crate::traced::{WRITING, can_trace, killed_at};

/// The backups in a folder, oldest first.
pub(crate) fn backups(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut found: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "db")).collect();
    found.sort();
    found
}

/// Makes a backup into `folder`/backups, and gives it.
#[track_caller]
pub(crate) fn back_up(folder: &Path) -> PathBuf {
    let made = run_under(&[], folder, &["backup"]);
    let said = String::from_utf8_lossy(&made.stdout).into_owned();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder.join(said.split(':').next().unwrap_or_default())
}

/// A database with so many comments, left behind by a service that was stopped.
pub(crate) async fn with_comments(folder: &Path, count: usize) -> HashMap<String, i64> {
    let mut service = Service::start(folder, NO_LIMIT);
    let (client, acknowledged) = (Client::new(), Acknowledged::default());
    for number in 0..count {
        let key = format!("first-{number}");
        let id = send(&client, &service.url, &key).await.expect("an answer");
        acknowledged.note(&key, id);
    }
    service.ask_to_stop();
    assert!(service.ended().success());
    acknowledged.all()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_holds_everything_that_was_acknowledged_before_it_began() {
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), NO_LIMIT);
    let (next, acknowledged) = (Arc::default(), Acknowledged::default());
    let writers = load(&service.url, &next, &acknowledged);
    for round in 1..=5 {
        until(|| acknowledged.all().len() > 50 * round).await;
        let before = acknowledged.all();
        let made = back_up(folder.path());
        let kept = check_file(&made, &before);
        eprintln!("{} acknowledged before, {kept} in the backup", before.len());
        let verified = run_under(&[], folder.path(), &["verify", made.to_str().expect("UTF-8")]);
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    }
    let verified = run_under(&[], folder.path(), &["verify"]);
    assert!(verified.status.success(), "in use: {}", String::from_utf8_lossy(&verified.stderr));
    service.kill();
    writers.join_all().await;
}

#[tokio::test]
async fn a_backup_killed_at_any_call_that_writes_leaves_no_half_file_under_a_final_name() {
    if !can_trace() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let comments = with_comments(folder.path(), 3).await;
    back_up(folder.path());
    let into = folder.path().join("backups");
    let mut killed = 0;
    for kind in WRITING.split(',') {
        for number in 1.. {
            let ended = killed_at(folder.path(), kind, number, &["backup", "--keep", "3"]);
            let found = backups(&into);
            assert!(!found.is_empty() && found.len() <= 4, "{found:?}");
            for backup in found {
                assert_eq!(check_file(&backup, &comments), comments.len(), "{kind} {number}");
            }
            if ended.status.success() {
                break;
            }
            killed += 1;
        }
    }
    eprintln!("killed {killed} times");
    assert!(killed > 20, "killed {killed} times alone");
    // Whatever the killed ones left goes with the next.
    back_up(folder.path());
    let left =
        std::fs::read_dir(&into).expect("the folder").map(|entry| entry.expect("one").path());
    let left: Vec<_> = left.filter(|path| path.extension().is_some_and(|e| e != "db")).collect();
    assert_eq!(left, [into.join(".codau-backup.lock")]);
}

#[tokio::test]
async fn the_newest_backups_are_kept_and_nothing_else_is_touched() {
    let folder = TempDir::new().expect("a folder");
    with_comments(folder.path(), 1).await;
    let into = folder.path().join("elsewhere");
    std::fs::create_dir(&into).expect("a folder");
    let names = ["codau-20200101T000000Z.db", "codau-20210101T000000Z.db", "other.db"];
    for name in names {
        std::fs::write(into.join(name), "").expect("a file");
    }
    let arguments = ["backup", "--to", "elsewhere", "--keep", "2"];
    assert!(run_under(&[], folder.path(), &arguments).status.success());
    let found = backups(&into);
    let names: Vec<_> = found.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!((names[0], names[2]), ("codau-20210101T000000Z.db", "other.db"));
}
