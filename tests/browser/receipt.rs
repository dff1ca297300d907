//! A reader's receipt: changing what waits, sending back what was returned, taking it back; and
//! the newsroom's reply.

use tempfile::TempDir;

use crate::audit::Audit;
use crate::process::Service;
use crate::story::{SENT, send, set_up};
use crate::support::{Browser, Scripts, Window, until};
use crate::widget::{visit, waiting};

const TEXT: &str = "Đọc mà nhớ bến đò quê tôi.";
const BOX: &str = "Ý kiến của bạn";

/// Asks the reader to change the only comment that waits, from its page.
async fn send_back(moderator: &Window, service: &Service, message: &str) {
    moderator.open(&format!("{}/moderation/comments/1", service.url)).await;
    let ask = moderator.control("Nhờ bạn đọc sửa").await;
    ask.click().await.expect("a click");
    moderator.type_into("Lời nhắn cho bạn đọc", message).await;
    moderator.press("Gửi lại bạn đọc").await;
}

#[tokio::test]
async fn without_scripts_a_reader_changes_sends_again_and_withdraws_by_the_receipt() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let moderator = browser.window(Scripts::Forbidden).await;
    set_up(&moderator, &mut service).await;
    let reader = browser.window(Scripts::Forbidden).await;
    reader.open(&format!("{}/", service.demo)).await;
    send(&reader, "Nguyễn Thị Mận", TEXT).await;
    let receipt = reader.address().await;
    assert!(reader.source().await.contains("Trong lúc chờ, bạn sửa được đến"));

    // Changed while it waits; the nudge applies as to the first.
    reader.press("Sửa ý kiến").await;
    assert_eq!(reader.typed(BOX).await, TEXT);
    reader.retype(BOX, SENT).await;
    reader.press("Gửi bản này").await;
    assert_eq!(reader.text("h1").await, "Ý kiến của bạn thiếu dấu");
    reader.press("Thêm dấu giúp tôi").await;
    let restored = reader.typed(BOX).await;
    assert!(restored.starts_with("Bài viết rất hay"), "{restored}");
    reader.press("Gửi bình luận").await;
    assert_eq!(reader.address().await, receipt);
    moderator.open(&format!("{}/moderation/", service.url)).await;
    assert_eq!(moderator.text(".card .text").await, restored);

    // Sent back, changed, and sent again.
    send_back(&moderator, &service, "Xin bạn viết thêm về con đò.").await;
    reader.open(&receipt).await;
    assert_eq!(reader.text("h1").await, "Tòa soạn nhờ bạn sửa ý kiến");
    assert_eq!(reader.text(".notice").await, "Xin bạn viết thêm về con đò.");
    reader.press("Sửa ý kiến").await;
    reader.type_into(BOX, " Con đò đẹp lắm.").await;
    reader.press("Gửi bản này").await;
    assert_eq!(reader.text("h1").await, "Ý kiến của bạn đang chờ biên tập");
    moderator.open(&format!("{}/moderation/", service.url)).await;
    moderator.press("Duyệt").await;
    reader.open(&receipt).await;
    reader.press("Xem ý kiến trên bài").await;
    let shown = reader.text("#binh-luan-1 .codau-body").await;
    assert!(shown.ends_with("Con đò đẹp lắm."), "{shown}");

    // Taken back, after a question.
    reader.open(&receipt).await;
    reader.press("Rút lại ý kiến").await;
    reader.press("Không, giữ lại").await;
    reader.press("Rút lại ý kiến").await;
    reader.press("Rút lại").await;
    assert_eq!(reader.text("h1").await, "Bạn đã rút lại ý kiến");
    reader.press("Về bài báo").await;
    assert_eq!(reader.text(".codau-count").await, "0 bình luận");
    reader.assert_console_is_empty().await;
    moderator.assert_console_is_empty().await;
}

#[tokio::test]
async fn the_article_reminds_a_reader_of_what_was_sent_back_until_it_is_sent_again() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let moderator = browser.window(Scripts::Forbidden).await;
    set_up(&moderator, &mut service).await;
    let reader = browser.window(Scripts::Allowed).await;
    visit(&reader, &service).await;
    crate::widget::send(&reader, "Nguyễn Thị Mận", TEXT).await;
    send_back(&moderator, &service, "Xin bạn viết thêm về con đò.").await;
    for _ in 0..2 {
        visit(&reader, &service).await;
        until("the newsroom's wish", || async {
            reader.texts(".codau-waiting").await.concat().contains("Tòa soạn nhờ bạn sửa ý kiến")
        })
        .await;
    }
    reader.press("Theo dõi ý kiến").await;
    reader.press("Sửa ý kiến").await;
    reader.type_into(BOX, " Con đò đẹp lắm.").await;
    reader.press("Gửi bản này").await;
    visit(&reader, &service).await;
    waiting(&reader).await;
}

#[tokio::test]
async fn the_newsroom_replies_from_the_desk_and_every_page_of_a_receipt_is_fit_to_be_seen() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let moderator = browser.window(Scripts::Allowed).await;
    set_up(&moderator, &mut service).await;
    let reader = browser.window(Scripts::Allowed).await;
    let mut audit = Audit::new();
    reader.open(&format!("{}/", service.demo)).await;
    send(&reader, "Nguyễn Thị Mận", TEXT).await;
    let receipt = reader.address().await;
    audit.look(&reader, "receipt-editable").await;
    send_back(&moderator, &service, "Xin bạn viết thêm về con đò.").await;
    reader.open(&receipt).await;
    audit.look(&reader, "receipt-returned").await;
    reader.press("Sửa ý kiến").await;
    audit.look(&reader, "revision").await;
    reader.type_into(BOX, " Con đò đẹp lắm.").await;
    reader.press("Gửi bản này").await;
    moderator.open(&format!("{}/moderation/comments/1", service.url)).await;
    moderator.press("Duyệt nguyên văn").await;

    moderator.open(&format!("{}/moderation/comments/1", service.url)).await;
    moderator.type_into("Câu trả lời", "Cảm ơn bạn. Đò chạy sáng thứ Bảy.").await;
    moderator.type_into("Ký tên", "Hạnh Nguyên").await;
    audit.look(&moderator, "comment-answering").await;
    moderator.press("Đăng câu trả lời").await;
    audit.look(&moderator, "comment-answered").await;
    reader.open(&format!("{}/", service.demo)).await;
    let byline = reader.text(".codau-replies .codau-byline").await;
    assert!(byline.starts_with("Hạnh Nguyên - ") && byline.ends_with("Tòa soạn"), "{byline}");
    audit.look(&reader, "article-answered").await;

    reader.open(&receipt).await;
    audit.look(&reader, "receipt-published").await;
    reader.press("Rút lại ý kiến").await;
    audit.look(&reader, "withdrawal").await;
    reader.press("Rút lại").await;
    audit.look(&reader, "receipt-withdrawn").await;
    audit.assert_nothing_found();
}
