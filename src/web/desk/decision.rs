//! `POST /moderation/comments/{id}/decision`: a moderator decides.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::comment::{Draft, render};
use super::draft::Editor;
use super::frame::Decided;
use crate::domain::{Action, Choice, Comment, CommentId, EditReasons, Refused};
use crate::moderation::{self, DecideError};
use crate::web::App;
use crate::web::error::{Kind, WebError, wants_json};
use crate::web::home::see_other;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;

/// The decision's form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    pub(super) csrf: String,
    version: i64,
    pub(super) action: String,
    pub(super) body: String,
    reason: String,
    message: String,
    note: String,
    // What the edit is for: a box each.
    spelling: String,
    marks: String,
    cut: String,
    #[serde(rename = "personal-data")]
    personal_data: String,
    pub(super) r#return: String,
}

impl Form {
    /// What the moderator typed: the text to publish, the words to the reader and the note.
    pub(super) fn typed(&self) -> String {
        let texts = [self.body.as_str(), self.message.as_str(), self.note.as_str()];
        texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// What the edit is for, as the moderator ticked it.
    fn edits(&self) -> EditReasons {
        let boxes = [
            ("spelling", &self.spelling),
            ("marks", &self.marks),
            ("cut", &self.cut),
            ("personal-data", &self.personal_data),
        ];
        let ticked = boxes.into_iter().filter(|(_, ticked)| !ticked.is_empty());
        EditReasons::named(ticked.map(|(name, _)| name))
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
        edits: form.edits(),
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
    see_other(format!("{list}{mark}done={id}"))
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
    let typed = Some(form.body.clone()).filter(|body| !body.is_empty());
    let editor = typed.map(|body| Editor::new(app.language, &comment.body, body));
    let draft = Draft {
        editor,
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
