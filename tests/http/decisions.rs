//! What a moderator decides, and what it makes of a comment.

use codau::domain::CommentId;

use crate::support::{App, comment};

#[tokio::test]
async fn an_approved_comment_is_published_as_sent() {
    let app = App::start().await;
    let sent = app.published(comment()).await;
    assert_eq!(app.thread_json("1").await["comments"][0]["edited"], false);
    let page = app.comment_page(sent.id).await;
    assert_eq!(page.text(".heading .badge"), "đã duyệt");
    assert!(!page.has(".difference"));
}

#[tokio::test]
async fn an_edited_comment_shows_the_readers_text_beside_the_published_one() {
    let app = App::start().await;
    let sent = app.sent(comment().body("bai viet rat hay")).await;
    app.edit(sent.id, "Bài viết rất hay.").await;
    let page = app.comment_page(sent.id).await;
    assert_eq!(page.text("section .original"), "bai viet rat hay");
    assert_eq!(page.text("[aria-labelledby=published] .text"), "Bài viết rất hay.");
    assert!(page.texts(".difference del").concat().contains("bai"));
    assert!(page.texts(".difference ins").concat().contains("Bài"));
    assert_eq!(app.thread_json("1").await["comments"][0]["edited"], true);
    let kept = app.store.comment(CommentId(sent.id)).await.unwrap();
    assert_eq!(kept.body, "bai viet rat hay");
}

#[tokio::test]
async fn an_edit_that_changes_nothing_is_an_approval() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    let same = app.comment_page(sent.id).await.field("body");
    app.edit(sent.id, &same).await;
    let history = app.comment_page(sent.id).await.text(".history");
    assert!(history.contains("Bình: Duyệt nguyên văn"), "{history}");
}

#[tokio::test]
async fn a_rejection_needs_a_reason_and_another_reason_needs_a_note() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    for (fields, said) in [
        (vec![("action", "reject"), ("note", "lạc đề quá")], "chọn lý do"),
        (vec![("action", "reject"), ("reason", "thời tiết"), ("note", "lạc đề quá")], "chọn lý do"),
        (vec![("action", "reject"), ("reason", "other")], "ghi rõ lý do"),
        (vec![("action", "edit"), ("body", "  ")], "đang trống"),
    ] {
        let page = app.decide(sent.id, &fields).await.expect(422).page();
        assert!(page.text(".error-summary").contains(said), "{fields:?}");
        let note = fields.iter().find(|(name, _)| *name == "note");
        assert_eq!(page.field("note"), note.map_or("", |(_, note)| note));
    }
    assert!(app.store.history(CommentId(sent.id)).await.unwrap().is_empty());
    app.reject(sent.id, "off-topic").await;
    assert!(app.comment_page(sent.id).await.text(".history").contains("Lý do: Lạc đề"));
}

#[tokio::test]
async fn what_is_no_decision_is_refused() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    for action in ["", "expire", "publish", "APPROVE"] {
        app.decide(sent.id, &[("action", action)]).await.expect(400);
    }
    app.decide(sent.id, &[("action", "reopen")]).await.expect(422);
    let desk = app.log_in().await;
    let nowhere = app.decide_at(desk, 4_711, "1", &[("action", "approve")]).await;
    nowhere.expect(404);
    app.page(desk, "/moderation/comments/4711").await.expect(404);
    app.page(desk, "/moderation/comments/x").await.expect(404);
}

#[tokio::test]
async fn a_comment_taken_back_is_on_the_article_no_longer() {
    let app = App::start().await;
    let sent = app.published(comment()).await;
    for (take_back, status) in [("reject", "từ chối"), ("spam", "spam"), ("reopen", "chờ duyệt")]
    {
        let fields = [("action", take_back), ("reason", "insult")];
        app.decide(sent.id, &fields).await.expect(303);
        assert_eq!(app.comment_page(sent.id).await.text(".heading .badge"), status);
        assert_eq!(app.thread_json("1").await["count"], 0, "{take_back}");
        app.approve(sent.id).await;
        assert_eq!(app.thread_json("1").await["count"], 1);
    }
}

#[tokio::test]
async fn a_reopened_comment_waits_with_its_history() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    app.edit(sent.id, "Bản đã sửa.").await;
    app.spam(sent.id).await;
    app.reopen(sent.id).await;
    assert_eq!(app.queue("").await, ["Nguyễn Văn An"]);
    let page = app.comment_page(sent.id).await;
    assert_eq!(page.field("body"), "Bản đã sửa.", "the edit is not lost");
    let history = page.texts(".history b");
    assert_eq!(history, ["bạn đọc", "Bình", "Bình", "Bình"]);
}

#[tokio::test]
async fn a_decision_leads_back_to_the_list_it_was_made_in_and_never_elsewhere() {
    let app = App::start().await;
    for (wanted, expected) in [
        ("/moderation/?class=unmarked", "/moderation/?class=unmarked&done="),
        ("", "/moderation/?done="),
        ("https://evil.example/", "/moderation/?done="),
        ("//evil.example/", "/moderation/?done="),
        ("/moderation/\\evil", "/moderation/?done="),
        ("/moderation/\r\nset-cookie: a=b", "/moderation/?done="),
    ] {
        let sent = app.sent(comment().body(wanted).body(&format!("Ý {wanted}."))).await;
        let fields = [("action", "approve"), ("return", wanted)];
        let answer = app.decide(sent.id, &fields).await.expect(303);
        assert_eq!(answer.location(), format!("{expected}{}", sent.id));
        assert_eq!(answer.header("set-cookie"), "");
    }
    let list = app.page(app.log_in().await, "/moderation/?done=1").await.page();
    assert!(list.text(".notice-ok").contains("Nguyễn Văn An"));
}

#[tokio::test]
async fn marks_are_put_into_the_text_in_the_box_and_nothing_is_saved() {
    let app = App::start().await;
    let sent = app.sent(comment().body("bai viet rat hay")).await;
    let desk = app.log_in().await;
    let before = app.dump();
    let path = format!("/moderation/comments/{}/draft", sent.id);
    let fields = [("action", "marks"), ("body", "Tôi thêm: bai viet rat hay")];
    let page = app.send(desk, &path, &fields).await.expect(200).page();
    assert_eq!(page.field("body").trim(), "Tôi thêm: bài viết rất hay");
    assert_eq!(page.text(".original"), "bai viet rat hay");
    let back = [("action", "sent"), ("body", "khác")];
    let page = app.send(desk, &path, &back).await.expect(200).page();
    assert_eq!(page.field("body").trim(), "bai viet rat hay");
    assert!(app.dump() == before);
}

#[tokio::test]
async fn a_decision_is_undone_and_an_undone_one_done_again() {
    let app = App::start().await;
    let sent = app.sent(comment().body("Bài viết rất hay")).await;
    app.edit(sent.id, "Bài viết rất hay!").await;
    let recent = app.page(app.log_in().await, "/moderation/recent").await.expect(200).page();
    assert!(recent.text(".card").contains("Sửa và duyệt"));
    app.decide(sent.id, &[("action", "undo")]).await.expect(303);
    assert_eq!(app.queue("").await, ["Nguyễn Văn An"]);
    app.decide(sent.id, &[("action", "undo")]).await.expect(303);
    assert!(app.queue("").await.is_empty());
    let page = app.comment_page(sent.id).await;
    assert_eq!(page.texts(".history li b").len(), 4);
}

#[tokio::test]
async fn a_comment_without_a_decision_has_nothing_to_undo() {
    let app = App::start().await;
    let sent = app.sent(comment().body("Bài viết rất hay")).await;
    app.decide(sent.id, &[("action", "undo")]).await.expect(422);
}
