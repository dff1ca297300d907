//! Every page, wide and narrow, in light and dark.

use tempfile::TempDir;

use crate::audit::Audit;
use crate::keys::says;
use crate::process::{Service, add_moderator};
use crate::story::{ADMIN, PASSWORD, SENT, send, send_many, set_up};
use crate::support::{Browser, Scripts, Window, until};

#[tokio::test]
async fn no_page_scrolls_sideways_logs_an_error_or_breaks_a_rule_of_axe() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let (url, demo) = (service.url.clone(), service.demo.clone());
    let window = browser.window(Scripts::Allowed).await;
    let mut audit = Audit::new();

    window.open(&format!("{url}/")).await;
    audit.look(&window, "home").await;
    window.open(&format!("{url}/nowhere")).await;
    audit.look(&window, "error").await;
    window.open(&format!("{demo}/")).await;
    audit.look(&window, "article-empty").await;

    // Readers.
    send(&window, "Nguyễn Thị Mận", SENT).await;
    audit.look(&window, "nudge").await;
    window.press("Vẫn gửi").await;
    audit.look(&window, "receipt-waiting").await;
    let receipt = window.address().await;
    let bodies = [
        ("Trần Thị Phương Hoàng-Nguyễn Đặng Gia Bảo Châu", LONG),
        ("Lê Gia Phúc", "Great story, thank you for the books and for the boat!"),
        ("Khách", "👍👍👍"),
    ];
    for (name, body) in bodies {
        window.open(&format!("{demo}/")).await;
        send(&window, name, body).await;
    }
    window.open(&format!("{demo}/")).await;
    send(&window, "Đỗ Ngọc Quyên", "Toi muon gui sach cho tu nho, gui o dau?").await;
    window.press("Thêm dấu giúp tôi").await;
    audit.look(&window, "nudge-restored").await;
    window.open(&format!("{demo}/")).await;
    window.type_into("Email", "man@").await;
    window.type_into("Ý kiến của bạn", SENT).await;
    window.evaluate("document.querySelector('.codau-form').noValidate = true").await;
    window.press("Gửi bình luận").await;
    audit.look(&window, "form-with-errors").await;

    // The desk.
    window.open(&format!("{url}/moderation/")).await;
    audit.look(&window, "login").await;
    let wrong = ("khong-co", "khong dung dau nhe");
    window.type_into("Tên đăng nhập", wrong.0).await;
    window.type_into("Mật khẩu", wrong.1).await;
    window.press("Đăng nhập").await;
    audit.look(&window, "login-failed").await;
    let link = service.setup_link();
    window.open(&link).await;
    audit.look(&window, "setup").await;
    window.type_into("Tên đăng nhập", ADMIN).await;
    window.type_into("Mật khẩu", PASSWORD).await;
    window.type_into("Nhập lại mật khẩu", "khac hoan toan nhe").await;
    window.press("Tạo người quản trị").await;
    audit.look(&window, "setup-with-errors").await;
    window.type_into("Mật khẩu", PASSWORD).await;
    window.type_into("Nhập lại mật khẩu", PASSWORD).await;
    window.press("Tạo người quản trị").await;
    audit.look(&window, "queue").await;
    let reject = window.control("Từ chối").await;
    reject.click().await.expect("a click");
    audit.look(&window, "queue-rejecting").await;
    let comment = format!("{url}/moderation/comments/1");
    window.open(&comment).await;
    audit.look(&window, "comment").await;
    put_marks_in(&window).await;
    audit.look(&window, "comment-restored").await;

    // Somebody else approves it meanwhile.
    add_moderator(folder.path(), "lan", PASSWORD);
    let other = browser.window(Scripts::Allowed).await;
    other.open(&comment).await;
    other.type_into("Tên đăng nhập", "lan").await;
    other.type_into("Mật khẩu", PASSWORD).await;
    other.press("Đăng nhập").await;
    other.open(&comment).await;
    put_marks_in(&other).await;
    other.press("Duyệt bản sửa").await;
    window.press("Duyệt bản sửa").await;
    audit.look(&window, "comment-conflict").await;
    window.open(&comment).await;
    audit.look(&window, "comment-decided").await;
    other.open(&format!("{url}/moderation/")).await;
    other.key("a").await;
    says(&other, "Đã duyệt").await;
    audit.look(&other, "queue-decided").await;
    other.key("?").await;
    other.element("dialog[open]").await;
    audit.look(&other, "keys").await;
    other.open(&format!("{url}/moderation/recent")).await;
    audit.look(&other, "recent").await;

    // What readers see of it.
    window.open(&receipt).await;
    audit.look(&window, "receipt-edited").await;
    window.press("Xem ý kiến trên bài").await;
    window.press("Trả lời").await;
    audit.look(&window, "reply").await;
    send(&window, "Ông Tư Lành", "Cảm ơn cô, đò vẫn chạy sáng thứ Bảy.").await;
    other.open(&format!("{url}/moderation/?q=do+van+chay")).await;
    audit.look(&other, "queue-filtered").await;
    other.key("a").await;
    says(&other, "Ông Tư Lành").await;
    other.open(&format!("{url}/moderation/?status=spam")).await;
    audit.look(&other, "queue-empty").await;
    for (path, page) in [("/", "article"), ("/script", "article-script")] {
        window.open(&format!("{demo}{path}")).await;
        window.element(".codau-count").await;
        audit.look(&window, page).await;
    }

    // What the script adds.
    window.type_into("Ý kiến của bạn", SENT).await;
    window.element(".codau-nudge").await;
    audit.look(&window, "box-nudge").await;
    let restore = window.control("Thêm dấu giúp tôi").await;
    restore.click().await.expect("a click");
    audit.look(&window, "box-restored").await;
    let send = window.control("Gửi bình luận").await;
    send.click().await.expect("a click");
    window.element(".codau-error").await;
    audit.look(&window, "box-invalid").await;
    window.type_into("Họ và tên", "Nguyễn Thị Mận").await;
    send.click().await.expect("a click");
    window.element(".codau-waiting").await;
    audit.look(&window, "box-waiting").await;
    audit.assert_nothing_found();
}

/// Puts marks into the text in the box, in place.
async fn put_marks_in(window: &Window) {
    window.control("Thêm dấu").await.click().await.expect("a click");
    until("marks", || async { window.typed("Bản để đăng").await != SENT }).await;
}

#[tokio::test]
async fn no_state_of_the_queue_scrolls_sideways_or_breaks_a_rule_either() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let queue = format!("{}/moderation/", service.url);
    let window = browser.window(Scripts::Allowed).await;
    let mut audit = Audit::new();
    send_many(&service, ["Mận", "Phúc", "Quyên", "Trần Thị Phương Hoàng-Nguyễn Đặng"]).await;
    set_up(&window, &mut service).await;
    window.key("x").await;
    window.key("j").await;
    window.key("X").await;
    audit.look(&window, "queue-ticked").await;
    window.key("d").await;
    audit.look(&window, "queue-ticked-rejecting").await;
    window.evaluate("document.getElementById('c1').focus()").await;
    window.key("\u{e00c}").await;

    // Somebody else is at work, too.
    add_moderator(folder.path(), "lan", PASSWORD);
    let other = browser.window(Scripts::Allowed).await;
    other.open(&queue).await;
    other.type_into("Tên đăng nhập", "lan").await;
    other.type_into("Mật khẩu", PASSWORD).await;
    other.press("Đăng nhập").await;
    other.key("a").await;
    other.key("j").await;
    send_many(&service, ["Ông Tư Lành"]).await;
    until("the others' work", || async {
        window.text("#c1 .decisions").await.contains("vừa được lan duyệt")
            && window.text("#c3 .claim").await == "lan đang xem"
            && window.text(".arrived").await == "1 bình luận mới"
    })
    .await;
    audit.look(&window, "queue-elsewhere").await;

    window.open(&format!("{queue}?view=unmarked&q=%22cam+on%22")).await;
    let saving = window.control("Bộ lọc đã lưu").await;
    saving.click().await.expect("a click");
    window.type_into("Tên bộ lọc", "Cảm ơn").await;
    audit.look(&window, "queue-saving").await;
    window.press("Lưu bộ lọc này").await;
    audit.look(&window, "queue-saved").await;

    window.open(&queue).await;
    window.key("x").await;
    let all = window.element("#bulk-all").await;
    all.send_keys(" ").await.expect("a key");
    let approve = window.element("#bulk [value=approve]").await;
    approve.send_keys("\u{e007}").await.expect("a key");
    until("the thanks", || async { window.text("main").await.contains("Cảm ơn bạn!") }).await;
    audit.look(&window, "queue-thanks").await;
    window.open(&format!("{queue}decisions/1")).await;
    audit.look(&window, "bulk").await;
    window.open(&format!("{queue}recent")).await;
    audit.look(&window, "recent-bulk").await;
    let english = serde_json::json!({ "headers": { "accept-language": "en" } });
    window.chromium("Network.enable", serde_json::json!({})).await;
    window.chromium("Network.setExtraHTTPHeaders", english).await;
    window.open(&format!("{queue}?status=approved")).await;
    assert_eq!(window.text(".filters .button").await, "Filter");
    audit.look(&window, "queue-english").await;
    audit.assert_nothing_found();
}

/// A long comment with a word that no line holds.
const LONG: &str = "Đọc bài này tôi nhớ con đò của ba tôi hồi còn ở xóm Rạch Gỗ. Mỗi sáng ba chở \
    học trò qua sông, trưa chở rau ra chợ, chiều lại đón học trò về. Nay cầu đã xong, đò nằm bờ, \
    nhưng tụi nhỏ vẫn cần sách.\n\nTôi có hơn năm chục cuốn truyện, xin gửi tặng đò chữ: \
    https://baosonghau.example/doc-gia/gui-sach-cho-do-chu-con-ban-thang-muoi-mot-nam-hai-nghin-\
    khong-tram-hai-muoi-sau.html";
