//! The ways by which text comes in, and those by which it goes out again. One more way is one more
//! entry of a list here.

use codau::domain::clean_text;
use reqwest::RequestBuilder;
use reqwest::multipart;

use crate::support::{App, Form};

/// A comment that is published, another that was sent back to its reader, and how to ask for them.
pub(crate) struct Shown {
    pub(crate) id: i64,
    pub(crate) object: String,
    pub(crate) thread: i64,
    pub(crate) receipt: String,
    /// The other comment.
    pub(crate) other: i64,
    pub(crate) other_receipt: String,
    /// The decision on many that the other was part of.
    pub(crate) bulk: String,
    /// The payload as part of an address.
    pub(crate) query: String,
    /// The ways by which the payload came in; the others refused it.
    pub(crate) taken: Vec<&'static str>,
}

/// How a reader's form becomes a request.
type ReadersIn = fn(&App, &Form) -> RequestBuilder;

/// A reader's first text comes in.
pub(crate) const READERS_IN: [ReadersIn; 4] = [
    |app, form| app.post("/comments").form(form.fields()),
    |app, form| app.post("/comments").json(&form.json()),
    |app, form| app.post("/comments").multipart(parts(form)),
    |app, form| app.post("/bao/wp-comments-post.php").form(&theme(form)),
];

/// Fields of a form with what stands in them.
pub(crate) type Fields = Vec<(&'static str, String)>;

/// What the desk decides on a comment, each with hostile fields. The last publishes.
pub(crate) const DECISIONS_IN: [fn(&str) -> Fields; 4] = [
    |text| vec![("action", "reject".into()), ("reason", "insult".into()), ("note", text.into())],
    |text| vec![("action", "return".into()), ("message", text.into()), ("note", text.into())],
    |text| vec![("action", "spam".into()), ("note", text.into())],
    |text| vec![("action", "edit".into()), ("body", edited(text)), ("note", text.into())],
];

/// Who sends a form.
pub(crate) enum From {
    Desk,
    /// Whoever has the receipt's link.
    Receipt,
    /// A program, as JSON; its version is a number.
    Program,
}

/// Another way in, once there are the two comments.
pub(crate) struct In {
    pub(crate) name: &'static str,
    pub(crate) from: From,
    pub(crate) path: fn(&Shown) -> String,
    pub(crate) fields: fn(&Shown, &str) -> Fields,
}

/// Everything else that takes text and keeps it, in an order in which each can be taken.
pub(crate) const WAYS_IN: [In; 7] = [
    In {
        name: "revision",
        from: From::Receipt,
        path: |shown| format!("{}/revision", shown.other_receipt),
        fields: |_, text| vec![("version", "1".into()), ("body", text.into())],
    },
    In {
        name: "bulk",
        from: From::Desk,
        path: |_| "/moderation/decisions".into(),
        fields: |shown, text| {
            let other = format!("{}.2", shown.other);
            vec![("comment", other), ("action", "spam".into()), ("note", text.into())]
        },
    },
    In {
        name: "program",
        from: From::Program,
        path: |shown| format!("/api/v1/comments/{}/decision", shown.other),
        fields: |_, text| {
            let (message, note) = (("message", text.into()), ("note", text.into()));
            vec![("version", "3".into()), ("action", "return".into()), message, note]
        },
    },
    In {
        name: "reply",
        from: From::Desk,
        path: |shown| format!("/moderation/comments/{}/reply", shown.id),
        fields: |_, text| vec![("name", cut(text, 40)), ("body", text.into())],
    },
    In {
        name: "rule",
        from: From::Desk,
        path: |_| "/moderation/settings/rules/1".into(),
        fields: |_, text| {
            let (kind, effect) = (("kind", "words".into()), ("effect", "hold".into()));
            let entry = cut(text, 150);
            vec![
                ("name", cut(text, 70)),
                kind,
                ("entries", entry),
                effect,
                ("action", "save".into()),
            ]
        },
    },
    In {
        name: "reason",
        from: From::Desk,
        path: |_| "/moderation/settings/reasons/insult".into(),
        fields: |_, text| {
            let (label, sentence) = (("label", cut(text, 50)), ("sentence", cut(text, 250)));
            vec![label, sentence, ("action", "save".into())]
        },
    },
    In {
        name: "view",
        from: From::Desk,
        path: |_| "/moderation/views".into(),
        fields: |_, text| {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("q", text)
                .finish();
            vec![("name", cut(text, 50)), ("query", query)]
        },
    },
];

/// A text that must be found in what comes out, and the way by which it came in.
pub(crate) type Said = (&'static str, fn(&str) -> String);

/// A way out: an address, and what is to be read there.
pub(crate) struct Out {
    pub(crate) path: fn(&Shown) -> String,
    pub(crate) says: &'static [Said],
    /// Whether it lists what came before too: then how often it has an element says nothing.
    pub(crate) grows: bool,
}

const fn out(path: fn(&Shown) -> String, says: &'static [Said]) -> Out {
    Out { path, says, grows: false }
}

const fn list(path: fn(&Shown) -> String) -> Out {
    Out { path, says: &[], grows: true }
}

const READER: &str = "reader";
/// What everybody reads of the published comment and of the newsroom's reply to it.
const PUBLISHED: &[Said] =
    &[(READER, edited), (READER, name), ("reply", clean_text), ("reply", name)];

/// What shows any of it.
pub(crate) const WAYS_OUT: [Out; 29] = [
    out(|shown| format!("/threads/bao/{}", shown.object), PUBLISHED),
    out(|shown| format!("/threads/bao/{}/page", shown.object), PUBLISHED),
    out(|shown| format!("/threads/bao/{}?title={}", shown.object, shown.query), PUBLISHED),
    out(|shown| format!("/threads/bao/none-{}?title={1}&url={1}", shown.object, shown.query), &[]),
    out(|shown| format!("/threads/bao/{}.json", shown.object), PUBLISHED),
    out(
        |shown| format!("/threads/bao/{}.atom", shown.object),
        &[(READER, edited), (READER, name), ("reply", clean_text)],
    ),
    list(|_| "/threads/bao.atom".into()),
    out(|shown| format!("/comments/{}/reply", shown.id), &[(READER, edited), (READER, name)]),
    out(|shown| format!("/comments/{}", shown.id), &[]),
    out(|shown| format!("/counts?site=bao&thread={}", shown.query), &[]),
    out(|shown| shown.receipt.clone(), &[]),
    out(|shown| shown.other_receipt.clone(), &[("program", clean_text)]),
    out(
        |shown| format!("{}/revision", shown.other_receipt),
        &[("revision", clean_text), ("program", clean_text)],
    ),
    out(|shown| format!("{}/withdrawal", shown.other_receipt), &[]),
    out(
        |shown| format!("/moderation/comments/{}", shown.id),
        &[(READER, clean_text), (READER, edited), (READER, name), (READER, note), ("reply", name)],
    ),
    out(
        |shown| format!("/moderation/comments/{}", shown.other),
        &[("revision", clean_text), ("bulk", note), ("program", note), ("program", message)],
    ),
    out(
        |shown| format!("/moderation/?status=approved&thread={}", shown.thread),
        &[(READER, clean_text), (READER, name)],
    ),
    out(
        |shown| format!("/moderation/?status=approved&thread={}&q={}", shown.thread, shown.query),
        &[],
    ),
    out(
        |shown| {
            format!(
                "/moderation/?status=returned&thread={}&class={2}&after={2}&view={2}&order={2}&hours={2}&done={1}",
                shown.thread, shown.id, shown.query
            )
        },
        &[("revision", clean_text)],
    ),
    out(|_| "/moderation/".into(), &[("view", name_of_view)]),
    list(|_| "/moderation/recent".into()),
    out(|shown| format!("{}&return={}", shown.bulk, shown.query), &[]),
    out(|_| "/moderation/settings/reasons".into(), &[("reason", label), ("reason", sentence)]),
    out(|_| "/moderation/settings/rules".into(), &[("rule", name_of_rule), ("rule", entry)]),
    out(|shown| format!("/moderation/settings/embed?site={0}&article={0}", shown.query), &[]),
    out(
        |shown| format!("/api/v1/comments/{}", shown.id),
        &[(READER, clean_text), (READER, edited), (READER, name)],
    ),
    out(
        |shown| format!("/api/v1/comments/{}", shown.other),
        &[("revision", clean_text), ("program", clean_text)],
    ),
    out(|shown| format!("/moderation/login?return={}", shown.query), &[]),
    out(|shown| format!("/moderation/setup?token={}", shown.query), &[]),
];

/// So many of a text's characters.
pub(crate) fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// The payload as the desk publishes it.
pub(crate) fn edited(text: &str) -> String {
    clean_text(&format!("{text} đã sửa"))
}

/// A name as it is kept: on one line.
fn name(text: &str) -> String {
    let name = clean_text(&cut(text, 40));
    let words = name.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn note(text: &str) -> String {
    format!("Ghi chú: {}", clean_text(text))
}

fn message(text: &str) -> String {
    format!("Nhắn bạn đọc: {}", clean_text(text))
}

fn label(text: &str) -> String {
    clean_text(&cut(text, 50))
}

fn sentence(text: &str) -> String {
    clean_text(&cut(text, 250))
}

fn name_of_rule(text: &str) -> String {
    clean_text(&cut(text, 70))
}

/// Entries stand on a line each.
fn entry(text: &str) -> String {
    clean_text(&cut(text, 150))
}

fn name_of_view(text: &str) -> String {
    cut(text, 50).trim().to_owned()
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
