//! `GET /moderation/events`: what happens at other desks, as server-sent events, for the list that
//! its address names. It ends with the session, and when the service stops.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use futures_util::stream::unfold;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::Interval;

use super::frame::Decided;
use super::query::Query;
use crate::domain::{CommentId, Status, View};
use crate::store::{Change, StoreError};
use crate::web::App;
use crate::web::error::{Kind, WebError};
use crate::web::locale::Lang;
use crate::web::session::{AtDesk, is_open};

/// How often a stream without news says that it is alive, and looks whether its session is.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Changes told one by one at a time; more are told as «anything may have changed».
const MOST: usize = 64;
/// Cards that a page may ask about when it begins to listen.
const CARDS: usize = 200;

/// What the page shows: comments with the versions it knows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Shown {
    cards: String,
}

pub(in crate::web) async fn listen(
    app: web::Data<App>,
    desk: AtDesk,
    query: web::Query<Query>,
    shown: web::Query<Shown>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let permit = app.streams.clone().try_acquire_owned();
    let permit = permit.map_err(|_all_taken| Kind::Unavailable)?;
    // From here on nothing is missed; what happened since the page was made is told first.
    let changes = app.store.changes();
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.reset();
    let closing = app.closing.subscribe();
    let query = query.into_inner();
    let over = false;
    let listener =
        Listener { changes, closing, heartbeat, desk, query, lang, app, over, _permit: permit };
    let first = listener.since(&shown.cards).await?;
    let stream = unfold((listener, Some(first)), |(mut listener, first)| async {
        let text = match first {
            Some(first) => first,
            None => listener.next().await?,
        };
        Some((Ok::<_, Infallible>(Bytes::from(text)), (listener, None)))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .insert_header(ContentEncoding::Identity)
        .streaming(stream))
}

struct Listener {
    changes: Receiver<Change>,
    closing: watch::Receiver<bool>,
    heartbeat: Interval,
    desk: AtDesk,
    query: Query,
    lang: Lang,
    app: web::Data<App>,
    /// Whether everything has been said.
    over: bool,
    _permit: OwnedSemaphorePermit,
}

fn event(name: &str, data: &Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

impl Listener {
    /// The next piece of the stream; nothing once it is over.
    async fn next(&mut self) -> Option<String> {
        if self.over {
            return None;
        }
        let change = tokio::select! {
            change = self.changes.recv() => Some(change),
            _ = self.heartbeat.tick() => None,
            _ = self.closing.changed() => return None,
        };
        // Nothing leaves after the session's end.
        if !is_open(&self.app, &self.desk.session).await {
            self.over = true;
            return Some(event("ended", &json!({})));
        }
        let changes = match change {
            None => return Some(":\n\n".to_owned()),
            Some(Err(RecvError::Closed)) => return None,
            Some(Err(RecvError::Lagged(_))) => return Some(event("anything", &json!({}))),
            Some(Ok(first)) => self.with_those_behind(first),
        };
        if changes.len() > MOST {
            return Some(event("anything", &json!({})));
        }
        let mut told = String::new();
        for change in changes {
            // What cannot be read now is read when the page asks again.
            match self.tell(&change).await {
                Ok(text) => told.push_str(&text),
                Err(StoreError::NotFound) => {}
                Err(_) => return Some(event("anything", &json!({}))),
            }
        }
        Some(told)
    }

    fn with_those_behind(&mut self, first: Change) -> VecDeque<Change> {
        let mut changes = VecDeque::from([first]);
        while changes.len() <= MOST {
            match self.changes.try_recv() {
                Ok(change) => changes.push_back(change),
                Err(TryRecvError::Lagged(_)) => {}
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        changes
    }

    async fn tell(&self, change: &Change) -> Result<String, StoreError> {
        match change {
            Change::Received(id) => {
                let comment = self.app.store.comment(*id).await?;
                let fits = self.query.filter(&self.app.config, self.app.now()).takes(&comment);
                let arrived =
                    if fits { event("arrived", &json!({ "id": id.0 })) } else { String::new() };
                Ok(arrived + &self.counts().await?)
            }
            Change::Decided(id) => Ok(self.decided(*id).await? + &self.counts().await?),
            Change::Claimed(id) => self.claimed(*id).await,
            Change::Published(_) => Ok(String::new()),
            Change::Anything => Ok(event("anything", &json!({}))),
        }
    }

    /// Who decided on a comment last, and how.
    async fn decided(&self, id: CommentId) -> Result<String, StoreError> {
        let comment = self.app.store.comment(id).await?;
        let Some(last) = self.app.store.history(id).await?.pop() else {
            return Ok(String::new());
        };
        let decided = Decided::new(&self.app, self.lang, &last);
        let fits = self.query.filter(&self.app.config, self.app.now()).takes(&comment);
        Ok(event(
            "decided",
            &json!({
                "id": id.0, "version": comment.version, "message": decided.sentence(self.lang),
                "fits": fits,
            }),
        ))
    }

    async fn claimed(&self, id: CommentId) -> Result<String, StoreError> {
        let claims = self.app.store.claims(&[id], self.app.now()).await?;
        let other = claims.get(&id).filter(|claim| claim.moderator != self.desk.moderator.id);
        let said = other.map(|claim| self.lang.with("claim-by", "name", &claim.name).into_owned());
        Ok(event("claimed", &json!({ "id": id.0, "message": said })))
    }

    /// How many comments stand where.
    async fn counts(&self) -> Result<String, StoreError> {
        let tally = self.app.store.tally().await?;
        let mut counts = serde_json::Map::new();
        for status in Status::ALL {
            counts.insert(status.as_str().to_owned(), tally.of(status).into());
        }
        for view in View::ALL {
            counts.insert(format!("view-{}", view.as_str()), tally.waiting_in(view).into());
        }
        Ok(event("counts", &Value::Object(counts)))
    }

    /// What changed about the cards of a page since it was made.
    async fn since(&self, cards: &str) -> Result<String, StoreError> {
        let mut told = "retry: 3000\n\n".to_owned();
        for card in cards.split(',').take(CARDS) {
            let Some((id, version)) = card.split_once('.') else {
                continue;
            };
            let (Ok(id), Ok(version)) = (id.parse().map(CommentId), version.parse::<i64>()) else {
                continue;
            };
            match self.app.store.comment(id).await {
                Ok(comment) if comment.version != version => told += &self.decided(id).await?,
                Ok(_) => told += &self.claimed(id).await?,
                Err(StoreError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        told += &self.counts().await?;
        Ok(told)
    }
}
