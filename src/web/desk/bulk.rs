//! Many comments decided together: `POST /moderation/decisions` begins it, its own page shows how
//! far it has come, and one request undoes all of it.

use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, rt, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::decision::safe_return;
use super::frame::{Frame, Tab, reasons};
use super::query::Query;
use crate::domain::{Action, CommentId, MAX_NOTE, Reason, ReasonKey, clean_text};
use crate::moderation::carry_out;
use crate::store::{Bulk, BulkId, Mark, NewBulk, Selection};
use crate::web::error::{WebError, wants_json};
use crate::web::locale::Lang;
use crate::web::session::AtDesk;
use crate::web::text::Moment;
use crate::web::{App, access};

/// Comments of one bulk at most.
const MOST: usize = 10_000;
/// How often the page of a bulk that is under way is loaded again, where no script does.
const REFRESH: Duration = Duration::from_secs(1);

/// What may be decided for many at once.
const ACTIONS: [Action; 4] = [Action::Approve, Action::Reject, Action::Spam, Action::Reopen];

/// How far a page had seen, as its form carries it.
pub(super) fn mark_text(mark: Mark) -> String {
    format!("{}.{}", mark.comment, mark.decision)
}

fn mark_of(text: &str) -> Option<Mark> {
    let (comment, decision) = text.split_once('.')?;
    Some(Mark { comment: comment.parse().ok()?, decision: decision.parse().ok()? })
}

/// The form: the comments that are ticked, each with its version, or the filter that all of them
/// fit.
#[derive(Default)]
struct Form {
    csrf: String,
    action: String,
    reason: String,
    note: String,
    /// Anything, if all that fit the filter are meant.
    all: String,
    query: String,
    mark: String,
    back: String,
    comments: Vec<(CommentId, i64)>,
}

impl Form {
    fn of(body: &[u8]) -> Form {
        let mut form = Form::default();
        for (name, value) in url::form_urlencoded::parse(body) {
            let field = match &*name {
                "csrf" => &mut form.csrf,
                "action" => &mut form.action,
                "reason" => &mut form.reason,
                "note" => &mut form.note,
                "all" => &mut form.all,
                "query" => &mut form.query,
                "mark" => &mut form.mark,
                "return" => &mut form.back,
                "comment" => {
                    let ticked = value.split_once('.').and_then(|(id, version)| {
                        Some((CommentId(id.parse().ok()?), version.parse().ok()?))
                    });
                    form.comments.extend(ticked);
                    continue;
                }
                _ => continue,
            };
            *field = value.into_owned();
        }
        form
    }

    fn selection(&self, app: &App) -> Result<Selection, &'static str> {
        if self.all.is_empty() {
            return match self.comments.is_empty() {
                true => Err("bulk-nothing-selected"),
                false => Ok(Selection::These(self.comments.clone())),
            };
        }
        let filter = Query::parsed(&self.query).filter(&app.config, app.now());
        let mark = mark_of(&self.mark).ok_or("bulk-nothing-selected")?;
        Ok(Selection::Matching(Box::new(filter), mark))
    }

    /// The bulk that the form asks for, or the key of what is wrong with it.
    fn bulk(&self, app: &App, desk: &AtDesk, offered: &[Reason]) -> Result<NewBulk, &'static str> {
        let selection = self.selection(app)?;
        let action = self.action.parse().ok().filter(|action| ACTIONS.contains(action));
        let action = action.ok_or("bulk-nothing-selected")?;
        let (rejects, note) = (action == Action::Reject, clean_text(&self.note));
        let reason = offered.iter().find(|reason| reason.key.as_str() == self.reason);
        let reason = reason.map(|reason| reason.key.clone()).filter(|_| rejects);
        if rejects && reason.is_none() {
            return Err("decision-reason-missing");
        }
        if note.is_empty() && reason.as_ref().is_some_and(ReasonKey::needs_note) {
            return Err("decision-note-missing");
        }
        if note.chars().count() > MAX_NOTE {
            return Err("bulk-note-too-long");
        }
        let (moderator, at) = (desk.moderator.id, app.now());
        Ok(NewBulk { moderator, action, reason, note, selection, at })
    }
}

/// `POST /moderation/decisions`
pub(in crate::web) async fn decide(
    request: HttpRequest,
    app: web::Data<App>,
    desk: AtDesk,
    body: web::Bytes,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    access::check_type(&request, "application/x-www-form-urlencoded")?;
    let form = Form::of(&body);
    desk.check(&form.csrf)?;
    let bulk = match form.bulk(&app, &desk, &reasons(&app).await?) {
        Ok(bulk) => bulk,
        Err(key) => return not_begun(&request, &app, &desk, lang, key, &form.back).await,
    };
    let id = app.store.begin_bulk(bulk, MOST).await?;
    begun(&request, app, id, &form.back).await
}

/// `POST /moderation/decisions/{id}/reversal`
pub(in crate::web) async fn undo(
    request: HttpRequest,
    app: web::Data<App>,
    desk: AtDesk,
    id: web::Path<i64>,
    form: web::Form<Reversal>,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    let bulk = NewBulk {
        moderator: desk.moderator.id,
        action: Action::Undo,
        reason: None,
        note: String::new(),
        selection: Selection::DecidedBy(BulkId(*id)),
        at: app.now(),
    };
    app.store.bulk(BulkId(*id)).await?;
    let undo = app.store.begin_bulk(bulk, MOST).await?;
    begun(&request, app, undo, &form.r#return).await
}

/// The form that undoes a bulk.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Reversal {
    csrf: String,
    r#return: String,
}

/// The bulk is on record; it is carried out while its page is looked at.
async fn begun(
    request: &HttpRequest,
    app: web::Data<App>,
    id: BulkId,
    back: &str,
) -> Result<HttpResponse, WebError> {
    let total = app.store.bulk(id).await?.total;
    rt::spawn(async move {
        let done = carry_out(app.store.as_ref(), id, app.config.limits, app.clock).await;
        if let Err(error) = done {
            tracing::error!(%error, "a bulk stopped; it is taken over");
        }
    });
    if wants_json(request) {
        return Ok(HttpResponse::Accepted().json(json!({ "bulk": id.0, "total": total })));
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let query = query.append_pair("return", &safe_return(back)).finish();
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, format!("/moderation/decisions/{}?{query}", id.0)))
        .finish())
}

#[derive(Template)]
#[template(path = "bulk.html", config = "src/web/askama.toml")]
struct BulkPage {
    lang: Lang,
    frame: Frame,
    /// What is shown; nothing if it was not begun.
    bulk: Option<Shown>,
    error: Option<String>,
    back: String,
}

/// A bulk as pages show it.
pub(super) struct Shown {
    pub(super) bulk: Bulk,
    pub(super) title: String,
    pub(super) time: Moment,
}

impl Shown {
    pub(super) fn new(app: &App, lang: Lang, bulk: Bulk) -> Shown {
        let key = match bulk.action {
            Action::Undo => "bulk-undo-many".to_owned(),
            action => format!("bulk-{}", action.as_str()),
        };
        Shown {
            title: lang.with(key, "count", bulk.total).into_owned(),
            time: Moment::new(bulk.started_at, &app.config.time_zone),
            bulk,
        }
    }

    pub(super) fn can_be_undone(&self) -> bool {
        self.bulk.finished && self.bulk.done > 0 && self.bulk.undone_by.is_none()
    }
}

/// `GET /moderation/decisions/{id}`
pub(in crate::web) async fn show(
    request: HttpRequest,
    app: web::Data<App>,
    desk: AtDesk,
    id: web::Path<i64>,
    query: web::Query<Reversal>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let bulk = app.store.bulk(BulkId(*id)).await?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if wants_json(&request) {
        return Ok(response.json(json!({
            "bulk": bulk.id.0, "total": bulk.total, "done": bulk.done, "skipped": bulk.skipped,
            "finished": bulk.finished,
        })));
    }
    if !bulk.finished {
        response.insert_header((header::REFRESH, REFRESH.as_secs()));
    }
    let page = BulkPage {
        lang,
        frame: Frame::new(&app, &desk, Tab::Recent).await?,
        bulk: Some(Shown::new(&app, lang, bulk)),
        error: None,
        back: safe_return(&query.r#return),
    };
    Ok(response.content_type("text/html; charset=utf-8").body(page.render()?))
}

/// Nothing was begun, and why.
async fn not_begun(
    request: &HttpRequest,
    app: &App,
    desk: &AtDesk,
    lang: Lang,
    key: &'static str,
    back: &str,
) -> Result<HttpResponse, WebError> {
    let error = lang.with(key, "max", MAX_NOTE).into_owned();
    let mut response = HttpResponse::build(StatusCode::UNPROCESSABLE_ENTITY);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if wants_json(request) {
        return Ok(response.json(json!({ "error": "invalid", "messages": [error] })));
    }
    let page = BulkPage {
        lang,
        frame: Frame::new(app, desk, Tab::Recent).await?,
        bulk: None,
        error: Some(error),
        back: safe_return(back),
    };
    Ok(response.content_type("text/html; charset=utf-8").body(page.render()?))
}
