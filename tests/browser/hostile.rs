//! Nothing that people write runs in a browser: not on the article's page, not at the desk.

use std::collections::HashSet;

use codau::domain::{Action, CommentId, Decision, Outcome, Status};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::payloads::{OWN, listed};
use crate::process::Service;
use crate::story::set_up;
use crate::support::{Browser, Scripts};

/// Notes what should never happen, before any script of the page could.
const HOOKS: &str = "window.ran = [];
for (const name of ['alert', 'prompt', 'confirm', 'print', 'open', 'eval'])
    window[name] = (...what) => window.ran.push(`${name} ${what}`);
addEventListener('securitypolicyviolation',
    (e) => window.ran.push(`policy ${e.violatedDirective} ${e.blockedURI}`));
addEventListener('error', (e) => window.ran.push(`error ${e.message}`), true);";

/// Comments that a page shows at first.
const PER_PAGE: usize = 50;

const SETTINGS: &[(&str, &str)] = &[
    ("CODAU__LIMITS__POSTS_PER_MINUTE", "0"),
    ("CODAU__LIMITS__NETWORK_POSTS_PER_MINUTE", "0"),
    ("CODAU__POLICY__UNMARKED", "hold"),
    ("CODAU__POLICY__PARTLY_MARKED", "hold"),
];

/// Sends a payload as name, text and title of an article of its own or of the demo's.
async fn send(service: &Service, thread: &str, text: &str) -> Option<i64> {
    let name: String = text.chars().take(40).collect();
    let form = json!({
        "site": "demo", "thread": thread, "title": text, "name": name, "body": text,
        "url": format!("{}/chuyen-do-cho-sach", service.demo), "answer": "insist",
    });
    let request = reqwest::Client::new().post(format!("{}/comments", service.url)).json(&form);
    let answer = request.header("accept", "application/json").send().await.expect("an answer");
    let answer: Value = answer.json().await.expect("JSON");
    answer["comment"].as_i64()
}

/// Publishes a comment, as the command line of another process could.
async fn publish(store: &dyn codau::store::Store, id: i64, text: &str) {
    let outcome = Outcome::plain(Action::Edit, Status::Approved, Some(text.to_owned()));
    let at = Timestamp::UNIX_EPOCH;
    let decision = Decision { comment: CommentId(id), version: 1, moderator: None, outcome, at };
    store.decide(decision).await.expect("decided");
}

#[tokio::test]
async fn nothing_that_people_write_runs_on_the_articles_page_or_at_the_desk() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), SETTINGS);
    let window = browser.window(Scripts::Allowed).await;
    set_up(&window, &mut service).await;
    let store = codau::store::open(&format!("sqlite:{}/codau.db", folder.path().display()));
    let store = store.expect("the store opens");
    let mut pages = vec![
        format!("{}/", service.demo),
        format!("{}/script", service.demo),
        format!("{}/moderation/", service.url),
        format!("{}/moderation/?status=approved", service.url),
    ];
    let (mut sent, mut taken_of_own) = (HashSet::new(), 0);
    let own = OWN.into_iter().map(str::to_owned);
    for (n, text) in own.chain(listed()).enumerate() {
        let text = text.as_str();
        // Ours on the demo's article, the lists' on others, as many as a page shows.
        let thread = match n < OWN.len() {
            true => "2026-1187".to_owned(),
            false => format!("list-{}", n / PER_PAGE),
        };
        // Lists say some things twice.
        if let Some(id) = send(&service, &thread, text).await
            && sent.insert(id)
        {
            publish(store.as_ref(), id, text).await;
            taken_of_own += usize::from(n < OWN.len());
        }
        let page = format!("{}/threads/demo/{thread}/page", service.url);
        if !pages.contains(&page) {
            pages.push(page);
        }
        // The title of an article is what its first comment says; this one waits.
        if let Some(id) = send(&service, &format!("own-{n}"), text).await
            && n % 4 == 0
        {
            pages.push(format!("{}/moderation/comments/{id}", service.url));
        }
    }
    assert!(taken_of_own > OWN.len() / 2, "{taken_of_own} were taken");
    window.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HOOKS })).await;
    for page in &pages {
        window.open(page).await;
        let ran = window.evaluate("return window.ran").await;
        assert_eq!(ran, json!([]), "{page}");
    }
    eprintln!("{} payloads on {} pages: nothing ran", sent.len(), pages.len());
}
