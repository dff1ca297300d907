//! `GET /moderation/`: the queue, and the lists of what was decided.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use tokio::try_join;

use super::bulk::mark_text;
use super::frame::{CLASSES, Card, Frame, Tab, Writer, class_key, reasons};
use super::query::{EXPIRING, OLD, Query, expiring};
use crate::domain::{Author, CommentId, Reason, Status, ThreadId, View};
use crate::store::{Claim, Cursor, Page, QueueFilter, SavedView, StoreError};
use crate::web::App;
use crate::web::error::WebError;
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;
use crate::web::text::age;

/// Comments on a page.
const PAGE: usize = 20;
/// Up to how many old comments are counted: beyond it they are simply many.
const COUNTED: usize = 1_000;

/// A card in the list.
struct Listed {
    card: Card,
    age: String,
    /// Who else is looking at it.
    claim: Option<String>,
    /// What is known of its author.
    writer: Option<Writer>,
    /// Comments that wait on the same article.
    waiting: i64,
    /// The list of that article's alone.
    narrow: String,
    /// The comment's own page, which leads back to this list.
    open: String,
}

/// A lane of what waits, with its count.
struct Lane {
    name: String,
    /// The name that its count is told under.
    counted: String,
    count: String,
    /// Whether nothing waits in it.
    empty: bool,
    address: String,
    here: bool,
    /// The letter after «g» that leads there.
    key: &'static str,
}

/// A saved view as the list shows it.
struct Saved {
    view: SavedView,
    address: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "queue.html", config = "src/web/askama.toml")]
struct QueuePage {
    lang: Lang,
    frame: Frame,
    status: Status,
    count: i64,
    query: Query,
    lanes: Vec<Lane>,
    saved: Vec<Saved>,
    /// The query that would be saved.
    to_save: String,
    /// The value and the name of each class.
    classes: Vec<(&'static str, String)>,
    reasons: Vec<Reason>,
    cards: Vec<Listed>,
    /// The article the list is narrowed to.
    narrowed: Option<String>,
    filtered: bool,
    here: String,
    /// The list's first page.
    from_start: String,
    unfiltered: String,
    without_thread: String,
    first: Option<String>,
    next: Option<String>,
    /// How far this page has seen.
    mark: String,
    /// How many comments fit the filter, where that is kept.
    matching: Option<i64>,
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
    let filter = query.filter(&app.config, app.now());
    let after = query.after();
    // Before the list is read: what comes in between is in the list, and not swept in.
    let mark = mark_text(app.store.mark().await?);
    // What does not build on each other is asked for side by side.
    let (listing, frame, reasons, old, expiring, saved, done) = try_join!(
        Listing::new(&app, &filter, after),
        Frame::new(&app, &desk, Tab::List(filter.status)),
        reasons(&app),
        app.store.waiting_since(query.old(&app.config, app.now()), COUNTED),
        app.store.waiting_since(expiring(&app.config, app.now()), COUNTED),
        saved(&app, &desk, &query),
        async { Ok(done.into_inner().card(&app, lang).await) },
    )?;
    let Listing { found, waiting, claims, authors } = listing;
    let cards: Vec<_> = found
        .comments
        .iter()
        .map(|comment| Listed {
            card: Card::new(&app, lang, comment),
            claim: claims
                .get(&comment.id)
                .filter(|claim| claim.moderator != desk.moderator.id)
                .map(|claim| lang.with("claim-by", "name", &claim.name).into_owned()),
            writer: authors.get(&comment.id).map(|author| Writer::new(lang, author)),
            age: age(lang, comment.submitted_at, app.now()),
            waiting: waiting.get(&comment.thread.id).copied().unwrap_or_default(),
            narrow: query.address(&[("thread", &comment.thread.id.to_string()), ("after", "")]),
            open: super::comment::address(comment.id.0, &query.address(&[])),
        })
        .collect();
    let html = QueuePage {
        lang,
        status: filter.status,
        count: frame.count(filter.status),
        classes: CLASSES.map(|class| (class.as_str(), class_key(class))).to_vec(),
        reasons,
        narrowed: filter.thread.map(|id| {
            let title = cards.first().map(|listed| listed.card.title.clone());
            title.unwrap_or_else(|| id.to_string())
        }),
        filtered: query.narrows(),
        here: query.address(&[]),
        from_start: query.address(&[("after", "")]),
        unfiltered: Query { status: query.status.clone(), ..Query::default() }.address(&[]),
        lanes: lanes(&app, lang, &frame, &query, old, expiring),
        saved,
        to_save: query.with(&[("after", "")]),
        without_thread: query.address(&[("thread", ""), ("after", "")]),
        first: after.map(|_| query.address(&[("after", "")])),
        next: found.next.map(|next| query.address(&[("after", &next.to_string())])),
        mark,
        matching: matching(&filter, &frame, &waiting),
        done,
        frame,
        cards,
        query,
    };
    Ok(page(html.render()?))
}

/// A page of comments, and what is said beside each.
struct Listing {
    found: Page,
    waiting: HashMap<ThreadId, i64>,
    claims: HashMap<CommentId, Claim>,
    authors: HashMap<CommentId, Author>,
}

impl Listing {
    async fn new(
        app: &App,
        filter: &QueueFilter,
        after: Option<Cursor>,
    ) -> Result<Listing, StoreError> {
        let found = app.store.queue(filter, after, PAGE).await?;
        let threads: Vec<_> = found.comments.iter().map(|comment| comment.thread.id).collect();
        let ids: Vec<_> = found.comments.iter().map(|comment| comment.id).collect();
        let (waiting, claims, authors) = try_join!(
            app.store.pending_in(&threads),
            app.store.claims(&ids, app.now()),
            app.store.authors(&ids),
        )?;
        Ok(Listing { found, waiting, claims, authors })
    }
}

/// How many comments fit a filter, where that is kept and need not be counted.
fn matching(filter: &QueueFilter, frame: &Frame, waiting: &HashMap<ThreadId, i64>) -> Option<i64> {
    let pending = filter.status == Status::Pending;
    match (filter.view, filter.class, filter.thread) {
        _ if !filter.words.is_empty() || filter.before.is_some() => None,
        (None, None, None) => Some(frame.count(filter.status)),
        (Some(view), None, None) if pending => Some(frame.tally.waiting_in(view)),
        (None, None, Some(thread)) if pending => waiting.get(&thread).copied(),
        _ => None,
    }
}

/// The lanes of what waits, the whole queue first; `old` and `expiring` comments wait in the last two.
fn lanes(
    app: &App,
    lang: Lang,
    frame: &Frame,
    query: &Query,
    old: usize,
    expiring: usize,
) -> Vec<Lane> {
    let lane = |view: &str, key, name: String, count: String| Lane {
        address: Query { view: view.to_owned(), ..Query::default() }.address(&[]),
        here: query.view == view,
        empty: count == "0",
        counted: if view.is_empty() { "pending".to_owned() } else { format!("view-{view}") },
        name,
        count,
        key,
    };
    let mut lanes = vec![lane(
        "",
        "p",
        lang.t("view-all").into_owned(),
        frame.count(Status::Pending).to_string(),
    )];
    for (view, key) in View::ALL.into_iter().zip(["m", "n", "h", "t"]) {
        let name = lang.t(format!("view-{}", view.as_str())).into_owned();
        lanes.push(lane(view.as_str(), key, name, frame.tally.waiting_in(view).to_string()));
    }
    let many = |count: usize| match count {
        COUNTED => format!("{COUNTED}+"),
        count => count.to_string(),
    };
    let name = lang.with("view-old", "hours", query.old_hours(&app.config)).into_owned();
    let mut oldest = lane(OLD, "o", name, many(old));
    if !query.hours.is_empty() {
        oldest.address = query.address(&[("view", OLD), ("after", "")]);
    }
    lanes.push(oldest);
    lanes.push(lane(EXPIRING, "l", lang.t("view-expiring").into_owned(), many(expiring)));
    lanes
}

/// The moderator's saved views and everyone's.
async fn saved(app: &App, desk: &AtDesk, query: &Query) -> Result<Vec<Saved>, StoreError> {
    let views = app.store.saved_views(desk.moderator.id).await?;
    let here = query.with(&[("after", "")]);
    let saved = views.into_iter().map(|view| Saved {
        address: Query::parsed(&view.query).address(&[]),
        here: view.query == here,
        view,
    });
    Ok(saved.collect())
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
