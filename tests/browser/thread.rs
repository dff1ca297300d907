//! A long thread as people read it: its orders, its pages, the address of a comment, the counts.

use serde_json::json;
use tempfile::TempDir;

use crate::audit::Audit;
use crate::process::Service;
use crate::story::set_up;
use crate::support::{Browser, Scripts, Window, until};
use crate::widget::{BOX, click, visit};

/// Sends comments to the demo's article `object`, replies where a number is given, and publishes
/// all of them in this order.
async fn publish(browser: &Browser, service: &mut Service, object: &str, texts: &[&str]) {
    let moderator = browser.window(Scripts::Forbidden).await;
    set_up(&moderator, service).await;
    let writer = browser.window(Scripts::Allowed).await;
    writer.open(&format!("{}/script", service.demo)).await;
    for text in texts {
        let (body, parent) = text.split_once(" ↳").unwrap_or((text, ""));
        let form = json!({
            "site": "demo", "thread": object, "url": format!("{}/", service.demo),
            "title": "Chuyến đò chở sách về cồn Bần", "name": "Nguyễn Thị Mận", "body": body,
            "parent": parent,
        });
        let post = format!(
            "const done = arguments[0]; \
             fetch('{}/comments', {{ method: 'POST', body: JSON.stringify({form}), \
                 headers: {{ 'content-type': 'application/json' }} }}).then((a) => done(a.status));",
            service.url
        );
        assert_eq!(writer.evaluate_later(&post).await, 202);
        moderator.open(&format!("{}/moderation/", service.url)).await;
        moderator.press("Duyệt").await;
    }
}

const TEXTS: [&str; 6] = [
    "Đò chữ dễ thương quá.",
    "Tôi gửi sách ở đâu?",
    "Gửi về bến đò Vàm Sáo. ↳2",
    "Quê tôi cũng có một bến như vậy.",
    "Cảm ơn ông Tư Lành.",
    "Mong đò chạy hoài.",
];

fn started(folder: &TempDir) -> Service {
    Service::start(folder.path(), &[("CODAU__COMMENT__PER_PAGE", "2")])
}

/// The texts of the comments that are no replies.
async fn shown(window: &Window) -> Vec<String> {
    let texts = "return [...document.querySelectorAll('.codau-comment > .codau-body')] \
                 .map((body) => body.innerText)";
    serde_json::from_value(window.evaluate(texts).await).expect("texts")
}

#[tokio::test]
async fn without_scripts_orders_and_further_comments_are_pages_and_every_time_is_an_address() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = started(&folder);
    publish(&browser, &mut service, "2026-1187", &TEXTS).await;

    let reader = browser.window(Scripts::Forbidden).await;
    let article = format!("{}/", service.demo);
    reader.open(&article).await;
    assert_eq!(reader.text(".codau-count").await, "6 bình luận");
    assert_eq!(shown(&reader).await, [TEXTS[0], TEXTS[1]]);
    assert_eq!(reader.text(".codau-replies .codau-body").await, "Gửi về bến đò Vàm Sáo.");
    reader.press("Xem thêm bình luận").await;
    assert_eq!(shown(&reader).await, [TEXTS[3], TEXTS[4]]);
    reader.press("Xem thêm bình luận").await;
    assert_eq!(shown(&reader).await, [TEXTS[5]]);
    reader.press("Mới nhất").await;
    assert_eq!(shown(&reader).await, [TEXTS[5], TEXTS[4]]);
    reader.press("Về bài báo").await;
    assert_eq!(reader.address().await, article);

    for (id, leads_to) in [(3, format!("{article}#binh-luan-3")), (6, String::new())] {
        reader.open(&format!("{}/comments/{id}", service.url)).await;
        let target = reader.element(".codau :target").await;
        assert_eq!(target.attr("id").await.expect("an id"), Some(format!("binh-luan-{id}")));
        if !leads_to.is_empty() {
            assert_eq!(reader.address().await, leads_to);
        }
    }
    reader.assert_console_is_empty().await;

    let mut audit = Audit::new();
    let pages = browser.window(Scripts::Allowed).await;
    for (path, name) in [("page", "thread-page"), ("page?order=newest&after=5", "thread-page-two")]
    {
        pages.open(&format!("{}/threads/demo/2026-1187/{path}", service.url)).await;
        audit.look(&pages, name).await;
    }
    pages.open(&article).await;
    audit.look(&pages, "article-long").await;
    audit.assert_nothing_found();
}

#[tokio::test]
async fn with_scripts_the_pages_turn_in_place_and_nothing_that_is_written_is_lost() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = started(&folder);
    publish(&browser, &mut service, "2026-1188", &TEXTS).await;

    let reader = browser.window(Scripts::Allowed).await;
    visit(&reader, &service).await;
    let article = reader.address().await;
    assert_eq!(shown(&reader).await, [TEXTS[0], TEXTS[1]]);
    click(&reader, "Trả lời").await;
    reader.type_into(BOX, "Tôi cũng nghĩ vậy.").await;
    click(&reader, "Xem thêm bình luận").await;
    until("more comments", || async { shown(&reader).await.len() == 4 }).await;
    assert_eq!(shown(&reader).await, [TEXTS[0], TEXTS[1], TEXTS[3], TEXTS[4]]);
    until("the focus", || async { reader.focused().await == "binh-luan-4" }).await;
    click(&reader, "Xem thêm bình luận").await;
    until("all comments", || async { shown(&reader).await.len() == 5 }).await;
    assert_eq!(reader.texts(".codau-more").await, [""; 0]);
    assert_eq!(reader.typed(BOX).await, "Tôi cũng nghĩ vậy.");

    // The first comment, which is being replied to, is not among these.
    click(&reader, "Mới nhất").await;
    until("the newest", || async { shown(&reader).await == [TEXTS[5], TEXTS[4]] }).await;
    assert_eq!(reader.text(".codau-order [aria-current]").await, "Mới nhất");
    until("the focus", || async { reader.focused().await == "codau-count" }).await;
    assert_eq!(reader.typed(BOX).await, "Tôi cũng nghĩ vậy.");
    assert_eq!(reader.address().await, article);
    let mut audit = Audit::new();
    audit.look(&reader, "article-script-long").await;
    audit.assert_nothing_found();

    // Times of today are told as people say them, with the exact one beside.
    let time = reader.element(".codau-time time").await;
    let said = time.text().await.expect("its text");
    assert!(said.ends_with("phút trước"), "{said}");
    let exact = time.attr("title").await.expect("a title").expect("a title");
    assert!(exact.contains(':') && exact.contains("/2026"), "{exact}");
    reader.assert_console_is_empty().await;

    // The address of a comment further down leads to it.
    let linked = browser.window(Scripts::Allowed).await;
    linked.open(&format!("{article}#binh-luan-6")).await;
    linked.element("#binh-luan-6").await;
    assert_eq!(shown(&linked).await, [TEXTS[5]]);
    click(&linked, "Xem từ đầu").await;
    until("the first", || async { shown(&linked).await == [TEXTS[0], TEXTS[1]] }).await;
    linked.assert_console_is_empty().await;
}

#[tokio::test]
async fn one_request_puts_the_counts_of_many_articles_into_the_page() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = started(&folder);
    publish(&browser, &mut service, "2026-1187", &TEXTS[..2]).await;

    let reader = browser.window(Scripts::Allowed).await;
    visit(&reader, &service).await;
    let counted = "[data-codau-count='2026-1187']";
    until("the count", || async { reader.text(counted).await == "2" }).await;
    // Nobody has commented on these: nothing is shown where nothing is to be told.
    let empty = reader.element("[data-codau-count='2026-1189']").await;
    assert!(!empty.is_displayed().await.expect("whether it is shown"));
    let requests = "return performance.getEntriesByType('resource') \
                    .filter((one) => one.name.includes('/counts?')).length";
    assert_eq!(reader.evaluate(requests).await, 1);
    reader.assert_console_is_empty().await;
}
