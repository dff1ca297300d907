//! How a comment comes in, and that sending it twice makes one.

use reqwest::multipart;

use crate::support::{App, Ask, comment};

#[tokio::test]
async fn urlencoded_multipart_and_json_submit_the_same_comment() {
    let app = App::start().await;
    let form = comment().with("email", "an@example.com").body("Đò\r\nchữ & <sách>");
    let parts = form.fields().iter().fold(multipart::Form::new(), |parts, (name, value)| {
        parts.text(name.clone(), value.clone())
    });
    let urlencoded = app.submit(form.clone()).await.expect(303);
    let multipart = app.post("/comments").multipart(parts).ask().await.expect(303);
    let json = app.sent(form).await;
    // The same text from the same reader is the same comment, however it is encoded.
    assert_eq!(urlencoded.location(), multipart.location());
    assert_eq!(urlencoded.location(), json.receipt);
    let page = app.comment_page(json.id).await;
    assert_eq!(page.text(".original"), "Đò chữ & <sách>");
    assert_eq!(page.field("body"), "Đò\nchữ & <sách>");
}

#[tokio::test]
async fn text_is_kept_as_sent_after_composition() {
    let app = App::start().await;
    let decomposed = "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t";
    let sent = app.sent(comment().body(decomposed)).await;
    app.approve(sent.id).await;
    assert_eq!(app.thread("1").await.page().text(".codau-body"), "Tiếng Việt");
}

#[tokio::test]
async fn the_same_key_with_the_same_text_is_one_comment_and_one_receipt() {
    let app = App::start().await;
    let first = app.sent(comment().key("a1")).await;
    let second = app.sent(comment().key("a1")).await;
    assert_eq!((first.id, first.receipt), (second.id, second.receipt));
    assert_eq!(app.queue("").await.len(), 1);
}

#[tokio::test]
async fn a_key_counts_for_its_own_article_alone() {
    let app = App::start().await;
    let first = app.sent(comment().on("a").key("b/c")).await;
    let other = app.sent(comment().on("a/b").key("c")).await;
    assert_ne!(first.id, other.id);
}

#[tokio::test]
async fn the_same_key_with_another_text_is_refused_and_the_text_handed_back() {
    let app = App::start().await;
    app.submit(comment().key("a1")).await.expect(303);
    let refused = app.submit(comment().key("a1").body("Tôi nghĩ khác.")).await.expect(409);
    let page = refused.page();
    assert_eq!(page.field("body"), "Tôi nghĩ khác.");
    assert_eq!(page.field("name"), "Nguyễn Văn An");
    assert!(page.text("main").contains("chưa được lưu"));
    // Sent again from that page it is a comment of its own.
    let again = comment().key(&page.field("submission")).body("Tôi nghĩ khác.");
    app.submit(again).await.expect(303);
    assert_eq!(app.queue("").await.len(), 2);
}

#[tokio::test]
async fn the_same_text_twice_without_a_key_is_one_comment() {
    let app = App::start().await;
    let first = app.sent(comment()).await;
    let second = app.sent(comment()).await;
    assert_eq!((first.id, first.receipt), (second.id, second.receipt));
    let other = app.sent(comment().on("2")).await;
    assert_ne!(first.id, other.id);
}

#[tokio::test]
async fn a_form_sent_many_times_at_once_is_one_comment() {
    let app = App::start().await;
    let sends = (0..20).map(|_| app.sent(comment().key("a1")));
    let ids: Vec<_> = futures_util::future::join_all(sends).await;
    assert!(ids.iter().all(|sent| sent.id == ids[0].id));
    assert_eq!(app.queue("").await.len(), 1);
}

#[tokio::test]
async fn every_bad_field_is_named_at_once_and_everything_typed_is_handed_back() {
    let app = App::start().await;
    let bad = comment()
        .with("site", "songhau")
        .with("url", "https://songhau.example/1")
        .name("\u{200b}")
        .with("email", "an at example")
        .body(&"ă".repeat(3_001));
    let page = app.submit(bad.clone()).await.expect(422).page();
    let links = page.attributes(".error-summary a", "href");
    assert_eq!(links, ["#name", "#email", "#body", "#consent"]);
    for (field, value) in bad.fields() {
        assert_eq!(&page.field(field), value, "{field}");
    }
    assert!(page.text("#body-error").contains("3001"));
    assert!(page.text("#body-error").contains("3000"));

    let json = app.submit_json(bad.clone()).await.expect(422).json();
    let named: Vec<_> = json["fields"].as_array().unwrap().iter().map(|f| &f["field"]).collect();
    assert_eq!(named, ["name", "email", "body", "consent"]);
    for (field, value) in bad.fields() {
        assert_eq!(json["form"][field], **value, "{field}");
    }
    assert!(app.queue("").await.is_empty());
}

#[tokio::test]
async fn the_page_about_bad_fields_sends_them_mended() {
    let app = App::start().await;
    let page = app.submit(comment().name("")).await.expect(422).page();
    let key = page.field("submission");
    assert!(!key.is_empty(), "sent twice from here it is one comment");
    let fields = ["site", "thread", "url", "title", "body"];
    let mended =
        fields.iter().fold(comment().key(&key), |form, name| form.with(name, page.field(name)));
    app.submit(mended).await.expect(303);
    assert_eq!(app.queue("").await, ["Nguyễn Văn An"]);
}

#[tokio::test]
async fn a_filled_trap_is_flagged_and_nothing_is_said_to_the_sender() {
    let app = App::start().await;
    app.submit(comment().with("website", "https://x.example")).await.expect(303);
    let queue = app.page(app.log_in().await, "/moderation/").await;
    assert!(queue.page().text(".flags").contains("Ô bẫy"));
}
