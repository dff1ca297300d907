//! When the database does not answer: 503, when to come again, nothing typed lost, no cause told.

use std::sync::atomic::Ordering;

use reqwest::header::{ACCEPT, COOKIE};

use crate::support::{Answer, App, Ask, CAUSE, Failing, PASSWORD, comment};

#[track_caller]
fn is_unavailable(answer: Answer) -> Answer {
    let answer = answer.expect(503);
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!(wait > 0);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(!answer.text.contains(CAUSE) && !answer.text.contains("secret"));
    answer
}

#[tokio::test]
async fn a_comment_that_could_not_be_kept_is_handed_back_and_can_be_sent_again() {
    let (broken, wrap) = Failing::switch();
    let app = App::on(&[], wrap).await;
    broken.store(true, Ordering::SeqCst);
    let form = comment().key("a1").with("email", "an@example.com").with("consent", "yes");
    let page = is_unavailable(app.submit(form.clone()).await).page();
    for (field, value) in form.fields() {
        assert_eq!(&page.field(field), value, "{field}");
    }
    let json = is_unavailable(app.submit_json(form.clone()).await).json();
    assert_eq!(json["error"], "unavailable");
    for (field, value) in form.fields() {
        assert_eq!(json["form"][field], **value, "{field}");
    }
    broken.store(false, Ordering::SeqCst);
    app.submit(form).await.expect(303);
    assert_eq!(app.queue("").await.len(), 1);
}

#[tokio::test]
async fn every_page_that_needs_the_store_says_that_it_is_unavailable() {
    let (broken, wrap) = Failing::switch();
    let app = App::on(&[], wrap).await;
    let sent = app.published(comment()).await;
    let desk = app.log_in().await;
    let reply = format!("/comments/{}/reply", sent.id);
    let page = format!("/moderation/comments/{}", sent.id);
    broken.store(true, Ordering::SeqCst);
    for path in [
        "/threads/bao/1",
        "/threads/bao/1.json",
        "/counts?site=bao&thread=1",
        &sent.receipt,
        &reply,
        "/healthz",
        "/moderation/",
        &page,
        &format!("{}/", app.demo),
    ] {
        let answer = app.get(path).header(COOKIE, &desk.cookie).ask().await;
        is_unavailable(answer);
        let json = app.get(path).header(COOKIE, &desk.cookie).header(ACCEPT, "application/json");
        assert_eq!(is_unavailable(json.ask().await).json()["error"], "unavailable", "{path}");
    }
    is_unavailable(app.log_in_with("Bình", PASSWORD).await);
    for path in [format!("{page}/decision"), "/moderation/logout".into()] {
        let fields = [("version", "2"), ("action", "spam")];
        is_unavailable(app.send(desk, &path, &fields).await);
    }
    for path in ["/", "/moderation/login", "/widget.js"] {
        app.get(path).ask().await.expect(200);
    }
}

#[tokio::test]
async fn a_decision_that_could_not_be_kept_is_handed_back() {
    let (broken, wrap) = Failing::switch();
    let app = App::on(&[], wrap).await;
    let sent = app.sent(comment()).await;
    let desk = app.log_in().await;
    broken.store(true, Ordering::SeqCst);
    let fields = [("action", "edit"), ("body", "Bản tôi vừa gõ.")];
    let answer = is_unavailable(app.decide_at(desk, sent.id, "1", &fields).await);
    assert!(answer.text.contains("Bản tôi vừa gõ."));
}

#[tokio::test]
async fn while_the_database_is_away_nobody_is_kept_out_by_limits_and_nobody_gets_around_them() {
    let (broken, wrap) = Failing::switch();
    let app = App::on(&[("limits.posts_per_minute", "3")], wrap).await;
    broken.store(true, Ordering::SeqCst);
    for _ in 0..3 {
        is_unavailable(app.submit(comment()).await);
    }
    app.submit(comment()).await.expect(429);
}
