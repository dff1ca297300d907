//! The desk under one's fingers.

use tempfile::TempDir;

use crate::process::Service;
use crate::story::{send, set_up};
use crate::support::{Browser, Scripts, Window};

/// The names of those whose comments are on the page.
async fn names(window: &Window) -> Vec<String> {
    window.texts(".card .about bdi").await
}

#[tokio::test]
async fn a_moderator_decides_and_takes_it_back_without_a_mouse() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    for name in ["Mận", "Phúc", "Quyên"] {
        window.open(&format!("{}/", service.demo)).await;
        send(&window, name, &format!("Bài viết rất hay. {name} cảm ơn tác giả.")).await;
    }
    set_up(&window, &mut service).await;
    assert_eq!(names(&window).await, ["Mận", "Phúc", "Quyên"]);

    window.key("j").await;
    assert_eq!(window.focused().await, "c2");
    window.leave_by_key("a").await;
    assert_eq!(names(&window).await, ["Mận", "Quyên"]);
    assert!(window.text("[role=status]").await.contains("Phúc"));
    window.leave_by_key("z").await;
    assert_eq!(names(&window).await, ["Mận", "Phúc", "Quyên"]);

    window.key("k").await;
    window.key("k").await;
    assert_eq!(window.focused().await, "c1");
    window.key("d").await;
    assert_eq!(window.focused().await, "reason-1");
    window.leave_by_key("1").await;
    assert_eq!(names(&window).await, ["Phúc", "Quyên"]);

    // In a field a letter is a letter.
    window.key("/").await;
    window.key("as").await;
    assert_eq!(window.typed("Tìm").await, "as");
    assert_eq!(names(&window).await, ["Phúc", "Quyên"]);
    window.assert_console_is_empty().await;
}
