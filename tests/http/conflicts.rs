//! Two moderators, one comment: the second decision is refused, and nothing typed is lost.

use codau::domain::{CommentId, Role};
use reqwest::header::{ACCEPT, COOKIE, ORIGIN};

use crate::support::{App, Ask, comment};

#[tokio::test]
async fn a_comment_decided_meanwhile_is_a_conflict_that_says_who_and_what() {
    let app = App::start().await;
    let other = app.log_in_as("Chi", Role::Moderator).await;
    for (action, said) in [("approve", "duyệt"), ("spam", "spam"), ("reject", "từ chối")] {
        let sent = app.sent(comment().body(&format!("Ý kiến {action}."))).await;
        let seen = app.comment_page(sent.id).await.field("version");
        let fields = [("action", action), ("reason", "insult")];
        app.decide_at(&other, sent.id, &seen, &fields).await.expect(303);

        let late = [("action", "edit"), ("body", "Bản tôi vừa gõ."), ("note", "ghi chú tôi gõ")];
        let desk = app.log_in().await;
        let refused = app.decide_at(desk, sent.id, &seen, &late).await.expect(409).page();
        let notice = refused.text(".notice-conflict");
        assert!(notice.contains("Chi") && notice.contains(said), "{notice}");
        assert_eq!(refused.field("body"), "Bản tôi vừa gõ.");
        let kept = app.store.comment(CommentId(sent.id)).await.unwrap();
        assert_eq!((kept.version, kept.published_body.is_some()), (2, action == "approve"));

        // From that page, which knows the new version, the edit goes through.
        let version = refused.field("version");
        app.decide_at(desk, sent.id, &version, &late).await.expect(303);
    }
}

#[tokio::test]
async fn the_note_and_reason_of_a_late_rejection_are_kept_in_the_form() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    let seen = app.comment_page(sent.id).await.field("version");
    app.approve(sent.id).await;
    let late = [("action", "reject"), ("reason", "advert"), ("note", "ghi chú tôi gõ")];
    let desk = app.log_in().await;
    let refused = app.decide_at(desk, sent.id, &seen, &late).await.expect(409).page();
    assert_eq!(refused.field("note"), "ghi chú tôi gõ");
    assert_eq!(refused.attributes("option[selected]", "value"), ["advert"]);
}

#[tokio::test]
async fn a_program_is_told_of_the_conflict_in_json() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    app.approve(sent.id).await;
    let desk = app.log_in().await;
    let request = app
        .post(&format!("/moderation/comments/{}/decision", sent.id))
        .header(COOKIE, &desk.cookie)
        .header(ORIGIN, &app.url)
        .header(ACCEPT, "application/json");
    let fields = [("csrf", desk.csrf.as_str()), ("version", "1"), ("action", "spam")];
    let json = request.form(&fields).ask().await.expect(409).json();
    assert_eq!(json["error"], "conflict");
    assert_eq!(json["decided"]["by"], "Bình");
    assert_eq!(json["decided"]["action"], "approve");
    assert_eq!(json["version"], 2);
}

#[tokio::test]
async fn of_many_decisions_at_once_one_counts() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    let desk = app.log_in().await;
    let fields = [("action", "approve")];
    let decisions = (0..16).map(|_| app.decide_at(desk, sent.id, "1", &fields));
    let answers = futures_util::future::join_all(decisions).await;
    let carried_out = answers.iter().filter(|answer| answer.status == 303).count();
    let refused = answers.iter().filter(|answer| answer.status == 409).count();
    assert_eq!((carried_out, refused), (1, 15));
    assert_eq!(app.store.history(CommentId(sent.id)).await.unwrap().len(), 1);
}
