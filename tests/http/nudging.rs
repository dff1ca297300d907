//! A text that lacks its marks comes back to its reader first, where the newspaper wants that.

use crate::support::{App, Ask, Form, comment};

const BARE: &str = "bai viet rat hay";

async fn nudging() -> App {
    App::with(&[("policy.unmarked", "nudge"), ("policy.nudge_when", "any")]).await
}

/// The form of a page of the service, sent with one of its buttons.
fn pressed(page: &crate::support::Page, answer: &str) -> Form {
    let names = ["site", "thread", "url", "title", "parent", "submission", "name", "email", "body"];
    names
        .iter()
        .fold(comment().with("answer", answer), |form, name| form.with(name, page.field(name)))
}

#[tokio::test]
async fn a_nudged_text_comes_back_intact_and_is_not_kept() {
    let app = nudging().await;
    let nudge = app.submit(comment().body(BARE)).await.expect(422).page();
    for (field, value) in comment().body(BARE).fields() {
        assert_eq!(&nudge.field(field), value, "{field}");
    }
    let answers = nudge.attributes("button[name=answer]", "value");
    assert_eq!(answers, ["restore", "retype", "insist"]);
    let json = app.submit_json(comment().body(BARE)).await.expect(422).json();
    assert_eq!(json["error"], "lacks-marks");
    assert_eq!(json["form"]["body"], BARE);
    assert_eq!(json["assessment"]["class"], "unmarked");
    assert!(app.queue("").await.is_empty());
}

#[tokio::test]
async fn a_reader_who_insists_is_queued_with_the_text_as_it_is() {
    let app = nudging().await;
    let nudge = app.submit(comment().body(BARE)).await.expect(422).page();
    let insisted = pressed(&nudge, "insist");
    let receipt = app.submit(insisted.clone()).await.expect(303);
    let again = app.submit(insisted).await.expect(303);
    assert_eq!(receipt.location(), again.location());
    assert_eq!(app.queue("").await.len(), 1);
}

#[tokio::test]
async fn a_restoration_is_looked_over_before_it_is_sent() {
    let app = nudging().await;
    let nudge = app.submit(comment().body(BARE)).await.expect(422).page();
    let restored = app.submit(pressed(&nudge, "restore")).await.expect(422).page();
    assert_eq!(restored.field("name"), "Nguyễn Văn An");
    assert!(app.queue("").await.is_empty());
    app.submit(pressed(&restored, "insist")).await.expect(303);
    assert_eq!(app.queue("").await.len(), 1);
}

#[tokio::test]
async fn a_reader_who_types_again_gets_the_form_with_the_text() {
    let app = nudging().await;
    let nudge = app.submit(comment().body(BARE)).await.expect(422).page();
    let form = app.submit(pressed(&nudge, "retype")).await.expect(422).page();
    assert_eq!(form.field("body"), BARE);
    let retyped = pressed(&form, "").body("Bài viết rất hay.");
    app.submit(retyped).await.expect(303);
}

#[tokio::test]
async fn a_marked_text_is_never_nudged() {
    let app = nudging().await;
    app.submit(comment()).await.expect(303);
}

#[tokio::test]
async fn a_text_can_be_checked_while_it_is_typed_and_nothing_is_kept() {
    let app = App::with(&[("limits.assessments_per_minute", "2")]).await;
    let before = app.dump();
    let check = async |text: &str| {
        let question = serde_json::json!({ "text": text });
        app.post("/assessments").json(&question).ask().await
    };
    assert_eq!(check(BARE).await.expect(200).json()["class"], "unmarked");
    assert_eq!(check("Bài viết rất hay.").await.expect(200).json()["class"], "marked");
    assert_ne!(check(BARE).await.expect(429).header("retry-after"), "");
    assert!(app.dump() == before);
}
