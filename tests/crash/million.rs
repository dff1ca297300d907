//! A million comments copied, checked and put back, with the time it takes.

use std::time::Instant;

use tempfile::TempDir;

use crate::load::{NO_LIMIT, fill, send};
use crate::process::{Service, run_under};

const COMMENTS: u32 = 1_000_000;

#[tokio::test]
#[ignore = "takes minutes: tests/campaign/run restore"]
async fn a_million_comments_are_restored_within_a_minute() {
    let folder = TempDir::new().expect("a folder");
    drop(Service::start(folder.path(), NO_LIMIT));
    let file = folder.path().join("codau.db");
    fill(&file, COMMENTS);

    let timed = |what: &str, arguments: &[&str]| {
        let begun = Instant::now();
        let done = run_under(&[], folder.path(), arguments);
        let took = begun.elapsed();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        eprintln!("{what}: {:.1} s", took.as_secs_f64());
        (String::from_utf8_lossy(&done.stdout).into_owned(), took)
    };
    let (made, _) = timed("backup, checked", &["backup"]);
    eprintln!("{made}");
    let backup = made.split(':').next().expect("its name").to_owned();
    std::fs::remove_file(&file).expect("the database is lost");
    let (_, took) = timed("restore, checked", &["backup", "restore", &backup]);
    let begun = Instant::now();
    let service = Service::start(folder.path(), NO_LIMIT);
    eprintln!("start to the first answer: {:.1} s", begun.elapsed().as_secs_f64());
    let next = send(&reqwest::Client::new(), &service.url, "next").await.expect("an answer");
    assert!(next > i64::from(COMMENTS));
    assert!(took.as_secs() < 60, "restoring took {took:?}");
}
