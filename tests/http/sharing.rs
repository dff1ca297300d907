//! What caches keep of a thread, and whose scripts may read it.

use reqwest::header::{IF_NONE_MATCH, ORIGIN};

use crate::support::{App, Ask, comment};

const PUBLIC: [&str; 6] = [
    "/threads/bao/1",
    "/threads/bao/1.json",
    "/threads/bao/1/page",
    "/threads/bao/1.atom",
    "/threads/bao.atom",
    "/counts?site=bao&thread=1",
];

#[tokio::test]
async fn an_unchanged_thread_is_not_sent_again_and_a_changed_one_is() {
    let app = App::start().await;
    app.published(comment().body("Một.")).await;
    for path in &PUBLIC[..4] {
        let first = app.get(path).ask().await.expect(200);
        let tag = first.header("etag").to_owned();
        let known = async || app.get(path).header(IF_NONE_MATCH, &tag).ask().await;
        let again = known().await.expect(304);
        assert_eq!((again.text.as_str(), again.header("etag")), ("", tag.as_str()));
        let sent = app.sent(comment().body(path)).await;
        known().await.expect(304);
        app.approve(sent.id).await;
        assert_ne!(known().await.expect(200).header("etag"), tag);
    }
}

#[tokio::test]
async fn public_answers_may_be_cached_for_a_moment_and_private_ones_never() {
    let app = App::start().await;
    let sent = app.published(comment()).await;
    for path in PUBLIC {
        let answer = app.get(path).ask().await.expect(200);
        assert!(answer.header("cache-control").starts_with("public, max-age="), "{path}");
        assert_eq!(answer.header("set-cookie"), "");
    }
    let reply = format!("/comments/{}/reply", sent.id);
    for path in [&sent.receipt, &reply, "/", "/moderation/login", "/nowhere"] {
        let answer = app.get(path).ask().await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    let queue = app.page(app.log_in().await, "/moderation/").await;
    assert_eq!(queue.header("cache-control"), "no-store");
}

#[tokio::test]
async fn scripts_of_a_listed_origin_may_read_and_no_others() {
    let app = App::start().await;
    app.sent(comment()).await;
    for path in PUBLIC {
        let allowed = async |origin: &str| {
            let answer = app.get(path).header(ORIGIN, origin).ask().await.expect(200);
            assert!(answer.header("vary").to_lowercase().contains("origin"), "{path}");
            assert_eq!(answer.header("access-control-allow-credentials"), "");
            answer.header("access-control-allow-origin").to_owned()
        };
        assert_eq!(allowed("https://bao.example").await, "https://bao.example");
        assert_eq!(allowed("https://m.songhau.example").await, "https://m.songhau.example");
        assert_eq!(allowed(&app.demo).await, app.demo);
        for other in ["https://evil.example", "http://bao.example", "null"] {
            assert_eq!(allowed(other).await, "", "{path} {other}");
        }
    }
}

#[tokio::test]
async fn a_script_of_a_listed_origin_may_post_json() {
    let app = App::start().await;
    let ask = app
        .request("OPTIONS", "/comments")
        .header(ORIGIN, "https://bao.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    let allowed = ask.ask().await.expect(200);
    assert_eq!(allowed.header("access-control-allow-origin"), "https://bao.example");
    let post = app.post("/comments").header(ORIGIN, "https://bao.example");
    let answer = post.json(&comment().json()).ask().await.expect(202);
    assert_eq!(answer.header("access-control-allow-origin"), "https://bao.example");
    // What is wrong is for that script to read, too.
    let post = app.post("/comments").header(ORIGIN, "https://bao.example");
    let answer = post.json(&comment().name("").json()).ask().await.expect(422);
    assert_eq!(answer.header("access-control-allow-origin"), "https://bao.example");
}

#[tokio::test]
async fn the_desk_and_receipts_are_for_no_script_of_anothers() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    for path in ["/moderation/login", &sent.receipt, "/"] {
        let answer = app.get(path).header(ORIGIN, "https://bao.example").ask().await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}
