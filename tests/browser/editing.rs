//! Editing before publishing: in the card with scripts, on the comment's page without.

use serde_json::json;
use tempfile::TempDir;

use crate::audit::Audit;
use crate::process::Service;
use crate::story::{send, set_up};
use crate::support::{Browser, Scripts, Window, until};

const BARE: &str = "Bai viet rat hay, cam on tac gia, toi ban 5 cho";
const PERSONAL: &str = "Ai có sách xin gọi tôi 0912 345 678 hoặc viết cho man@example.com nhé.";

/// Sends a comment as it is, also without its marks.
async fn sent(window: &Window, service: &Service, name: &str, body: &str) {
    window.open(&format!("{}/", service.demo)).await;
    send(window, name, body).await;
    if window.text("h1").await.contains("thiếu dấu") {
        window.press("Vẫn gửi").await;
    }
}

/// The boxes that are ticked.
async fn ticked(window: &Window) -> String {
    let script = "return [...document.querySelectorAll('.edits input:checked')].map((box) => box.name).join(' ')";
    window.evaluate(script).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_card_is_edited_in_place_with_marks_put_in_and_doubts_stepped_through() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let reader = browser.window(Scripts::Forbidden).await;
    sent(&reader, &service, "Mận", BARE).await;
    sent(&reader, &service, "Phúc", PERSONAL).await;
    let window = browser.window(Scripts::Allowed).await;
    set_up(&window, &mut service).await;
    let url = format!("{}/moderation/", service.url);
    let mut audit = Audit::new();

    // Those with marks wait first: Phúc's. One key hides what is personal.
    window.key("p").await;
    window.element("#c2 .difference ins").await;
    let body = window.typed("Bản để đăng").await;
    assert_eq!(body, "Ai có sách xin gọi tôi *** hoặc viết cho *** nhé.");
    assert_eq!(ticked(&window).await, "personal-data");
    assert_eq!(window.text("#c2 .original").await, PERSONAL);
    audit.look(&window, "queue-hiding").await;
    // A letter in the box is a letter; the difference follows.
    window.type_into("Bản để đăng", " Cảm ơn").await;
    until("the difference to follow", || async {
        window.texts("#c2 .difference ins").await.concat().contains("ơn")
    })
    .await;
    assert_eq!(ticked(&window).await, "spelling personal-data");
    window.evaluate("document.getElementById('c2').focus()").await;
    window.key("a").await;
    until("the card to leave", || async { window.texts(".card").await.len() == 1 }).await;

    // One key puts the marks in; digits choose where it is not sure; Enter publishes.
    window.key("t").await;
    window.element("#c1 .difference ins").await;
    audit.look(&window, "queue-editing").await;
    let doubts = window.texts("#c1 .doubts li").await.len();
    assert!(doubts > 0, "there is a doubt to step through");
    let before = window.typed("Bản để đăng").await;
    assert!(before.starts_with("Bài viết rất hay"), "{before}");
    let second = window.texts("#c1 .doubts li:first-child button").await.remove(1);
    window.key("2").await;
    let after = window.typed("Bản để đăng").await;
    assert_ne!(after, before);
    assert!(after.contains(&second), "{after}");
    for _doubt in 1..doubts {
        window.key("1").await;
    }
    let last = "return document.activeElement.value";
    assert_eq!(window.evaluate(last).await, "edit");
    window.key("\u{e007}").await;
    until("thanks", || async { window.text("main").await.contains("Hết việc rồi") }).await;

    reader.open(&format!("{}/", service.demo)).await;
    assert_eq!(reader.text("#binh-luan-1 .codau-body").await, after);
    window.open(&format!("{}/moderation/comments/1", service.url)).await;
    assert!(window.text(".history").await.contains("thêm dấu"));
    assert_eq!(window.text(".original").await, BARE);
    audit.look(&window, "comment-edited").await;
    reader.press("Trả lời").await;
    send(&reader, "Quyên", "Tôi cũng nghĩ vậy, cảm ơn chị.").await;
    window.open(&url).await;
    window.evaluate("document.querySelector('.card .parent').open = true").await;
    audit.look(&window, "queue-parent").await;
    window.assert_console_is_empty().await;
    audit.assert_nothing_found();
}

#[tokio::test]
async fn what_was_typed_in_a_card_is_there_again_when_the_card_is_opened_again() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    sent(&window, &service, "Mận", "Bài viết rất hay.").await;
    set_up(&window, &mut service).await;
    window.key("e").await;
    window.element("#c1 .editor textarea").await;
    window.key("\u{e00c}").await;
    until("the editor to close", || async { window.texts(".editor").await.is_empty() }).await;
    assert_eq!(window.focused().await, "c1");
    window.key("e").await;
    window.element("#c1 .editor textarea").await;
    window.type_into("Bản để đăng", " Cảm ơn!").await;
    let close = window.control("Thôi sửa").await;
    close.click().await.expect("a click");
    assert_eq!(window.text("#c1 .as-sent").await, "Bài viết rất hay.");
    window.key("e").await;
    assert_eq!(window.typed("Bản để đăng").await, "Bài viết rất hay. Cảm ơn!");
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn without_scripts_the_comments_page_puts_marks_in_and_hides_what_is_personal() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Forbidden).await;
    sent(&window, &service, "Mận", "Goi toi 0912 345 678 nhe, bai viet rat hay").await;
    set_up(&window, &mut service).await;
    window.press("Sửa & duyệt").await;
    window.press("Thêm dấu").await;
    window.press("Che thông tin cá nhân").await;
    let body = window.typed("Bản để đăng").await;
    assert!(body.contains("bài viết rất hay") && body.contains("***"), "{body}");
    let ins = window.texts(".difference ins").await.concat();
    assert!(ins.contains("viết"), "{ins}");
    window.press("Duyệt bản sửa").await;
    window.press("Xem lại").await;
    let history = window.text(".history").await;
    assert!(history.contains("thêm dấu, che thông tin cá nhân"), "{history}");
    // A page that glides is not clicked well.
    let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    window.chromium("Emulation.setEmulatedMedia", still).await;
    window.press("Gỡ khỏi bài").await;
    assert!(window.text("[role=status]").await.contains("Mận"));
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn a_card_says_who_writes_what_they_answer_and_what_is_objected_to_without_scripts() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Forbidden).await;
    sent(&window, &service, "Mận", "Đò chữ đi xa!").await;
    set_up(&window, &mut service).await;
    window.press("Duyệt").await;
    window.open(&format!("{}/", service.demo)).await;
    window.press("Trả lời").await;
    send(&window, "Phúc", "bai viet rat hay, cam on chi Man").await;
    window.press("Vẫn gửi").await;

    window.open(&format!("{}/moderation/", service.url)).await;
    let body = window.element(".card .as-sent").await.rectangle().await.expect("its place");
    let about = window.element(".card .about").await.rectangle().await.expect("its place");
    assert!(body.1 < about.1, "the text stands first");
    let mark = window.element(".card mark.lacks-marks").await;
    let title = mark.attr("title").await.expect("an attribute").unwrap_or_default();
    assert!(title.contains("có lẽ là"), "{title}");
    assert!(window.text(".card .flags").await.contains("có lẽ là"));
    let said = window.text(".card .about").await;
    assert!(said.contains("bình luận đầu tiên") && said.contains("vừa xong"), "{said}");
    let parent = window.control("trả lời Mận").await;
    parent.click().await.expect("a click");
    assert_eq!(window.text(".card .parent .text").await, "Đò chữ đi xa!");
    window.press("Chuyến đò chở sách về cồn Bần").await;
    assert!(window.address().await.contains("thread="));

    // Whatever was decided is undone later, too.
    window.press("Duyệt").await;
    window.press("Vừa quyết định").await;
    window.press("Hoàn tác").await;
    window.open(&format!("{}/moderation/", service.url)).await;
    assert_eq!(window.texts(".card .about bdi").await, ["Phúc"]);
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn an_admin_edits_the_reasons_and_a_comment_is_sent_back_to_its_reader() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    let mut audit = Audit::new();
    sent(&window, &service, "Mận", "Bài viết rất hay.").await;
    let receipt = window.address().await;
    set_up(&window, &mut service).await;
    window.press("Cài đặt").await;
    audit.look(&window, "reasons").await;
    let new = window.element("#label-new").await;
    new.send_keys("Kích động").await.expect("typing");
    let sentence = window.element("#sentence-new").await;
    sentence.send_keys("Xin viết lại cho nhẹ nhàng hơn.").await.expect("typing");
    let add = window.element("section form .button-main").await;
    add.click().await.expect("a click");
    window.element("#kich-dong").await;
    let up = window.element("#kich-dong [value=up]").await;
    up.click().await.expect("a click");
    until("the new reason to be the ninth", || async {
        window.texts("ol.reasons b").await.get(8).is_some_and(|label| label == "Kích động")
    })
    .await;
    window.evaluate("document.querySelector('#kich-dong details').open = true").await;
    audit.look(&window, "reasons-rewording").await;

    // With a digit, by the order of the list.
    window.open(&format!("{}/moderation/", service.url)).await;
    window.key("r").await;
    audit.look(&window, "queue-returning").await;
    window.key("9").await;
    until("thanks", || async { window.text("main").await.contains("Hết việc rồi") }).await;
    window.open(&receipt).await;
    let said = window.text("main").await;
    assert!(said.contains("nhẹ nhàng hơn"), "{said}");
    window.assert_console_is_empty().await;
    audit.assert_nothing_found();
}
