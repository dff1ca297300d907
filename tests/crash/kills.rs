//! SIGKILL in the middle of the load.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::Client;
use tempfile::TempDir;

use crate::load::{Acknowledged, NO_LIMIT, check_database, load, send};
use crate::process::Service;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_in_the_middle_of_the_load_loses_nothing_that_was_acknowledged() {
    let number = |name| std::env::var_os(name)?.to_str()?.parse().ok();
    let rounds = number("CODAU_CRASH_ROUNDS").unwrap_or(20);
    let seed = number("CODAU_CRASH_SEED").unwrap_or_else(rand::random::<u64>);
    eprintln!("{rounds} rounds with CODAU_CRASH_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let folder = TempDir::new().expect("a folder");
    let (next, acknowledged) = (Arc::default(), Acknowledged::default());

    for round in 0..rounds {
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
        let moment = Duration::from_micros(random.random_range(1_000..300_000));
        // The writers end only when the service does.
        let load = writers.join_all();
        tokio::pin!(load);
        let ended = tokio::time::timeout(moment, &mut load).await;
        assert!(ended.is_err(), "round {round}: the service ended by itself");
        service.kill();
        load.await;
    }

    let service = Service::start(folder.path(), NO_LIMIT);
    let acknowledged = acknowledged.all();
    let kept = check_database(folder.path(), &acknowledged);
    eprintln!("{} acknowledged, {kept} kept", acknowledged.len());
    assert!(acknowledged.len() as u64 >= rounds, "hardly any load");
    let ids: HashSet<_> = acknowledged.values().collect();
    assert_eq!(ids.len(), acknowledged.len(), "two keys with one comment");
    drop(service);
}
