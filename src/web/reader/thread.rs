//! `GET /threads/{site}/{object}`: the comments of an article and the form, as the piece of HTML
//! that an article page includes, or as JSON.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;

use crate::domain::{
    CommentId, PublishedComment, PublishedThread, Site, Thread, ThreadId, ThreadKey,
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
pub(in crate::web) struct Article {
    /// Its address.
    #[serde(default)]
    pub(in crate::web) url: String,
    /// Its title.
    #[serde(default)]
    pub(in crate::web) title: String,
}

/// The template of the seed: count, comments with their replies one level below, form.
#[derive(Template)]
#[template(path = "fragment.html", config = "src/web/askama.toml")]
struct Fragment<'a> {
    lang: Lang,
    service: &'a str,
    site: &'a Site,
    thread: &'a Thread,
    count: usize,
    comments: Vec<Shown>,
    /// Longest text, in characters as people count them.
    max_body: usize,
}

/// A comment as the template shows it.
struct Shown {
    id: CommentId,
    name: String,
    body: String,
    time: Moment,
    edited: bool,
    replies: Vec<Shown>,
}

/// A thread as people see it, `fragment.html` filled in.
pub(in crate::web) async fn render(
    app: &App,
    key: &ThreadKey,
    article: &Article,
) -> Result<String, WebError> {
    let site = app.site(&key.site).ok_or(Kind::Origin)?;
    html(app, site, published(app, site, key, article).await?)
}

fn html(app: &App, site: &Site, published: PublishedThread) -> Result<String, WebError> {
    // Cached and shared: it is in the newspaper's language, whoever asks.
    let html = Fragment {
        lang: Lang::Vi,
        service: &app.config.public_url,
        site,
        thread: &published.thread,
        count: published.comments.len(),
        comments: arrange(app, published.comments),
        max_body: app.config.limits.body,
    };
    Ok(html.render()?)
}

pub(in crate::web) async fn fragment(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    article: web::Query<Article>,
) -> Result<HttpResponse, WebError> {
    let key = key_of(path);
    let site = app.site(&key.site).ok_or(Kind::Origin)?;
    let make = || async {
        let published = published(&app, site, &key, &article).await?;
        let lasting = published.thread.id != NOBODY_YET;
        let body = html(&app, site, published)?;
        Ok(Made { content_type: "text/html; charset=utf-8", body, lasting })
    };
    app.finished.answer(&request, [&key], make).await
}

pub(in crate::web) async fn json(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let key = key_of(path);
    let site = app.site(&key.site).ok_or(Kind::Origin)?;
    let make = || async {
        let published = published(&app, site, &key, &Article::default()).await?;
        let lasting = published.thread.id != NOBODY_YET;
        let body = as_json(&app, published).to_string();
        Ok(Made { content_type: "application/json", body, lasting })
    };
    app.finished.answer(&request, [&key], make).await
}

fn key_of(path: web::Path<(String, String)>) -> ThreadKey {
    let (site, object) = path.into_inner();
    ThreadKey { site, object }
}

fn as_json(app: &App, published: PublishedThread) -> serde_json::Value {
    let comment = |comment: &Shown| {
        json!({
            "id": comment.id.0, "name": comment.name, "body": comment.body,
            "time": comment.time.iso, "edited": comment.edited,
        })
    };
    let PublishedThread { thread, comments, .. } = published;
    let count = comments.len();
    let comments: Vec<_> = arrange(app, comments)
        .iter()
        .map(|top| {
            let mut value = comment(top);
            value["replies"] = top.replies.iter().map(comment).collect();
            value
        })
        .collect();
    json!({
        "site": thread.key.site, "thread": thread.key.object, "open": thread.open, "count": count,
        "comments": comments,
    })
}

/// What is published of a thread; nothing yet, if nobody has commented.
async fn published(
    app: &App,
    site: &Site,
    key: &ThreadKey,
    article: &Article,
) -> Result<PublishedThread, WebError> {
    match app.store.published(key).await {
        Err(StoreError::NotFound) => Ok(PublishedThread {
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
            comments: Vec::new(),
        }),
        found => Ok(found?),
    }
}

/// Comments with their replies one level below. A reply whose comment is no longer published
/// stands by itself.
fn arrange(app: &App, comments: Vec<PublishedComment>) -> Vec<Shown> {
    let mut arranged: Vec<Shown> = Vec::new();
    for comment in comments {
        let shown = Shown {
            id: comment.id,
            name: comment.name,
            body: comment.body,
            time: Moment::new(comment.submitted_at, &app.config.time_zone),
            edited: comment.edited,
            replies: Vec::new(),
        };
        // Both are in the order of their numbers, and a reply's is always greater.
        let parent = comment
            .parent
            .and_then(|parent| arranged.binary_search_by_key(&parent, |shown| shown.id).ok());
        match parent {
            Some(parent) => arranged[parent].replies.push(shown),
            None => arranged.push(shown),
        }
    }
    arranged
}
