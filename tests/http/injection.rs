//! Every payload, in every field, by every way in, looked at by every way out: it adds no element
//! and no attribute to any page, leads nowhere, and comes back as the text that it is.

use std::collections::HashMap;

use codau::accounts::make_token;
use codau::domain::{Effect, NewRule, Role, RuleKind};
use codau::language::fold;
use codau::server::clock;
use reqwest::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE, FORWARDED, HeaderValue, ORIGIN, REFERER,
    USER_AGENT,
};
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use crate::payloads;
use crate::support::{Answer, App, Ask, Desk, Form, Page, comment};
use crate::ways::{DECISIONS_IN, Fields, From, READERS_IN, Shown, WAYS_IN, WAYS_OUT, cut};

/// Elements that come and go with a text for good reasons: marks and differences in it, what was
/// found in it, lines of its history.
const OURS: [&str; 9] = ["mark ", "del ", "ins ", "span ", "li ", "p ", "ul ", "div ", "kbd "];

/// Texts that nobody could mind, of each kind that changes what a page offers.
const CALM: [&str; 5] = [
    "đò",
    "bai viet rat hay, cam on tac gia",
    "Bài viết rat hay, cảm ơn toa soan da ke",
    "Thank you for this wonderful story about the ferry.",
    "http://bao-khac.example/doc/1187",
];

/// How often each element with its attributes is on a page.
type Shapes = HashMap<String, usize>;

/// A payload as a header, where one can hold it.
fn header(text: &str) -> HeaderValue {
    HeaderValue::from_bytes(text.as_bytes()).unwrap_or_else(|_| HeaderValue::from_static("x"))
}

/// A form with the payload in every field that takes any text.
fn hostile(object: &str, text: &str) -> Form {
    comment().on(object).name(&cut(text, 40)).body(text).with("title", text).key(object)
}

/// Everybody whom the payloads are brought in by: an admin and a program.
struct Newsroom {
    app: App,
    desk: Desk,
    token: String,
}

impl Newsroom {
    async fn open() -> Newsroom {
        let app = App::with(&[("server.trusted_proxies", "127.0.0.1")]).await;
        let desk = app.log_in_as("Chủ bút", Role::Admin).await;
        let token = make_token(app.store.as_ref(), "Chủ bút", "bot", clock()).await.unwrap();
        let (name, entries) = ("Cũ".into(), vec!["linh tinh".into()]);
        let (kind, effect) = (RuleKind::Words, Effect::Hold);
        let rule = NewRule { name, kind, effect, entries, active: true };
        app.store.add_rule(rule, clock()).await.unwrap();
        Newsroom { app, desk, token }
    }

    /// Sends a form by one of the ways in.
    async fn send(&self, from: &From, path: &str, fields: &Fields) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        match from {
            From::Desk => self.app.send(&self.desk, path, &fields).await,
            From::Receipt => {
                let request = self.app.post(path).header(ORIGIN, &self.app.url);
                request.form(&fields).ask().await
            }
            From::Program => {
                let member = |(name, value): &(&str, &str)| match *name {
                    "version" => ((*name).to_owned(), value.parse::<i64>().unwrap().into()),
                    _ => ((*name).to_owned(), Value::from(*value)),
                };
                let asked: Value = fields.iter().map(member).collect();
                let request = self.app.post(path).json(&asked);
                request.header(AUTHORIZATION, format!("Bearer {}", self.token)).ask().await
            }
        }
    }

    /// What stands at an address of any way out.
    async fn read(&self, path: &str) -> Answer {
        let request = self.app.get(path).header(COOKIE, &self.desk.cookie);
        request.header(AUTHORIZATION, format!("Bearer {}", self.token)).ask().await
    }

    /// Sends a reader's text in by one way; nothing if it was refused.
    async fn received(&self, way: usize, form: &Form, text: &str) -> Option<Value> {
        let send = READERS_IN[way];
        let mut request = send(&self.app, form).header(ACCEPT, "application/json");
        for name in [USER_AGENT, REFERER, ACCEPT_LANGUAGE, FORWARDED, COOKIE] {
            request = request.header(name, header(text));
        }
        for name in ["x-forwarded-for", "x-real-ip", "x-request-id", "x-forwarded-host"] {
            request = request.header(name, header(text));
        }
        let answer = request.ask().await;
        if answer.status == 422 { None } else { Some(answer.expect(202).json()) }
    }

    /// Brings the payload in by a reader's way and then by every other; nothing if it was refused.
    async fn bring_in(&self, way: usize, object: &str, text: &str) -> Option<Shown> {
        let app = &self.app;
        let json = self.received(way, &hostile(object, text), text).await?;
        let id = json["comment"].as_i64().unwrap();
        for (version, fields) in (1..).zip(DECISIONS_IN) {
            let fields = fields(text);
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            app.decide_at(&self.desk, id, &version.to_string(), &fields).await.expect(303);
        }
        let other = app.sent(comment().on(object).body(&format!("Ý kiến về {object}."))).await;
        let mut shown = Shown {
            id,
            object: object.to_owned(),
            thread: app.article(object).await.id.0,
            receipt: json["receipt"].as_str().unwrap().to_owned(),
            other: other.id,
            other_receipt: other.receipt,
            bulk: String::new(),
            query: byte_serialize(text.as_bytes()).collect(),
            taken: vec!["reader"],
        };
        for way in &WAYS_IN {
            let path = (way.path)(&shown);
            let answer = self.send(&way.from, &path, &(way.fields)(&shown, text)).await;
            match answer.status {
                200..400 => shown.taken.push(way.name),
                400..500 => {}
                other => panic!("{} {text:?}: {other}", way.name),
            }
            if way.name == "bulk" {
                shown.bulk = answer.location().to_owned();
                while self.read(&shown.bulk).await.headers.contains_key("refresh") {}
            }
        }
        Some(shown)
    }

    /// What a way out has with texts that nobody could mind: the most of each element.
    async fn calm(&self) -> Vec<Shapes> {
        let mut calm = vec![Shapes::new(); WAYS_OUT.len()];
        for (n, text) in CALM.into_iter().enumerate() {
            let shown = self.bring_in(0, &format!("calm-{n}"), text).await.unwrap();
            for (out, calm) in WAYS_OUT.iter().zip(&mut calm) {
                let answer = self.read(&(out.path)(&shown)).await;
                let found = match answer.header("content-type") {
                    kind if kind.starts_with("text/html") => shapes(&answer.page()),
                    kind if kind.starts_with("application/atom+xml") => elements(&answer.text),
                    _ => Shapes::new(),
                };
                most_of(found, calm);
            }
            self.app.sql("delete from saved_view");
        }
        calm
    }

    /// Looks at the payload by every way out.
    async fn look_at(&self, shown: &Shown, calm: &[Shapes], text: &str) {
        for (out, calm) in WAYS_OUT.iter().zip(calm) {
            let path = (out.path)(shown);
            let answer = self.read(&path).await;
            let what = format!("{path} {text:?}");
            assert!(answer.status < 500, "{what}: {}", answer.status);
            assert!(answer.headers.get("set-cookie").is_none(), "{what}");
            let leads = answer.location();
            let ours = [&self.app.url, "/", "https://bao.example/", ""];
            assert!(ours.iter().any(|ours| leads.starts_with(ours)), "{what}: {leads}");
            assert!(!leads.starts_with("//"), "{what}: {leads}");
            let said = match answer.header("content-type") {
                kind if kind.starts_with("application/json") => strings(&answer.json()),
                kind if kind.starts_with("application/atom+xml") => {
                    let found = elements(&answer.text);
                    assert!(out.grows || &found == calm, "{what}: {found:?}");
                    check_kinds(&found, calm, &what);
                    // A few characters cannot stand in XML at all.
                    let odd = |c: char| c.is_control() || ['\u{fffe}', '\u{ffff}'].contains(&c);
                    if text.contains(odd) { continue } else { texts(&answer.text) }
                }
                kind if kind.starts_with("text/html") => {
                    let page = answer.page();
                    check_page(&self.app, &page, calm, out.grows, &what);
                    page.said()
                }
                _ => continue,
            };
            for (way, wanted) in out.says.iter().filter(|(way, _)| shown.taken.contains(way)) {
                let wanted = wanted(text);
                let wanted = wanted.trim();
                let is_said = said.iter().any(|said| said.trim() == wanted);
                assert!(is_said, "{what} does not say what came in by {way}: {wanted:?}");
            }
        }
        self.app.sql("delete from saved_view");
    }
}

/// Every text in a JSON value.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(strings).collect(),
        Value::Object(members) => members.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// Every text in a feed.
fn texts(feed: &str) -> Vec<String> {
    let feed = roxmltree::Document::parse(feed).expect("XML");
    let texts = feed.descendants().filter_map(|element| element.text());
    texts.map(str::to_owned).collect()
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

/// Fails if there is an element that the calm ones do not have.
#[track_caller]
fn check_kinds(found: &Shapes, calm: &Shapes, what: &str) {
    let new: Vec<_> = found.keys().filter(|shape| !calm.contains_key(*shape)).collect();
    assert!(new.is_empty(), "{what}: {new:?}");
}

/// Fails if a page has more than the calm one has (of the same kinds, where it grows), or leads
/// where it should not.
#[track_caller]
fn check_page(app: &App, page: &Page, calm: &Shapes, grows: bool, what: &str) {
    let found = shapes(page);
    check_kinds(&found, calm, what);
    let more = found.iter().filter(|(shape, n)| calm.get(*shape).is_none_or(|calm| *n > calm));
    let more: Vec<_> = more.collect();
    assert!(grows || more.is_empty(), "{what}: {more:?}");
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

#[tokio::test]
async fn no_payload_by_any_way_in_becomes_more_than_text_by_any_way_out() {
    let newsroom = Newsroom::open().await;
    let calm = newsroom.calm().await;
    let of_own = payloads::OWN
        .iter()
        .flat_map(|text| (0..READERS_IN.len()).map(move |way| (way, (*text).to_owned())));
    let listed = payloads::listed();
    let of_lists = listed.into_iter().enumerate().map(|(n, text)| (n % READERS_IN.len(), text));
    let (mut tried, mut refused, mut taken) = (0, 0, HashMap::<&str, usize>::new());
    for (n, (way, text)) in of_own.chain(of_lists).enumerate() {
        tried += 1;
        match newsroom.bring_in(way, &format!("p{n}"), &text).await {
            Some(shown) => {
                newsroom.look_at(&shown, &calm, &text).await;
                shown.taken.iter().for_each(|way| *taken.entry(*way).or_default() += 1);
            }
            None => refused += 1,
        }
    }
    eprintln!("taken by each way: {taken:?}");
    for way in &WAYS_IN {
        let often = taken.get(way.name).copied().unwrap_or_default();
        assert!(often * 2 > tried - refused, "{} took {often} alone", way.name);
    }
    eprintln!("{tried} payloads, {refused} of them refused as blank or too long");
    assert!(refused * 5 < tried, "most were refused");
}

#[tokio::test]
async fn what_is_handed_back_with_an_error_is_text_too() {
    let newsroom = Newsroom::open().await;
    let (app, desk) = (&newsroom.app, &newsroom.desk);
    let sent = app.sent(comment()).await;
    let public = app.published(comment().body("Đã đăng.")).await;
    let pages = async |text: &str| {
        let wrong = hostile("1", text).with("email", text).with("parent", text).with("url", text);
        let mut pages = vec![app.submit(wrong.clone()).await.expect(422).page()];
        pages.push(app.submit(wrong.with("site", text)).await.expect(403).page());
        pages.push(app.log_in_with(text, text).await.expect(422).page());
        let late = [("action", "reject"), ("note", text), ("message", text), ("return", text)];
        pages.push(app.decide_at(desk, sent.id, "1", &late).await.expect(422).page());
        let late = [("action", "edit"), ("body", text), ("return", text)];
        pages.push(app.decide_at(desk, sent.id, "7", &late).await.expect(409).page());
        let short = &cut(text, 50);
        let long = format!("{text}{}", "x".repeat(3_000));
        // Some payloads would do as the name of a site.
        let wrong = format!("{text}\nkhông phải tên miền");
        let settings = "/moderation/settings";
        for (path, status, fields) in [
            (
                format!("/moderation/comments/{}/draft", sent.id),
                200,
                vec![("action", "look"), ("body", text)],
            ),
            (
                format!("/moderation/comments/{}/reply", public.id),
                422,
                vec![("name", text), ("body", &long)],
            ),
            (
                "/moderation/decisions".to_owned(),
                422,
                vec![("note", text), ("return", text), ("query", text)],
            ),
            (
                format!("{settings}/rules"),
                422,
                vec![("kind", "links"), ("effect", "hold"), ("name", short), ("entries", &wrong)],
            ),
            (format!("{settings}/rules/trial"), 200, vec![("text", text)]),
            (format!("{settings}/reasons"), 422, vec![("label", short), ("sentence", &long)]),
            (
                format!("{settings}/reasons/off-topic"),
                422,
                vec![("label", short), ("sentence", &long), ("action", "save")],
            ),
        ] {
            pages.push(app.send(desk, &path, &fields).await.expect(status).page());
        }
        let again = app.post(&format!("{}/revision", sent.receipt)).header(ORIGIN, &app.url);
        pages.push(again.form(&[("version", "9"), ("body", text)]).ask().await.expect(409).page());
        pages
    };
    let mut calm = vec![Shapes::new(); 13];
    for text in CALM {
        let found = pages(text).await;
        found.iter().zip(&mut calm).for_each(|(page, calm)| most_of(shapes(page), calm));
    }
    let all = payloads::OWN.iter().map(|text| (*text).to_owned()).chain(payloads::listed());
    for text in all.filter(|text| !fold(text).trim().is_empty() && text.len() < 2_900) {
        for (page, calm) in pages(&text).await.iter().zip(&calm) {
            check_page(app, page, calm, false, &text);
        }
    }
}
