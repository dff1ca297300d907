//! Many comments decided together, by the forms that work without a script.

use codau::domain::{CommentId, Role};
use codau::server::clock;
use codau::store::{NewBulk, Selection};
use jiff::ToSpan;

use crate::support::{Answer, App, Page, comment};

/// Loads a bulk's page until it is finished.
async fn finished(app: &App, begun: &Answer) -> Page {
    let path = begun.header("location").to_owned();
    loop {
        let answer = app.page(app.log_in().await, &path).await.expect(200);
        if answer.headers.get("refresh").is_none() {
            return answer.page();
        }
        assert!(answer.page().has("progress"));
    }
}

async fn people(app: &App, names: &[&str]) -> Vec<i64> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(app.sent(comment().name(name)).await.id);
    }
    ids
}

#[tokio::test]
async fn ticked_comments_are_decided_together_and_undone_by_one_request() {
    let app = App::start().await;
    let ids = people(&app, &["Một", "Hai", "Ba", "Bốn"]).await;
    let desk = app.log_in().await;
    let page = app.page(desk, "/moderation/").await.page();
    let boxes = page.attributes(".card [name=comment][form=bulk]", "value");
    assert_eq!(boxes.len(), 4);
    app.spam(ids[1]).await;
    let fields = [
        ("action", "reject"),
        ("reason", "off-topic"),
        ("note", "Cùng một người."),
        ("comment", &boxes[0]),
        ("comment", &boxes[1]),
        ("comment", &boxes[2]),
        ("return", "/moderation/?order=newest"),
    ];
    let begun = app.send(desk, "/moderation/decisions", &fields).await.expect(303);
    let page = finished(&app, &begun).await;
    assert_eq!(page.text("h1"), "Từ chối 3 bình luận");
    let report = page.text(".sheet");
    assert!(report.contains("Đã quyết định 2 bình luận."), "{report}");
    assert!(report.contains("Bỏ qua 1 bình luận vừa có người khác quyết định."), "{report}");
    assert_eq!(page.attributes("main a", "href"), ["/moderation/?order=newest"]);
    assert_eq!(app.queue("").await, ["Bốn"]);
    assert_eq!(app.queue("?status=rejected").await, ["Ba", "Một"]);
    let history = app.store.history(CommentId(ids[0])).await.unwrap();
    assert_eq!((history.len(), history[0].note.as_str()), (1, "Cùng một người."));

    let page = app.page(desk, "/moderation/recent").await.page();
    assert_eq!(page.text(".bulks a"), "Từ chối 3 bình luận");
    let undo = app.send(desk, "/moderation/decisions/1/reversal", &[]).await.expect(303);
    assert_eq!(finished(&app, &undo).await.text("h1"), "Hoàn tác 2 quyết định");
    assert_eq!(app.queue("").await, ["Một", "Ba", "Bốn"]);
    app.send(desk, "/moderation/decisions/1/reversal", &[]).await.expect(409);
    let page = app.page(desk, "/moderation/decisions/1").await.page();
    assert!(!page.has("form[action$=reversal]"));
}

#[tokio::test]
async fn all_that_fit_a_filter_are_decided_but_not_what_came_later() {
    let app = App::start().await;
    let names: Vec<_> = (0..130).map(|n| format!("Số {n:03}")).collect();
    people(&app, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let bare = "bai viet rat hay, toi rat thich";
    app.sent(comment().name("Thiếu").body(bare)).await;
    let desk = app.log_in().await;
    let page = app.page(desk, "/moderation/?class=marked").await.page();
    app.sent(comment().name("Đến sau")).await;
    let (mark, query) = (page.field("mark"), page.attributes("#bulk [name=query]", "value"));
    let fields =
        [("action", "approve"), ("all", "yes"), ("mark", &mark), ("query", query[0].as_str())];
    let begun = app.send(desk, "/moderation/decisions", &fields).await.expect(303);
    let page = finished(&app, &begun).await;
    assert_eq!(page.text("h1"), "Duyệt 130 bình luận");
    assert!(page.text(".sheet").contains("Đã quyết định 130 bình luận."));
    assert_eq!(app.queue("").await, ["Đến sau", "Thiếu"]);
}

#[tokio::test]
async fn a_bulk_that_lacks_something_is_not_begun() {
    let app = App::start().await;
    people(&app, &["Một"]).await;
    let desk = app.log_in().await;
    let one = ("comment", "1.1");
    for (fields, said) in [
        (vec![("action", "approve")], "Bạn chưa chọn bình luận nào."),
        (vec![("action", "approve"), ("comment", "x")], "Bạn chưa chọn bình luận nào."),
        (vec![("action", "approve"), ("all", "yes"), ("mark", "x")], "Bạn chưa chọn"),
        (vec![("action", "expire"), one], "Bạn chưa chọn"),
        (vec![("action", "reject"), one], "Xin chọn lý do từ chối."),
        (vec![("action", "reject"), ("reason", "nothing-offered"), one], "Xin chọn lý do"),
        (vec![("action", "reject"), ("reason", "other"), one], "xin ghi rõ lý do"),
        (vec![("action", "spam"), ("note", &"x".repeat(1001)), one], "Ghi chú dài quá 1000"),
    ] {
        let answer = app.send(desk, "/moderation/decisions", &fields).await.expect(422);
        let error = answer.page().text(".error-summary");
        assert!(error.contains(said), "{error}");
    }
    let forged = app.post("/moderation/decisions").header("cookie", &desk.cookie);
    let forged = forged.header("origin", &app.url).form(&[("action", "spam"), one]);
    assert_eq!(forged.send().await.unwrap().status(), 403);
    app.page(desk, "/moderation/decisions/1").await.expect(404);
    app.send(desk, "/moderation/decisions/1/reversal", &[]).await.expect(404);
    assert_eq!(app.queue("").await, ["Một"]);
}

#[tokio::test]
async fn a_bulk_that_its_service_left_unfinished_is_gone_on_with() {
    let app = App::start().await;
    people(&app, &["Một", "Hai"]).await;
    app.hire("Chi", Role::Moderator).await;
    let moderator = app.store.credentials("Chi").await.unwrap().0.id;
    let bulk = NewBulk {
        moderator,
        action: codau::domain::Action::Spam,
        reason: None,
        note: String::new(),
        selection: Selection::These(vec![(CommentId(1), 1), (CommentId(2), 1)]),
        at: clock().checked_sub(1.hour()).unwrap(),
    };
    let id = app.store.begin_bulk(bulk, 9).await.unwrap();
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(50));
    while !app.store.bulk(id).await.unwrap().finished {
        looks.tick().await;
    }
    assert_eq!(app.queue("?status=spam").await, ["Hai", "Một"]);
}
