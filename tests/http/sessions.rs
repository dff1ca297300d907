//! How long a session lasts, and what its moderator may do.

use codau::domain::Role;

use crate::support::{App, Clock, Desk, comment};

/// Whether the desk lets this session in.
async fn is_in(app: &App, desk: &Desk) -> bool {
    match app.page(desk, "/moderation/").await {
        answer if answer.status == 200 => true,
        answer => {
            assert!(answer.expect(303).location().starts_with("/moderation/login"));
            false
        }
    }
}

#[tokio::test]
async fn logging_out_ends_the_session_and_no_other() {
    let app = App::start().await;
    let leaving = app.log_in_as("Chi", Role::Moderator).await;
    let staying = app.log_in_as("Dũng", Role::Moderator).await;
    let out = app.send(&leaving, "/moderation/logout", &[]).await.expect(303);
    assert!(out.header("set-cookie").starts_with("codau=;"));
    assert!(!is_in(&app, &leaving).await);
    assert!(is_in(&app, &staying).await);
}

#[tokio::test]
async fn a_disabled_moderator_is_out_at_once() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    let desk = app.log_in_as("Chi", Role::Moderator).await;
    app.store.set_enabled("Chi", false).await.unwrap();
    assert!(!is_in(&app, &desk).await);
    let fields = [("action", "approve")];
    app.decide_at(&desk, sent.id, "1", &fields).await.expect(303);
    assert_eq!(app.thread_json("1").await["count"], 0);
    app.log_in_with("Chi", crate::support::PASSWORD).await.expect(422);
    app.store.set_enabled("Chi", true).await.unwrap();
    assert!(!is_in(&app, &desk).await, "the old session stays ended");
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    let app = App::start().await;
    let desk = app.log_in_as("Chi", Role::Moderator).await;
    app.store.set_password("Chi", "another").await.unwrap();
    assert!(!is_in(&app, &desk).await);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_after_a_day_in_any_case() {
    let settings = [("session.idle_minutes", "30"), ("session.max_hours", "16")];
    let app = App::with(&settings).await;
    let desk = app.log_in_as("Chi", Role::Moderator).await;
    let passed = |minutes: i64, column: &str| {
        app.sql(&format!("update session set {column} = {column} - {}", minutes * 60_000));
    };
    passed(29, "seen_at");
    assert!(is_in(&app, &desk).await, "and that counts as use");
    passed(29, "seen_at");
    assert!(is_in(&app, &desk).await);
    passed(31, "seen_at");
    assert!(!is_in(&app, &desk).await);
    let desk = app.log_in_as("Dũng", Role::Moderator).await;
    passed(16 * 60 - 1, "opened_at");
    assert!(is_in(&app, &desk).await);
    passed(2, "opened_at");
    assert!(!is_in(&app, &desk).await);
}

#[tokio::test]
async fn a_session_holds_to_the_last_moment_of_its_time() {
    static CLOCK: Clock = Clock::new();
    CLOCK.set("2026-03-02T08:00:00+07:00");
    let app = App::at(|| CLOCK.now(), &[("session.idle_minutes", "30")]).await;
    let desk = app.log_in_as("Chi", Role::Moderator).await;
    for _ in 0..2 {
        CLOCK.turn(30 * 60);
        assert!(is_in(&app, &desk).await, "and that counts as use");
    }
    CLOCK.turn(30 * 60 + 1);
    assert!(!is_in(&app, &desk).await);
}

#[tokio::test]
async fn a_made_up_cookie_is_nobodys() {
    let app = App::start().await;
    let real = app.log_in_as("Chi", Role::Moderator).await;
    for cookie in ["codau=", "codau=x", "codau=%00", "other=x", &real.cookie[..20]] {
        let desk = Desk { cookie: cookie.into(), csrf: real.csrf.clone() };
        assert!(!is_in(&app, &desk).await, "{cookie}");
    }
}

#[tokio::test]
async fn only_an_admin_opens_and_closes_an_article() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    let thread = app.article("1").await.id;
    let path = format!("/moderation/threads/{thread}/opening");
    let moderator = app.log_in().await;
    app.send(moderator, &path, &[("open", "no")]).await.expect(403);
    assert!(app.article("1").await.open);
    assert!(!app.comment_page(sent.id).await.has("[name=open]"));

    let admin = app.log_in_as("Chủ bút", Role::Admin).await;
    let page = app.page(&admin, &format!("/moderation/comments/{}", sent.id)).await;
    assert!(page.page().has("[name=open][value=no]"));
    app.send(&admin, &path, &[("open", "no")]).await.expect(303);
    app.submit(comment().body("Muộn rồi.")).await.expect(403);
    app.send(&admin, &path, &[("open", "yes")]).await.expect(303);
    app.submit(comment().body("Vẫn kịp.")).await.expect(303);
    app.send(&admin, "/moderation/threads/4711/opening", &[("open", "no")]).await.expect(404);
}
