//! What article pages get: the seed's template, JSON and counts.

use crate::support::{App, Ask, comment};

#[tokio::test]
async fn an_article_without_comments_has_the_count_the_sentence_and_the_form() {
    let app = App::start().await;
    let path = "/threads/bao/77?url=https://bao.example/bai-77.html&title=Đò%20chữ";
    let answer = app.get(path).ask().await.expect(200);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let page = answer.page();
    assert_eq!(page.text(".codau-count"), "0 bình luận");
    assert!(!page.has(".codau-comment"));
    assert_eq!(
        page.text("label.codau-notice"),
        "Ý kiến của bạn sẽ được biên tập trước khi đăng. Vui lòng gõ tiếng Việt có dấu."
    );
    assert_eq!(page.attributes("form", "action"), [format!("{}/comments", app.url)]);
    assert_eq!(page.attributes("form", "method"), ["post"]);
    for (field, value) in [
        ("site", "bao"),
        ("thread", "77"),
        ("url", "https://bao.example/bai-77.html"),
        ("title", "Đò chữ"),
        ("name", ""),
        ("email", ""),
        ("body", ""),
        ("website", ""),
    ] {
        assert_eq!(page.field(field), value, "{field}");
    }
    assert!(!page.has("[name=consent]"));
    let consent = app.get("/threads/songhau/77").ask().await.expect(200);
    assert!(consent.page().has("[name=consent][required]"));
}

#[tokio::test]
async fn an_article_address_elsewhere_is_not_taken_into_the_form() {
    let app = App::start().await;
    for url in ["https://evil.example/", "javascript:alert(1)"] {
        let answer = app.get(&format!("/threads/bao/77?url={url}")).ask().await.expect(200);
        assert_eq!(answer.page().field("url"), "");
    }
}

#[tokio::test]
async fn a_published_comment_has_the_seeds_template() {
    let app = App::start().await;
    let sent = app.published(comment().body("Dòng một.\nDòng hai.")).await;
    app.sql("update comment set submitted_at = 1795394160000");
    let answer = app.thread("1").await;
    assert!(answer.text.contains("Dòng một.\nDòng hai."));
    let page = answer.page();
    assert_eq!(page.text(".codau-count"), "1 bình luận");
    let comment = format!("#binh-luan-{}", sent.id);
    let byline = page.text(&format!("{comment} .codau-byline"));
    assert_eq!(byline, "Nguyễn Văn An - 07:36 23/11/2026");
    assert_eq!(page.text(&format!("{comment} .codau-reply")), "Trả lời");
    let reply = format!("{}/comments/{}/reply", app.url, sent.id);
    assert_eq!(page.attributes(".codau-reply", "href"), [reply]);
    let json = app.thread_json("1").await;
    assert_eq!(json["count"], 1);
    assert_eq!(json["comments"][0]["name"], "Nguyễn Văn An");
    assert_eq!(json["comments"][0]["body"], "Dòng một.\nDòng hai.");
    assert_eq!(json["comments"][0]["time"], "2026-11-23T07:36:00+07:00");
    assert_eq!(json["comments"][0]["edited"], false);
}

#[tokio::test]
async fn comments_are_in_the_order_they_came_in_whenever_they_were_approved() {
    let app = App::start().await;
    let mut ids = Vec::new();
    for text in ["Một.", "Hai.", "Ba."] {
        ids.push(app.sent(comment().body(text)).await.id);
    }
    for id in [ids[2], ids[0], ids[1]] {
        app.approve(id).await;
    }
    assert_eq!(app.thread("1").await.page().texts(".codau-body"), ["Một.", "Hai.", "Ba."]);
}

#[tokio::test]
async fn an_article_number_may_be_any_text() {
    let app = App::start().await;
    let object = "2026/11 đò & chữ?#%";
    app.published(comment().on(object)).await;
    let mut path = url::Url::parse(&app.url).unwrap();
    path.path_segments_mut().unwrap().extend(["threads", "bao", object]);
    let page = app.get(path.as_str()).ask().await.expect(200).page();
    assert_eq!(page.text(".codau-count"), "1 bình luận");
    assert_eq!(page.field("thread"), object);
}

#[tokio::test]
async fn counts_tell_of_many_articles_in_one_call() {
    let app = App::start().await;
    app.published(comment().on("a").body("Một.")).await;
    app.published(comment().on("a").body("Hai.")).await;
    app.published(comment().on("b")).await;
    app.sent(comment().on("c")).await;
    let path = "/counts?site=bao&thread=a&thread=b&thread=c&thread=d";
    let json = app.get(path).ask().await.expect(200).json();
    assert_eq!(json, serde_json::json!({"counts": {"a": 2, "b": 1, "c": 0, "d": 0}}));
    let many: String = (0..201).map(|n| format!("&thread={n}")).collect();
    app.get(&format!("/counts?site=bao{many}")).ask().await.expect(400);
}
