//! The newsroom replies to readers, under its own mark.

use codau::domain::Role;

use crate::support::{Answer, App, Ask, Desk, comment};

const TEXT: &str = "Tòa soạn đã nhận, cảm ơn bạn.";

/// Sends the reply's form as it stands on the comment's page.
async fn reply(app: &App, desk: &Desk, id: i64, fields: &[(&str, &str)]) -> Answer {
    let page = app.page(desk, &format!("/moderation/comments/{id}")).await.expect(200).page();
    let key = page.attributes("form[action$='/reply'] [name=submission]", "value").remove(0);
    let fields = [&[("submission", key.as_str())], fields].concat();
    app.send(desk, &format!("/moderation/comments/{id}/reply"), &fields).await
}

#[tokio::test]
async fn a_moderators_reply_is_published_at_once_and_marked_as_the_newsrooms() {
    let app = App::start().await;
    let first = app.published(comment().body("Gửi sách ở đâu?")).await;
    let desk = app.log_in().await;
    let fields = [("name", "Thu Hà"), ("body", TEXT)];
    let answer = reply(&app, desk, first.id, &fields).await.expect(303);
    let page = app.page(desk, answer.location()).await.expect(200).page();
    assert!(page.text("[role=status]").contains("Đã đăng câu trả lời"));

    let thread = app.thread("1").await.page();
    assert_eq!(thread.text(".codau-count"), "2 bình luận");
    let byline = thread.text(".codau-replies .codau-byline");
    assert!(byline.starts_with("Thu Hà - ") && byline.ends_with("Tòa soạn"), "{byline}");
    assert_eq!(thread.text(".codau-replies .codau-body"), TEXT);
    assert_eq!(thread.texts(".codau-staff").len(), 1);
    assert!(!app.thread("1").await.text.contains("Bình"), "nobody's login is public");
    let json = app.thread_json("1").await;
    assert_eq!(json["comments"][0]["staff"], false);
    let staff = &json["comments"][0]["replies"][0];
    assert_eq!((&staff["staff"], &staff["name"]), (&true.into(), &"Thu Hà".into()));
    let feed = app.get("/threads/bao/1.atom").ask().await.expect(200).text;
    assert!(feed.contains("<name>Thu Hà (Tòa soạn)</name>"));

    // It is on record, by the decision that published it, and can be taken back like any other.
    let id = staff["id"].as_i64().unwrap();
    let history = app.comment_page(id).await.texts(".history li");
    assert!(history[0].contains("Tòa soạn: Gửi ý kiến"), "{history:?}");
    assert!(history[1].contains("Bình: Duyệt"), "{history:?}");
    app.reject(id, "insult").await;
}

#[tokio::test]
async fn a_reply_to_a_reply_stands_beside_it_and_a_closed_article_is_answered_too() {
    let app = App::start().await;
    let first = app.published(comment().body("Ý kiến đầu.")).await;
    let second = app.published(comment().body("Trả lời.").reply_to(first.id)).await;
    app.close("1").await;
    let desk = app.log_in().await;
    reply(&app, desk, second.id, &[("name", "Thu Hà"), ("body", TEXT)]).await.expect(303);
    let replies = app.thread("1").await.page().texts(".codau-replies .codau-body");
    assert_eq!(replies, ["Trả lời.", TEXT]);
}

#[tokio::test]
async fn a_reply_that_cannot_be_published_comes_back_with_what_is_wrong() {
    let app = App::start().await;
    let first = app.published(comment()).await;
    let pending = app.sent(comment().body("Đang chờ.")).await;
    let desk = app.log_in().await;
    let page = reply(&app, desk, first.id, &[("name", ""), ("body", TEXT)]).await.expect(422);
    let page = page.page();
    assert_eq!(page.texts("form[action$='/reply'] textarea"), [TEXT]);
    assert!(page.text("#answer ~ [role=alert]").contains("Bạn chưa ghi họ và tên."));
    // Of what everyone can read alone.
    let path = format!("/moderation/comments/{}", pending.id);
    let page = app.page(desk, &path).await.expect(200).page();
    assert!(!page.has("form[action$='/reply']"));
    let fields = [("name", "Thu Hà"), ("body", TEXT)];
    app.send(desk, &format!("{path}/reply"), &fields).await.expect(422);
    assert_eq!(app.thread("1").await.page().text(".codau-count"), "1 bình luận");
}

#[tokio::test]
async fn sending_the_form_twice_publishes_once_and_the_name_is_kept_for_the_next() {
    let app = App::start().await;
    let first = app.published(comment()).await;
    let desk = app.log_in().await;
    let path = format!("/moderation/comments/{}/reply", first.id);
    let fields = [("name", "Thu Hà"), ("body", TEXT), ("submission", "một lần")];
    for _ in 0..2 {
        app.send(desk, &path, &fields).await.expect(303);
    }
    let other = [("name", "Thu Hà"), ("body", "Khác."), ("submission", "một lần")];
    app.send(desk, &path, &other).await.expect(422);
    assert_eq!(app.thread("1").await.page().text(".codau-count"), "2 bình luận");
    let name = "form[action$='/reply'] [name=name]";
    assert_eq!(app.comment_page(first.id).await.attributes(name, "value"), ["Thu Hà"]);
    let lan = app.log_in_as("Lan", Role::Moderator).await;
    let page = app.page(&lan, &format!("/moderation/comments/{}", first.id)).await.page();
    assert_eq!(page.attributes(name, "value"), [""]);
}

#[tokio::test]
async fn a_readers_reply_to_the_newsroom_is_in_its_own_lane() {
    let app = App::start().await;
    let first = app.published(comment()).await;
    let desk = app.log_in().await;
    reply(&app, desk, first.id, &[("name", "Thu Hà"), ("body", TEXT)]).await.expect(303);
    // Replies are one level deep: one to the newsroom stands beside the newsroom's.
    app.sent(comment().name("Lê Bình").body("Cảm ơn tòa soạn.").reply_to(first.id)).await;
    app.sent(comment().name("Người khác").body("Ý kiến khác.")).await;
    assert_eq!(app.queue("?view=staff").await, ["Lê Bình"]);
}
