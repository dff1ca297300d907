//! Many comments at once, with and without scripts.

use tempfile::TempDir;

use crate::keys::{lists, names, says};
use crate::process::Service;
use crate::story::{send_many, set_up};
use crate::support::{Browser, Scripts, until};

const UNLIMITED: [(&str, &str); 1] = [("CODAU__LIMITS__POSTS_PER_MINUTE", "0")];

#[tokio::test]
async fn a_range_is_ticked_and_decided_with_keys_and_taken_back_with_one() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &UNLIMITED);
    let window = browser.window(Scripts::Allowed).await;
    let people = ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"];
    send_many(&service, people).await;
    set_up(&window, &mut service).await;
    let bar = window.element("#bulk").await;
    assert!(!bar.is_displayed().await.expect("the bar"), "nothing is ticked");

    window.key("j").await;
    window.key("x").await;
    for _ in 0..3 {
        window.key("j").await;
    }
    window.key("X").await;
    assert_eq!(window.text(".picked").await, "Đã chọn 4");
    window.key("k").await;
    window.key("x").await;
    assert_eq!(window.text(".picked").await, "Đã chọn 3");
    // The digit is that of the reasons' list, as for one comment.
    window.key("d").await;
    assert_eq!(window.focused().await, "bulk-reason");
    window.key("3").await;
    says(&window, "Đã quyết định 3 bình luận.").await;
    lists(&window, &["Một", "Bốn", "Sáu"]).await;
    assert!(!window.element("#bulk").await.is_displayed().await.expect("the bar"));

    window.key("z").await;
    lists(&window, &people).await;
    window.key("x").await;
    window.key("\u{e00c}").await;
    assert!(!window.element("#bulk").await.is_displayed().await.expect("the bar"), "Esc unticks");
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn all_that_fit_are_decided_beyond_the_page_and_what_came_later_waits() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &UNLIMITED);
    let people: Vec<_> = (0..60).map(|n| format!("Bạn đọc {n}")).collect();
    send_many(&service, people.iter().map(String::as_str)).await;
    let window = browser.window(Scripts::Allowed).await;
    set_up(&window, &mut service).await;
    send_many(&service, ["Đến sau"]).await;
    window.key("x").await;
    let all = window.element("#bulk-all").await;
    all.click().await.expect("a click");
    let label = window.text("label[for=bulk-all]").await;
    assert_eq!(label, "Tất cả 60 bình luận trong danh sách này");
    window.evaluate("document.getElementById('c1').focus()").await;
    window.key("a").await;
    says(&window, "Đã quyết định 60 bình luận.").await;
    lists(&window, &["Đến sau"]).await;
    window.key("z").await;
    until("the comments", || async { names(&window).await.len() >= 20 }).await;
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn without_scripts_ticked_comments_are_decided_by_a_form_and_its_page() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &UNLIMITED);
    send_many(&service, ["Một", "Hai", "Ba"]).await;
    let window = browser.window(Scripts::Forbidden).await;
    set_up(&window, &mut service).await;
    for id in [1, 3] {
        let tick = window.element(&format!("#c{id} .pick")).await;
        tick.click().await.expect("a click");
    }
    window.press_in("bulk", "Spam").await;
    until("the result", || async {
        window.text(".sheet").await.contains("Đã quyết định 2 bình luận.")
    })
    .await;
    window.press("Về danh sách").await;
    assert_eq!(names(&window).await, ["Hai"]);
    window.press("Vừa quyết định").await;
    window.press("Hoàn tác cả lượt").await;
    until("the result", || async { window.text("h1").await == "Hoàn tác 2 quyết định" }).await;
    window.open(&format!("{}/moderation/", service.url)).await;
    assert_eq!(names(&window).await, ["Một", "Hai", "Ba"]);
    window.assert_console_is_empty().await;
}
