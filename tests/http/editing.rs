//! Editing before publishing: help with the text in the box, and what is kept of an edit.

use codau::domain::CommentId;
use reqwest::header::{ACCEPT, COOKIE, ORIGIN};
use serde_json::Value;

use crate::support::{App, Ask, Page, comment};

/// What the draft of a comment answers to a script.
async fn asked(app: &App, id: i64, action: &str, body: &str) -> Value {
    let desk = app.log_in().await;
    let request = app
        .post(&format!("/moderation/comments/{id}/draft"))
        .header(COOKIE, &desk.cookie)
        .header(ORIGIN, &app.url)
        .header(ACCEPT, "application/json");
    let fields = [("csrf", desk.csrf.as_str()), ("action", action), ("body", body)];
    request.form(&fields).ask().await.expect(200).json()
}

/// The page that the draft of a comment answers with.
async fn drafted(app: &App, id: i64, action: &str, body: &str) -> Page {
    let path = format!("/moderation/comments/{id}/draft");
    let fields = [("action", action), ("body", body)];
    app.send(app.log_in().await, &path, &fields).await.expect(200).page()
}

/// What the boxes of a page say that the edit is for.
fn ticked(page: &Page) -> Vec<String> {
    page.attributes(".edits input[checked]", "name")
}

#[tokio::test]
async fn marks_are_put_in_with_each_change_and_each_doubt_to_be_seen() {
    let app = App::start().await;
    let body = "bai viet rat hay, toi di cho som";
    let sent = app.sent(comment().body(body)).await;
    let found = asked(&app, sent.id, "marks", body).await;
    let restored = found["body"].as_str().unwrap();
    assert!(restored.starts_with("bài viết rất hay"), "{restored}");
    assert_eq!((&found["changed"], &found["restorable"]), (&true.into(), &0.into()));
    assert_eq!(found["edits"], serde_json::json!(["marks"]));
    let pieces = found["difference"].as_array().unwrap();
    assert!(pieces.iter().any(|piece| piece[0] == "inserted" && piece[1] == "viết"));
    for doubt in found["doubts"].as_array().unwrap() {
        let at = usize::try_from(doubt["at"].as_u64().unwrap()).unwrap();
        let word: Vec<u16> = doubt["word"].as_str().unwrap().encode_utf16().collect();
        let text: Vec<u16> = restored.encode_utf16().collect();
        assert_eq!(text[at..at + word.len()], word);
        assert_eq!(doubt["words"][0], doubt["word"]);
        assert!(doubt["words"].as_array().unwrap().len() > 1);
    }

    // The same without a script.
    let page = drafted(&app, sent.id, "marks", body).await;
    assert_eq!(page.field("body").trim(), restored);
    assert_eq!(ticked(&page), ["marks"]);
    let doubts = page.texts(".doubts li").len();
    assert_eq!(doubts, found["doubts"].as_array().unwrap().len());
}

#[tokio::test]
async fn personal_information_is_hidden_in_one_step() {
    let app = App::start().await;
    let body = "Gọi tôi 0912 345 678 hoặc an@example.com, năm 2024.";
    let sent = app.sent(comment().body(body)).await;
    let page = app.comment_page(sent.id).await;
    assert!(page.has(".helps [value=hide]:not([hidden])"));
    let page = drafted(&app, sent.id, "hide", body).await;
    assert_eq!(page.field("body").trim(), "Gọi tôi *** hoặc ***, năm 2024.");
    assert_eq!(ticked(&page), ["personal-data"]);
    assert!(page.has(".helps [value=hide][hidden]"));
    assert_eq!(asked(&app, sent.id, "hide", body).await["personal"], 0);
}

#[tokio::test]
async fn looking_at_a_text_says_what_changed_and_keeps_nothing() {
    let app = App::start().await;
    let sent = app.sent(comment().body("Bài hay. Đồ ngu!")).await;
    app.log_in().await;
    let before = app.dump();
    let found = asked(&app, sent.id, "look", "Bài hay.").await;
    assert_eq!(found["edits"], serde_json::json!(["cut"]));
    assert_eq!(found["difference"][1], serde_json::json!(["deleted", " Đồ ngu!"]));
    let same = asked(&app, sent.id, "look", "Bài hay. Đồ ngu!").await;
    assert_eq!(
        (&same["changed"], same["difference"].as_array().unwrap().len()),
        (&false.into(), 0)
    );
    assert!(app.dump() == before);
}

#[tokio::test]
async fn what_an_edit_was_for_is_kept_with_the_decision() {
    let app = App::start().await;
    let sent = app.sent(comment().body("bai nay hay")).await;
    let edit = [("action", "edit"), ("body", "Bài này hay!"), ("cut", "1"), ("personal-data", "1")];
    app.decide(sent.id, &edit).await.expect(303);
    let history = app.comment_page(sent.id).await.text(".history");
    assert!(history.contains("cắt bớt, che thông tin cá nhân"), "{history}");
    // Nothing is ticked: it is read off the changes.
    let other = app.sent(comment().body("bai kia cung hay")).await;
    app.edit(other.id, "bài kia cũng hay").await;
    let kept = app.store.history(CommentId(other.id)).await.unwrap();
    assert_eq!(kept[0].edits.column(), "marks");
}

#[tokio::test]
async fn everyone_sees_that_a_comment_was_edited_where_the_newspaper_wants_it() {
    let app = App::start().await;
    for (site, origin, labels) in
        [("bao", "https://bao.example", 0), ("songhau", "https://songhau.example", 1)]
    {
        let form =
            comment().with("site", site).with("url", format!("{origin}/1")).with("consent", "1");
        let as_sent = app.sent(form.clone()).await;
        let edited = app.sent(form.body("bai viet nay hay")).await;
        app.approve(as_sent.id).await;
        app.edit(edited.id, "Bài viết này hay.").await;
        let page = app.get(&format!("/threads/{site}/1")).ask().await.expect(200).page();
        assert_eq!(page.texts(".codau-comment").len(), 2);
        assert_eq!(page.texts(".codau-edited").len(), labels, "{site}");
    }
}

#[tokio::test]
async fn a_published_comment_is_taken_off_with_one_button_and_put_back_by_undoing() {
    let app = App::start().await;
    let sent = app.published(comment()).await;
    let list = app.page(app.log_in().await, "/moderation/?status=approved").await.page();
    assert!(list.texts(".card .decisions button").concat().contains("Gỡ khỏi bài"));
    let page = app.comment_page(sent.id).await;
    assert!(page.texts(".page-decisions button").concat().contains("Gỡ khỏi bài"));
    app.reopen(sent.id).await;
    assert_eq!(app.thread_json("1").await["count"], 0);
    app.decide(sent.id, &[("action", "undo")]).await.expect(303);
    assert_eq!(app.thread_json("1").await["count"], 1);
}

#[tokio::test]
async fn whatever_was_decided_is_listed_to_be_undone() {
    let app = App::start().await;
    let decisions = ["approve", "edit", "reject", "spam", "return"];
    for action in decisions {
        let sent = app.sent(comment().name(action).body(&format!("Ý kiến {action}."))).await;
        let fields =
            [("action", action), ("body", "Khác."), ("reason", "insult"), ("message", "Xin bớt.")];
        app.decide(sent.id, &fields).await.expect(303);
    }
    let recent = app.page(app.log_in().await, "/moderation/recent").await.page();
    assert_eq!(recent.texts(".card .undo-this").len(), decisions.len());
    for (card, id) in recent.texts(".card .about").iter().zip((1..=5).rev()) {
        assert!(card.contains(decisions[id - 1]), "{card}");
        app.decide(i64::try_from(id).unwrap(), &[("action", "undo")]).await.expect(303);
    }
    assert_eq!(app.queue("").await.len(), decisions.len());
}

#[tokio::test]
async fn a_card_says_who_wrote_it_what_it_answers_and_what_is_objected_to() {
    let app = App::start().await;
    let parent = app.published(comment().name("Mận").body("Đò chữ đi xa!")).await;
    let rejected = app.sent(comment().body("Một.")).await;
    app.reject(rejected.id, "insult").await;
    let reply = comment().body("bai viet nay rat hay, cam on").reply_to(parent.id);
    app.sent(reply).await;
    let card = app.page(app.log_in().await, "/moderation/").await.page();
    let about = card.text(".card .about");
    assert!(about.contains("0 đã duyệt, 1 từ chối"), "{about}");
    assert!(about.contains("trả lời Mận") && about.contains("1 đang chờ"), "{about}");
    assert_eq!(card.text(".card .parent .text"), "Đò chữ đi xa!");
    let flags = card.text(".card .flags");
    assert!(flags.contains("có lẽ là") && flags.contains("bài viết"), "{flags}");
    app.sent(comment().name("Người mới").body("Xin chào.")).await;
    let page = app.page(app.log_in().await, "/moderation/?q=xin+chao").await.page();
    assert!(page.text(".card .about").contains("bình luận đầu tiên"));
}
