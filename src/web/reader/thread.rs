//! `GET /threads/{site}/{object}`: the comments of an article and the form, as the piece of HTML
//! that an article page includes, or as JSON.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::{
    CommentId, PublishedComment, PublishedThread, Site, Thread, ThreadId, ThreadKey,
};
use crate::store::StoreError;
use crate::web::App;
use crate::web::error::{Kind, WebError};
use crate::web::locale::Lang;
use crate::web::text::Moment;

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
    let published = published(app, site, key, article).await?;
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
    let (site, object) = path.into_inner();
    let html = render(&app, &ThreadKey { site, object }, &article).await?;
    Ok(cacheable(&request, "text/html; charset=utf-8", html))
}

pub(in crate::web) async fn json(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (site, object) = path.into_inner();
    let key = ThreadKey { site, object };
    let site = app.site(&key.site).ok_or(Kind::Origin)?;
    let published = published(&app, site, &key, &Article::default()).await?;
    let comment = |comment: &Shown| {
        json!({
            "id": comment.id.0, "name": comment.name, "body": comment.body,
            "time": comment.time.iso, "edited": comment.edited,
        })
    };
    let count = published.comments.len();
    let comments: Vec<_> = arrange(&app, published.comments)
        .iter()
        .map(|top| {
            let mut value = comment(top);
            value["replies"] = top.replies.iter().map(comment).collect();
            value
        })
        .collect();
    let body = json!({
        "site": key.site, "thread": key.object, "open": published.thread.open, "count": count,
        "comments": comments,
    });
    Ok(cacheable(&request, "application/json", body.to_string()))
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
                id: ThreadId(0),
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

/// An answer that caches may keep for a moment and then ask about.
fn cacheable(request: &HttpRequest, content_type: &str, body: String) -> HttpResponse {
    let hash = Sha256::digest(&body);
    let tag = header::EntityTag::new_weak(super::super::text::encode_token(&hash[..12]));
    let known = matches!(
        header::Header::parse(request),
        Ok(header::IfNoneMatch::Items(tags)) if tags.iter().any(|known| known.weak_eq(&tag))
    );
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=5"))
        .insert_header(header::ETag(tag));
    if known { response.finish() } else { response.content_type(content_type).body(body) }
}
