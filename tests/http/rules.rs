//! The newsroom's rules on their settings page, and the page that makes the pieces to copy.

use codau::domain::Role;
use reqwest::header::COOKIE;

use crate::support::{App, Ask, Desk, Page, comment};

const PAGE: &str = "/moderation/settings/rules";

/// A word list as its form sends it.
const RULE: [(&str, &str); 4] = [
    ("name", "Lời nặng"),
    ("kind", "words"),
    ("entries", "đồ ngu\r\n\r\n\"cac\"\r\nđồ ngu"),
    ("effect", "hold"),
];

async fn admin(app: &App) -> Desk {
    app.log_in_as("Chủ bút", Role::Admin).await
}

async fn page(app: &App, desk: &Desk) -> Page {
    app.page(desk, PAGE).await.expect(200).page()
}

/// Whether the queue holds a comment with this text by a rule.
async fn holds(app: &App, body: &str) -> bool {
    let name = format!("Người {}", rand::random::<u32>());
    app.sent(comment().name(&name).body(body)).await;
    app.queue("?view=rule").await.contains(&name)
}

#[tokio::test]
async fn an_admin_adds_changes_switches_and_removes_rules_and_they_count_at_once() {
    let app = App::start().await;
    let desk = admin(&app).await;
    assert!(!holds(&app, "Đúng là đồ ngu.").await);
    let added = app.send(&desk, PAGE, &RULE).await.expect(303);
    assert_eq!(added.location(), format!("{PAGE}#rule-1"));
    assert!(holds(&app, "Đúng là đồ ngu!").await);
    assert_eq!(page(&app, &desk).await.field("entries"), "đồ ngu\n\"cac\"");

    let one = format!("{PAGE}/1");
    app.send(&desk, &one, &[("action", "off")]).await.expect(303);
    assert!(!holds(&app, "Đúng là đồ ngu…").await);
    app.send(&desk, &one, &[("action", "on")]).await.expect(303);
    let change = [&RULE[..2], &[("entries", "vớ vẩn"), ("effect", "hold"), ("action", "save")]];
    app.send(&desk, &one, &change.concat()).await.expect(303);
    assert!(!holds(&app, "Đúng là đồ ngu?").await);
    assert!(holds(&app, "Vớ vẩn!").await);
    app.send(&desk, &one, &[("action", "remove")]).await.expect(303);
    assert!(!holds(&app, "Vớ vẩn?").await);
    app.send(&desk, &one, &[("action", "on")]).await.expect(404);
    // What it found before stays to be read.
    let held = app.page(&desk, "/moderation/?view=rule").await.page();
    assert!(held.text(".card .flags").contains("Lời nặng"));
}

#[tokio::test]
async fn what_is_wrong_with_a_rule_is_said_at_its_field_and_what_was_written_stays() {
    let app = App::start().await;
    let desk = admin(&app).await;
    let bad = [("name", " "), ("kind", "address"), ("entries", "192.0.2"), ("effect", "spam")];
    let refused = app.send(&desk, PAGE, &bad).await.expect(422).page();
    let links = refused.attributes(".error-summary a", "href");
    assert_eq!(links, ["#name-new", "#entries-new"]);
    assert_eq!(refused.field("entries"), "192.0.2");
    assert!(refused.text("#entries-error-new").contains("192.0.2.0/24"));
    app.send(&desk, PAGE, &[("kind", "?")]).await.expect(400);
    assert!(app.store.rules().await.unwrap().rules.is_empty());
}

#[tokio::test]
async fn a_sentence_is_tried_against_the_rules_and_told_why() {
    let app = App::start().await;
    let desk = admin(&app).await;
    app.send(&desk, PAGE, &RULE).await.expect(303);
    let trial = format!("{PAGE}/trial");
    let found = app.send(&desk, &trial, &[("text", "Rõ đ.ồ n.g.u & cac <b>")]).await;
    let found = found.expect(200).page();
    assert_eq!(found.texts(".trial mark"), ["đ.ồ n.g.u", "cac"]);
    let why = found.texts(".trial li");
    assert_eq!(why, ["Quy tắc “Lời nặng”: đồ ngu", "Quy tắc “Lời nặng”: \"cac\""]);
    let nothing = app.send(&desk, &trial, &[("text", "các bạn")]).await.expect(200).page();
    assert_eq!(nothing.text(".trial"), "Không quy tắc nào giữ câu này lại.");
}

#[tokio::test]
async fn settings_are_an_admins() {
    let app = App::start().await;
    let moderator = app.log_in().await;
    for path in [PAGE, "/moderation/settings/embed"] {
        app.page(moderator, path).await.expect(403);
        app.get(path).ask().await.expect(303);
    }
    for path in [PAGE.to_owned(), format!("{PAGE}/1"), format!("{PAGE}/trial")] {
        app.send(moderator, &path, &RULE).await.expect(403);
        let forged = app.post(&path).header(COOKIE, &moderator.cookie).form(&RULE);
        forged.ask().await.expect(403);
    }
    assert!(app.store.rules().await.unwrap().rules.is_empty());
}

#[tokio::test]
async fn the_pieces_to_copy_are_the_chosen_newspapers_and_the_form_works() {
    let app = App::start().await;
    let desk = admin(&app).await;
    let path = "/moderation/settings/embed?site=songhau";
    let page = app.page(&desk, path).await.expect(200).page();
    let script = page.text("#script");
    assert!(script.contains("data-site=\"songhau\"") && script.contains(&app.url));
    let form = Page::of(&page.text("#form"));
    assert_eq!(form.attributes("form", "action"), [format!("{}/comments", app.url)]);
    assert!(form.has("[name=consent]"), "this newspaper asks for it");
    let fields = ["site", "thread", "url", "title"].map(|name| (name, form.field(name)));
    assert_eq!(fields[0].1, "songhau");
    let sent = comment().with("site", "songhau").with("consent", "yes").with("url", "");
    app.submit(sent).await.expect(303);
}

#[tokio::test]
async fn a_pages_address_is_checked_against_the_origins_and_the_missing_line_is_shown() {
    let app = App::start().await;
    let desk = admin(&app).await;
    let check = async |article: &str| {
        let path = format!("/moderation/settings/embed?site=bao&article={article}");
        app.page(&desk, &path).await.expect(200).page().text(".embed-check [role=status]")
    };
    assert!(check("https://bao.example/bai-1.html").await.starts_with("Được"));
    let missing = check("https://m.bao.example/bai-1.html").await;
    assert!(missing.contains(r#"origins = ["https://bao.example", "https://m.bao.example"]"#));
    assert!(check("bao.example").await.contains("không phải"));
    assert_eq!(check("").await, "");
}
