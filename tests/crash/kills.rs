//! SIGKILL in the middle of the load, at moments of chance and at each sync of the disk.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::Client;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::load::{Acknowledged, NO_LIMIT, check_database, load, rounds, send};
use crate::process::Service;
use crate::traced::{can_trace, traced};

/// Kills that one database goes through before the next is begun: so checking all of it after each
/// of them stays quick, however many there are.
const KILLS_EACH: u64 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_in_the_middle_of_the_load_loses_nothing_that_was_acknowledged() {
    let rounds = rounds("CODAU_CRASH_ROUNDS", 200);
    let seed = crate::load::rounds("CODAU_CRASH_SEED", rand::random());
    eprintln!("{rounds} rounds with CODAU_CRASH_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let (mut left, mut all, mut kept) = (rounds, 0, 0);
    while left > 0 {
        let kills = left.min(KILLS_EACH);
        let of_one = killed_again_and_again(kills, &mut random).await;
        left -= kills;
        all += of_one.0;
        kept += of_one.1;
        if (rounds - left).is_multiple_of(10 * KILLS_EACH) {
            eprintln!("{} killed, {all} acknowledged", rounds - left);
        }
    }
    eprintln!("{rounds} killed, {all} acknowledged, {kept} kept");
    assert!(all as u64 >= rounds, "hardly any load");
}

/// A database whose service is killed so many times; how many comments were acknowledged, and how
/// many it has at the end.
async fn killed_again_and_again(kills: u64, random: &mut StdRng) -> (usize, usize) {
    let folder = TempDir::new().expect("a folder");
    let (next, acknowledged) = (Arc::default(), Acknowledged::default());
    for _ in 0..kills {
        let service = Service::start(folder.path(), NO_LIMIT);
        let before = acknowledged.all();
        check_database(folder.path(), &before);
        // Sent again, as a reader does who saw no answer, each is the comment that it was.
        let client = Client::new();
        for (key, id) in before.iter().take(5) {
            let again = send(&client, &service.url, key).await;
            assert_eq!(again.expect("an answer"), *id, "comment {key}");
        }
        let writers = load(&service.url, &next, &acknowledged);
        let moment = Duration::from_micros(random.random_range(1_000..200_000));
        // The writers end only when the service does.
        let load = writers.join_all();
        tokio::pin!(load);
        let ended = tokio::time::timeout(moment, &mut load).await;
        assert!(ended.is_err(), "the service ended by itself");
        service.kill();
        load.await;
    }
    let service = Service::start(folder.path(), NO_LIMIT);
    let acknowledged = acknowledged.all();
    let kept = check_database(folder.path(), &acknowledged);
    let ids: HashSet<_> = acknowledged.values().collect();
    assert_eq!(ids.len(), acknowledged.len(), "two keys with one comment");
    drop(service);
    (acknowledged.len(), kept)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_at_any_sync_of_the_disk_loses_nothing_that_was_acknowledged() {
    if !can_trace() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let (next, acknowledged) = (Arc::default(), Acknowledged::default());
    let mut started = 0;
    for number in 1..=rounds("CODAU_CRASH_SYNCS", 25) {
        let kill = format!("inject=fdatasync,fsync:signal=KILL:when={number}");
        let tool = traced(&["-e", "trace=fdatasync,fsync", "-e", &kill], "/dev/null");
        // The first syncs are the start's own: then it does not come up, and that is well.
        if let Some(service) = Service::start_under(&tool, folder.path(), NO_LIMIT) {
            load(&service.url, &next, &acknowledged).join_all().await;
            started += 1;
        }
        if folder.path().join("codau.db").exists() {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
            let database = Connection::open_with_flags(folder.path().join("codau.db"), flags);
            // Brings what the log holds into the file, as the next start does.
            drop(database.expect("the database opens"));
        }
        if started > 0 {
            check_database(folder.path(), &acknowledged.all());
        }
    }
    eprintln!("killed under load {started} times, {} acknowledged", acknowledged.all().len());
    assert!(started > 5);
}
