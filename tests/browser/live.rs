//! Two moderators at work at once.

use tempfile::TempDir;

use crate::keys::{lists, names, says};
use crate::process::{Service, add_moderator};
use crate::story::{PASSWORD, send_many, set_up};
use crate::support::{Browser, Scripts, Window, until};

/// A second moderator's window, at the queue.
async fn second(browser: &Browser, service: &Service, folder: &TempDir) -> Window {
    add_moderator(folder.path(), "lan", PASSWORD);
    let window = browser.window(Scripts::Allowed).await;
    window.open(&format!("{}/moderation/", service.url)).await;
    window.type_into("Tên đăng nhập", "lan").await;
    window.type_into("Mật khẩu", PASSWORD).await;
    window.press("Đăng nhập").await;
    window
}

#[tokio::test]
async fn cards_decided_elsewhere_grey_out_and_new_ones_wait_behind_a_button() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    send_many(&service, ["Mận", "Phúc", "Quyên"]).await;
    let first = browser.window(Scripts::Allowed).await;
    set_up(&first, &mut service).await;
    let other = second(&browser, &service, &folder).await;

    // Who looks at which card is seen.
    until("who looks", || async { other.text("#c1 .claim").await == "thu-ky đang xem" }).await;
    first.key("j").await;
    until("who looks now", || async { other.text("#c2 .claim").await == "thu-ky đang xem" }).await;
    assert_eq!(other.text("#c1 .claim").await, "");

    first.key("a").await;
    until("the card is grey", || async {
        other.text("#c2 .decisions").await.contains("vừa được thu-ky duyệt lúc")
    })
    .await;
    assert!(other.texts("#c2 .decisions button").await.is_empty());
    assert_eq!(names(&other).await, ["Mận", "Phúc", "Quyên"], "nothing moved");
    until("the count", || async { other.text("[data-count=approved] .count").await == "1" }).await;

    send_many(&service, ["Ông Tư Lành"]).await;
    until("the button", || async { other.text(".arrived").await == "1 bình luận mới" }).await;
    assert_eq!(names(&other).await, ["Mận", "Phúc", "Quyên"], "nothing moved");
    let button = other.element(".arrived").await;
    button.click().await.expect("a click");
    lists(&other, &["Mận", "Quyên", "Ông Tư Lành"]).await;

    // An empty list hears of what comes in, too.
    other.open(&format!("{}/moderation/?q=khong+co+ai", service.url)).await;
    send_many(&service, ["Khong co ai"]).await;
    until("the button", || async { other.text(".arrived").await == "1 bình luận mới" }).await;
    first.assert_console_is_empty().await;
    other.assert_console_is_empty().await;
}

#[tokio::test]
async fn a_decision_that_comes_too_late_comes_back_with_what_was_typed_and_who_was_first() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    send_many(&service, ["Mận", "Phúc"]).await;
    let first = browser.window(Scripts::Allowed).await;
    set_up(&first, &mut service).await;
    let other = second(&browser, &service, &folder).await;
    // The second desk hears nothing, as where a network lets no streams through.
    other.evaluate("window.EventSource = null").await;
    other.chromium("Network.enable", serde_json::json!({})).await;
    let blocked = serde_json::json!({ "urls": ["*/moderation/events*"] });
    other.chromium("Network.setBlockedURLs", blocked).await;
    other.open(&format!("{}/moderation/", service.url)).await;

    first.key("a").await;
    says(&first, "Đã duyệt bình luận của Mận.").await;
    other.key("d").await;
    other.type_into("Ghi chú nội bộ", "Xem lại câu cuối.").await;
    other.evaluate("document.querySelector('#reason-1').focus()").await;
    other.key("1").await;
    says(&other, "vừa được thu-ky duyệt lúc").await;
    lists(&other, &["Mận", "Phúc"]).await;
    assert!(other.text("#c1").await.contains("vừa được thu-ky duyệt lúc"));
}
