//! Replies are one level deep, to what everyone can read.

use crate::support::{App, Ask, comment};

#[tokio::test]
async fn a_reply_stands_below_what_it_replies_to() {
    let app = App::start().await;
    let first = app.published(comment().body("Ý kiến đầu.")).await;
    app.published(comment().body("Ý kiến thứ hai.")).await;
    let path = format!("/comments/{}/reply", first.id);
    let form = app.get(&path).ask().await.expect(200).page();
    assert_eq!(form.text(".quote .text"), "Ý kiến đầu.");
    assert_eq!(form.field("parent"), first.id.to_string());
    let reply = ["site", "thread", "url", "title", "parent", "submission"]
        .iter()
        .fold(comment().name("Lê Bình").body("Tôi đồng ý."), |reply, name| {
            reply.with(name, form.field(name))
        });
    app.published(reply).await;

    let thread = app.thread("1").await.page();
    assert_eq!(thread.text(".codau-count"), "3 bình luận");
    let below = format!("#binh-luan-{} > .codau-replies > .codau-reply-comment", first.id);
    assert_eq!(thread.text(&format!("{below} .codau-body")), "Tôi đồng ý.");
    assert!(thread.text(&format!("{below} .codau-byline")).starts_with("Lê Bình - "));
    let json = app.thread_json("1").await;
    assert_eq!(json["comments"][0]["replies"][0]["body"], "Tôi đồng ý.");
    assert_eq!(json["comments"][1]["replies"], serde_json::json!([]));
}

#[tokio::test]
async fn a_reply_to_anything_else_is_a_bad_field() {
    let app = App::start().await;
    let first = app.published(comment().body("Ý kiến đầu.")).await;
    let reply = app.published(comment().body("Trả lời.").reply_to(first.id)).await;
    let pending = app.sent(comment().body("Đang chờ.")).await;
    let elsewhere = app.published(comment().body("Bài khác.").on("2")).await;
    let rejected = app.sent(comment().body("Bị từ chối.")).await;
    app.reject(rejected.id, "insult").await;
    for parent in [reply.id, pending.id, elsewhere.id, rejected.id, 4_711] {
        let sent = comment().body("Tôi trả lời.").reply_to(parent);
        let json = app.submit_json(sent.clone()).await.expect(422).json();
        assert_eq!(json["fields"][0]["field"], "parent");
        let page = app.submit(sent).await.expect(422).page();
        assert_eq!(page.field("body"), "Tôi trả lời.");
        let hidden = [reply.id, elsewhere.id].contains(&parent);
        assert!(hidden || !page.has(".quote"), "an unpublished text is not quoted");
        if parent != elsewhere.id {
            let path = format!("/comments/{parent}/reply");
            app.get(&path).ask().await.expect(404);
        }
    }
    for malformed in ["x", "-1", "1e3", "99999999999999999999"] {
        app.submit(comment().with("parent", malformed)).await.expect(422);
    }
}

#[tokio::test]
async fn a_reply_whose_comment_is_taken_back_stands_by_itself() {
    let app = App::start().await;
    let first = app.published(comment().body("Ý kiến đầu.")).await;
    app.published(comment().body("Trả lời.").reply_to(first.id)).await;
    app.reject(first.id, "off-topic").await;
    let thread = app.thread("1").await.page();
    assert_eq!(thread.texts(".codau-comment > .codau-body"), ["Trả lời."]);
}
