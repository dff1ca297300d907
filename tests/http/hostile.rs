//! Whatever people write is text: no page gets an element or an attribute from it.

use crate::support::{Answer, App, Ask, Form, comment};

const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</textarea></title></script><svg onload=alert(1)>",
    "'-alert(1)-' {{ 7*7 }} {% raw %} ${7} &lt;b&gt;",
    "javascript:alert(1)//<!--",
    "\u{202e}<a href=x>\u{200b}đò</a>\u{0}\u{1b}[31m",
];

fn hostile(text: &str) -> Form {
    comment().name(text).body(text).with("title", text).on(text)
}

/// Every page that shows what a reader or a moderator wrote, for a comment full of `text`.
async fn pages(app: &App, text: &str) -> Vec<(&'static str, Answer)> {
    let mut pages = Vec::new();
    let wrong = hostile(text).with("email", text).with("parent", text).key(text);
    pages.push(("refused", app.submit(wrong.clone()).await.expect(422)));
    let nowhere = wrong.clone().with("site", text);
    pages.push(("unknown site", app.submit(nowhere).await.expect(403)));
    let sent = app.sent(hostile(text).key(text)).await;
    let other = hostile(text).key(text).body(&format!("{text} khác"));
    pages.push(("reused key", app.submit(other).await.expect(409)));
    let path = format!("/moderation/comments/{}", sent.id);
    let desk = app.log_in().await;
    pages.push(("queue", app.page(desk, "/moderation/").await.expect(200)));
    let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let search = format!("/moderation/?q={query}&class={query}&thread={query}&done={query}");
    pages.push(("search", app.page(desk, &search).await.expect(200)));
    let login = format!("/moderation/login?return={query}");
    pages.push(("login", app.get(&login).ask().await.expect(200)));
    pages.push(("failed login", app.log_in_with(text, text).await.expect(422)));
    pages.push(("comment", app.page(desk, &path).await.expect(200)));
    let late = [("action", "reject"), ("note", text), ("body", text), ("return", text)];
    pages.push(("not decided", app.decide(sent.id, &late).await.expect(422)));
    let edit = [("action", "edit"), ("body", &format!("{text} đã sửa")), ("note", text)];
    app.decide(sent.id, &edit).await.expect(303);
    pages.push(("edited comment", app.page(desk, &path).await.expect(200)));
    let list = format!("/moderation/?status=approved&done={}", sent.id);
    pages.push(("approved", app.page(desk, &list).await.expect(200)));
    let mut thread = url::Url::parse(&app.url).unwrap();
    let object = text.trim().replace('\0', "");
    thread.path_segments_mut().unwrap().extend(["threads", "bao", object.as_str()]);
    thread.set_query(Some(&format!("title={query}&url={query}")));
    pages.push(("thread", app.get(thread.as_str()).ask().await.expect(200)));
    let reply = format!("/comments/{}/reply", sent.id);
    pages.push(("reply", app.get(&reply).ask().await.expect(200)));
    pages.push(("receipt", app.receipt(&sent.receipt).await.expect(200)));
    pages
}

#[tokio::test]
async fn hostile_text_adds_no_element_and_no_attribute_to_any_page() {
    let calm = pages(&App::start().await, "đò").await;
    for text in HOSTILE {
        let text = text.replace(['\0', '\u{1b}'], "");
        for ((page, calm), (_, found)) in calm.iter().zip(pages(&App::start().await, &text).await) {
            let (calm, found) = (calm.page().shape(), found.page().shape());
            // Marks, differences and badges come and go with the text; nothing else may.
            let kept = |shape: Vec<String>| -> Vec<String> {
                let ours = ["mark ", "del ", "ins ", "span "];
                let fixed = |name: &String| !ours.iter().any(|ours| name.starts_with(ours));
                shape.into_iter().filter(fixed).collect()
            };
            let (calm, found) = (kept(calm), kept(found));
            let new: Vec<_> = found.iter().filter(|element| !calm.contains(element)).collect();
            assert!(new.is_empty(), "{page} {text}: {new:?}");
        }
    }
}

#[tokio::test]
async fn hostile_text_is_shown_as_it_was_written() {
    let app = App::start().await;
    for text in &HOSTILE[..5] {
        let sent = app.sent(comment().on(text).name(text).body(text)).await;
        app.approve(sent.id).await;
        let page = app.comment_page(sent.id).await;
        assert_eq!(&page.text(".original"), text);
        assert_eq!(&page.field("body"), text);
    }
    let json = app.thread_json("javascript:alert(1)%2F%2F%3C!--").await;
    assert_eq!(json["comments"][0]["body"], HOSTILE[4]);
}

#[tokio::test]
async fn json_with_markup_in_it_is_not_taken_for_a_page() {
    let app = App::start().await;
    app.published(comment().body(HOSTILE[0])).await;
    for path in ["/threads/bao/1.json", "/counts?site=bao&thread=%3Cscript%3E"] {
        let answer = app.get(path).ask().await.expect(200);
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}
