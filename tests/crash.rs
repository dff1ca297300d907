//! What was acknowledged is there: after a kill in the middle of the load, and after a stop.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what is wrong by failing")]

#[allow(dead_code, reason = "the browser tests need more of it")]
mod process;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use process::{PATIENCE, Service};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::{Client, StatusCode};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Readers who send at the same time.
const WRITERS: u64 = 8;
const NO_LIMIT: &[(&str, &str)] = &[("CODAU__LIMITS__POSTS_PER_MINUTE", "0")];

/// Comments that the service said it has: their submission keys with their numbers.
#[derive(Clone, Default)]
struct Acknowledged(Arc<Mutex<HashMap<String, i64>>>);

impl Acknowledged {
    fn note(&self, key: &str, comment: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = all.insert(key.to_owned(), comment);
        assert!(
            before.is_none_or(|before| before == comment),
            "{key} was comment {before:?} and is now {comment}"
        );
    }

    fn all(&self) -> HashMap<String, i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn comment(key: &str) -> Value {
    json!({
        "site": "demo", "thread": "crash", "title": "Chuyến đò chở sách", "name": "Mận",
        "body": format!("Bài viết rất hay, số {key}."), "submission": key,
    })
}

/// Sends a comment; its number, if it was acknowledged.
async fn send(client: &Client, url: &str, key: &str) -> reqwest::Result<i64> {
    let answer = client
        .post(format!("{url}/comments"))
        .header("accept", "application/json")
        .json(&comment(key))
        .send()
        .await?;
    let status = answer.status();
    let answer: Value = answer.json().await?;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    Ok(answer["comment"].as_i64().expect("the comment's number"))
}

/// Writers who send one comment after another, each with a key of its own, until they are not
/// answered.
fn load(url: &str, next: &Arc<AtomicU64>, acknowledged: &Acknowledged) -> JoinSet<()> {
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let (url, next, acknowledged) = (url.to_owned(), next.clone(), acknowledged.clone());
        writers.spawn(async move {
            let client = Client::new();
            let key = || format!("key-{}", next.fetch_add(1, Ordering::Relaxed));
            let mut sent = key();
            while let Ok(comment) = send(&client, &url, &sent).await {
                acknowledged.note(&sent, comment);
                sent = key();
            }
        });
    }
    writers
}

/// Fails unless the database is sound and has every acknowledged comment exactly once.
fn check_database(folder: &Path, acknowledged: &HashMap<String, i64>) -> usize {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(folder.join("codau.db"), flags);
    let database = database.expect("the database opens");
    let sound: String =
        database.query_row("pragma integrity_check", [], |row| row.get(0)).expect("an answer");
    assert_eq!(sound, "ok");
    let mut query = database.prepare("select submission_key, id from comment").expect("a query");
    let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)));
    let mut found: HashMap<String, Vec<i64>> = HashMap::new();
    for row in rows.expect("rows") {
        let (key, id): (String, i64) = row.expect("a row");
        // The key stands on a line of its own, behind the site's and the article's names.
        let key = key.rsplit('\n').next().unwrap_or_default().to_owned();
        found.entry(key).or_default().push(id);
    }
    for (key, id) in acknowledged {
        assert_eq!(found.get(key), Some(&vec![*id]), "comment {key}");
    }
    found.len()
}

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_under_load_answers_every_request_that_was_begun_and_ends_in_time() {
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), NO_LIMIT);
    let (next, acknowledged) = (Arc::default(), Acknowledged::default());
    let mut slow = Vec::new();
    for number in 0..WRITERS {
        slow.push(SlowReader::begin(&service.url, format!("slow-{number}")).await);
    }
    let writers = load(&service.url, &next, &acknowledged);
    until(|| acknowledged.all().len() > 50).await;

    let asked = Instant::now();
    service.ask_to_stop();
    service.line_with("stopping").expect("it is stopping");
    for reader in slow {
        let (key, comment) = reader.finish().await;
        acknowledged.note(&key, comment);
    }
    writers.join_all().await;
    assert!(service.ended().success());
    let took = asked.elapsed();
    assert!(took < Duration::from_secs(10), "it took {took:?} to stop");

    let acknowledged = acknowledged.all();
    eprintln!("{} acknowledged, stopped in {took:?}", acknowledged.len());
    // Nor is anything kept that was not acknowledged: whoever was turned away may send again.
    let kept = check_database(folder.path(), &acknowledged);
    assert_eq!(kept, acknowledged.len());
}

/// A reader whose request the service has begun to read.
struct SlowReader {
    connection: BufReader<TcpStream>,
    key: String,
    body: String,
}

impl SlowReader {
    /// Sends the headers and waits until the service asks for the rest.
    async fn begin(url: &str, key: String) -> SlowReader {
        let host = url.trim_start_matches("http://");
        let body = comment(&key).to_string();
        let connection = TcpStream::connect(host).await.expect("a connection");
        let mut connection = BufReader::new(connection);
        let headers = format!(
            "POST /comments HTTP/1.1\r\nhost: {host}\r\naccept: application/json\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\
             expect: 100-continue\r\n\r\n",
            body.len()
        );
        connection.write_all(headers.as_bytes()).await.expect("sending");
        let mut line = String::new();
        connection.read_line(&mut line).await.expect("an answer");
        assert!(line.starts_with("HTTP/1.1 100"), "{line}");
        connection.read_line(&mut line).await.expect("an empty line");
        SlowReader { connection, key, body }
    }

    /// Sends the rest; the key with the comment's number.
    async fn finish(mut self) -> (String, i64) {
        let sent = self.connection.write_all(self.body.as_bytes()).await;
        sent.expect("sending");
        let mut answer = String::new();
        let read = self.connection.read_to_string(&mut answer).await;
        read.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
        let (_, answer) = answer.rsplit_once("\r\n\r\n").expect("a body");
        let answer: Value = serde_json::from_str(answer).expect("JSON");
        (self.key, answer["comment"].as_i64().expect("a number"))
    }
}

/// Waits until something is so.
async fn until(is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    let mut glances = tokio::time::interval(Duration::from_millis(5));
    while !is_so() {
        assert!(Instant::now() < deadline, "waited in vain");
        glances.tick().await;
    }
}
