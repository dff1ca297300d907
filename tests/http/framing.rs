//! Requests whose end can be read in two ways, and others that are none: refused with the
//! connection, so that nothing after them is taken for a request; behind nginx and haproxy nobody
//! gets another's answer.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::proxies::{Proxy, haproxy, nginx};
use crate::requests::{Case, Wanted, corpus};
use crate::support::App;

/// What a hidden request would be answered with, and nothing else is.
const HIDDEN_ANSWER: &str = "\r\n\r\nok\n";

/// Sends bytes and reads until the connection is closed, or for a moment where it stays open.
fn exchange(address: &str, bytes: &[u8]) -> (String, bool) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(1_500))).unwrap();
    // Whoever refuses early need not read it all.
    let _ = stream.write_all(bytes);
    let (mut answer, mut piece) = (Vec::new(), [0; 16_384]);
    let closed = loop {
        match stream.read(&mut piece) {
            Ok(0) => break true,
            Ok(read) => answer.extend_from_slice(&piece[..read]),
            Err(error) => {
                break matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe);
            }
        }
    };
    (String::from_utf8_lossy(&answer).into_owned(), closed)
}

fn status_of(answer: &str) -> u16 {
    let status = answer.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5));
    status.and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// What is wrong with the service's answer to a case; nothing, if it is as it must be.
fn fault(case: &Case, address: &str) -> Option<String> {
    let (answer, closed) = exchange(address, &case.bytes);
    let answers = answer.matches("HTTP/1.").count();
    let status = status_of(&answer);
    let wrong = match case.wanted {
        Wanted::Refused => {
            !closed || answers > 1 || (answers == 1 && !(400..506).contains(&status))
        }
        Wanted::Answered(expected) => answers != 1 || status != expected,
    };
    let hidden = answer.contains(HIDDEN_ANSWER);
    (wrong || hidden).then(|| {
        let head: String = answer.chars().take(60).collect();
        format!("{}: {answers} answers, closed {closed}, {head:?}", case.name)
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_can_be_read_in_two_ways_is_refused_with_its_connection() {
    let app = App::start().await;
    let address = app.url.trim_start_matches("http://");
    let cases = corpus();
    eprintln!("{} requests", cases.len());
    assert!(cases.len() >= 120, "{} requests", cases.len());
    let faults: Vec<_> = cases.iter().filter_map(|case| fault(case, address)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(app.queue("").await.is_empty(), "none of them was kept");
}

/// Sends every case through a proxy that shares its connections, and asks after each as somebody
/// else.
fn check_behind(proxy: Option<Proxy>) {
    let Some(proxy) = proxy else {
        return;
    };
    let cases = corpus();
    for (n, case) in cases.iter().enumerate() {
        exchange(&proxy.address, &case.bytes);
        for probe in [format!("probe-{n}-a"), format!("probe-{n}-b")] {
            let request = format!(
                "GET /threads/bao/{probe}.json HTTP/1.1\r\nhost: bao\r\nconnection: close\r\n\r\n"
            );
            let (answer, _) = exchange(&proxy.address, request.as_bytes());
            let own = format!("\"thread\":\"{probe}\"");
            assert!(status_of(&answer) == 200 && answer.contains(&own), "{}: {answer}", case.name);
        }
    }
    eprintln!("{} requests, and everybody got their own answers", cases.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_nginx_nobody_gets_another_ones_answer() {
    let app = App::start().await;
    check_behind(nginx(&app));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_haproxy_nobody_gets_another_ones_answer() {
    let app = App::start().await;
    check_behind(haproxy(&app));
}
