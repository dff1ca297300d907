//! The way in: logging in, and the link that makes the first admin.

use codau::domain::Role;
use reqwest::header::ORIGIN;

use crate::support::{App, Ask, PASSWORD};

#[tokio::test]
async fn the_right_password_opens_the_desk_with_a_cookie_that_scripts_cannot_read() {
    let app = App::start().await;
    app.hire("Bình", Role::Moderator).await;
    let answer = app.log_in_with(" bình ", PASSWORD).await.expect(303);
    assert_eq!(answer.location(), "/moderation/");
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    app.desk_with(App::cookie_of(&answer)).await;
}

#[tokio::test]
async fn over_https_the_cookie_is_for_this_host_alone() {
    let app = App::with(&[("server.public_url", "https://binhluan.example")]).await;
    app.hire("Bình", Role::Moderator).await;
    let fields = [("name", "Bình"), ("password", PASSWORD)];
    let request = app.post("/moderation/login").header(ORIGIN, "https://binhluan.example");
    let answer = request.form(&fields).ask().await.expect(303);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-codau=") && cookie.contains("Secure"), "{cookie}");
    assert_ne!(answer.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_told_the_same() {
    let app = App::start().await;
    app.hire("Bình", Role::Moderator).await;
    let wrong = app.log_in_with("Bình", "sai mật khẩu rồi").await.expect(422);
    let unknown = app.log_in_with("Dũng", PASSWORD).await.expect(422);
    assert_eq!(wrong.text.replace("Bình", "Dũng"), unknown.text);
    assert_eq!(wrong.header("set-cookie"), "");
    assert_eq!(wrong.page().field("password"), "", "a password is not handed back");
}

#[tokio::test]
async fn too_many_attempts_are_told_to_wait() {
    let app = App::with(&[("limits.logins_per_minute", "2")]).await;
    app.hire("Bình", Role::Moderator).await;
    for _ in 0..2 {
        app.log_in_with("Bình", "sai mật khẩu rồi").await.expect(422);
    }
    let refused = app.log_in_with("Bình", PASSWORD).await.expect(429);
    assert_ne!(refused.header("retry-after"), "");
    assert_eq!(refused.header("set-cookie"), "");
}

#[tokio::test]
async fn a_name_is_guessed_no_faster_from_many_addresses() {
    let limits = [("limits.logins_per_minute", "2"), ("server.trusted_proxies", "127.0.0.1")];
    let app = App::with(&limits).await;
    for (n, status) in [(1, 422), (2, 422), (3, 429)] {
        let request = app.post("/moderation/login").header(ORIGIN, &app.url);
        let request = request.header("x-forwarded-for", format!("192.0.2.{n}"));
        let fields = [("name", "Bình"), ("password", "sai mật khẩu rồi")];
        request.form(&fields).ask().await.expect(status);
    }
}

#[tokio::test]
async fn whoever_is_not_logged_in_is_sent_to_the_login_and_back() {
    let app = App::start().await;
    app.hire("Bình", Role::Moderator).await;
    let sent = app.get("/moderation/?class=unmarked&q=đò").ask().await.expect(303);
    let login = app.get(sent.location()).ask().await.expect(200).page();
    let back = login.field("return");
    assert_eq!(back, "/moderation/?class=unmarked&q=%C4%91%C3%B2");
    let fields = [("name", "Bình"), ("password", PASSWORD), ("return", &back)];
    let request = app.post("/moderation/login").header(ORIGIN, &app.url);
    let answer = request.form(&fields).ask().await.expect(303);
    assert_eq!(answer.location(), back);
    let elsewhere = [("name", "Bình"), ("password", PASSWORD), ("return", "//evil.example")];
    let request = app.post("/moderation/login").header(ORIGIN, &app.url);
    let answer = request.form(&elsewhere).ask().await.expect(303);
    assert_eq!(answer.location(), "/moderation/");
    let program = app.get("/moderation/").header("accept", "application/json");
    assert_eq!(program.ask().await.expect(401).json()["error"], "session");
}

async fn set_up(app: &App, token: &str, password: &str, again: &str) -> crate::support::Answer {
    let fields =
        [("token", token), ("name", "Chủ bút"), ("password", password), ("password_again", again)];
    let request = app.post("/moderation/setup").header(ORIGIN, &app.url);
    request.form(&fields).ask().await
}

#[tokio::test]
async fn the_setup_link_makes_the_first_admin_once() {
    let app = App::start().await;
    let link = app.setup_link.clone().expect("there is no moderator yet");
    let token = app.get(&link).ask().await.expect(200).page().field("token");
    set_up(&app, &token, PASSWORD, "khác hẳn mật khẩu").await.expect(422);
    let short = set_up(&app, &token, "ngắn", "ngắn").await.expect(422);
    assert!(short.page().text(".error-summary").contains("10"));
    set_up(&app, "A", PASSWORD, PASSWORD).await.expect(404);
    let (one, two) = tokio::join!(
        set_up(&app, &token, PASSWORD, PASSWORD),
        set_up(&app, &token, PASSWORD, PASSWORD)
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404], "two clicks make one admin");
    let moderators = app.store.moderators().await.unwrap();
    assert_eq!(moderators.len(), 1);
    assert_eq!(moderators[0].role, Role::Admin);
    app.get(&link).ask().await.expect(404);
    set_up(&app, &token, PASSWORD, PASSWORD).await.expect(404);
    app.get("/moderation/setup").ask().await.expect(404);
}

#[tokio::test]
async fn the_setup_link_ends_when_there_is_a_moderator() {
    let app = App::start().await;
    let link = app.setup_link.clone().unwrap();
    app.hire("Bình", Role::Moderator).await;
    app.get(&link).ask().await.expect(404);
}
