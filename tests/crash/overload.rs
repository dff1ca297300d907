//! Five times more than the service can carry: it says what it cannot take, in time and without
//! growing, and what it took is there.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use crate::load::{Acknowledged, NO_LIMIT, check_database, comment, rounds, send};
use crate::process::{PATIENCE, Service};
use crate::traced::{can_trace, traced};

/// People who send at the same time, each on a connection of their own: five times the writes that
/// the store lets wait and does at once.
const PEOPLE: u64 = 5 * (1_024 + 256);
/// What makes the disk slow enough for that to be too much: each sync takes so much longer.
const SLOW_DISK: &str = "inject=fdatasync:delay_enter=200ms";
/// Most memory that the service may ever have had, in MB.
const MEMORY: u64 = 256;
/// Within which it is as quick as ever when the flood is over.
const RECOVERY: Duration = Duration::from_secs(5);

/// What became of what people sent.
#[derive(Default)]
struct Counts {
    turned_away: AtomicU64,
    /// How long those waited whose comment was taken.
    waits: Mutex<Vec<Duration>>,
}

/// An answer as it came, on a connection that ended with it.
struct Answer {
    status: u16,
    headers: String,
    body: Value,
}

/// Sends a comment on a connection of its own, from one of many addresses of this machine.
async fn send_alone(to: SocketAddr, person: u64, key: &str) -> io::Result<Answer> {
    let socket = TcpSocket::new_v4()?;
    // Each address has ports of its own, which a single one's would not be enough for.
    let last = u8::try_from(2 + person % 200).unwrap_or(2);
    socket.bind(SocketAddrV4::new(Ipv4Addr::new(127, 0, 0, last), 0).into())?;
    let mut connection = socket.connect(to).await?;
    let body = comment(key).to_string();
    let request = format!(
        "POST /comments HTTP/1.1\r\nhost: {to}\r\naccept: application/json\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await?;
    let (headers, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = headers.split(' ').nth(1).and_then(|status| status.parse().ok());
    let body = serde_json::from_str(body).unwrap_or_default();
    Ok(Answer { status: status.unwrap_or(0), headers: headers.to_lowercase(), body })
}

/// Somebody who sends one comment after another until the time is over.
async fn insist(
    to: SocketAddr,
    person: u64,
    until: Instant,
    acknowledged: Acknowledged,
    counts: Arc<Counts>,
) {
    let mut number = 0;
    while Instant::now() < until {
        let key = format!("key-{person}-{number}");
        let begun = Instant::now();
        let answer = send_alone(to, person, &key).await.expect("an answer");
        match answer.status {
            202 => {
                acknowledged.note(&key, answer.body["comment"].as_i64().expect("a number"));
                let mut waits = counts.waits.lock().unwrap_or_else(PoisonError::into_inner);
                waits.push(begun.elapsed());
            }
            429 | 503 => {
                assert!(answer.headers.contains("\nretry-after: "), "{}", answer.headers);
                counts.turned_away.fetch_add(1, Ordering::Relaxed);
            }
            other => panic!("{other} {} {}", answer.headers, answer.body),
        }
        number += 1;
    }
}

#[tokio::test]
async fn a_crowd_that_comes_at_once_waits_at_the_door_and_is_answered() {
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), NO_LIMIT);
    let to = service.url.trim_start_matches("http://").parse().expect("an address");
    // It does not get round to letting anybody in.
    service.signal("-STOP");
    let mut crowd = JoinSet::new();
    for _ in 0..800 {
        crowd.spawn(tokio::time::timeout(PATIENCE, TcpStream::connect::<SocketAddr>(to)));
    }
    let at_the_door = crowd.join_all().await;
    service.signal("-CONT");
    for connection in at_the_door {
        let mut connection = connection.expect("let to the door").expect("a connection");
        let request = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        connection.write_all(request.as_bytes()).await.expect("sending");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "thousands of connections: tests/campaign/run overload"]
async fn five_times_what_can_be_carried_is_turned_away_in_time_and_nothing_taken_is_lost() {
    if !can_trace() {
        return;
    }
    rlimit::increase_nofile_limit(4 * PEOPLE).expect("as many files");
    let seconds = rounds("CODAU_OVERLOAD_SECONDS", 60);
    let folder = TempDir::new().expect("a folder");
    let options = ["--seccomp-bpf", "-e", "trace=fdatasync", "-e", SLOW_DISK];
    let service = Service::start_under(&traced(&options, "/dev/null"), folder.path(), NO_LIMIT);
    let service = service.expect("the service starts");
    let to = service.url.trim_start_matches("http://").parse().expect("an address");

    let (acknowledged, counts) = (Acknowledged::default(), Arc::new(Counts::default()));
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut people = JoinSet::new();
    for person in 0..PEOPLE {
        let (acknowledged, counts) = (acknowledged.clone(), Arc::clone(&counts));
        people.spawn(insist(to, person, end, acknowledged, counts));
    }
    people.join_all().await;

    let over = Instant::now();
    let client = reqwest::Client::new();
    let after = send(&client, &service.url, "after").await.expect("taken when it is over");
    acknowledged.note("after", after);
    let recovered = over.elapsed();
    let taken = service.taken();
    let mut waits =
        std::mem::take(&mut *counts.waits.lock().unwrap_or_else(PoisonError::into_inner));
    waits.sort_unstable();
    eprintln!(
        "{PEOPLE} people, {seconds} s: {} taken, {} turned away; waited {:.1?} (median), {:.1?} \
         (p99); {taken:?}; as ever after {recovered:.1?}",
        waits.len(),
        counts.turned_away.load(Ordering::Relaxed),
        waits[waits.len() / 2],
        waits[waits.len() * 99 / 100],
    );
    service.kill();
    check_database(folder.path(), &acknowledged.all());
    assert!(counts.turned_away.load(Ordering::Relaxed) > 0, "there was no overload");
    assert!(taken.most_resident <= MEMORY, "memory grew");
    assert!(recovered < RECOVERY);
}
