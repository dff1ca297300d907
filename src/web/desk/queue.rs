//! `GET /moderation/`: the queue, and the lists of what was decided.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::frame::{CLASSES, Card, Frame, class_key};
use crate::domain::{CommentId, RejectReason, Status, ThreadId};
use crate::store::QueueFilter;
use crate::web::App;
use crate::web::error::WebError;
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;
use crate::web::text::age;

/// Comments on a page.
const PAGE: usize = 20;

/// What the page is asked for; empty fields, as a form sends them, ask for nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    status: String,
    class: String,
    thread: String,
    q: String,
    after: String,
}

impl Query {
    fn filter(&self) -> QueueFilter {
        QueueFilter {
            status: self.status.parse().unwrap_or(Status::Pending),
            class: self.class.parse().ok(),
            thread: self.thread.parse().ok().map(ThreadId),
            words: self.q.clone(),
        }
    }

    /// This page's address with other values for some of its fields.
    fn address(&self, changes: &[(&str, &str)]) -> String {
        let fields = [
            ("status", self.status.as_str()),
            ("class", self.class.as_str()),
            ("thread", self.thread.as_str()),
            ("q", self.q.as_str()),
            ("after", self.after.as_str()),
        ];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields {
            let changed = changes.iter().find(|(changed, _)| *changed == name);
            let value = changed.map_or(value, |(_, value)| value);
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        match query.finish() {
            query if query.is_empty() => "/moderation/".to_owned(),
            query => format!("/moderation/?{query}"),
        }
    }
}

/// A card in the list.
struct Listed {
    card: Card,
    age: String,
    /// Comments that wait on the same article.
    waiting: i64,
    /// The list of that article's alone.
    narrow: String,
    /// The comment's own page, which leads back to this list.
    open: String,
}

#[derive(Template)]
#[template(path = "queue.html", config = "src/web/askama.toml")]
struct QueuePage {
    lang: Lang,
    frame: Frame,
    status: Status,
    count: i64,
    query: Query,
    /// The value and the name of each class.
    classes: Vec<(&'static str, String)>,
    reasons: [RejectReason; 9],
    cards: Vec<Listed>,
    /// The article the list is narrowed to.
    narrowed: Option<String>,
    filtered: bool,
    here: String,
    unfiltered: String,
    without_thread: String,
    first: Option<String>,
    next: Option<String>,
    /// The decision that led here.
    done: Option<Card>,
}

pub(in crate::web) async fn queue(
    app: web::Data<App>,
    desk: AtDesk,
    query: web::Query<Query>,
    done: web::Query<Done>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let query = query.into_inner();
    let filter = query.filter();
    let after = query.after.parse().ok().map(CommentId);
    let found = app.store.queue(&filter, after, PAGE).await?;
    let threads: Vec<_> = found.comments.iter().map(|comment| comment.thread.id).collect();
    let waiting = app.store.pending_in(&threads).await?;
    let cards: Vec<_> = found
        .comments
        .iter()
        .map(|comment| Listed {
            card: Card::new(&app, lang, comment),
            age: age(lang, comment.submitted_at, app.now()),
            waiting: waiting.get(&comment.thread.id).copied().unwrap_or_default(),
            narrow: query.address(&[("thread", &comment.thread.id.to_string()), ("after", "")]),
            open: super::comment::address(comment.id.0, &query.address(&[])),
        })
        .collect();
    let frame = Frame::new(&app, &desk, Some(filter.status)).await?;
    let html = QueuePage {
        lang,
        status: filter.status,
        count: frame.count(filter.status),
        frame,
        classes: CLASSES.map(|class| (class.as_str(), class_key(class))).to_vec(),
        reasons: RejectReason::ALL,
        narrowed: filter.thread.map(|id| {
            let title = cards.first().map(|listed| listed.card.title.clone());
            title.unwrap_or_else(|| id.to_string())
        }),
        filtered: filter.class.is_some() || filter.thread.is_some() || !query.q.is_empty(),
        here: query.address(&[]),
        unfiltered: query.address(&[("class", ""), ("thread", ""), ("q", ""), ("after", "")]),
        without_thread: query.address(&[("thread", ""), ("after", "")]),
        first: after.map(|_| query.address(&[("after", "")])),
        next: found.next.map(|next| query.address(&[("after", &next.to_string())])),
        done: done.into_inner().card(&app, lang).await,
        cards,
        query,
    };
    Ok(page(html.render()?))
}

/// What was just decided, as the list's address says it after a decision.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Done {
    done: String,
}

impl Done {
    /// The comment it was about, if there is one.
    async fn card(&self, app: &App, lang: Lang) -> Option<Card> {
        let comment = app.store.comment(CommentId(self.done.parse().ok()?)).await.ok()?;
        Some(Card::new(app, lang, &comment))
    }
}
