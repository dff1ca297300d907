//! The whole story: a reader's comment is edited, published and replied to.

use tempfile::TempDir;

use crate::keys::says;
use crate::process::Service;
use crate::support::{Browser, Scripts, Window};

/// What the reader sends.
pub(crate) const SENT: &str = "Bai viet rat hay, cam on tac gia";
const NOTICE: &str =
    "Ý kiến của bạn sẽ được biên tập trước khi đăng. Vui lòng gõ tiếng Việt có dấu.";
/// The first admin.
pub(crate) const ADMIN: &str = "thu-ky";
/// Everyone's password.
pub(crate) const PASSWORD: &str = "mot cau dai de nho";

/// Makes the first admin with the link that the service printed, and so comes to the desk.
pub(crate) async fn set_up(window: &Window, service: &mut Service) {
    window.open(&service.setup_link()).await;
    window.type_into("Tên đăng nhập", ADMIN).await;
    window.type_into("Mật khẩu", PASSWORD).await;
    window.type_into("Nhập lại mật khẩu", PASSWORD).await;
    window.press("Tạo người quản trị").await;
}

/// Fills in and sends the form that stands on the page.
pub(crate) async fn send(window: &Window, name: &str, body: &str) {
    window.type_into("Ý kiến của bạn", body).await;
    window.type_into("Họ và tên", name).await;
    window.press("Gửi bình luận").await;
}

/// Sends a comment of each of these people's, as a program does.
pub(crate) async fn send_many<'a>(service: &Service, names: impl IntoIterator<Item = &'a str>) {
    let client = reqwest::Client::new();
    for name in names {
        let body = format!("Bài viết rất hay. {name} cảm ơn tác giả.");
        let url = format!("{}/chuyen-do-cho-sach", service.demo);
        let title = "Chuyến đò chở sách về cồn Bần";
        let fields = [
            ("site", "demo"),
            ("thread", "2026-1187"),
            ("url", &url),
            ("title", title),
            ("name", name),
            ("body", &body),
        ];
        let request = client.post(format!("{}/comments", service.url)).form(&fields);
        let answer = request.header("accept", "application/json").send().await.expect("an answer");
        assert_eq!(answer.status(), 202, "{:?}", answer.text().await);
    }
}

#[tokio::test]
async fn a_comment_without_marks_is_edited_published_and_replied_to() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let article = format!("{}/", service.demo);
    let reader = browser.window(Scripts::Forbidden).await;
    let moderator = browser.window(Scripts::Forbidden).await;

    set_up(&moderator, &mut service).await;
    assert!(moderator.text("main").await.contains("Hết việc rồi"));

    reader.open(&article).await;
    assert_eq!(reader.text(".codau-count").await, "0 bình luận");
    assert_eq!(reader.text(".codau-notice").await, NOTICE);
    send(&reader, "Nguyễn Thị Mận", SENT).await;
    assert_eq!(reader.text("h1").await, "Ý kiến của bạn thiếu dấu");
    assert_eq!(reader.text("form .text").await, SENT);
    reader.press("Vẫn gửi").await;
    let receipt = reader.address().await;
    assert!(receipt.starts_with(&format!("{}/receipts/", service.url)));
    assert!(reader.text("h1").await.contains("đang chờ biên tập"));
    reader.press("Về bài báo").await;
    assert_eq!(reader.address().await, article);
    assert!(!reader.source().await.contains(SENT));

    moderator.open(&format!("{}/moderation/", service.url)).await;
    assert_eq!(moderator.text(".card .text").await, SENT);
    assert!(moderator.text(".card .badge").await.starts_with("Không dấu"));
    let marked = moderator.texts(".card mark.lacks-marks").await;
    assert!(marked.concat().contains("viet"), "marked: {marked:?}");

    moderator.press("Sửa & duyệt").await;
    moderator.press("Thêm dấu").await;
    let restored = moderator.typed("Bản để đăng").await;
    assert!(restored.starts_with("Bài viết rất hay"), "{restored}");
    moderator.type_into("Bản để đăng", ". Chúc đò chữ đi xa!").await;
    let published = moderator.typed("Bản để đăng").await;
    moderator.press("Duyệt bản sửa").await;
    assert!(moderator.text("[role=status]").await.contains("Nguyễn Thị Mận"));
    assert!(moderator.text("main").await.contains("Hết việc rồi"));

    reader.open(&article).await;
    assert_eq!(reader.text(".codau-count").await, "1 bình luận");
    assert_eq!(reader.text("#binh-luan-1 .codau-body").await, published);
    assert!(!reader.source().await.contains(SENT));
    let byline = reader.text("#binh-luan-1 .codau-byline").await;
    assert!(byline.starts_with("Nguyễn Thị Mận - "), "{byline}");

    reader.open(&receipt).await;
    assert!(reader.text("h1").await.contains("đã được biên tập và đăng"));
    reader.press("Xem ý kiến trên bài").await;
    assert_eq!(reader.address().await, format!("{article}#binh-luan-1"));

    reader.press("Trả lời").await;
    assert_eq!(reader.text("h1").await, "Trả lời Nguyễn Thị Mận");
    assert_eq!(reader.text("blockquote .text").await, published);
    send(&reader, "Ông Tư Lành", "Cảm ơn cô, đò vẫn chạy sáng thứ Bảy.").await;
    moderator.open(&format!("{}/moderation/", service.url)).await;
    assert!(moderator.text(".card .about").await.contains("trả lời Nguyễn Thị Mận"));
    moderator.press("Duyệt").await;

    reader.open(&article).await;
    assert_eq!(reader.text(".codau-count").await, "2 bình luận");
    let reply = reader.element("#binh-luan-1 .codau-replies #binh-luan-2").await;
    let (left, top, ..) = reply.rectangle().await.expect("its place");
    let comment = reader.element("#binh-luan-1 > .codau-body").await;
    let (outer_left, outer_top, ..) = comment.rectangle().await.expect("its place");
    assert!(left > outer_left && top > outer_top);

    reader.assert_console_is_empty().await;
    moderator.assert_console_is_empty().await;
}

#[tokio::test]
async fn the_article_that_takes_its_thread_by_script_shows_it_and_posts() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let article = format!("{}/script", service.demo);
    let window = browser.window(Scripts::Allowed).await;

    window.open(&article).await;
    assert_eq!(window.text(".codau-count").await, "0 bình luận");
    assert_eq!(window.text(".codau-notice").await, NOTICE);
    window.type_into("Ý kiến của bạn", "Đọc mà nhớ bến đò quê tôi.").await;
    window.type_into("Họ và tên", "Nguyễn Thị Mận").await;
    let button = window.control("Gửi bình luận").await;
    button.click().await.expect("a click");
    assert!(window.text(".codau-waiting").await.contains("đang chờ biên tập"));

    set_up(&window, &mut service).await;
    window.key("a").await;
    says(&window, "Nguyễn Thị Mận").await;
    // Another reader, because a browser may keep a thread for some seconds.
    let reader = browser.window(Scripts::Allowed).await;
    reader.open(&article).await;
    assert_eq!(reader.text(".codau-count").await, "1 bình luận");
    let body = reader.text("#binh-luan-1 .codau-body").await;
    assert_eq!(body, "Đọc mà nhớ bến đò quê tôi.");
    let link = reader.control("Trả lời").await;
    link.click().await.expect("a click");
    let heading = reader.text(".codau-replying b").await;
    assert_eq!(heading, "Trả lời Nguyễn Thị Mận");
    window.assert_console_is_empty().await;
    reader.assert_console_is_empty().await;
}
