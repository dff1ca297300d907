//! What the script adds to the box: drafts, sending in place, receipts and replies.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;
use tempfile::TempDir;

use crate::process::Service;
use crate::story::set_up;
use crate::support::{Browser, Scripts, Window, until};

pub(crate) const BOX: &str = "Ý kiến của bạn";
pub(crate) const NAME: &str = "Họ và tên";
pub(crate) const SEND: &str = "Gửi bình luận";
const TEXT: &str = "Đọc mà nhớ bến đò quê tôi.";

/// Presses the button or link that says `text`, which does something on the same page.
pub(crate) async fn click(window: &Window, text: &str) {
    let control = window.control(text).await;
    control.click().await.expect("a click");
}

/// Goes to the article whose thread comes by script, and waits for its help.
pub(crate) async fn visit(window: &Window, service: &Service) {
    window.open(&format!("{}/script", service.demo)).await;
    window.element(".codau-aid").await;
}

/// Fills in and sends the form, and waits until it is said to wait.
pub(crate) async fn send(window: &Window, name: &str, body: &str) {
    window.type_into(BOX, body).await;
    window.type_into(NAME, name).await;
    click(window, SEND).await;
    waiting(window).await;
}

/// Waits for the sentence that says so.
pub(crate) async fn waiting(window: &Window) {
    until("the comment to wait", || async {
        let notices = window.texts(".codau-waiting").await;
        notices.iter().any(|text| text.contains("đang chờ biên tập"))
    })
    .await;
}

/// Cuts the window off from everything, or connects it again.
async fn cut_off(window: &Window, offline: bool) {
    let conditions = json!({
        "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    window.chromium("Network.enable", json!({})).await;
    window.chromium("Network.emulateNetworkConditions", conditions).await;
}

#[tokio::test]
async fn what_is_typed_survives_a_reload_and_a_send_that_fails() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    visit(&window, &service).await;
    window.type_into(BOX, TEXT).await;
    window.type_into(NAME, "Nguyễn Thị Mận").await;

    visit(&window, &service).await;
    assert_eq!(window.typed(BOX).await, TEXT);
    assert_eq!(window.typed(NAME).await, "Nguyễn Thị Mận");

    // The service does not answer.
    let blocked = async |urls: &[&str]| {
        window.chromium("Network.setBlockedURLs", json!({ "urls": urls })).await;
    };
    window.chromium("Network.enable", json!({})).await;
    blocked(&["*/comments"]).await;
    click(&window, SEND).await;
    said(&window, "Chưa gửi được").await;
    assert_eq!(window.typed(BOX).await, TEXT);
    visit(&window, &service).await;
    assert_eq!(window.typed(BOX).await, TEXT);
    click(&window, SEND).await;
    said(&window, "Chưa gửi được").await;

    blocked(&[]).await;
    click(&window, "Gửi lại").await;
    waiting(&window).await;
    window.control(SEND).await;
    assert_eq!(window.typed(BOX).await, "");
    visit(&window, &service).await;
    assert_eq!(window.typed(BOX).await, "");
    assert_eq!(window.typed(NAME).await, "");
}

#[tokio::test]
async fn what_is_sent_without_a_network_goes_out_when_there_is_one_again() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    visit(&window, &service).await;
    window.type_into(BOX, TEXT).await;
    window.type_into(NAME, "Nguyễn Thị Mận").await;
    cut_off(&window, true).await;
    click(&window, SEND).await;
    said(&window, "Đang mất mạng").await;
    assert_eq!(window.typed(BOX).await, TEXT);
    cut_off(&window, false).await;
    waiting(&window).await;
    assert_eq!(window.typed(BOX).await, "");

    // Unless it was changed meanwhile: then it is for its writer to send.
    window.type_into(BOX, "Ý kiến thứ hai.").await;
    cut_off(&window, true).await;
    click(&window, SEND).await;
    said(&window, "Đang mất mạng").await;
    window.type_into(BOX, " Còn nữa.").await;
    said(&window, "Chưa gửi được").await;
    cut_off(&window, false).await;
    said(&window, "Chưa gửi được").await;
    click(&window, "Gửi lại").await;
    until("both to wait", || async { window.texts(".codau-waiting").await.len() == 2 }).await;
    set_up(&window, &mut service).await;
    assert_eq!(window.texts(".card").await.len(), 2);
}

/// Waits until the form says something.
async fn said(window: &Window, text: &str) {
    until(text, || async { window.text(".codau-state").await.contains(text) }).await;
}

#[tokio::test]
async fn a_double_click_sends_once_and_the_form_says_that_it_sends() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    visit(&window, &service).await;
    window.type_into(BOX, TEXT).await;
    window.type_into(NAME, "Nguyễn Thị Mận").await;
    let said = window
        .evaluate_later(
            "const done = arguments[0]; const button = document.querySelector('.codau-send'); \
             button.click(); button.click(); \
             setTimeout(() => done([document.querySelector('.codau-state').textContent, button.getAttribute('aria-disabled')]));",
        )
        .await;
    assert_eq!(said, json!(["Đang gửi…", "true"]));
    waiting(&window).await;
    assert_eq!(window.texts(".codau-waiting").await.len(), 1);
    assert_eq!(window.text(".codau-state").await, "");

    set_up(&window, &mut service).await;
    assert_eq!(window.texts(".card").await.len(), 1);
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn what_waits_is_told_on_each_visit_until_it_is_decided() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let reader = browser.window(Scripts::Allowed).await;
    visit(&reader, &service).await;
    send(&reader, "Nguyễn Thị Mận", TEXT).await;
    let link = reader.element(".codau-waiting a").await;
    let receipt = link.attr("href").await.expect("its address");
    let receipt = receipt.expect("its address");
    assert!(receipt.starts_with(&format!("{}/receipts/", service.url)));

    visit(&reader, &service).await;
    waiting(&reader).await;

    let moderator = browser.window(Scripts::Forbidden).await;
    set_up(&moderator, &mut service).await;
    moderator.press("Duyệt").await;
    visit(&reader, &service).await;
    until("the outcome", || async {
        reader.texts(".codau-waiting").await.concat().contains("đã được đăng")
    })
    .await;
    visit(&reader, &service).await;
    assert_eq!(reader.texts(".codau-waiting").await, [""; 0]);
    assert_eq!(reader.evaluate("return document.cookie").await, "");
    reader.assert_console_is_empty().await;
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_the_first_has_the_focus() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    visit(&window, &service).await;
    window.type_into(BOX, TEXT).await;
    window.type_into("Email", "man@").await;
    click(&window, SEND).await;
    until("the errors", || async { window.texts(".codau-error").await.len() == 2 }).await;
    until("the focus", || async { window.focused().await == "codau-name" }).await;
    for field in ["name", "email"] {
        let input = window.element(&format!("#codau-{field}")).await;
        let invalid = input.attr("aria-invalid").await.expect("an attribute");
        assert_eq!(invalid.as_deref(), Some("true"));
        let described = input.attr("aria-describedby").await.expect("an attribute");
        let described = described.expect("a description");
        assert!(described.contains(&format!("codau-{field}-error")));
    }
    assert!(window.text(".codau-state").await.contains("Chưa gửi được"));

    window.type_into(NAME, "Mận").await;
    window.type_into("Email", "example.com").await;
    assert_eq!(window.texts(".codau-error").await, [""; 0]);
    click(&window, SEND).await;
    waiting(&window).await;
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn a_reply_is_written_under_its_comment_and_can_be_given_up() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let moderator = browser.window(Scripts::Forbidden).await;
    let writer = browser.window(Scripts::Allowed).await;
    visit(&writer, &service).await;
    send(&writer, "Nguyễn Thị Mận", TEXT).await;
    set_up(&moderator, &mut service).await;
    moderator.press("Duyệt").await;

    let reader = browser.window(Scripts::Allowed).await;
    visit(&reader, &service).await;
    click(&reader, "Trả lời").await;
    let under = "#binh-luan-1 > .codau-form";
    let heading = reader.text(&format!("{under} .codau-replying b")).await;
    assert_eq!(heading, "Trả lời Nguyễn Thị Mận");
    assert_eq!(reader.focused().await, "codau-body");
    click(&reader, "Thôi trả lời").await;
    assert_eq!(reader.texts(under).await, [""; 0]);
    reader.element(".codau > .codau-form").await;

    click(&reader, "Trả lời").await;
    reader.type_into(BOX, "Cảm ơn cô, đò vẫn chạy.").await;
    visit(&reader, &service).await;
    reader.element(under).await;
    reader.type_into(NAME, "Ông Tư Lành").await;
    click(&reader, SEND).await;
    waiting(&reader).await;
    assert_eq!(reader.texts(under).await, [""; 0]);

    let queue = format!("{}/moderation/", service.url);
    moderator.open(&queue).await;
    let about = moderator.text(".card .about").await;
    assert!(about.contains("trả lời Nguyễn Thị Mận"), "{about}");
    reader.assert_console_is_empty().await;
}

#[tokio::test]
async fn the_box_counts_characters_as_people_do_near_the_limit() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[("CODAU__COMMENT__MAX_BODY", "20")]);
    let window = browser.window(Scripts::Allowed).await;
    visit(&window, &service).await;
    window.type_into(BOX, "chưa tới hạn").await;
    assert_eq!(window.text(".codau-left").await, "");
    // Nineteen characters, each a letter with two marks of their own.
    window
        .evaluate(
            "const box = document.querySelector('#codau-body'); \
             box.value = 'e\\u0302\\u0301'.repeat(18) + '👨‍👩‍👧'; \
             box.dispatchEvent(new Event('input', { bubbles: true }));",
        )
        .await;
    assert_eq!(window.text(".codau-left").await, "Còn 1 ký tự");
    window.type_into(BOX, "abcd").await;
    assert_eq!(window.text(".codau-left").await, "Dài quá 3 ký tự");
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn a_thread_that_the_page_includes_is_helped_too() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    let article = format!("{}/both", service.demo);
    window.open(&article).await;
    window.element(".codau-aid").await;
    send(&window, "Nguyễn Thị Mận", TEXT).await;
    assert_eq!(window.address().await, article);
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn the_thread_arrives_without_moving_the_page() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    window.chromium("Network.enable", json!({})).await;
    for width in [1280, 320] {
        let size =
            json!({ "width": width, "height": 700, "deviceScaleFactor": 1, "mobile": false });
        window.chromium("Emulation.setDeviceMetricsOverride", size).await;
        let mut ends = Vec::new();
        for blocked in [json!(["*/threads/*"]), json!([])] {
            let urls = json!({ "urls": blocked });
            window.chromium("Network.setBlockedURLs", urls).await;
            window.open(&format!("{}/script", service.demo)).await;
            if blocked == json!([]) {
                window.element(".codau-aid").await;
            }
            let end =
                "return document.querySelector('footer').getBoundingClientRect().top + scrollY";
            ends.push(window.evaluate(end).await);
        }
        assert_eq!(ends[0], ends[1], "{width} wide, what follows the thread moves");
    }
}

#[test]
fn what_every_reader_loads_is_twelve_kilobytes_of_script_at_most_and_two_of_style() {
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let length = |path: &str| {
        let host = service.url.trim_start_matches("http://");
        let mut connection = TcpStream::connect(host).expect("a connection");
        write!(
            connection,
            "GET {path} HTTP/1.1\r\nhost: {host}\r\naccept-encoding: gzip, deflate, br\r\nconnection: close\r\n\r\n"
        )
        .expect("a request");
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).expect("an answer");
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{path}");
        let headers = answer.windows(4).position(|end| end == b"\r\n\r\n");
        answer.len() - headers.expect("the end of the headers")
    };
    // The typing aid comes to those who switch it on; they had more to begin with.
    let [widget, nudge, typing] =
        ["/widget.js", "/static/nudge.js", "/static/typing.js"].map(length);
    assert!(widget + nudge <= 12_000, "{widget} and {nudge}");
    assert!(typing <= 4_500, "{typing}");
    let sheet = length("/static/comments.css");
    assert!(sheet <= 2_000, "{sheet}");
}
