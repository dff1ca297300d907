//! Clients that take their time, and more of them than there is time for.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use codau::domain::Role;
use tokio::task::JoinSet;

use crate::support::{App, Ask, PASSWORD, comment};

/// A connection to the service that fails rather than wait for ever.
fn connect(app: &App) -> TcpStream {
    let stream = TcpStream::connect(app.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// All that comes back until the service closes the connection, and how long that took.
fn rest(mut stream: TcpStream) -> (String, Duration) {
    let begun = Instant::now();
    let mut answer = Vec::new();
    let ended = stream.read_to_end(&mut answer);
    // Closing with unread bytes resets the connection: what was answered before counts.
    if let Err(error) = ended {
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}");
    }
    (String::from_utf8_lossy(&answer).into_owned(), begun.elapsed())
}

const SHORT: [(&str, &str); 2] = [("server.header_seconds", "1"), ("server.body_seconds", "1")];

#[tokio::test]
async fn headers_that_do_not_come_are_given_up() {
    let app = App::with(&SHORT).await;
    for begun in ["", "GET /threads/bao/1 HTTP/1.1\r\nhost: x\r\nx-slow: "] {
        let mut stream = connect(&app);
        stream.write_all(begun.as_bytes()).unwrap();
        let (answer, took) = rest(stream);
        assert!(took < Duration::from_secs(6), "{took:?}");
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_in_time_is_answered_with_408_and_keeps_nothing() {
    let app = App::with(&SHORT).await;
    for path in ["/comments", "/assessments", "/moderation/login"] {
        let kind = match path {
            "/assessments" => "application/json",
            _ => "application/x-www-form-urlencoded",
        };
        let mut stream = connect(&app);
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\norigin: {}\r\ncontent-type: {kind}\r\n\
             content-length: 100\r\n\r\nsite=bao",
            app.url
        );
        stream.write_all(head.as_bytes()).unwrap();
        let (answer, took) = rest(stream);
        assert!(answer.starts_with("HTTP/1.1 408"), "{path}: {answer}");
        assert!(answer.contains("content-security-policy"), "{path}: {answer}");
        assert!(took < Duration::from_secs(6), "{took:?}");
    }
    assert!(app.queue("").await.is_empty());
}

#[tokio::test]
async fn slow_clients_by_the_hundred_do_not_slow_the_others() {
    let app = App::start().await;
    let slow: Vec<_> = (0..400)
        .map(|_| {
            let mut stream = connect(&app);
            stream.write_all(b"POST /comments HTTP/1.1\r\nhost: x\r\nx-slow: ").unwrap();
            stream
        })
        .collect();
    let begun = Instant::now();
    for n in 0..10 {
        app.submit(comment().body(&format!("Ý kiến số {n}."))).await.expect(303);
    }
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?} beside {} slow ones", slow.len());
}

#[tokio::test]
async fn a_flood_of_logins_is_turned_away_in_part_and_comments_are_taken_meanwhile() {
    let app = App::start().await;
    app.hire("Bình", Role::Moderator).await;
    let mut logins = JoinSet::new();
    for _ in 0..120 {
        let request = app.post("/moderation/login").header("origin", &app.url);
        let request = request.form(&[("name", "Bình"), ("password", "sai mật khẩu rồi")]);
        logins.spawn(async move { request.ask().await });
    }
    for n in 0..5 {
        let begun = Instant::now();
        app.submit(comment().body(&format!("Ý kiến số {n}."))).await.expect(303);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(3), "{took:?}");
    }
    let mut turned_away = 0;
    for answer in logins.join_all().await {
        match answer.status {
            422 => {}
            503 => {
                assert_ne!(answer.header("retry-after"), "");
                turned_away += 1;
            }
            other => panic!("{other}: {}", answer.text),
        }
    }
    assert!(turned_away > 0, "all of them waited");
    app.log_in_with("Bình", PASSWORD).await.expect(303);
}
