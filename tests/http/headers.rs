//! What every answer tells browsers to allow.

use codau::domain::Role;
use reqwest::header::COOKIE;

use crate::support::{App, Ask, comment};

/// One address of each kind that can be read, with some that are none.
pub(crate) async fn addresses(app: &App) -> Vec<String> {
    let sent = app.published(comment().body("Ý kiến đã đăng.")).await;
    let pending = app.sent(comment().body("Ý kiến đang chờ.")).await;
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
    ];
    of_service.map(str::to_owned).into_iter().chain(of_comments).collect()
}

#[tokio::test]
async fn every_answer_has_the_security_headers_errors_too() {
    let app = App::start().await;
    let desk = app.log_in_as("Chủ bút", Role::Admin).await;
    for path in addresses(&app).await {
        for cookie in ["", desk.cookie.as_str()] {
            let answer = app.get(&path).header(COOKIE, cookie).ask().await;
            assert_ne!(answer.status, 500, "{path}");
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("default-src 'none'"), "{path}");
            assert!(!policy.contains("unsafe"), "{path}");
            assert!(policy.contains("frame-ancestors 'none'"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_ne!(answer.header("referrer-policy"), "", "{path}");
        }
    }
    let refused = app.submit(comment().name("")).await.expect(422);
    assert!(refused.header("content-security-policy").contains("form-action 'self'"));
}

#[tokio::test]
async fn no_page_of_the_service_has_script_or_style_of_its_own_in_it() {
    let app = App::start().await;
    let desk = app.log_in_as("Chủ bút", Role::Admin).await;
    for path in addresses(&app).await {
        let answer = app.get(&path).header(COOKIE, &desk.cookie).ask().await;
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
