//! A stop in the middle of the load.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::load::{Acknowledged, NO_LIMIT, WRITERS, check_database, comment, load, rounds, until};
use crate::process::Service;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_under_load_answers_every_request_that_was_begun_and_ends_in_time() {
    for _ in 0..rounds("CODAU_STOP_ROUNDS", 1) {
        stop_under_load().await;
    }
}

async fn stop_under_load() {
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
