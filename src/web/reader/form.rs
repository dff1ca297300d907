//! The comment form as it comes in (three encodings) and as it is handed back.

use std::collections::HashMap;

use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, web};
use askama::Template;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::{Comment, Fields, Invalid, Site};
use crate::web::error::{Kind, WebError};
use crate::web::locale::Lang;

/// Fields of a form by name; of two with one name, the last counts.
type Pairs = HashMap<String, String>;

/// A form as it came in.
pub(super) struct Sent {
    pub(super) fields: Fields,
    /// Whether it has the field names of a WordPress theme: then `url` is what its author calls
    /// their own website, unless it is the article's.
    by_theme: bool,
}

impl Sent {
    /// The fields as they are meant for a newspaper.
    pub(super) fn for_site(mut self, site: &Site) -> Fields {
        if self.by_theme && !site.lists_url(&self.fields.url) {
            self.fields.url.clear();
        }
        self.fields
    }
}

/// Reads a comment form: `application/x-www-form-urlencoded`, `multipart/form-data` or JSON. Field
/// names are ours or those of WordPress themes; the site may stand in the address.
pub(super) async fn read(request: &HttpRequest, body: web::Bytes) -> Result<Sent, WebError> {
    let mut pairs = match request.content_type() {
        "application/x-www-form-urlencoded" => {
            url::form_urlencoded::parse(&body).into_owned().collect()
        }
        "multipart/form-data" => from_multipart(request, body).await?,
        "application/json" => from_json(&body)?,
        _ => return Err(Kind::BadRequest.into()),
    };
    let by_theme = pairs.contains_key("comment_post_ID");
    if by_theme && pairs.get("comment_parent").is_some_and(|parent| parent == "0") {
        pairs.remove("comment_parent");
    }
    let mut take = |name: &str| pairs.remove(name).unwrap_or_default();
    let site = match take("site") {
        site if site.is_empty() => site_in_address(request),
        site => site,
    };
    let mut take_either = |ours: &str, theirs: &str| match take(ours) {
        ours if !ours.is_empty() => ours,
        _ => take(theirs),
    };
    let fields = Fields {
        site,
        thread: take_either("thread", "comment_post_ID"),
        url: take_either("redirect_to", "url"),
        parent: take_either("parent", "comment_parent"),
        name: take_either("name", "author"),
        body: take_either("body", "comment"),
        title: take("title"),
        email: take("email"),
        consent: take("consent"),
        submission: take("submission"),
        website: take("website"),
        stamp: take("stamp"),
        strokes: take("strokes"),
        proof: take("proof"),
        answer: take("answer"),
    };
    Ok(Sent { fields, by_theme })
}

/// The site in the address that a form was sent to: in its path or its query.
fn site_in_address(request: &HttpRequest) -> String {
    let in_path = request.match_info().get("site").map(str::to_owned);
    let in_query = || {
        let mut query = url::form_urlencoded::parse(request.query_string().as_bytes());
        query.find(|(name, _)| name == "site").map(|(_, site)| site.into_owned())
    };
    in_path.or_else(in_query).unwrap_or_default()
}

async fn from_multipart(request: &HttpRequest, body: web::Bytes) -> Result<Pairs, WebError> {
    let bad = || WebError::from(Kind::BadRequest);
    let whole = stream::once(async { Ok::<_, actix_web::error::PayloadError>(body) });
    let mut parts = Multipart::new(request.headers(), whole);
    let mut pairs = Pairs::new();
    while let Some(mut part) = parts.try_next().await.map_err(|_broken| bad())? {
        let Some(name) = part.name().map(str::to_owned) else {
            continue;
        };
        let mut value = Vec::new();
        while let Some(chunk) = part.next().await {
            value.extend_from_slice(&chunk.map_err(|_broken| bad())?);
        }
        pairs.insert(name, String::from_utf8_lossy(&value).into_owned());
    }
    Ok(pairs)
}

fn from_json(body: &[u8]) -> Result<Pairs, WebError> {
    let fields: HashMap<String, Value> =
        serde_json::from_slice(body).map_err(|_broken| WebError::from(Kind::BadRequest))?;
    let text = |(name, value)| match value {
        Value::String(text) => Ok((name, text)),
        Value::Number(number) => Ok((name, number.to_string())),
        Value::Bool(true) => Ok((name, "true".to_owned())),
        Value::Bool(false) | Value::Null => Ok((name, String::new())),
        Value::Array(_) | Value::Object(_) => Err(Kind::BadRequest.into()),
    };
    fields.into_iter().map(text).collect()
}

/// What was typed, as JSON hands it back: the fields under the names they were sent under.
pub(in crate::web) fn handed_back(fields: &Fields) -> Value {
    json!({
        "site": fields.site, "thread": fields.thread, "url": fields.url, "title": fields.title,
        "parent": fields.parent, "name": fields.name, "email": fields.email, "body": fields.body,
        "consent": fields.consent, "submission": fields.submission, "stamp": fields.stamp,
        "strokes": fields.strokes,
    })
}

/// A bad field with what is to be said about it.
pub(in crate::web) struct FieldError {
    pub(super) field: &'static str,
    pub(super) rule: &'static str,
    pub(in crate::web) message: String,
}

impl FieldError {
    /// Whether the reader can see and mend the field; the others come from the article page.
    fn shown(&self) -> bool {
        ["name", "email", "body", "consent"].contains(&self.field)
    }
}

/// What is to be said about bad fields of a comment form.
pub(in crate::web) fn field_errors(
    lang: Lang,
    invalid: &[Invalid],
    fields: &Fields,
) -> Vec<FieldError> {
    let length = fields.body.graphemes(true).count();
    let sentence = |bad: &Invalid| {
        let mut error =
            FieldError { field: bad.field, rule: bad.rule.as_str(), message: String::new() };
        let rule = match bad.field {
            "name" | "body" | "consent" => error.rule,
            // There is one thing to do about these, whatever is wrong with them.
            _ => "malformed",
        };
        let max = bad.rule.limit().unwrap_or_default();
        let key = format!("field-{}-{rule}", bad.field);
        error.message = lang.with_two(key, "max", max, "count", length).into_owned();
        error
    };
    invalid.iter().map(sentence).collect()
}

/// The form on a page of the service's own: to reply, or to mend what was not acceptable.
#[derive(Template)]
#[template(path = "submission.html", config = "src/web/askama.toml")]
pub(super) struct FormPage<'a> {
    pub(super) lang: Lang,
    pub(super) site: &'a Site,

    pub(super) fields: &'a Fields,
    pub(super) errors: Vec<FieldError>,
    /// The published comment that is replied to.
    pub(super) parent: Option<Quote>,
}

/// A published comment above the form that replies to it.
pub(super) struct Quote {
    pub(super) name: String,
    pub(super) body: String,
}

impl Quote {
    /// What everyone can read of a comment; nothing if it is not published.
    pub(super) fn of(comment: &Comment) -> Option<Quote> {
        let published = comment.status == crate::domain::Status::Approved;
        let body = comment.published_body.clone().filter(|_| published)?;
        Some(Quote { name: comment.name.clone(), body })
    }
}

impl FormPage<'_> {
    /// The sentence about a field, if it is bad.
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// What the page is for.
    fn heading(&self) -> String {
        match &self.parent {
            Some(parent) => self.lang.with("reply-title", "name", &parent.name),
            None => self.lang.t("form-title"),
        }
        .into_owned()
    }

    /// The article's address, if it is one of the site's.
    fn article(&self) -> Option<&str> {
        Some(self.fields.url.as_str()).filter(|url| self.site.lists_url(url))
    }
}

/// The longest header value kept of a reader's browser.
const MAX_USER_AGENT: usize = 300;

/// The browser's own description, cut to a bounded length.
pub(super) fn user_agent(request: &HttpRequest) -> String {
    let value = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().chars().take(MAX_USER_AGENT).collect()
}
