//! What the service does by itself when its hour comes, by a clock that the test turns.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use codau::domain::{CommentId, Status};
use codau::store;
use tempfile::tempdir;

use crate::support::{App, Clock, comment};

const DAY: i64 = 86_400;

/// Waits until something is so.
async fn until(is_so: impl AsyncFn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut glances = tokio::time::interval(Duration::from_millis(5));
    while !is_so().await {
        assert!(Instant::now() < deadline, "waited in vain");
        glances.tick().await;
    }
}

fn backups(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "db")).collect()
}

#[tokio::test]
async fn a_backup_is_made_each_day_when_its_hour_comes_and_the_old_ones_go() {
    static CLOCK: Clock = Clock::new();
    CLOCK.set("2026-03-02T02:29:59+07:00");
    let folder = tempdir().unwrap();
    let older = folder.path().join("codau-20200101T000000Z.db");
    fs::write(&older, "").unwrap();
    let into = folder.path().to_str().unwrap();
    let app = App::at(|| CLOCK.now(), &[("backup.folder", into), ("backup.keep", "1")]).await;
    if !app.is_on_sqlite() {
        return;
    }
    let sent = app.sent(comment()).await;
    app.approve(sent.id).await;
    app.sent(comment().body("Bài thứ hai.")).await;
    assert_eq!(backups(folder.path()), [older], "it is not yet time");

    CLOCK.turn(1);
    // Half past two in the newspaper's time zone, by its name.
    let first = folder.path().join("codau-20260301T193000Z.db");
    until(async || backups(folder.path()) == [first.clone()]).await;
    let kept = store::verify_file(&first).unwrap();
    assert_eq!((kept.comments, kept.decisions, kept.faults), (2, 1, vec![]));

    app.sent(comment().body("Bài thứ ba.")).await;
    until(async || {
        CLOCK.turn(600);
        backups(folder.path()).iter().any(|file| *file != first)
    })
    .await;
    until(async || backups(folder.path()).len() == 1).await;
    let [second] = backups(folder.path()).try_into().unwrap();
    assert_eq!(store::verify_file(&second).unwrap().comments, 3);
}

#[tokio::test]
async fn the_cleanup_runs_when_its_hour_comes() {
    static CLOCK: Clock = Clock::new();
    CLOCK.set("2026-03-02T03:14:00+07:00");
    let settings = [("cleanup.schedule", "15 3 * * *"), ("retention.pending_days", "60")];
    let app = App::at(|| CLOCK.now(), &settings).await;
    let sent = app.sent(comment()).await;
    let status = async || app.store.comment(CommentId(sent.id)).await.unwrap().status;
    CLOCK.turn(60 * DAY);
    assert_eq!(status().await, Status::Pending);
    until(async || {
        CLOCK.turn(60);
        status().await == Status::Expired
    })
    .await;
}
