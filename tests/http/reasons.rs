//! The newsroom's reasons: an admin edits them, the desk offers them, readers read their sentences.

use codau::domain::Role;

use crate::support::{App, Desk, Page, comment};

const PAGE: &str = "/moderation/settings/reasons";

async fn admin(app: &App) -> Desk {
    app.log_in_as("Chủ bút", Role::Admin).await
}

async fn page(app: &App, desk: &Desk) -> Page {
    app.page(desk, PAGE).await.expect(200).page()
}

/// The labels that a rejection offers.
async fn offered(app: &App, id: i64) -> Vec<String> {
    let options = app.comment_page(id).await.texts(".rejecting option");
    options[1..].to_vec()
}

#[tokio::test]
async fn an_admin_adds_rewords_orders_and_sets_aside_reasons() {
    let app = App::start().await;
    let desk = admin(&app).await;
    let sent = app.sent(comment()).await;
    assert_eq!(offered(&app, sent.id).await.len(), 9);

    let new = [("label", "Kích động"), ("sentence", "Ý kiến kích động người khác.")];
    let added = app.send(&desk, PAGE, &new).await.expect(303);
    assert_eq!(added.location(), format!("{PAGE}#kich-dong"));
    let key = format!("{PAGE}/kich-dong");
    for _place in 0..9 {
        app.send(&desk, &key, &[("action", "up")]).await.expect(303);
    }
    // It is the first: higher it does not go.
    app.send(&desk, &key, &[("action", "up")]).await.expect(303);
    let save = [("action", "save"), ("label", "Kích động bạo lực"), new[1]];
    app.send(&desk, &key, &save).await.expect(303);
    let insult = format!("{PAGE}/insult");
    app.send(&desk, &insult, &[("action", "set-aside")]).await.expect(303);

    let labels = offered(&app, sent.id).await;
    assert_eq!(labels[..2], ["Kích động bạo lực", "Ngôn từ không phù hợp"]);
    assert_eq!(labels.len(), 9);
    let settings = page(&app, &desk).await;
    assert_eq!(settings.texts("ol.reasons b")[..], labels[..]);
    assert_eq!(settings.texts("ol.reasons kbd").concat(), "123456789");
    assert_eq!(settings.texts("ul.reasons b"), ["Xúc phạm cá nhân"]);
    app.send(&desk, &insult, &[("action", "offer")]).await.expect(303);
    assert_eq!(offered(&app, sent.id).await.len(), 10);
}

#[tokio::test]
async fn a_decision_keeps_its_reason_when_that_is_reworded_and_set_aside() {
    let app = App::start().await;
    let desk = admin(&app).await;
    let sent = app.sent(comment()).await;
    app.reject(sent.id, "off-topic").await;
    let path = format!("{PAGE}/off-topic");
    let save = [("action", "save"), ("label", "Ngoài bài"), ("sentence", "Xa nội dung bài.")];
    app.send(&desk, &path, &save).await.expect(303);
    app.send(&desk, &path, &[("action", "set-aside")]).await.expect(303);
    let page = app.comment_page(sent.id).await;
    assert!(page.text(".history").contains("Lý do: Ngoài bài"));
    let receipt = app.receipt(&sent.receipt).await.page();
    assert!(receipt.text(".notice").contains("Xa nội dung bài."));
    // It is given no more.
    app.reopen(sent.id).await;
    let refused = app.decide(sent.id, &[("action", "reject"), ("reason", "off-topic")]).await;
    assert!(refused.expect(422).page().text(".error-summary").contains("chọn lý do"));
    // What was decided with it can still be undone and done again.
    app.decide(sent.id, &[("action", "undo")]).await.expect(303);
    assert!(app.receipt(&sent.receipt).await.page().text(".notice").contains("Xa nội dung bài."));
}

#[tokio::test]
async fn a_reason_without_a_name_or_a_sentence_comes_back_as_typed() {
    let app = App::start().await;
    let desk = admin(&app).await;
    for (path, action) in [(PAGE.to_owned(), ""), (format!("{PAGE}/insult"), "save")] {
        let long = "dài ".repeat(90);
        for (label, sentence, said) in [
            (" ", "Vì vậy.", "cần có tên"),
            ("lạc ĐỀ", "Vì vậy.", "Đã có"),
            ("Tên", "", "câu bạn đọc"),
            ("Tên", long.as_str(), "dài quá 300"),
        ] {
            let fields = [("action", action), ("label", label), ("sentence", sentence)];
            let page = app.send(&desk, &path, &fields).await.expect(422).page();
            let summary = page.text(".error-summary");
            assert!(summary.contains(said), "{summary}");
            let target = page.attributes(".error-summary a", "href").remove(0);
            assert!(page.has(&format!("{target}[aria-invalid=true]")), "{target}");
            let typed = page.attributes("input[name=label]", "value");
            assert!(typed.contains(&label.to_owned()), "{typed:?}");
        }
    }
    assert_eq!(page(&app, &desk).await.texts("ol.reasons > li").len(), 9);
}

#[tokio::test]
async fn only_an_admin_sees_and_changes_the_settings() {
    let app = App::start().await;
    let desk = app.log_in().await;
    app.page(desk, PAGE).await.expect(403);
    let fields = [("action", "set-aside"), ("label", "Tên"), ("sentence", "Vì vậy.")];
    app.send(desk, PAGE, &fields).await.expect(403);
    app.send(desk, &format!("{PAGE}/insult"), &fields).await.expect(403);
    let queue = app.page(desk, "/moderation/").await.page();
    assert!(!queue.has("a[href='/moderation/settings']"));
    assert!(app.store.reasons().await.unwrap().iter().all(|reason| reason.active));

    let admin = admin(&app).await;
    let first = app.page(&admin, "/moderation/settings").await.expect(303);
    assert_eq!(first.location(), PAGE);
    app.send(&admin, &format!("{PAGE}/khong-co"), &fields).await.expect(404);
    app.send(&admin, &format!("{PAGE}/insult"), &[("action", "x")]).await.expect(400);
}

#[tokio::test]
async fn a_comment_is_sent_back_with_what_its_reader_is_to_change() {
    let app = App::start().await;
    let sent = app.published(comment()).await;
    let silent = app.decide(sent.id, &[("action", "return"), ("message", " ")]).await;
    assert!(silent.expect(422).page().text(".error-summary").contains("cần sửa gì"));
    let fields = [("action", "return"), ("reason", "unmarked"), ("message", "Xin bỏ số nhà.")];
    app.decide(sent.id, &fields).await.expect(303);
    assert_eq!(app.thread_json("1").await["count"], 0);
    assert_eq!(app.queue("?status=returned").await, ["Nguyễn Văn An"]);
    let receipt = app.receipt(&sent.receipt).await.page();
    let said = receipt.texts(".notice").join(" ");
    assert!(said.contains("gõ lại có dấu") && said.contains("Xin bỏ số nhà."), "{said}");
    let history = app.comment_page(sent.id).await.text(".history");
    assert!(history.contains("Nhắn bạn đọc: Xin bỏ số nhà."), "{history}");
    app.decide(sent.id, &[("action", "undo")]).await.expect(303);
    assert_eq!(app.thread_json("1").await["count"], 1);
}

#[tokio::test]
async fn what_its_reader_withdrew_is_not_decided_on() {
    let app = App::start().await;
    let sent = app.published(comment()).await;
    let token = sent.receipt.rsplit('/').next().unwrap();
    let receipt = {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(token).unwrap()
    };
    let now = codau::server::clock();
    codau::moderation::withdraw(app.store.as_ref(), &receipt, now).await.unwrap();
    assert_eq!(app.thread_json("1").await["count"], 0);
    for action in ["approve", "undo", "reopen", "spam"] {
        let page = app.decide(sent.id, &[("action", action)]).await.expect(422).page();
        assert!(page.text(".error-summary").contains("bạn đọc"), "{action}");
    }
    let history = app.comment_page(sent.id).await.texts(".history li p");
    assert_eq!(history.last().unwrap(), "bạn đọc: Rút lại");
}
