//! Losing a machine: two instances behind haproxy, on a primary with a synchronous standby. The
//! primary is killed under load and the standby promoted; then an instance is killed under readers.
//! Not part of `cargo test`: `tests/failover/run` runs it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by it")]

#[path = "../database/cluster.rs"]
#[allow(dead_code, reason = "the tests of the store need more of it")]
mod cluster;
#[path = "../process/mod.rs"]
#[allow(dead_code, reason = "the browser tests need more of it")]
mod process;

use std::collections::HashMap;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cluster::Cluster;
use process::Service;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_postgres::NoTls;

/// Readers who send at the same time.
const WRITERS: usize = 8;
/// Acknowledgements before and after the loss.
const ENOUGH: usize = 150;
/// Longest wait for them.
const PATIENCE: Duration = Duration::from_secs(120);
/// How soon after promotion a comment must be acknowledged again.
const WRITING_AGAIN: Duration = Duration::from_secs(5);

/// Comments that were acknowledged, with when.
#[derive(Clone, Default)]
struct Acknowledged(Arc<Mutex<Vec<(Instant, String, i64)>>>);

impl Acknowledged {
    fn all(&self) -> Vec<(Instant, String, i64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn wait_for(&self, count: usize) {
        let mut tick = interval(Duration::from_millis(20));
        let enough = async {
            while self.all().len() < count {
                tick.tick().await;
            }
        };
        timeout(PATIENCE, enough).await.expect("comments are acknowledged");
    }
}

/// haproxy before two instances.
struct Balancer {
    child: Child,
    url: String,
    _folder: TempDir,
}

impl Balancer {
    fn before(instances: [&Service; 2]) -> Balancer {
        let folder = TempDir::new().unwrap();
        let held = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = held.local_addr().unwrap();
        let [one, two] = instances.map(|service| service.url.trim_start_matches("http://"));
        let settings = format!(
            "defaults\n mode http\n timeout connect 2s\n timeout client 30s\n timeout server 15s\n \
             retries 3\n option redispatch\n retry-on conn-failure empty-response\n\
             frontend readers\n bind {address}\n default_backend instances\n\
             backend instances\n balance roundrobin\n option httpchk GET /healthz\n \
             default-server check inter 200ms fall 2 rise 1\n server one {one}\n server two {two}\n"
        );
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, settings).unwrap();
        drop(held);
        let child = Command::new("/usr/sbin/haproxy")
            .args(["-db", "-q", "-f"])
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("haproxy is installed");
        Balancer { child, url: format!("http://{address}"), _folder: folder }
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the comment of a key says.
fn body(key: &str) -> String {
    format!("Bài viết rất hay, số {key}.")
}

/// Sends a comment; its number, if it was acknowledged.
async fn send(client: &Client, url: &str, key: &str) -> Option<i64> {
    let comment = json!({
        "site": "demo", "thread": "failover", "title": "Chuyến đò chở sách", "name": "Mận",
        "body": body(key), "submission": key,
    });
    let request = client.post(format!("{url}/comments")).header("accept", "application/json");
    let answer = request.json(&comment).send().await.ok()?;
    if answer.status() != StatusCode::ACCEPTED {
        return None;
    }
    answer.json::<Value>().await.ok()?["comment"].as_i64()
}

/// Writers who send one comment after another, each again and again until it is acknowledged.
fn load(url: &str, acknowledged: &Acknowledged, stop: &Arc<AtomicBool>) -> JoinSet<()> {
    let next = Arc::new(AtomicU64::new(0));
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let (url, next) = (url.to_owned(), Arc::clone(&next));
        let (acknowledged, stop) = (acknowledged.clone(), Arc::clone(stop));
        writers.spawn(async move {
            let client = Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
            let mut tick = interval(Duration::from_millis(50));
            tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
            while !stop.load(Ordering::Relaxed) {
                let key = format!("key-{}", next.fetch_add(1, Ordering::Relaxed));
                let comment = loop {
                    match send(&client, &url, &key).await {
                        Some(comment) => break Some(comment),
                        None if stop.load(Ordering::Relaxed) => break None,
                        None => drop(tick.tick().await),
                    }
                };
                if let Some(comment) = comment {
                    let mut all = acknowledged.0.lock().unwrap_or_else(PoisonError::into_inner);
                    all.push((Instant::now(), key, comment));
                }
            }
        });
    }
    writers
}

/// What a query finds, as text.
async fn rows(url: &str, query: &str) -> Vec<Vec<String>> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let mut found = Vec::new();
    for message in client.simple_query(query).await.unwrap() {
        if let tokio_postgres::SimpleQueryMessage::Row(row) = message {
            let text = |at| row.get(at).unwrap_or_default().to_owned();
            found.push((0..row.len()).map(text).collect());
        }
    }
    found
}

/// What a round found.
struct Found {
    acknowledged: usize,
    lost: usize,
    doubled: usize,
    writing_again: Duration,
    errors_of_readers: usize,
}

/// Whether the standby holds what is acknowledged.
#[derive(Clone, Copy, PartialEq)]
enum Standby {
    Synchronous,
    /// And behind: the control, which must lose.
    Asynchronous,
}

async fn round(standby: Standby) -> Found {
    let primary = Cluster::start(&["wal_level=replica"]).unwrap();
    let other = primary.standby().unwrap();
    if standby == Standby::Synchronous {
        rows(&primary.url(), "alter system set synchronous_standby_names = '*'").await;
        rows(&primary.url(), "select pg_reload_conf()").await;
    }
    let url = Cluster::url_of(&[&primary, &other]);
    let folders = [(); 2].map(|()| TempDir::new().unwrap());
    let instance = |folder: &Path| {
        let settings = [
            ("CODAU__STORE__URL", url.as_str()),
            ("CODAU__LIMITS__POSTS_PER_MINUTE", "0"),
            ("CODAU__LIMITS__NETWORK_POSTS_PER_MINUTE", "0"),
        ];
        Service::start(folder, &settings)
    };
    let instances = [instance(folders[0].path()), instance(folders[1].path())];
    let balancer = Balancer::before([&instances[0], &instances[1]]);
    let (acknowledged, stop) = (Acknowledged::default(), Arc::new(AtomicBool::new(false)));
    let mut writers = load(&balancer.url, &acknowledged, &stop);
    acknowledged.wait_for(ENOUGH).await;
    if standby == Standby::Asynchronous {
        stop_receiving(&other).await;
        acknowledged.wait_for(acknowledged.all().len() + ENOUGH).await;
    }
    primary.kill();
    other.promote();
    let promoted = Instant::now();
    let before = acknowledged.all().len();
    acknowledged.wait_for(before + ENOUGH).await;
    stop.store(true, Ordering::Relaxed);
    while writers.join_next().await.is_some() {}

    let all = acknowledged.all();
    let kept = rows(&other.url(), "select body, id from comment").await;
    let count = kept.len();
    let kept: HashMap<_, _> =
        kept.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let is_kept = |key: &str, id: i64| kept.get(&body(key)) == Some(&id.to_string());
    let lost = all.iter().filter(|(_, key, id)| !is_kept(key, *id)).count();
    let first_after = all.iter().map(|(at, _, _)| *at).filter(|at| *at > promoted).min();
    let [one, two] = instances;
    let errors_of_readers = read_while_killing(&balancer.url, one).await;
    drop(two);
    Found {
        acknowledged: all.len(),
        lost,
        doubled: count - kept.len(),
        writing_again: first_after.expect("writing goes on") - promoted,
        errors_of_readers,
    }
}

/// Cuts a standby off from its primary.
async fn stop_receiving(standby: &Cluster) {
    rows(&standby.url(), "alter system set primary_conninfo = ''").await;
    rows(&standby.url(), "select pg_reload_conf()").await;
    let mut tick = interval(Duration::from_millis(20));
    let cut = async {
        while !rows(&standby.url(), "select 1 from pg_stat_wal_receiver").await.is_empty() {
            tick.tick().await;
        }
    };
    timeout(PATIENCE, cut).await.expect("the standby stops receiving");
}

/// Kills an instance under readers; says how many of them saw an error.
async fn read_while_killing(url: &str, instance: Service) -> usize {
    let read = Arc::new(AtomicU64::new(0));
    let mut readers = JoinSet::new();
    for _ in 0..8 {
        let (url, read) = (format!("{url}/threads/demo/failover"), Arc::clone(&read));
        readers.spawn(async move {
            let client = Client::new();
            let mut errors = 0;
            for _ in 0..200 {
                let answer = client.get(&url).send().await;
                errors += usize::from(!answer.is_ok_and(|answer| answer.status() == 200));
                read.fetch_add(1, Ordering::Relaxed);
            }
            errors
        });
    }
    let mut tick = interval(Duration::from_millis(5));
    while read.load(Ordering::Relaxed) < 400 {
        tick.tick().await;
    }
    instance.kill();
    let mut errors = 0;
    while let Some(reader) = readers.join_next().await {
        errors += reader.unwrap();
    }
    errors
}

#[tokio::main]
async fn main() {
    let rounds = std::env::var_os("CODAU_FAILOVER_ROUNDS");
    let rounds: usize = rounds.map_or(20, |count| count.to_str().unwrap().parse().unwrap());
    let say = |name: &str, found: &Found| {
        println!(
            "{name}: {} acknowledged, {} lost, {} doubled, writing again after {:.1} s, \
             {} of 1,600 reads failed",
            found.acknowledged,
            found.lost,
            found.doubled,
            found.writing_again.as_secs_f64(),
            found.errors_of_readers
        );
    };
    for n in 1..=rounds {
        let found = round(Standby::Synchronous).await;
        say(&format!("round {n}"), &found);
        assert_eq!((found.lost, found.doubled, found.errors_of_readers), (0, 0, 0));
        assert!(found.writing_again <= WRITING_AGAIN, "{:?}", found.writing_again);
    }
    let found = round(Standby::Asynchronous).await;
    say("control, with an asynchronous standby that is behind", &found);
    assert!(found.lost > 0, "the test finds a loss where there is one");
}
