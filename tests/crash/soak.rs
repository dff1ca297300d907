//! The service under a steady, mixed load for as long as one likes: what it takes of the machine
//! stays what it was.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rand::RngExt;
use reqwest::{Client, StatusCode};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use crate::load::{Acknowledged, NO_LIMIT, check_database, fill, offer_on, rounds};
use crate::process::{Service, Taken, add_moderator, run_under};

/// Articles that people read and comment on.
const ARTICLES: u64 = 20;
/// People of each kind, and how often one of them does something.
const READERS: u64 = 8;
const READS_EVERY: Duration = Duration::from_millis(20);
const WRITERS: u64 = 4;
const WRITES_EVERY: Duration = Duration::from_millis(100);
/// So little of finished pages is kept that it is full long before the second quarter begins: what
/// grows after it is something else.
const SMALL_CACHE: [(&str, &str); 1] = [("CODAU__SERVER__CACHE_MEGABYTES", "8")];
/// Comments there are from the start: more than SQLite keeps pages of, which would go on filling its
/// caches as long as the database grew.
const STORED: u32 = 200_000;
/// Most MB by which memory may have grown between the second quarter of the time and the last.
const GROWTH: u64 = 8;
/// Most MB of the log that SQLite has beside the database.
const LOG: u64 = 64;

/// How the service was at a moment.
#[derive(Debug)]
struct Sample {
    taken: Taken,
    database: u64,
    log: u64,
    comments: usize,
}

fn megabytes(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |found| found.len() / 1_000_000)
}

/// A token of a moderator's.
fn token(folder: &Path) -> String {
    add_moderator(folder, "Bình", "một câu dài để nhớ");
    let made = run_under(&[], folder, &["moderator", "token", "Bình"]);
    assert!(made.status.success());
    let said = String::from_utf8(made.stdout).expect("UTF-8");
    said.trim().to_owned()
}

/// Somebody who reads one thing after another, all of it successfully.
async fn read(url: String, answers: Arc<AtomicU64>) {
    let client = Client::new();
    let mut pace = interval(READS_EVERY);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        pace.tick().await;
        let (article, way) = {
            let mut random = rand::rng();
            (random.random_range(0..ARTICLES), random.random_range(0..8))
        };
        let path = match way {
            0..5 => format!("/threads/demo/{article}"),
            5 => format!("/threads/demo/{article}.json"),
            6 => format!("/threads/demo/{article}.atom"),
            _ => format!("/counts?site=demo&thread={article}&thread=0"),
        };
        let answer = client.get(format!("{url}{path}")).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.bytes().await.expect("a body");
        answers.fetch_add(1, Ordering::Relaxed);
    }
}

/// Somebody who writes one comment after another and hands each on to be decided.
async fn write(
    url: String,
    writer: u64,
    acknowledged: Acknowledged,
    decide: mpsc::UnboundedSender<i64>,
) {
    let client = Client::new();
    let mut pace = interval(WRITES_EVERY);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for number in 0_u64.. {
        pace.tick().await;
        let (key, article) = (format!("soak-{writer}-{number}"), number % ARTICLES);
        let sent = offer_on(&client, &url, &article.to_string(), &key).await;
        let (status, answer) = sent.expect("an answer");
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        let comment = answer["comment"].as_i64().expect("a number");
        acknowledged.note(&key, comment);
        decide.send(comment).expect("the moderator is there");
    }
}

/// A moderator's program: looks at the queue, and decides whatever comes.
async fn decide(
    url: String,
    token: String,
    mut comments: mpsc::UnboundedReceiver<i64>,
    answers: Arc<AtomicU64>,
) {
    let client = Client::new();
    while let Some(comment) = comments.recv().await {
        let queue = client.get(format!("{url}/api/v1/queue")).bearer_auth(&token);
        let queue = queue.send().await.expect("an answer");
        assert_eq!(queue.status(), StatusCode::OK);
        queue.bytes().await.expect("a body");
        let decision = match comment % 4 {
            0 => json!({"version": 1, "action": "reject", "reason": "off-topic"}),
            1 => json!({"version": 1, "action": "approve", "body": "Đã biên tập đôi chỗ."}),
            _ => json!({"version": 1, "action": "approve"}),
        };
        let path = format!("{url}/api/v1/comments/{comment}/decision");
        let answer = client.post(path).bearer_auth(&token).json(&decision).send().await;
        let answer = answer.expect("an answer");
        let (status, text) = (answer.status(), answer.text().await.expect("a body"));
        assert_eq!(status, StatusCode::OK, "{decision} {text}");
        answers.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: tests/campaign/run soak"]
async fn under_a_mixed_load_memory_files_and_log_stay_what_they_were() {
    let seconds = rounds("CODAU_SOAK_SECONDS", 600);
    let folder = TempDir::new().expect("a folder");
    drop(Service::start(folder.path(), NO_LIMIT));
    fill(&folder.path().join("codau.db"), STORED);
    let service = Service::start(folder.path(), &[NO_LIMIT, &SMALL_CACHE].concat());
    let (acknowledged, token) = (Acknowledged::default(), token(folder.path()));
    let (reads, decisions) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let (to_decide, comments) = mpsc::unbounded_channel();
    // Each article has a comment when people begin to read it.
    let client = Client::new();
    for article in 0..ARTICLES {
        let key = format!("first-{article}");
        let sent = offer_on(&client, &service.url, &article.to_string(), &key).await;
        let (status, answer) = sent.expect("an answer");
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        acknowledged.note(&key, answer["comment"].as_i64().expect("a number"));
    }
    let mut people = JoinSet::new();
    for _ in 0..READERS {
        people.spawn(read(service.url.clone(), Arc::clone(&reads)));
    }
    for writer in 0..WRITERS {
        let to_decide = to_decide.clone();
        people.spawn(write(service.url.clone(), writer, acknowledged.clone(), to_decide));
    }
    people.spawn(decide(service.url.clone(), token, comments, Arc::clone(&decisions)));

    let (begun, mut samples) = (Instant::now(), Vec::new());
    let mut looks = interval(Duration::from_secs(1));
    for second in 0..seconds {
        looks.tick().await;
        // Nobody of them ends but by a failure, which this shows.
        if let Some(ended) = people.try_join_next() {
            ended.expect("somebody was not answered as they should be");
        }
        let sample = Sample {
            taken: service.taken(),
            database: megabytes(&folder.path().join("codau.db")),
            log: megabytes(&folder.path().join("codau.db-wal")),
            comments: acknowledged.all().len(),
        };
        if second % 30 == 0 {
            eprintln!("{second} s: {sample:?}");
        }
        samples.push(sample);
    }
    people.shutdown().await;
    let took = begun.elapsed().as_secs();
    let (early, late) =
        (&samples[samples.len() / 4..samples.len() / 2], &samples[samples.len() * 3 / 4..]);
    let most =
        |samples: &[Sample], of: fn(&Sample) -> u64| samples.iter().map(of).max().expect("one");
    let show = |what: &str, of: fn(&Sample) -> u64| {
        let (before, after) = (most(early, of), most(late, of));
        eprintln!("{what}: at most {before} in the second quarter, {after} in the last");
        (before, after)
    };
    eprintln!(
        "{took} s, {} reads, {} decisions",
        reads.load(Ordering::Relaxed),
        decisions.load(Ordering::Relaxed)
    );
    let memory = show("MB resident", |sample| sample.taken.resident);
    // At one moment or another there is a connection more; a leak would show in what is usual.
    let usual = |samples: &[Sample]| {
        let mut files: Vec<_> = samples.iter().map(|sample| sample.taken.files).collect();
        files.sort_unstable();
        files[files.len() / 2]
    };
    let files = (usual(early), usual(late));
    eprintln!("open files: usually {} in the second quarter, {} in the last", files.0, files.1);
    let log = show("MB of log", |sample| sample.log);
    show("MB of database", |sample| sample.database);
    show("comments", |sample| sample.comments as u64);
    service.kill();
    check_database(folder.path(), &acknowledged.all());
    assert!(memory.1 <= memory.0 + GROWTH, "memory grows");
    assert!(files.1 <= files.0 + 2, "open files grow");
    assert!(log.1 <= LOG, "the log grows");
}
