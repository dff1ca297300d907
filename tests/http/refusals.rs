//! What is not taken, and what is said then. What the reader wrote is in every one of the answers.

use reqwest::header::ORIGIN;

use crate::support::{App, Ask, comment};

const TEXT: &str = "Bài viết rất hay, cảm ơn tòa soạn.";

#[tokio::test]
async fn a_closed_thread_takes_no_comment_and_hands_it_back() {
    let app = App::start().await;
    app.published(comment().body("Ý kiến đầu.")).await;
    app.close("1").await;
    let refused = app.submit(comment()).await.expect(403);
    assert!(refused.page().text("main").contains(TEXT));
    assert_eq!(app.submit_json(comment()).await.expect(403).json()["form"]["body"], TEXT);
    let thread = app.thread("1").await.page();
    assert!(!thread.has("form") && !thread.has(".codau-reply"));
    assert!(thread.text(".codau-closed").contains("đã đóng"));
    assert_eq!(app.thread_json("1").await["open"], false);
}

#[tokio::test]
async fn more_than_is_read_is_too_large() {
    let app = App::start().await;
    let huge = comment().body(&"a".repeat(70_000));
    let refused = app.submit(huge.clone()).await.expect(413);
    assert_eq!(refused.page().text("h1"), "Ý kiến quá dài");
    assert_eq!(app.submit_json(huge).await.expect(413).json()["error"], "too-large");
}

#[tokio::test]
async fn comments_that_come_too_fast_are_told_when_to_come_again() {
    let app = App::with(&[("limits.posts_per_minute", "2")]).await;
    for text in ["Một.", "Hai."] {
        app.submit(comment().body(text)).await.expect(303);
    }
    let refused = app.submit(comment()).await.expect(429);
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(refused.page().field("body"), TEXT);
    let json = app.submit_json(comment()).await.expect(429);
    assert!(!json.header("retry-after").is_empty());
    assert_eq!(json.json()["form"]["body"], TEXT);
    // The limit is one address's: a forwarded one counts from a trusted proxy alone.
    let forged = app.post("/comments").header("x-forwarded-for", "192.0.2.7");
    forged.form(comment().fields()).ask().await.expect(429);
}

#[tokio::test]
async fn readers_behind_a_trusted_proxy_have_a_limit_each() {
    let limits = [("limits.posts_per_minute", "1"), ("server.trusted_proxies", "127.0.0.1")];
    let app = App::with(&limits).await;
    for (address, status) in [
        ("192.0.2.7", 303),
        ("192.0.2.7", 429),
        ("192.0.2.8", 303),
        ("2001:db8:1:2::1", 303),
        ("2001:db8:1:2:ffff::2", 429),
    ] {
        let request = app.post("/comments").header("x-forwarded-for", address);
        let form = comment().body(address);
        request.form(form.fields()).ask().await.expect(status);
    }
}

#[tokio::test]
async fn an_unknown_site_is_refused() {
    let app = App::start().await;
    let refused = app.submit(comment().with("site", "khac")).await.expect(403);
    assert!(refused.page().text("main").contains(TEXT));
    app.get("/threads/khac/1").ask().await.expect(403);
    app.get("/threads/khac/1.json").ask().await.expect(403);
    app.get("/counts?site=khac&thread=1").ask().await.expect(403);
}

#[tokio::test]
async fn a_form_from_an_origin_that_the_site_does_not_list_is_refused() {
    let app = App::start().await;
    for (origin, status) in [
        ("https://bao.example", 303),
        ("https://bao.example.evil.example", 403),
        ("https://songhau.example", 403),
        ("http://bao.example", 403),
        ("null", 403),
        (app.url.as_str(), 303),
    ] {
        let request = app.post("/comments").header(ORIGIN, origin);
        let answer = request.form(comment().body(origin).fields()).ask().await;
        assert_eq!(answer.status, status, "{origin}");
        let handed_back = answer.text.contains(origin);
        assert!(status == 303 || handed_back, "{origin}");
    }
}

#[tokio::test]
async fn an_article_address_elsewhere_is_a_bad_field() {
    let app = App::start().await;
    for url in ["https://evil.example/", "javascript:alert(1)", "//bao.example/"] {
        let json = app.submit_json(comment().with("url", url)).await.expect(422).json();
        assert_eq!(json["fields"][0]["field"], "url", "{url}");
    }
}

#[tokio::test]
async fn what_is_no_form_at_all_is_a_bad_request() {
    let app = App::start().await;
    for (kind, body) in [
        ("application/json", "{"),
        ("application/json", "[]"),
        ("application/json", r#"{"body": ["x"]}"#),
        ("text/plain", "body=x"),
        ("multipart/form-data; boundary=x", "--y"),
    ] {
        let request = app.post("/comments").header("content-type", kind).body(body);
        request.ask().await.expect(400);
    }
}
