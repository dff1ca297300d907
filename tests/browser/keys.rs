//! The desk under one's fingers.

use std::cell::Cell;
use std::io::Write;

use tempfile::TempDir;

use crate::process::Service;
use crate::story::{send_many, set_up};
use crate::support::{Browser, Scripts, Window, until};

/// The names of those whose comments are on the page.
pub(crate) async fn names(window: &Window) -> Vec<String> {
    window.texts(".card .about bdi").await
}

/// Waits until the names on the page are these.
pub(crate) async fn lists(window: &Window, expected: &[&str]) {
    until(&format!("the list {expected:?}"), || async { names(window).await == expected }).await;
}

/// Waits until the desk says something with `part` in it.
pub(crate) async fn says(window: &Window, part: &str) {
    until(part, || async { window.text("#said").await.contains(part) }).await;
}

#[tokio::test]
async fn a_moderator_decides_and_takes_it_back_without_a_mouse() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    send_many(&service, ["Mận", "Phúc", "Quyên"]).await;
    set_up(&window, &mut service).await;
    assert_eq!(names(&window).await, ["Mận", "Phúc", "Quyên"]);

    window.key("j").await;
    assert_eq!(window.focused().await, "c2");
    window.key("a").await;
    assert_eq!(window.focused().await, "c3", "the next card has the focus at once");
    lists(&window, &["Mận", "Quyên"]).await;
    says(&window, "Đã duyệt bình luận của Phúc.").await;
    window.key("z").await;
    lists(&window, &["Mận", "Phúc", "Quyên"]).await;
    says(&window, "Đã hoàn tác quyết định về bình luận của Phúc.").await;
    assert_eq!(window.focused().await, "c2");

    window.key("k").await;
    assert_eq!(window.focused().await, "c1");
    window.key("d").await;
    assert_eq!(window.focused().await, "reason-1");
    window.key("1").await;
    lists(&window, &["Phúc", "Quyên"]).await;
    says(&window, "Đã từ chối bình luận của Mận.").await;
    window.key("s").await;
    lists(&window, &["Quyên"]).await;
    // Undone in turn, the last one first, each where it was.
    window.key("z").await;
    lists(&window, &["Phúc", "Quyên"]).await;
    window.key("z").await;
    lists(&window, &["Mận", "Phúc", "Quyên"]).await;

    // In a field a letter is a letter.
    window.key("/").await;
    window.key("as").await;
    assert_eq!(window.typed("Tìm").await, "as");
    assert_eq!(names(&window).await, ["Mận", "Phúc", "Quyên"]);
    window.key("\u{e00c}").await;

    // What was said to be decided is decided.
    window.key("a").await;
    says(&window, "Mận").await;
    window.key("g").await;
    window.leave_by_key("a").await;
    lists(&window, &["Mận"]).await;
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn keys_can_be_turned_off_and_never_act_with_ctrl_or_shift() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    send_many(&service, ["Mận", "Phúc"]).await;
    set_up(&window, &mut service).await;
    window.key("A").await;
    window.key("\u{e009}a\u{e000}").await;
    assert_eq!(names(&window).await, ["Mận", "Phúc"]);
    assert!(window.element(".decisions kbd").await.is_displayed().await.expect("a key"));

    window.key("?").await;
    let choice = window.field("Dùng phím tắt").await;
    choice.click().await.expect("a click");
    let close = window.control("Đóng").await;
    close.click().await.expect("a click");
    assert!(!window.element(".decisions kbd").await.is_displayed().await.expect("a key"));
    let card = window.element("#c1").await;
    window.evaluate("document.getElementById('c1').focus()").await;
    card.send_keys("a").await.expect("a key");
    card.send_keys("j").await.expect("a key");
    assert_eq!(window.focused().await, "c1");
    assert_eq!(names(&window).await, ["Mận", "Phúc"]);
    // The choice stays.
    window.open(&format!("{}/moderation/", service.url)).await;
    window.key("j").await;
    assert_eq!(window.focused().await, "c1");
}

#[tokio::test]
async fn fifty_comments_take_one_key_each_to_approve_and_two_to_reject() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let no_limit = [("CODAU__LIMITS__POSTS_PER_MINUTE", "0")];
    let mut service = Service::start(folder.path(), &no_limit);
    let window = browser.window(Scripts::Allowed).await;
    let pressed = Cell::new(0);
    let press = async |key: &str| {
        pressed.set(pressed.get() + 1);
        window.key(key).await;
    };
    for (decision, most) in [("a", 1.2), ("d", 2.0)] {
        let start = if decision == "a" { 0 } else { 50 };
        let people: Vec<_> = (start..start + 50).map(|n| format!("Bạn đọc {n}")).collect();
        send_many(&service, people.iter().map(String::as_str)).await;
        match decision {
            "a" => set_up(&window, &mut service).await,
            _ => window.open(&format!("{}/moderation/", service.url)).await,
        }
        pressed.set(0);
        for (n, person) in people.iter().enumerate() {
            // The list is short of cards for a moment only if the next page is late.
            let on_card = || async { window.text(".card:focus .about bdi").await == *person };
            until(person, on_card).await;
            press(decision).await;
            if decision == "d" {
                press(&(n % 8 + 1).to_string()).await;
            }
        }
        until("the thanks", || async { window.text("main").await.contains("Cảm ơn bạn!") }).await;
        let each = f64::from(pressed.get()) / 50.0;
        let what = if decision == "a" { "approving" } else { "rejecting" };
        // Not by `println!`, which is not shown for a test that passes.
        let _ = writeln!(std::io::stderr(), "{what} 50 comments: {each:.2} keys a comment");
        assert!(each <= most, "{each} keys to {decision}");
    }
    for (status, count) in [("approved", "50"), ("rejected", "50"), ("pending", "0")] {
        let tab = format!("[data-count={status}] .count");
        window.open(&format!("{}/moderation/?status={status}", service.url)).await;
        assert_eq!(window.text(&tab).await, count);
    }
    window.assert_console_is_empty().await;
}
