//! Clients that take their time, and more of them than there is time for.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use codau::domain::Role;
use tokio::task::JoinSet;

use crate::support::{App, Ask, Failing, PASSWORD, comment};

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
async fn a_handler_that_does_not_come_to_an_end_is_given_up_with_503() {
    let (silent, wrap) = Failing::silently();
    let settings = [("server.answer_seconds", "1"), ("server.body_seconds", "1")];
    let app = App::on(&settings, wrap).await;
    let desk = app.log_in().await;
    silent.store(true, Ordering::SeqCst);
    let begun = Instant::now();
    for request in [
        app.get("/threads/bao/1"),
        app.get("/threads/bao/1.json"),
        app.get("/healthz"),
        app.get("/moderation/").header("cookie", &desk.cookie),
        app.get("/moderation/events").header("cookie", &desk.cookie),
        app.post("/comments").form(comment().fields()),
        app.post("/comments").json(&comment().json()),
    ] {
        let answer = request.ask().await.expect(503);
        assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        match answer.header("content-type") {
            "application/json" => assert_eq!(answer.json()["error"], "unavailable"),
            _ => assert!(answer.page().text("h1").contains("gián đoạn"), "{}", answer.text),
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    silent.store(false, Ordering::SeqCst);
    app.submit(comment()).await.expect(303);
    app.get("/threads/bao/1").ask().await.expect(200);
}

#[tokio::test]
async fn a_stream_of_events_outlives_the_deadline_of_answers() {
    let (silent, wrap) = Failing::silently();
    let app = App::on(&[("server.answer_seconds", "1")], wrap).await;
    let desk = app.log_in().await;
    let events = app.get("/moderation/events").header("cookie", &desk.cookie);
    let mut stream = events.send().await.unwrap();
    // Others reach their deadline meanwhile, so its own is over.
    silent.store(true, Ordering::SeqCst);
    app.get("/healthz").ask().await.expect(503);
    silent.store(false, Ordering::SeqCst);
    app.sent(comment()).await;
    let mut told = String::new();
    while !told.contains("event: arrived") {
        let more = stream.chunk().await.unwrap().expect("the stream goes on");
        told.push_str(std::str::from_utf8(&more).unwrap());
    }
}

/// More requests than all buffers on the way hold answers to.
fn many_requests() -> Vec<u8> {
    b"GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n".repeat(2_000)
}

/// Asks for something as somebody else, who is answered once there is place for them; how often
/// `meanwhile` was done until then.
fn answered(app: &App, mut meanwhile: impl FnMut()) -> usize {
    let mut other = connect(app);
    other.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    other.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let begun = Instant::now();
    for times in 0.. {
        let mut answer = [0; 12];
        if other.read_exact(&mut answer).is_ok() {
            assert_eq!(&answer, b"HTTP/1.1 200");
            return times;
        }
        assert!(begun.elapsed() < Duration::from_secs(40), "nobody is given up");
        meanwhile();
    }
    unreachable!("there is always a next time")
}

const ONE_PLACE: [(&str, &str); 5] = [
    ("server.connections", "1"),
    ("server.header_seconds", "1"),
    ("server.body_seconds", "1"),
    ("server.answer_seconds", "1"),
    ("server.reading_seconds", "2"),
];

#[tokio::test]
async fn a_client_that_reads_nothing_of_its_answers_is_given_up_and_its_place_is_free() {
    let app = App::with(&ONE_PLACE).await;
    let mut deaf = connect(&app);
    deaf.write_all(&many_requests()).unwrap();
    answered(&app, || ());
    let (got, _) = rest(deaf);
    assert!(got.matches("HTTP/1.1 200").count() < 2_000, "all of it found room");
}

#[tokio::test]
async fn a_client_that_reads_its_answers_in_drips_is_given_up_too() {
    let app = App::with(&ONE_PLACE).await;
    let mut slow = connect(&app);
    slow.write_all(&many_requests()).unwrap();
    let mut drip = vec![0; 65_536];
    let times = answered(&app, || {
        let _ = slow.read(&mut drip);
    });
    assert!(times > 5, "it was given up before it had read");
}

#[tokio::test]
async fn a_second_request_on_a_connection_has_no_more_time_than_the_first() {
    let app = App::with(&ONE_PLACE).await;
    let mut slow = connect(&app);
    slow.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    slow.read_exact(&mut answer).unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nx-slow: ").unwrap();
    answered(&app, || {
        let _ = slow.write_all(b"x");
    });
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
