//! What every answer tells browsers to allow.

use std::collections::BTreeSet;

use codau::accounts::make_token;
use codau::domain::Role;
use codau::server::clock;
use reqwest::header::{AUTHORIZATION, COOKIE};

use crate::support::{Answer, App, Ask, comment};
use crate::surface::{Route, readable};

/// Everybody who reads, as the header that says who they are: nobody in particular, a moderator, an
/// admin and a program.
pub(crate) async fn everybody(app: &App) -> [(&'static str, String); 4] {
    app.hire("Máy đọc", Role::Moderator).await;
    let token = make_token(app.store.as_ref(), "Máy đọc", "bot", clock()).await.unwrap();
    [
        ("x-nobody", String::new()),
        (COOKIE.as_str(), app.log_in().await.cookie.clone()),
        (COOKIE.as_str(), app.admin().await.cookie.clone()),
        (AUTHORIZATION.as_str(), format!("Bearer {token}")),
    ]
}

/// One address of each kind that can be read, with some that are none.
pub(crate) async fn addresses(app: &App) -> Vec<String> {
    let sent = app.published(comment().body("Ý kiến đã đăng.")).await;
    let pending = app.sent(comment().body("Ý kiến đang chờ.")).await;
    let decided = app.sent(comment().body("Mua ngay kẻo hết.")).await;
    let bulk = app.bulk(app.log_in().await, &[decided.id]).await;
    let of_service = [
        "/",
        "/healthz",
        "/threads/bao/1",
        "/threads/bao/1.json",
        "/threads/bao/1.atom",
        "/threads/bao.atom",
        "/threads/bao/1/page",
        "/threads/bao/1/page?order=newest&after=99",
        "/threads/bao/1?at=99",
        "/threads/bao/nothing",
        "/threads/khac/1",
        "/counts?site=bao&thread=1",
        "/counts",
        "/receipts/AAAA",
        "/comments/4711",
        "/comments/4711/reply",
        "/stamp",
        "/openapi.json",
        "/widget.js",
        "/count.js",
        "/static/codau.css",
        "/static/../Cargo.toml",
        "/static/nothing",
        "/moderation",
        "/moderation/",
        "/moderation/?status=approved&q=a&after=1&done=1",
        "/moderation/login",
        "/moderation/setup?token=A",
        "/moderation/recent",
        "/moderation/events",
        "/moderation/events?cards=1.1",
        "/moderation/decisions/4711",
        "/moderation/settings",
        "/moderation/settings/",
        "/moderation/settings/reasons",
        "/moderation/settings/rules",
        "/moderation/settings/embed",
        "/moderation/settings/embed?site=songhau&article=https://m.songhau.example/1",
        "/api/v1/queue",
        "/api/v1/queue?status=approved&limit=1",
        "/api/v1/comments/4711",
        "/moderation/comments/4711",
        "/nowhere",
        "/%00",
        "/comments",
    ];
    let of_comments = [
        pending.receipt.replace(&app.url, ""),
        sent.receipt.replace(&app.url, ""),
        format!("{}/withdrawal", pending.receipt.replace(&app.url, "")),
        format!("{}/revision", sent.receipt.replace(&app.url, "")),
        "/receipts/AAAA/revision".into(),
        format!("/comments/{}", sent.id),
        format!("/comments/{}", pending.id),
        format!("/comments/{}/reply", sent.id),
        format!("/comments/{}/reply", pending.id),
        format!("/moderation/comments/{}", pending.id),
        format!("/moderation/comments/{}", sent.id),
        format!("/moderation/decisions/{bulk}?return=/moderation/recent"),
        format!("/api/v1/comments/{}", pending.id),
    ];
    of_service.map(str::to_owned).into_iter().chain(of_comments).collect()
}

/// Fails unless an answer says all that it should.
#[track_caller]
fn check(path: &str, answer: &Answer) {
    assert_ne!(answer.status, 500, "{path}");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{path}");
    assert!(!policy.contains("unsafe"), "{path}");
    assert!(policy.contains("frame-ancestors 'none'"), "{path}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    assert_ne!(answer.header("referrer-policy"), "", "{path}");
    let of_desk = path.starts_with("/moderation") || path.starts_with("/api/");
    let kept = answer.header("cache-control");
    assert!(!of_desk || answer.status == 303 || kept == "no-store", "{path}: {kept:?}");
}

#[tokio::test]
async fn every_answer_has_the_security_headers_errors_too() {
    let app = App::start().await;
    let mut read = BTreeSet::new();
    let mut look_at = |path: &str, answer: Answer| {
        check(path, &answer);
        if answer.status < 400 {
            read.extend(readable().into_iter().filter(|route| route.takes(path)));
        }
    };
    // The one page that is gone as soon as there is an admin.
    let setup = app.setup_link.as_ref().unwrap().replace(&app.url, "");
    look_at(&setup, app.get(&setup).ask().await);
    let (paths, everybody) = (addresses(&app).await, everybody(&app).await);
    for path in &paths {
        for (name, value) in &everybody {
            look_at(path, app.get(path).header(*name, value).ask().await);
        }
    }
    let all: BTreeSet<Route> = readable().into_iter().collect();
    let missed: Vec<_> = all.difference(&read).collect();
    assert!(missed.is_empty(), "no address leads to {missed:?}: add one that does");
    let refused = app.submit(comment().name("")).await.expect(422);
    assert!(refused.header("content-security-policy").contains("form-action 'self'"));
}

#[tokio::test]
async fn no_page_of_the_service_has_script_or_style_of_its_own_in_it() {
    let app = App::start().await;
    for path in addresses(&app).await {
        let answer = app.get(&path).header(COOKIE, &app.admin().await.cookie).ask().await;
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let page = answer.page();
        assert!(
            !page.has("script:not([src^='/static/']), style, iframe, object, [style]"),
            "{path}"
        );
        let handlers = page.shape().into_iter().filter(|element| element.contains(" on"));
        assert_eq!(handlers.count(), 0, "{path}");
    }
}

#[tokio::test]
async fn a_static_file_is_one_of_the_binarys_own() {
    let app = App::start().await;
    let style = app.get("/static/codau.css").ask().await.expect(200);
    assert!(style.header("content-type").starts_with("text/css"));
    for path in ["/static/..%2fmain.rs", "/static/%2e%2e/main.rs", "/static/", "/static/.env"] {
        app.get(path).ask().await.expect(404);
    }
}
