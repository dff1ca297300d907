//! What was not published is nowhere to be read, and reading changes nothing.

use reqwest::header::ORIGIN;

use crate::headers::{addresses, everybody};
use crate::support::{App, Ask, Form, comment};

/// A form every field of which can be told from all other text.
fn canary(mark: &str) -> Form {
    comment()
        .name(&format!("Tên {mark}"))
        .body(&format!("Chuyện {mark} của tôi."))
        .with("email", format!("{mark}@example.com"))
        .with("title", "Bài một")
}

#[tokio::test]
async fn unpublished_text_names_and_addresses_are_in_no_public_answer() {
    let app = App::start().await;
    let demo = |form: Form| form.with("site", "demo").with("url", &app.demo).on("2026-1187");
    let mut receipts = Vec::new();
    for (mark, action) in [
        ("canarypending", None),
        ("canaryrejected", Some("reject")),
        ("canaryspam", Some("spam")),
        ("canaryreturned", Some("return")),
        ("canarywithdrawn", Some("approve")),
        ("canarytaken", Some("approve")),
    ] {
        for form in [canary(mark), demo(canary(mark))] {
            let sent = app.sent(form).await;
            if let Some(action) = action {
                let note = format!("ghi chú {mark}");
                let fields = [("action", action), ("reason", "insult"), ("note", &note)];
                app.decide(sent.id, &fields).await.expect(303);
            }
            if mark == "canarytaken" {
                app.reject(sent.id, "insult").await;
            }
            if mark == "canarywithdrawn" {
                let request = app.post(&format!("{}/withdrawal", sent.receipt));
                request.header(ORIGIN, &app.url).ask().await.expect(303);
            }
            receipts.push(sent.receipt);
        }
    }
    // Of a published comment the e-mail address and, if it was edited, the reader's own text stay.
    let sent = app.sent(canary("canaryedited").name("Lê Bình")).await;
    app.edit(sent.id, "Bản đã biên tập.").await;
    let mut paths = addresses(&app).await;
    paths.retain(|path| !path.starts_with("/moderation"));
    paths.extend(receipts);
    paths.push(sent.receipt);
    for id in 1..=14 {
        paths.extend([
            format!("/comments/{id}"),
            format!("/comments/{id}/reply"),
            format!("/threads/bao/1?at={id}"),
            format!("/threads/bao/1/page?at={id}&order=newest"),
        ]);
    }
    paths.extend([format!("{}/", app.demo), format!("{}/script", app.demo)]);
    for path in paths {
        let answer = app.get(&path).ask().await;
        assert!(!answer.text.contains("canary"), "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn nothing_of_the_desk_is_shown_to_who_is_not_logged_in() {
    let app = App::start().await;
    app.sent(canary("canarypending")).await;
    for path in addresses(&app).await {
        let closed = match path.as_str() {
            path if path.starts_with("/api/") => 401,
            path if path.starts_with("/moderation") => 303,
            _ => continue,
        };
        let answer = app.get(&path).ask().await;
        assert!(!answer.text.contains("canary"), "{path}");
        let is_open = path.contains("/login") || path.contains("/setup");
        assert!(is_open || answer.status == closed, "{path} {}", answer.status);
    }
}

#[tokio::test]
async fn reading_changes_nothing() {
    let app = App::start().await;
    let (mut paths, everybody) = (addresses(&app).await, everybody(&app).await);
    paths.extend([app.demo.clone(), format!("{}/script", app.demo)]);
    app.without_notes_of_use();
    // The search index is told what is new when somebody searches.
    for (name, value) in &everybody {
        app.request("GET", "/moderation/?q=a").header(*name, value).ask().await;
    }
    let before = app.dump();
    for path in paths {
        for method in ["GET", "HEAD"] {
            for (name, value) in &everybody {
                app.request(method, &path).header(*name, value).ask().await;
            }
        }
        assert!(app.dump() == before, "{path}");
    }
}
