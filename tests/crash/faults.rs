//! A disk that is full, that fails or that may not be written to: never an answer of success for
//! what was not kept; what can be read is read; and all goes on when the disk does.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use reqwest::{Client, StatusCode};
use tempfile::TempDir;

use crate::load::{Acknowledged, NO_LIMIT, check_database, load_by, offer, rounds, send, until};
use crate::process::{Service, run_under};
use crate::traced::{can_trace, traced};

async fn status_of(client: &Client, url: &str) -> StatusCode {
    client.get(url).send().await.expect("an answer").status()
}

/// Sends comments one after another to a service whose system calls fail as `inject` says, until
/// it was refused and, if it recovers, taken again. Checks what the next start finds.
async fn check_fault(inject: &str, recovers: bool) {
    let folder = TempDir::new().expect("a folder");
    let (client, acknowledged) = (Client::new(), Acknowledged::default());
    let trace = format!("trace={}", inject.split(':').next().unwrap_or_default());
    let inject = format!("inject={inject}");
    let tool = traced(&["-e", &trace, "-e", &inject], "/dev/null");
    let mut service =
        Service::start_under(&tool, folder.path(), NO_LIMIT).expect("the service starts");
    let mut refused = 0;
    for number in 0..400 {
        let key = format!("key-{number}");
        let (status, answer) = offer(&client, &service.url, &key).await.expect("an answer");
        match status {
            StatusCode::ACCEPTED => {
                acknowledged.note(&key, answer["comment"].as_i64().expect("a number"));
                if refused > 0 && recovers {
                    break;
                }
                assert_eq!(refused, 0, "{inject}: taken after a failure");
            }
            StatusCode::SERVICE_UNAVAILABLE => refused += 1,
            other => panic!("{inject}: {other} {answer}"),
        }
        if refused > 0 {
            let thread = format!("{}/threads/demo/crash", service.url);
            assert_eq!(status_of(&client, &thread).await, StatusCode::OK, "{inject}");
        }
        if refused == 3 && !recovers {
            break;
        }
    }
    assert!(refused > 0, "{inject} never failed");
    if !recovers {
        let health = format!("{}/healthz", service.url);
        assert_eq!(status_of(&client, &health).await, StatusCode::SERVICE_UNAVAILABLE);
    }
    service.ask_to_stop();
    assert!(service.ended().success());
    let acknowledged = acknowledged.all();
    assert!(!acknowledged.is_empty(), "{inject} failed too early");
    drop(Service::start(folder.path(), NO_LIMIT));
    check_database(folder.path(), &acknowledged);
}

#[tokio::test]
async fn a_disk_that_is_full_for_a_while_is_used_again_without_a_restart() {
    if can_trace() {
        check_fault("pwrite64:error=ENOSPC:when=900..1000", true).await;
    }
}

#[tokio::test]
async fn a_disk_that_fails_or_may_not_be_written_to_is_not_trusted_again() {
    if can_trace() {
        check_fault("fsync,fdatasync:error=EIO:when=60", false).await;
        check_fault("pwrite64:error=EIO:when=900", false).await;
        check_fault("pwrite64:error=EROFS:when=900+", false).await;
        check_fault("pwrite64:error=EDQUOT:when=900+", false).await;
    }
}

/// A small disk of its own for a folder, given back when dropped.
struct SmallDisk<'a>(&'a Path);

impl SmallDisk<'_> {
    /// Mounts it; nothing where that is not allowed.
    fn mount(folder: &Path) -> Option<SmallDisk<'_>> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=80m", "none"]).arg(folder);
        mount.output().is_ok_and(|done| done.status.success()).then_some(SmallDisk(folder))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[tokio::test]
async fn on_a_full_disk_the_desk_goes_on_as_long_as_there_is_any_room() {
    let folder = TempDir::new().expect("a folder");
    let Some(disk) = SmallDisk::mount(folder.path()) else {
        eprintln!("left out: a small disk cannot be mounted here (it takes root)");
        return;
    };
    let service = Service::start(disk.0, NO_LIMIT);
    let client = Client::new();
    let id = send(&client, &service.url, "before").await.expect("an answer");
    let filler = disk.0.join("filler");
    // Less than what new comments leave free, but not nothing.
    std::fs::write(&filler, vec![1; 60 << 20]).expect("room for it");
    let (status, answer) = offer(&client, &service.url, "late").await.expect("an answer");
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{answer}");
    assert_eq!(answer["form"]["submission"], "late", "what was typed is handed back");
    let folder_url = format!("sqlite:{}", disk.0.join("codau.db").display());
    let store = codau::store::open(&folder_url).expect("the store opens");
    let decision = codau::domain::Decision {
        comment: codau::domain::CommentId(id),
        version: 1,
        moderator: None,
        outcome: codau::domain::Outcome::plain(
            codau::domain::Action::Reject,
            codau::domain::Status::Rejected,
            None,
        ),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    store.decide(decision).await.expect("a decision is kept");
    drop(store);
    std::fs::remove_file(&filler).expect("room again");
    // A program that another test has just forked may hold the file open for a moment more.
    until(|| fs4::available_space(disk.0).is_ok_and(|left| left > 60 << 20)).await;
    send(&client, &service.url, "late").await.expect("taken without a restart");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_hears_of_a_busy_database_under_load_with_backups_and_cleanups() {
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), NO_LIMIT);
    let (next, acknowledged) = (Arc::default(), Acknowledged::default());
    // Whoever is answered anything but success fails.
    let writers = load_by(64, &service.url, &next, &acknowledged);
    for round in 1..=rounds("CODAU_BUSY_ROUNDS", 4) {
        for command in [&["backup"][..], &["cleanup"], &["verify"]] {
            let done = run_under(&[], folder.path(), command);
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
        until(|| acknowledged.all().len() as u64 > 100 * round).await;
    }
    let page = status_of(&Client::new(), &format!("{}/threads/demo/crash", service.url)).await;
    assert_eq!(page, StatusCode::OK);
    service.kill();
    writers.join_all().await;
    eprintln!("{} acknowledged by 64 writers, none refused", acknowledged.all().len());
}
