//! The typing aid: Telex and VNI, against a table of what is typed and what comes of it.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::Service;
use crate::support::{Browser, Scripts, Window, leave_out, until};

const CASES: &str = include_str!("../typing/cases.tsv");
const BOX: &str = "Ý kiến của bạn";
/// What WebDriver calls the keys.
const CONTROL: char = '\u{e009}';
const RELEASE: char = '\u{e000}';
const LEFT: char = '\u{e012}';
const SHIFT: char = '\u{e008}';

/// The table's rows: method, typed, expected.
fn cases() -> Vec<[&'static str; 3]> {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().expect("three cells");
        [cell(), cell(), cell()]
    };
    CASES.lines().skip(1).map(row).collect()
}

#[test]
fn the_table_has_two_hundred_syllables_for_each_method() {
    for method in ["telex", "vni"] {
        let mut syllables: Vec<_> = cases()
            .iter()
            .filter(|[of, _, expected]| *of == method && !expected.contains(' '))
            .map(|[_, _, expected]| *expected)
            .collect();
        syllables.sort_unstable();
        syllables.dedup();
        assert!(syllables.len() >= 200, "{method}: {}", syllables.len());
    }
}

#[test]
fn every_row_of_the_table_comes_out_in_node() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = Command::new("node")
        .arg(root.join("tests/typing/check.mjs"))
        .arg(root.join("src/web/static/typing.js"))
        .arg(root.join("tests/typing/cases.tsv"))
        .output();
    let Ok(check) = check else {
        return leave_out("the typing aid by itself", "node");
    };
    let said = String::from_utf8_lossy(&check.stdout);
    let failed = String::from_utf8_lossy(&check.stderr);
    assert!(check.status.success(), "{said}{failed}");
}

/// The article with the script, and its box with the typing aid set to `method`.
async fn article(window: &Window, service: &Service, method: &str) {
    window.open(&format!("{}/script", service.demo)).await;
    window.element("#codau-typing").await;
    choose(window, method).await;
}

/// Sets the typing aid as a person does, and waits until it listens.
async fn choose(window: &Window, method: &str) {
    let select = window.element("#codau-typing").await;
    select.select_by_label(method).await.expect("a choice");
    listening(window).await;
}

/// Waits until the typing aid is there: its file is loaded when it is first needed.
async fn listening(window: &Window) {
    window
        .evaluate_later(
            "const done = arguments[0]; \
             import(new URL('static/typing.js', document.querySelector('script[src$=\"widget.js\"]').src).href) \
               .then(() => setTimeout(done));",
        )
        .await;
}

#[tokio::test]
async fn every_row_of_the_table_comes_out_in_chromium() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    article(&window, &service, "Telex").await;
    let wrong = window
        .evaluate_later(&format!(
            "const done = arguments[0]; const rows = {}; \
             import('{}/static/typing.js').then(({{ compose }}) => done(rows \
               .map(([method, typed, expected]) => [method, typed, expected, compose(typed, method)]) \
               .filter(([, , expected, made]) => made !== expected)), (error) => done(String(error)));",
            json!(cases()),
            service.url
        ))
        .await;
    assert_eq!(wrong, json!([]));
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn keys_become_vietnamese_in_the_box_and_can_be_taken_back() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    article(&window, &service, "Telex").await;

    window.type_into(BOX, "Ddoof tooi mua ow chowj, email: tas@as.vn").await;
    assert_eq!(window.typed(BOX).await, "Đồ tôi mua ơ chợ, email: tá@as.vn");

    // A word is mended from its middle, and the caret stays where it was.
    window.retype(BOX, "").await;
    window.type_into(BOX, &format!("hoang{LEFT}{LEFT}f{LEFT}{LEFT}|")).await;
    assert_eq!(window.typed(BOX).await, "h|oàng");

    window.retype(BOX, "").await;
    let start = "\u{e011}";
    window.type_into(BOX, &format!("ang{start}s")).await;
    assert_eq!(window.typed(BOX).await, "sang");

    // What is selected is replaced.
    window.retype(BOX, "").await;
    window.type_into(BOX, &format!("tibbb{SHIFT}{LEFT}{LEFT}{LEFT}{RELEASE}s")).await;
    assert_eq!(window.typed(BOX).await, "tí");

    // Ctrl+Z takes one change back at a time.
    window.retype(BOX, "").await;
    window.type_into(BOX, "ba as").await;
    assert_eq!(window.typed(BOX).await, "ba á");
    window.type_into(BOX, &format!("{CONTROL}z{RELEASE}")).await;
    assert_eq!(window.typed(BOX).await, "ba a");

    window.retype(BOX, "").await;
    choose(&window, "VNI").await;
    window.type_into(BOX, "To6i d9i cho75").await;
    assert_eq!(window.typed(BOX).await, "Tôi đi chợ");

    window.retype(BOX, "").await;
    choose(&window, "Tắt").await;
    window.type_into(BOX, "Tooi as to6i").await;
    assert_eq!(window.typed(BOX).await, "Tooi as to6i");
    window.assert_console_is_empty().await;
}

#[tokio::test]
async fn an_input_method_that_is_on_is_left_alone_and_the_choice_is_remembered() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    article(&window, &service, "Telex").await;
    let field = window.field(BOX).await;
    field.click().await.expect("a click");

    // Composing, as an input method of the system does.
    for text in ["a", "aa", "aas"] {
        let place =
            json!({ "text": text, "selectionStart": text.len(), "selectionEnd": text.len() });
        window.chromium("Input.imeSetComposition", place).await;
    }
    window.chromium("Input.insertText", json!({ "text": "aas" })).await;
    assert_eq!(window.typed(BOX).await, "aas");

    window.open(&format!("{}/script", service.demo)).await;
    let chosen = window.element("#codau-typing").await;
    let value = chosen.prop("value").await.expect("its value");
    assert_eq!(value.as_deref(), Some("telex"));
    listening(&window).await;
    until("the draft", || async { window.typed(BOX).await == "aas" }).await;
    window.type_into(BOX, " tooi").await;
    assert_eq!(window.typed(BOX).await, "aas tôi");

    // And it stays on for the next comment.
    window.retype(BOX, "").await;
    window.type_into(BOX, "Caams own.").await;
    window.type_into("Họ và tên", "Mận").await;
    let send = window.control("Gửi bình luận").await;
    send.click().await.expect("a click");
    window.element(".codau-waiting").await;
    until("the box to be empty", || async { window.typed(BOX).await.is_empty() }).await;
    window.type_into(BOX, "Chaof").await;
    assert_eq!(window.typed(BOX).await, "Chào");
    let value = chosen.prop("value").await.expect("its value");
    assert_eq!(value.as_deref(), Some("telex"));
    assert_eq!(window.evaluate("return document.cookie").await, Value::from(""));
    window.assert_console_is_empty().await;
}
