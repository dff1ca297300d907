//! `GET /threads/{site}/{object}.atom` and `GET /threads/{site}.atom`: what was published last, as
//! Atom feeds.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::fragment::article_of;
use super::part::{Form, address, permalink};
use super::thread::key_of;
use crate::domain::{PublishedComment, Thread};
use crate::web::App;
use crate::web::error::{Kind, WebError};
use crate::web::finished::Made;
use crate::web::locale::Lang;
use crate::web::text::Moment;

const ATOM: &str = "application/atom+xml; charset=utf-8";
/// A feed is in the newspaper's language.
const LANG: Lang = Lang::Vi;
/// Comments in a feed at most.
const ENTRIES: usize = 50;

#[derive(Template)]
#[template(path = "feed.xml", config = "src/web/askama.toml")]
struct Feed {
    lang: Lang,
    /// Its own address, which is its name too.
    address: String,
    title: String,
    /// The page it is about.
    page: Option<String>,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    address: String,
    title: String,
    name: String,
    body: String,
    published: String,
    updated: String,
    /// What it replies to.
    parent: Option<String>,
}

impl Entry {
    fn new(app: &App, thread: &Thread, comment: &PublishedComment) -> Entry {
        let iso = |at| Moment::new(at, &app.config.time_zone).iso;
        let name = legal(&comment.name);
        let name = if comment.staff { format!("{name} ({})", LANG.t("staff")) } else { name };
        Entry {
            address: permalink(&app.config, comment.id),
            title: LANG.with_two("feed-entry", "name", &name, "title", title(thread)).into_owned(),
            name,
            body: legal(&comment.body),
            published: iso(comment.submitted_at),
            updated: iso(comment.published_at),
            parent: comment.parent.map(|parent| permalink(&app.config, parent)),
        }
    }
}

/// The article's title, or its number where none was ever given.
fn title(thread: &Thread) -> String {
    let given = [&thread.title, &thread.key.object].into_iter().find(|text| !text.is_empty());
    legal(given.map(String::as_str).unwrap_or_default())
}

/// A text without the characters that XML cannot hold, not even escaped.
fn legal(text: &str) -> String {
    let is_legal = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(is_legal).collect()
}

/// The last comments of an article.
pub(in crate::web) async fn of_thread(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let key = key_of(path);
    let site = app.site(&key.site).ok_or(Kind::Origin)?;
    let make = || async {
        let found = app.store.latest(&key, ENTRIES).await?;
        let thread = &found.thread;
        let feed = Feed {
            lang: LANG,
            address: address(&app.config, &key, Form::Feed),
            title: LANG.with("feed-thread", "title", title(thread)).into_owned(),
            page: article_of(site, thread).map(str::to_owned),
            updated: updated(&app, found.comments.first()),
            entries: found.comments.iter().map(|c| Entry::new(&app, thread, c)).collect(),
        };
        Ok(Made { content_type: ATOM, body: feed.render()?, lasting: true })
    };
    app.finished.answer(&request, [&key], make).await
}

/// The last comments of a newspaper.
pub(in crate::web) async fn of_site(
    app: web::Data<App>,
    site: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let site = app.site(&site).ok_or(Kind::Origin)?;
    let found = app.store.latest_of_site(&site.id, ENTRIES).await?;
    let feed = Feed {
        lang: LANG,
        address: format!("{}/threads/{}.atom", app.config.public_url, site.id),
        title: LANG.with("feed-site", "name", &site.name).into_owned(),
        page: site.origins.first().map(|origin| format!("{origin}/")),
        updated: updated(&app, found.first().map(|(_, comment)| comment)),
        entries: found.iter().map(|(thread, c)| Entry::new(&app, thread, c)).collect(),
    };
    // What touches it is not known by thread: caches alone keep it, for a minute.
    Ok(HttpResponse::Ok()
        .content_type(ATOM)
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
        .body(feed.render()?))
}

/// When a feed last changed: with its newest entry. One without any has always been so.
fn updated(app: &App, newest: Option<&PublishedComment>) -> String {
    let at = newest.map_or(jiff::Timestamp::UNIX_EPOCH, |comment| comment.published_at);
    Moment::new(at, &app.config.time_zone).iso
}
