//! The nudge in place: a text that lacks its marks, under the box it is written in.

use serde_json::json;
use tempfile::TempDir;

use crate::process::Service;
use crate::story::SENT;
use crate::support::{Browser, Scripts};
use crate::widget::{BOX, NAME, SEND, click, send, visit, waiting};

#[tokio::test]
async fn a_text_without_marks_gets_them_in_the_box_while_it_is_written() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    visit(&window, &service).await;
    let sent = format!("{SENT}. Que toi cung co ben do nhu vay.");
    window.type_into(BOX, &sent).await;
    assert_eq!(window.text(".codau-nudge .codau-text").await, sent);
    let marked = window.texts(".codau-nudge mark").await.concat();
    assert!(marked.contains("viet"), "{marked}");
    // It never takes the writer out of the box.
    assert_eq!(window.focused().await, "codau-body");

    click(&window, "Thêm dấu giúp tôi").await;
    let restored = window.typed(BOX).await;
    assert!(restored.starts_with("Bài viết rất hay"), "{restored}");

    // Another word for a doubtful one, and what is before it may change meanwhile.
    window
        .evaluate(
            "const box = document.querySelector('#codau-body'); box.setRangeText('Ôi! ', 0, 0); \
             box.dispatchEvent(new Event('input', { bubbles: true }));",
        )
        .await;
    let other = window.element(".codau-doubts button[aria-pressed=false]").await;
    let word = other.text().await.expect("a word");
    let was = window.text(".codau-doubts button[aria-pressed=true]").await;
    other.click().await.expect("a click");
    let expected = format!("Ôi! {restored}").replacen(&was, &word, 1);
    assert_eq!(window.typed(BOX).await, expected);

    click(&window, "Lấy lại bản tôi đã gõ").await;
    assert_eq!(window.typed(BOX).await, sent);
    assert_eq!(window.texts(".codau-panel").await, [""; 0]);
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn a_text_that_is_sent_without_marks_meets_the_same_choices() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    visit(&window, &service).await;
    // Live checks fail, and nothing is said of it.
    let blocked = json!({ "urls": ["*/assessments"] });
    window.chromium("Network.enable", json!({})).await;
    window.chromium("Network.setBlockedURLs", blocked).await;
    window.type_into(NAME, "Nguyễn Thị Mận").await;
    window.type_into(BOX, SENT).await;
    click(&window, SEND).await;
    assert_eq!(window.text(".codau-nudge .codau-text").await, SENT);
    click(&window, "Tôi sẽ gõ lại").await;
    assert_eq!(window.texts(".codau-panel").await, [""; 0]);
    assert_eq!(window.focused().await, "codau-body");
    assert_eq!(window.typed(BOX).await, SENT);

    click(&window, SEND).await;
    click(&window, "Thêm dấu giúp tôi").await;
    click(&window, "Lấy lại bản tôi đã gõ").await;
    click(&window, SEND).await;
    click(&window, "Vẫn gửi").await;
    waiting(&window).await;
    assert_eq!(window.typed(BOX).await, "");
}

#[tokio::test]
async fn a_site_that_accepts_texts_without_marks_does_not_ask_about_them() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let settings =
        [("CODAU__POLICY__UNMARKED", "accept"), ("CODAU__POLICY__PARTLY_MARKED", "accept")];
    let service = Service::start(folder.path(), &settings);
    let window = browser.window(Scripts::Allowed).await;
    visit(&window, &service).await;
    let answer = window
        .evaluate_later(&format!(
            "const done = arguments[0]; fetch('{}/assessments', {{ method: 'POST', \
             headers: {{ 'content-type': 'application/json' }}, \
             body: JSON.stringify({{ text: '{SENT}', site: 'demo' }}) }}) \
             .then((answer) => answer.json()).then((found) => done([found.class, found.nudge]));",
            service.url
        ))
        .await;
    assert_eq!(answer, json!(["unmarked", false]));
    send(&window, "Nguyễn Thị Mận", SENT).await;
    window.assert_console_is_empty().await;
}
