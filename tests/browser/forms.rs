//! What was typed is never lost.

use tempfile::TempDir;

use crate::process::{Service, add_moderator};
use crate::story::{PASSWORD, SENT, send, set_up};
use crate::support::{Browser, Scripts};

#[tokio::test]
async fn a_moderator_who_decides_second_is_told_and_keeps_the_text_in_the_box() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let first = browser.window(Scripts::Forbidden).await;
    let second = browser.window(Scripts::Forbidden).await;
    set_up(&first, &mut service).await;
    add_moderator(folder.path(), "lan", PASSWORD);

    second.open(&format!("{}/", service.demo)).await;
    send(&second, "Nguyễn Thị Mận", "Bài viết hay quá.").await;
    second.open(&format!("{}/moderation/", service.url)).await;
    second.type_into("Tên đăng nhập", "lan").await;
    second.type_into("Mật khẩu", PASSWORD).await;
    second.press("Đăng nhập").await;
    second.press("Sửa & duyệt").await;
    second.type_into("Bản để đăng", " Cảm ơn tác giả.").await;

    first.open(&format!("{}/moderation/", service.url)).await;
    first.press("Duyệt").await;

    second.press("Duyệt bản sửa").await;
    let notice = second.text(".notice-conflict").await;
    assert!(notice.contains("vừa được thu-ky duyệt lúc"), "{notice}");
    let kept = second.typed("Bản để đăng").await;
    assert_eq!(kept, "Bài viết hay quá. Cảm ơn tác giả.");
    second.open(&format!("{}/", service.demo)).await;
    let published = second.text("#binh-luan-1 .codau-body").await;
    assert_eq!(published, "Bài viết hay quá.");
    first.assert_console_is_empty().await;
    second.assert_console_is_empty().await;
}

#[tokio::test]
async fn a_form_with_errors_comes_back_with_everything_typed_and_leads_to_each_error() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[("CODAU__COMMENT__MAX_NAME", "10")]);
    let window = browser.window(Scripts::Allowed).await;
    window.open(&format!("{}/", service.demo)).await;
    window.type_into("Ý kiến của bạn", "Hay quá!\nCảm ơn <b>tác giả</b>.").await;
    window.type_into("Họ và tên", "Nguyễn Thị Mận").await;
    window.type_into("Email", "man@").await;
    // As a browser does that does not look at what it sends.
    window.evaluate("document.querySelector('.codau-form').noValidate = true").await;
    window.press("Gửi bình luận").await;

    assert!(window.text("[role=alert] h2").await.contains("Chưa gửi được"));
    let kept = window.typed("Ý kiến của bạn").await;
    assert_eq!(kept, "Hay quá!\nCảm ơn <b>tác giả</b>.");
    assert_eq!(window.typed("Họ và tên").await, "Nguyễn Thị Mận");
    assert_eq!(window.typed("Email").await, "man@");
    let sentences = window.texts(".error-summary a").await;
    assert_eq!(sentences.len(), 2, "{sentences:?}");
    for (id, sentence) in ["name", "email"].iter().zip(sentences) {
        let link = window.control(&sentence).await;
        link.click().await.expect("a click");
        assert_eq!(window.focused().await, *id);
        let field = window.element(&format!("#{id}")).await;
        let invalid = field.attr("aria-invalid").await.expect("an attribute");
        assert_eq!(invalid.as_deref(), Some("true"));
        let described = field.attr("aria-describedby").await.expect("an attribute");
        assert!(described.is_some_and(|ids| ids.contains(&format!("{id}-error"))));
        assert_eq!(window.text(&format!("#{id}-error")).await, sentence);
    }

    window.retype("Họ và tên", "Mận").await;
    window.retype("Email", "").await;
    window.press("Gửi bình luận").await;
    assert!(window.text("h1").await.contains("đang chờ biên tập"));
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn a_reader_whose_text_lacks_marks_may_have_them_put_in_or_type_again() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let reader = browser.window(Scripts::Forbidden).await;

    reader.open(&format!("{}/", service.demo)).await;
    send(&reader, "Nguyễn Thị Mận", SENT).await;
    reader.press("Tôi sẽ gõ lại").await;
    assert_eq!(reader.typed("Ý kiến của bạn").await, SENT);
    assert_eq!(reader.typed("Họ và tên").await, "Nguyễn Thị Mận");
    reader.press("Gửi bình luận").await;
    reader.press("Thêm dấu giúp tôi").await;
    let restored = reader.typed("Ý kiến của bạn").await;
    assert!(restored.starts_with("Bài viết rất hay"), "{restored}");
    reader.press("Gửi bình luận").await;
    assert!(reader.text("h1").await.contains("đang chờ biên tập"));

    let moderator = browser.window(Scripts::Forbidden).await;
    set_up(&moderator, &mut service).await;
    assert_eq!(moderator.texts(".card .text").await, [restored]);
    assert_eq!(moderator.text(".card .badge").await, "Có dấu");
    reader.assert_console_is_empty().await;
}
