//! Nothing at the desk changes for a request that did not come from the desk.

use codau::domain::Role;
use reqwest::header::{COOKIE, ORIGIN};

use crate::support::{App, Ask, Desk, PASSWORD, comment};

/// Every address of the desk that changes something.
async fn changing(app: &App) -> Vec<String> {
    let sent = app.sent(comment()).await;
    let thread = app.article("1").await.id;
    vec![
        "/moderation/login".into(),
        "/moderation/logout".into(),
        "/moderation/setup".into(),
        format!("/moderation/comments/{}/decision", sent.id),
        format!("/moderation/comments/{}/reply", sent.id),
        format!("/moderation/threads/{thread}/opening"),
    ]
}

fn fields<'a>(csrf: &'a str, token: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("csrf", csrf),
        ("token", token),
        ("name", "Chủ bút"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("version", "1"),
        ("action", "approve"),
        ("body", "Cảm ơn bạn."),
        ("open", "no"),
    ]
}

/// Sends a whole, valid form with what a browser would say about where it comes from.
async fn sent_from(
    app: &App,
    path: &str,
    desk: &Desk,
    site: Option<&str>,
    origin: Option<&str>,
) -> u16 {
    let link = app.setup_link.clone().unwrap_or_default();
    let token = link.rsplit('=').next().unwrap_or_default();
    let mut request = app.post(path).header(COOKIE, &desk.cookie);
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    if let Some(origin) = origin {
        request = request.header(ORIGIN, origin);
    }
    request.form(&fields(&desk.csrf, token)).ask().await.status
}

#[tokio::test]
async fn every_changing_route_of_the_desk_refuses_what_comes_from_elsewhere() {
    let app = App::start().await;
    let desk = app.log_in_as("Chủ bút", Role::Admin).await;
    let here = app.url.clone();
    let origins = [Some(here.as_str()), Some("https://evil.example"), Some("null"), None];
    let sites = [Some("cross-site"), Some("same-site"), Some("none"), None];
    let paths = changing(&app).await;
    let before = app.dump();
    for path in &paths {
        for site in sites {
            for origin in origins {
                if site.is_none() && origin == Some(here.as_str()) {
                    continue;
                }
                let status = sent_from(&app, path, &desk, site, origin).await;
                assert_eq!(status, 403, "{path} {site:?} {origin:?}");
            }
        }
    }
    assert!(app.dump() == before, "nothing has changed");
}

#[tokio::test]
async fn what_comes_from_the_desk_passes_with_either_sign_of_it() {
    for (site, origin) in [(Some("same-origin"), false), (None, true), (Some("same-origin"), true)]
    {
        let app = App::start().await;
        let desk = app.log_in_as("Chủ bút", Role::Admin).await;
        let origin = origin.then_some(app.url.as_str());
        let paths = changing(&app).await;
        // The login stays, the setup is over, and what ends the session comes last.
        for (path, expected) in [(0, 303), (2, 404), (3, 303), (4, 303), (5, 303), (1, 303)] {
            let status = sent_from(&app, &paths[path], &desk, site, origin).await;
            assert_eq!(status, expected, "{} {site:?} {origin:?}", paths[path]);
        }
    }
}

#[tokio::test]
async fn a_form_that_another_session_made_is_refused() {
    let app = App::start().await;
    let other = app.log_in_as("Chi", Role::Admin).await;
    let admin = app.log_in_as("Chủ bút", Role::Admin).await;
    let paths = changing(&app).await;
    let before = app.dump();
    for csrf in ["", "x", &other.csrf] {
        let forged = Desk { cookie: admin.cookie.clone(), csrf: csrf.into() };
        for path in [&paths[1], &paths[3], &paths[4], &paths[5]] {
            let status = sent_from(&app, path, &forged, None, Some(&app.url)).await;
            assert_eq!(status, 403, "{path} {csrf}");
        }
    }
    assert!(app.dump() == before);
}

#[tokio::test]
async fn no_other_method_gets_around_it() {
    let app = App::start().await;
    let desk = app.log_in_as("Chủ bút", Role::Admin).await;
    let paths = changing(&app).await;
    let before = app.dump();
    for path in &paths[1..] {
        for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            let with_query = format!("{path}?csrf={}&version=1&action=approve&open=no", desk.csrf);
            app.request(method, &with_query).header(COOKIE, &desk.cookie).ask().await;
        }
    }
    assert!(app.dump() == before);
}
