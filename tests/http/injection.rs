//! Every payload, in every field, by every way in, looked at by every way out: it adds no element
//! and no attribute to any page, leads nowhere, and comes back as the text that it is.

use std::collections::HashMap;

use codau::domain::{Role, clean_text};
use codau::language::fold;
use reqwest::RequestBuilder;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE, HeaderValue, REFERER, USER_AGENT};
use reqwest::multipart;
use url::form_urlencoded::byte_serialize;

use crate::payloads;
use crate::support::{App, Ask, Desk, Form, Page, comment};

/// How a reader's form becomes a request.
type ReadersIn = fn(&App, &Form) -> RequestBuilder;

/// Each of them: one more way in is one more line.
const READERS_IN: [ReadersIn; 4] = [
    |app, form| app.post("/comments").form(form.fields()),
    |app, form| app.post("/comments").json(&form.json()),
    |app, form| app.post("/comments").multipart(parts(form)),
    |app, form| app.post("/bao/wp-comments-post.php").form(&theme(form)),
];

/// The fields of a form of the desk, with hostile text in them.
type DeskIn = fn(&str) -> Vec<(&'static str, String)>;

/// What the desk does to a comment, each with hostile fields. The last publishes.
const DESK_IN: [DeskIn; 4] = [
    |text| vec![("action", "reject".into()), ("reason", "insult".into()), ("note", text.into())],
    |text| vec![("action", "return".into()), ("message", text.into()), ("note", text.into())],
    |text| vec![("action", "spam".into()), ("note", text.into())],
    |text| vec![("action", "edit".into()), ("body", edited(text)), ("note", text.into())],
];

/// What shows a comment. One more way out is one more line.
const WAYS_OUT: [fn(&Shown) -> String; 11] = [
    |shown| format!("/threads/bao/{}", shown.object),
    |shown| format!("/threads/bao/{}/page", shown.object),
    |shown| format!("/threads/bao/{}?title={}", shown.object, shown.query),
    |shown| format!("/threads/bao/none-{}?title={1}&url={1}", shown.object, shown.query),
    |shown| format!("/threads/bao/{}.json", shown.object),
    |shown| format!("/threads/bao/{}.atom", shown.object),
    |shown| shown.receipt.clone(),
    |shown| format!("/comments/{}/reply", shown.id),
    |shown| format!("/moderation/comments/{}", shown.id),
    |shown| format!("/moderation/login?return={}", shown.query),
    |shown| format!("/moderation/setup?token={}", shown.query),
];

/// Elements that come and go with a text for good reasons: marks and differences in it, what was
/// found in it, lines of its history.
const OURS: [&str; 9] = ["mark ", "del ", "ins ", "span ", "li ", "p ", "ul ", "div ", "kbd "];

/// Texts that nobody could mind, of each kind that changes what a page offers.
const CALM: [&str; 4] = [
    "đò",
    "bai viet rat hay, cam on tac gia",
    "Bài viết rat hay, cảm ơn toa soan da ke",
    "Thank you for this wonderful story about the ferry.",
];

/// How often each element with its attributes is on a page.
type Shapes = HashMap<String, usize>;

/// A comment that is published, and how to ask for it.
struct Shown {
    id: i64,
    object: String,
    receipt: String,
    /// The payload as part of an address.
    query: String,
}

fn edited(text: &str) -> String {
    format!("{text} đã sửa")
}

fn parts(form: &Form) -> multipart::Form {
    form.fields()
        .iter()
        .cloned()
        .fold(multipart::Form::new(), |parts, (name, value)| parts.text(name, value))
}

/// The same form as a theme of WordPress sends it.
fn theme(form: &Form) -> Vec<(String, String)> {
    let renamed = |name: &str| match name {
        "thread" => "comment_post_ID".to_owned(),
        "name" => "author".to_owned(),
        "body" => "comment".to_owned(),
        other => other.to_owned(),
    };
    form.fields().iter().map(|(name, value)| (renamed(name), value.clone())).collect()
}

/// A payload as a header, where one can hold it.
fn header(text: &str) -> HeaderValue {
    HeaderValue::from_bytes(text.as_bytes()).unwrap_or_else(|_| HeaderValue::from_static("x"))
}

/// A form with the payload in every field that takes any text.
fn hostile(object: &str, text: &str) -> Form {
    let name: String = text.chars().take(40).collect();
    comment().on(object).name(&name).body(text).with("title", text).key(object)
}

/// Sends the payload in, decides on it, and publishes it; nothing if it was refused.
async fn bring_in(app: &App, desk: &Desk, way: usize, object: &str, text: &str) -> Option<Shown> {
    let send = READERS_IN[way];
    let request = send(app, &hostile(object, text)).header(ACCEPT, "application/json");
    let request = request.header(USER_AGENT, header(text)).header(REFERER, header(text));
    let answer = request.header(ACCEPT_LANGUAGE, header(text)).ask().await;
    if answer.status == 422 {
        return None;
    }
    let json = answer.expect(202).json();
    let id = json["comment"].as_i64().unwrap();
    for (version, fields) in (1..).zip(DESK_IN) {
        let fields = fields(text);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.decide_at(desk, id, &version.to_string(), &fields).await.expect(303);
    }
    Some(Shown {
        id,
        object: object.to_owned(),
        receipt: json["receipt"].as_str().unwrap().to_owned(),
        query: byte_serialize(text.as_bytes()).collect(),
    })
}

/// How often each element with its attributes is on a page, ours left aside.
fn shapes(page: &Page) -> Shapes {
    let mut shapes = Shapes::new();
    let shape = page.shape().into_iter();
    for shape in shape.filter(|shape| !OURS.iter().any(|ours| shape.starts_with(ours))) {
        *shapes.entry(shape).or_default() += 1;
    }
    shapes
}

/// Fails if a page has more than the calm one has, or leads where it should not.
#[track_caller]
fn check_page(app: &App, page: &Page, calm: &Shapes, what: &str) {
    let found = shapes(page);
    let more = found.iter().filter(|(shape, n)| calm.get(*shape).is_none_or(|calm| *n > calm));
    let more: Vec<_> = more.collect();
    assert!(more.is_empty(), "{what}: {more:?}");
    let ours = page.shape().into_iter().filter(|shape| OURS.iter().any(|o| shape.starts_with(o)));
    let handlers: Vec<_> = ours
        .filter(|shape| {
            shape.split(' ').skip(1).any(|name| name.starts_with("on") || name == "style")
        })
        .collect();
    assert!(handlers.is_empty(), "{what}: {handlers:?}");
    for (element, name) in [
        ("a", "href"),
        ("form", "action"),
        ("button", "formaction"),
        ("img", "src"),
        ("script", "src"),
    ] {
        for address in page.attributes(element, name) {
            let local = (address.starts_with('/') && !address.starts_with("//"))
                || ["?", "#", &app.url, &app.demo, "https://bao.example/"]
                    .iter()
                    .any(|start| address.starts_with(start));
            assert!(local, "{what}: {name} {address:?}");
        }
    }
}

/// Looks at the payload by every way out.
async fn look_at(app: &App, desk: &Desk, shown: &Shown, calm: &[Shapes], text: &str) {
    for (n, way_out) in WAYS_OUT.iter().enumerate() {
        let path = way_out(shown);
        let answer = app.get(&path).header(COOKIE, &desk.cookie).ask().await;
        let what = format!("{path} {text:?}");
        assert!(answer.status < 500, "{what}: {}", answer.status);
        assert!(answer.headers.get("set-cookie").is_none(), "{what}");
        let kind = answer.header("content-type").to_owned();
        if kind.starts_with("application/json") {
            let json = answer.json();
            assert_eq!(json["comments"][0]["body"], clean_text(&edited(text)), "{what}");
        } else if kind.starts_with("application/atom+xml") {
            assert_eq!(elements(&answer.text), calm[n], "{what}");
        } else if kind.starts_with("text/html") {
            check_page(app, &answer.page(), &calm[n], &what);
        }
    }
    let page = app.page(desk, &format!("/moderation/comments/{}", shown.id)).await.page();
    assert_eq!(page.raw(".original"), clean_text(text), "{text:?}");
    let published = page.raw("[aria-labelledby=published] .text");
    assert_eq!(published, clean_text(&edited(text)), "{text:?}");
}

/// How often each element with its attributes is in a feed.
fn elements(feed: &str) -> Shapes {
    let mut shapes = Shapes::new();
    let feed = roxmltree::Document::parse(feed).expect("XML");
    for element in feed.descendants().filter(roxmltree::Node::is_element) {
        let names: Vec<_> = element.attributes().map(|attribute| attribute.name()).collect();
        *shapes.entry(format!("{} {}", element.tag_name().name(), names.join(" "))).or_default() +=
            1;
    }
    shapes
}

/// Keeps the most of each element.
fn most_of(found: Shapes, calm: &mut Shapes) {
    for (shape, count) in found {
        let most = calm.entry(shape).or_default();
        *most = count.max(*most);
    }
}

/// What the pages have with a text that nobody could mind: the most of each element.
async fn calm_pages(app: &App, desk: &Desk) -> Vec<Shapes> {
    let mut calm = vec![Shapes::new(); WAYS_OUT.len()];
    for (n, text) in CALM.into_iter().enumerate() {
        let shown = bring_in(app, desk, 0, &format!("calm-{n}"), text).await.unwrap();
        for (way_out, calm) in WAYS_OUT.iter().zip(&mut calm) {
            let answer = app.get(&way_out(&shown)).header(COOKIE, &desk.cookie).ask().await;
            let found = match answer.header("content-type") {
                kind if kind.starts_with("text/html") => shapes(&answer.page()),
                kind if kind.starts_with("application/atom+xml") => elements(&answer.text),
                _ => Shapes::new(),
            };
            most_of(found, calm);
        }
    }
    calm
}

#[tokio::test]
async fn no_payload_by_any_way_in_becomes_more_than_text_by_any_way_out() {
    let app = App::start().await;
    let desk = app.log_in_as("Chủ bút", Role::Admin).await;
    let calm = calm_pages(&app, &desk).await;
    let of_own = payloads::OWN
        .iter()
        .flat_map(|text| (0..READERS_IN.len()).map(move |way| (way, (*text).to_owned())));
    let listed = payloads::listed();
    let of_lists = listed.into_iter().enumerate().map(|(n, text)| (n % READERS_IN.len(), text));
    let (mut tried, mut refused) = (0, 0);
    for (n, (way, text)) in of_own.chain(of_lists).enumerate() {
        tried += 1;
        match bring_in(&app, &desk, way, &format!("p{n}"), &text).await {
            Some(shown) => look_at(&app, &desk, &shown, &calm, &text).await,
            None => refused += 1,
        }
    }
    eprintln!("{tried} payloads, {refused} of them refused as blank or too long");
    assert!(refused * 5 < tried, "most were refused");
}

#[tokio::test]
async fn what_is_handed_back_with_an_error_is_text_too() {
    let app = App::start().await;
    let desk = app.log_in().await;
    let sent = app.sent(comment()).await;
    let pages = async |text: &str| {
        let wrong = hostile("1", text).with("email", text).with("parent", text).with("url", text);
        let mut pages = vec![app.submit(wrong.clone()).await.expect(422).page()];
        pages.push(app.submit(wrong.with("site", text)).await.expect(403).page());
        pages.push(app.log_in_with(text, text).await.expect(422).page());
        let late = [("action", "reject"), ("note", text), ("message", text), ("return", text)];
        pages.push(app.decide_at(desk, sent.id, "1", &late).await.expect(422).page());
        let late = [("action", "edit"), ("body", text), ("return", text)];
        pages.push(app.decide_at(desk, sent.id, "7", &late).await.expect(409).page());
        pages
    };
    let mut calm = vec![Shapes::new(); 5];
    for text in CALM {
        let found = pages(text).await;
        found.iter().zip(&mut calm).for_each(|(page, calm)| most_of(shapes(page), calm));
    }
    let all = payloads::OWN.iter().map(|text| (*text).to_owned()).chain(payloads::listed());
    for text in all.filter(|text| !fold(text).trim().is_empty() && text.len() < 2_900) {
        for (page, calm) in pages(&text).await.iter().zip(&calm) {
            check_page(&app, page, calm, &text);
        }
    }
}

#[tokio::test]
async fn nobody_is_sent_to_a_page_that_is_not_listed() {
    let app = App::start().await;
    let desk = app.log_in().await;
    let mut all = payloads::list("open-redirect.txt");
    all.extend(payloads::OWN.map(str::to_owned));
    all.extend(
        ["//evil.example", "/\\evil.example", "https:evil.example", "\t//evil.example"]
            .map(str::to_owned),
    );
    for (n, text) in all.iter().enumerate() {
        let sent = app.submit(comment().with("url", text).body(&format!("Số {n}."))).await;
        let listed = sent.location().starts_with(&app.url);
        assert!(sent.status == 422 || (sent.status == 303 && listed), "{text}: {}", sent.status);
        let query: String = byte_serialize(text.as_bytes()).collect();
        let login = app.get(&format!("/moderation/login?return={query}")).ask().await;
        let back = login.page().field("return");
        assert!(back.starts_with("/moderation/"), "{text}: {back}");
        let thread = app.get(&format!("/threads/bao/new-{n}?url={query}")).ask().await.page();
        let url = thread.field("url");
        assert!(url.is_empty() || url.starts_with("https://bao.example"), "{text}: {url}");
    }
    for (n, text) in all.iter().enumerate().filter(|(n, _)| n % 10 == 0) {
        let sent = app.sent(comment().body(&format!("Ý kiến {n}."))).await;
        let fields = [("action", "approve"), ("return", text.as_str())];
        let decided = app.decide_at(desk, sent.id, "1", &fields).await.expect(303);
        assert!(decided.location().starts_with("/moderation/"), "{text}: {}", decided.location());
    }
}
