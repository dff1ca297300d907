//! The main job from end to end.

use crate::support::{App, Ask, comment};

#[tokio::test]
async fn a_readers_form_becomes_an_edited_published_comment() {
    let app = App::start().await;
    let count = async || app.thread("1").await.page().text(".codau-count");
    assert_eq!(count().await, "0 bình luận");

    let sent = app.submit(comment().body("bai viet rat hay")).await.expect(303);
    assert_eq!(sent.header("set-cookie"), "", "a reader gets no cookie");
    let receipt = sent.location().to_owned();
    let waiting = app.receipt(&receipt).await.expect(200);
    assert!(waiting.text.contains("đang chờ biên tập"));
    assert_eq!(count().await, "0 bình luận");

    let queue = app.page(app.log_in().await, "/moderation/").await.page();
    assert!(queue.text(".badge").starts_with("Không dấu"));
    assert!(queue.text(".text mark").starts_with("bai viet"));
    let id = queue.attributes(".card", "id")[0][1..].parse().unwrap();
    app.edit(id, "Bài viết rất hay.").await;
    assert!(app.queue("").await.is_empty());

    assert_eq!(count().await, "1 bình luận");
    let article = app.thread("1").await.page();
    assert_eq!(article.text(".codau-body"), "Bài viết rất hay.");
    let published = app.receipt(&receipt).await.expect(200);
    assert!(published.text.contains("đã được biên tập và đăng"));
    assert!(published.page().has("a[href^='https://bao.example/bai-1.html']"));
}

#[tokio::test]
async fn the_demo_newspaper_shows_what_was_published() {
    let app = App::start().await;
    let on_demo =
        comment().with("site", "demo").with("url", format!("{}/", app.demo)).on("2026-1187");
    app.published(on_demo.body("Đò chữ dễ thương quá!")).await;
    let included = app.get(&app.demo).ask().await.expect(200).page();
    assert_eq!(included.text(".codau-body"), "Đò chữ dễ thương quá!");
    assert!(included.has("#binh-luan form"));
    let scripted = app.get(&format!("{}/script", app.demo)).ask().await.expect(200);
    let scripts = scripted.page().attributes("script", "src");
    assert_eq!(scripts, ["widget", "count"].map(|name| format!("{}/{name}.js", app.url)));
    for script in scripts {
        app.get(&script).ask().await.expect(200);
    }
}
