//! `POST /moderation/comments/{id}/decision`: a moderator decides.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::comment::{Draft, render};
use super::frame::Decided;
use crate::domain::{Action, Choice, Comment, CommentId, EditReasons, Refused};
use crate::moderation::{self, DecideError};
use crate::web::error::{Kind, WebError, wants_json};
use crate::web::locale::Lang;
use crate::web::session::AtDesk;
use crate::web::{App, home};

/// The decision's form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    csrf: String,
    version: i64,
    action: String,
    body: String,
    reason: String,
    message: String,
    note: String,
    r#return: String,
}

impl Form {
    /// What the moderator typed: the text to publish, the words to the reader and the note.
    fn typed(&self) -> String {
        let texts = [self.body.as_str(), self.message.as_str(), self.note.as_str()];
        texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}

pub(in crate::web) async fn decide(
    request: HttpRequest,
    app: web::Data<App>,
    desk: Result<AtDesk, WebError>,
    id: web::Path<i64>,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    // The form is read first: whatever happens, what was typed comes back.
    let typed = form.typed();
    let decided = decide_as(&request, &app, desk, CommentId(*id), &form, lang);
    decided.await.map_err(|error| error.keeping(typed))
}

async fn decide_as(
    request: &HttpRequest,
    app: &App,
    desk: Result<AtDesk, WebError>,
    id: CommentId,
    form: &Form,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let desk = desk?;
    desk.check(&form.csrf)?;
    let action = form.action.parse().ok().filter(|action: &Action| action.is_moderators());
    let choice = Choice {
        action: action.ok_or(Kind::BadRequest)?,
        body: form.body.clone(),
        reason: form.reason.parse().ok(),
        message: form.message.clone(),
        note: form.note.clone(),
        edits: EditReasons::default(),
    };
    let decided = moderation::decide(
        app.store.as_ref(),
        &desk.moderator,
        id,
        form.version,
        &choice,
        app.config.limits,
        app.now(),
    );
    let (status, comment, conflict, refused) = match decided.await {
        Ok(()) => return Ok(to_list(request, form, id)),
        Err(DecideError::Store(error)) => return Err(error.into()),
        Err(DecideError::Conflict(now)) => {
            let (comment, last) = *now;
            (StatusCode::CONFLICT, comment, last, None)
        }
        Err(DecideError::Refused(comment, refused)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, *comment, None, Some(refused))
        }
    };
    let conflict = conflict.map(|record| Decided::new(app, lang, &record));
    let errors = refused.map(|refused| sentences(lang, &refused)).unwrap_or_default();
    not_decided(request, app, &desk, lang, status, &comment, form, conflict, errors).await
}

/// Decided: back to the list, which says so.
fn to_list(request: &HttpRequest, form: &Form, id: CommentId) -> HttpResponse {
    if wants_json(request) {
        return HttpResponse::Ok().json(json!({ "comment": id.0, "version": form.version + 1 }));
    }
    let list = safe_return(&form.r#return);
    let mark = if list.contains('?') { '&' } else { '?' };
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, format!("{list}{mark}done={id}")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// Not decided: the comment as it is now, with everything that was typed.
#[expect(clippy::too_many_arguments, reason = "a page says all of this")]
async fn not_decided(
    request: &HttpRequest,
    app: &App,
    desk: &AtDesk,
    lang: Lang,
    status: StatusCode,
    comment: &Comment,
    form: &Form,
    conflict: Option<Decided>,
    errors: Vec<String>,
) -> Result<HttpResponse, WebError> {
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if wants_json(request) {
        return Ok(response.json(json!({
            "error": if conflict.is_some() { "conflict" } else { "invalid" },
            "messages": errors,
            "decided": conflict.map(|decided| json!({
                "by": decided.who, "action": decided.action, "at": decided.time.iso,
                "message": decided.sentence(lang),
            })),
            "version": comment.version,
        })));
    }
    let draft = Draft {
        body: Some(form.body.clone()).filter(|body| !body.is_empty()),
        action: form.action.clone(),
        reason: form.reason.clone(),
        message: form.message.clone(),
        note: form.note.clone(),
        conflict,
        errors,
        ..Draft::default()
    };
    let html = render(app, desk, lang, comment, draft, &form.r#return, None).await?;
    Ok(response.content_type("text/html; charset=utf-8").body(html))
}

/// `POST /moderation/comments/{id}/draft`: puts marks into the text in the box, or the reader's
/// own text back; nothing is decided.
pub(in crate::web) async fn draft(
    app: web::Data<App>,
    desk: Result<AtDesk, WebError>,
    id: web::Path<i64>,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let typed = form.typed();
    let page = draft_as(&app, desk, CommentId(*id), &form, lang);
    page.await.map(home::page).map_err(|error| error.keeping(typed))
}

async fn draft_as(
    app: &App,
    desk: Result<AtDesk, WebError>,
    id: CommentId,
    form: &Form,
    lang: Lang,
) -> Result<String, WebError> {
    let desk = desk?;
    desk.check(&form.csrf)?;
    let comment = app.store.comment(id).await?;
    let restoration = || app.language.restore(&form.body);
    let body = match form.action.as_str() {
        "marks" => restoration().text,
        "repair" => restoration().repaired.map_or_else(|| form.body.clone(), |(_, text)| text),
        "sent" => comment.body.clone(),
        _ => return Err(Kind::BadRequest.into()),
    };
    let draft = Draft { body: Some(body), ..Draft::default() };
    render(app, &desk, lang, &comment, draft, &form.r#return, None).await
}

fn sentences(lang: Lang, refused: &Refused) -> Vec<String> {
    match refused {
        Refused::Nothing => vec![lang.t("decision-nothing").into_owned()],
        Refused::Readers => vec![lang.t("decision-readers").into_owned()],
        Refused::Invalid(invalid) => invalid
            .iter()
            .map(|bad| {
                let key = format!("decision-{}-{}", bad.field, bad.rule.as_str());
                lang.with(&key, "max", bad.rule.limit().unwrap_or_default()).into_owned()
            })
            .collect(),
    }
}

/// An address of the desk's own, whatever was asked for: never a way out of it.
pub(super) fn safe_return(wanted: &str) -> String {
    let inside = wanted.starts_with("/moderation/")
        && wanted.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    if inside { wanted.to_owned() } else { "/moderation/".to_owned() }
}
