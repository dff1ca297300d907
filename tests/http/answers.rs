//! In which language and form the service answers.

use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE};

use crate::support::{App, Ask, comment};

#[tokio::test]
async fn pages_are_in_vietnamese_unless_english_is_preferred() {
    let app = App::start().await;
    for (accepted, expected) in [
        (None, "vi"),
        (Some("vi-VN,vi;q=0.9,en;q=0.8"), "vi"),
        (Some("en-US,en;q=0.9,vi;q=0.5"), "en"),
        (Some("fr, en;q=0.5"), "en"),
        (Some("fr"), "vi"),
        (Some("*"), "vi"),
        (Some(";;;"), "vi"),
    ] {
        for path in ["/", "/nowhere", "/moderation/login"] {
            let mut request = app.get(path);
            if let Some(accepted) = accepted {
                request = request.header(ACCEPT_LANGUAGE, accepted);
            }
            let page = request.ask().await.page();
            assert_eq!(page.attributes("html", "lang"), [expected], "{accepted:?} {path}");
        }
    }
}

#[tokio::test]
async fn a_refusal_is_a_page_or_json_as_it_is_accepted() {
    let app = App::start().await;
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (accepted, kind) in [
        (browser, "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("application/json, text/html;q=0.5", "application/json"),
        ("*/*", "text/html; charset=utf-8"),
    ] {
        let request = app.post("/comments").header(ACCEPT, accepted);
        let answer = request.form(comment().name("").fields()).ask().await.expect(422);
        assert_eq!(answer.header("content-type"), kind, "{accepted}");
        let answer = app.get("/nowhere").header(ACCEPT, accepted).ask().await.expect(404);
        assert_eq!(answer.header("content-type"), kind, "{accepted}");
    }
}

#[tokio::test]
async fn a_program_is_told_in_the_language_it_accepts() {
    let app = App::start().await;
    let request = app.post("/comments").header(ACCEPT_LANGUAGE, "en");
    let json = request.json(&comment().name("").json()).ask().await.expect(422).json();
    assert_eq!(json["fields"][0]["message"], "Enter your name.");
    assert_eq!(json["fields"][0]["rule"], "missing");
}

#[tokio::test]
async fn a_form_with_an_accept_header_for_json_gets_json() {
    let app = App::start().await;
    let request = app.post("/comments").header(ACCEPT, "application/json");
    let json = request.form(comment().fields()).ask().await.expect(202).json();
    assert_eq!(json["status"], "pending");
    app.receipt(json["receipt"].as_str().unwrap()).await.expect(200);
}

#[tokio::test]
async fn the_home_page_leads_to_the_demo_and_the_desk() {
    let app = App::start().await;
    let page = app.get("/").ask().await.expect(200).page();
    let links = page.attributes(".links a", "href");
    assert_eq!(
        links,
        [format!("{}/", app.demo), format!("{}/script", app.demo), "/moderation/".into()]
    );
    for link in &links[..2] {
        app.get(link).ask().await.expect(200);
    }
    assert_eq!(app.get("/healthz").ask().await.expect(200).text, "ok\n");
}
