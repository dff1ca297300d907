//! What the kept pages promise, without a store: who makes a page, when, and how often.

use std::cell::Cell;
use std::time::{Duration, Instant};

use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use futures_util::future::join_all;
use tokio::sync::Notify;

use super::*;

struct Kept {
    finished: Finished,
    changes: broadcast::Sender<Change>,
    made: Cell<u32>,
}

fn thread(object: &str) -> ThreadKey {
    ThreadKey { site: "bao".into(), object: object.into() }
}

impl Kept {
    fn new() -> Kept {
        Kept::hearing(Hearing::alone())
    }

    fn hearing(hearing: Hearing) -> Kept {
        let changes = broadcast::Sender::new(4);
        let all = (HeaderName::from_static("x-all"), HeaderValue::from_static("yes"));
        let headers = HeaderMap::from_iter([all]);
        let finished = Finished::new(1 << 20, changes.subscribe(), hearing, headers).unwrap();
        Kept { finished, changes, made: Cell::new(0) }
    }

    fn publish(&self, object: &str) {
        self.changes.send(Change::Published(thread(object))).unwrap();
    }

    /// The body of an answer, which says how many were made when it was begun.
    async fn ask(&self, object: &str, query: &str, lasting: bool) -> String {
        let request = TestRequest::with_uri(&format!("/threads/bao/{object}?{query}"));
        let request = request.to_http_request();
        let key = thread(object);
        let make = || async {
            self.made.set(self.made.get() + 1);
            let body = format!("{object} {}", self.made.get());
            tokio::task::yield_now().await;
            Ok(Made { content_type: "text/plain", body, lasting })
        };
        let answer = self.finished.answer(&request, [&key], make).await.unwrap();
        text(answer).await
    }

    fn is_ready(&self, object: &str) -> bool {
        let request = TestRequest::with_uri(&format!("/threads/bao/{object}"));
        self.finished.ready(request.to_http_request().head()).is_some()
    }
}

async fn text(answer: HttpResponse) -> String {
    let bytes = to_bytes(answer.into_body()).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_page_is_made_once_and_again_when_a_decision_touches_its_thread_alone() {
    let kept = Kept::new();
    assert_eq!(kept.ask("a", "", true).await, "a 1");
    assert_eq!(kept.ask("b", "", true).await, "b 2");
    assert_eq!(kept.ask("a", "url=x&title=y", true).await, "a 1");
    assert!(kept.is_ready("a"));
    kept.publish("a");
    assert!(!kept.is_ready("a"));
    assert_eq!(kept.ask("a", "", true).await, "a 3");
    assert_eq!(kept.ask("b", "", true).await, "b 2");
}

#[tokio::test]
async fn a_burst_of_readers_has_a_page_made_once() {
    let kept = Kept::new();
    for lasting in [true, false] {
        let object = if lasting { "a" } else { "b" };
        let before = kept.made.get();
        let answers = join_all((0..100).map(|_| kept.ask(object, "", lasting))).await;
        assert_eq!(kept.made.get(), before + 1);
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }
}

#[tokio::test]
async fn a_page_that_was_begun_before_a_decision_answers_nobody_who_came_after() {
    let kept = Kept::new();
    let (begun, decided) = (Notify::new(), Notify::new());
    let request = TestRequest::with_uri("/threads/bao/a").to_http_request();
    let key = thread("a");
    let slow = || async {
        begun.notify_one();
        decided.notified().await;
        Ok(Made { content_type: "text/plain", body: "old".into(), lasting: true })
    };
    let before = async { text(kept.finished.answer(&request, [&key], slow).await.unwrap()).await };
    let after = async {
        begun.notified().await;
        kept.publish("a");
        let late = kept.ask("a", "", true);
        decided.notify_one();
        late.await
    };
    assert_eq!(tokio::join!(before, after), ("old".to_owned(), "a 1".to_owned()));
    assert_eq!(kept.ask("a", "", true).await, "a 1");
}

#[tokio::test]
async fn whoever_misses_changes_takes_nothing_for_fresh() {
    let kept = Kept::new();
    kept.ask("a", "", true).await;
    for n in 0..10 {
        kept.publish(&format!("other {n}"));
    }
    assert!(!kept.is_ready("a"));
}

#[tokio::test]
async fn while_nothing_is_known_of_others_a_page_is_kept_as_long_as_is_tolerated() {
    let limit = Duration::from_millis(200);
    let hearing = Hearing::trusted_for(limit);
    let kept = Kept::hearing(hearing.clone());
    let began = Instant::now();
    kept.ask("a", "", true).await;
    let mut tick = tokio::time::interval(Duration::from_millis(5));
    while kept.is_ready("a") {
        assert!(began.elapsed() < limit * 20, "it is kept for ever");
        tick.tick().await;
    }
    assert!(began.elapsed() >= limit);
    // What is made from then on is kept again for as long; and for longer once all was heard.
    kept.ask("a", "", true).await;
    assert!(kept.is_ready("a"));
    let began = Instant::now();
    while began.elapsed() < limit * 2 {
        hearing.reached(Instant::now());
        assert!(kept.is_ready("a"));
        tick.tick().await;
    }
}

#[tokio::test]
async fn a_flood_of_addresses_turns_out_no_thread() {
    let kept = Kept::new();
    kept.ask("a", "", true).await;
    let long = "x".repeat(4_000);
    for n in 0..5_000 {
        kept.ask("none", &format!("title={n}{long}"), false).await;
    }
    assert!(kept.is_ready("a"));
    assert!(kept.finished.passing.weight() <= PASSING_BYTES as u64);
    assert_eq!(kept.finished.lasting.len(), 1);
}

#[tokio::test]
async fn each_encoding_says_the_same_and_is_the_best_that_is_taken() {
    let kept = Kept::new();
    let body = "Bài viết rất hay. ".repeat(100);
    for (accepted, expected) in [
        ("", ""),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("zstd", ""),
    ] {
        let request = TestRequest::with_uri("/threads/bao/a")
            .insert_header(("accept-encoding", accepted))
            .to_http_request();
        let make =
            || async { Ok(Made { content_type: "text/plain", body: body.clone(), lasting: true }) };
        let answer = kept.finished.answer(&request, [&thread("a")], make).await.unwrap();
        let header =
            |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header("content-encoding").unwrap_or_default(), expected, "{accepted}");
        assert_eq!(header("x-all").as_deref(), Some("yes"));
        let bytes = to_bytes(answer.into_body()).await.unwrap();
        let unpacked = match expected {
            "br" => {
                let mut plain = Vec::new();
                brotli::BrotliDecompress(&mut &bytes[..], &mut plain).unwrap();
                plain
            }
            "gzip" => {
                let mut plain = Vec::new();
                std::io::copy(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut plain).unwrap();
                plain
            }
            _ => bytes.to_vec(),
        };
        assert!(unpacked == body.as_bytes(), "{accepted}");
    }
}

#[tokio::test]
async fn who_has_the_page_already_is_told_so() {
    let kept = Kept::new();
    kept.ask("a", "", true).await;
    let ask = |known: &str| {
        let request =
            TestRequest::with_uri("/threads/bao/a").insert_header(("if-none-match", known));
        let request = request.to_http_request();
        kept.finished.ready(request.head()).unwrap()
    };
    let first = ask("\"other\"");
    assert_eq!(first.status(), StatusCode::OK);
    let tag = first.headers().get("etag").unwrap().to_str().unwrap();
    for known in [tag, tag.trim_start_matches("W/"), &format!("\"other\", {tag}"), "*"] {
        let again = ask(known);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{known}");
        assert_eq!(again.headers().get("etag"), first.headers().get("etag"));
        let mut said: Vec<_> = again.headers().keys().map(HeaderName::as_str).collect();
        said.sort_unstable();
        assert_eq!(said, ["cache-control", "etag", "vary"]);
    }
}
