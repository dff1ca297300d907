//! `GET /threads/{site}/{object}`: the comments of an article and the form, as the piece of HTML
//! that an article page includes, as a page of the service's own, or as JSON.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::fragment::{Fragment, article_of};
use super::part::{self, Form, address, address_of, permalink};
use crate::config::Config;
use crate::domain::{
    Part, PublishedComment, PublishedThread, Site, Start, Thread, ThreadId, ThreadKey,
};
use crate::store::StoreError;
use crate::web::App;
use crate::web::error::{Kind, WebError};
use crate::web::finished::Made;
use crate::web::locale::Lang;
use crate::web::text::Moment;

/// The number of a thread that nobody has commented on.
const NOBODY_YET: ThreadId = ThreadId(0);

/// What a page may say about an article that has no comments yet.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Article {
    /// Its address.
    pub(in crate::web) url: String,
    /// Its title.
    pub(in crate::web) title: String,
}

/// The fragment on a page of the service's own: what links of a thread lead to where no script
/// runs, and where a newspaper has only the form on its page.
#[derive(Template)]
#[template(path = "thread.html", config = "src/web/askama.toml")]
struct ThreadPage<'a> {
    lang: Lang,
    site: &'a Site,
    /// The article's title, or its number where none was ever given.
    title: &'a str,
    article: Option<&'a str>,
    feed: String,
    fragment: Fragment<'a>,
}

/// Cached and shared: a thread is in the newspaper's language, whoever asks.
const LANG: Lang = Lang::Vi;

/// A thread as people see it at first, `fragment.html` filled in.
pub(in crate::web) async fn render(
    app: &App,
    key: &ThreadKey,
    article: &Article,
) -> Result<String, WebError> {
    let site = app.site(&key.site).ok_or(Kind::Origin)?;
    let part = part::first(&app.config);
    let published = published(app, site, key, article, part).await?;
    Ok(Fragment::new(&app.config, site, LANG, &published, part).render()?)
}

pub(in crate::web) async fn fragment(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    article: web::Query<Article>,
) -> Result<HttpResponse, WebError> {
    let html = |site: &Site, part, published: &PublishedThread| {
        Ok(Fragment::new(&app.config, site, LANG, published, part).render()?)
    };
    answer(&request, &app, &key_of(path), &article, "text/html; charset=utf-8", html).await
}

/// `GET /threads/{site}/{object}/page`
pub(in crate::web) async fn page(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    article: web::Query<Article>,
) -> Result<HttpResponse, WebError> {
    let html = |site: &Site, part, published: &PublishedThread| {
        let thread = &published.thread;
        let page = ThreadPage {
            lang: LANG,
            site,
            title: if thread.title.is_empty() { &thread.key.object } else { &thread.title },
            article: article_of(site, thread),
            feed: address(&app.config, &thread.key, Form::Feed),
            fragment: Fragment::new(&app.config, site, LANG, published, part),
        };
        Ok(page.render()?)
    };
    answer(&request, &app, &key_of(path), &article, "text/html; charset=utf-8", html).await
}

/// `GET /threads/{site}/{object}.json`
pub(in crate::web) async fn json(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let json = |_: &Site, part, published: &PublishedThread| {
        Ok(as_json(&app.config, part, published).to_string())
    };
    let article = Article::default();
    answer(&request, &app, &key_of(path), &article, "application/json", json).await
}

pub(super) fn key_of(path: web::Path<(String, String)>) -> ThreadKey {
    let (site, object) = path.into_inner();
    ThreadKey { site, object }
}

/// The finished answer that is kept, or that `make` makes of what is published.
async fn answer(
    request: &HttpRequest,
    app: &App,
    key: &ThreadKey,
    article: &Article,
    content_type: &'static str,
    make: impl FnOnce(&Site, Part, &PublishedThread) -> Result<String, WebError>,
) -> Result<HttpResponse, WebError> {
    let site = app.site(&key.site).ok_or(Kind::Origin)?;
    let part = part::read(request.query_string(), &app.config)?;
    let made = || async {
        let published = published(app, site, key, article, part).await?;
        // Pages further down can be asked for in any number of ways.
        let lasting = published.thread.id != NOBODY_YET && part.start == Start::Beginning;
        Ok(Made { content_type, body: make(site, part, &published)?, lasting })
    };
    app.finished.answer(request, [key], made).await
}

fn as_json(config: &Config, part: Part, published: &PublishedThread) -> Value {
    let key = &published.thread.key;
    let next = |last| address_of(config, key, Form::Json, part.order, Start::After(last));
    let comments = published.comments.iter().map(|comment| comment_as_json(config, comment));
    json!({
        "site": key.site, "thread": key.object, "open": published.thread.open,
        "count": published.count, "order": part.order.as_str(),
        "comments": comments.collect::<Vec<_>>(), "next": published.next.map(next),
    })
}

fn comment_as_json(config: &Config, comment: &PublishedComment) -> Value {
    let replies = comment.replies.iter().map(|reply| comment_as_json(config, reply));
    json!({
        "id": comment.id.0, "name": comment.name, "body": comment.body,
        "time": Moment::new(comment.submitted_at, &config.time_zone).iso,
        "staff": comment.staff, "edited": comment.edited, "url": permalink(config, comment.id),
        "replies": replies.collect::<Vec<_>>(),
    })
}

/// What is published of a thread; nothing yet, if nobody has commented.
async fn published(
    app: &App,
    site: &Site,
    key: &ThreadKey,
    article: &Article,
    part: Part,
) -> Result<PublishedThread, WebError> {
    match app.store.published(key, part).await {
        Err(StoreError::NotFound) if part.start == Start::Beginning => Ok(PublishedThread {
            thread: Thread {
                id: NOBODY_YET,
                key: key.clone(),
                url: Some(article.url.clone())
                    .filter(|url| site.lists_url(url))
                    .unwrap_or_default(),
                title: article.title.clone(),
                open: true,
            },
            revision: 0,
            count: 0,
            comments: Vec::new(),
            next: None,
        }),
        found => Ok(found?),
    }
}
