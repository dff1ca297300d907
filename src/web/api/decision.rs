//! `POST /api/v1/comments/{id}/decision`: a program decides for a moderator.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::answer;
use super::wire::WireDecision;
use crate::domain::{Action, Choice, CommentId, EditReasons, Refused};
use crate::moderation::{self, DecideError};
use crate::web::bearer::Bearer;
use crate::web::error::{Kind, WebError};
use crate::web::{App, access};

/// A decision that a program asks for; `action` says which of the others count.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The comment's, as the program saw it.
    version: i64,
    action: String,
    #[serde(default)]
    body: String,
    reason: Option<String>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    edits: Vec<String>,
}

#[derive(Serialize)]
struct Decided {
    comment: i64,
    version: i64,
}

#[derive(Serialize)]
struct NotDecided {
    error: &'static str,
    /// The comment's version and status now.
    version: i64,
    status: &'static str,
    /// What somebody else decided meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<WireDecision>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<BadField>,
}

#[derive(Serialize)]
struct BadField {
    field: &'static str,
    rule: &'static str,
}

pub(in crate::web) async fn decide(
    request: HttpRequest,
    app: web::Data<App>,
    holder: Bearer,
    id: web::Path<i64>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    access::check_type(&request, "application/json")?;
    let bad = |_unreadable| WebError::from(Kind::BadRequest);
    let asked: Asked = serde_json::from_slice(&body).map_err(bad)?;
    let action = asked.action.parse().ok().filter(|action: &Action| action.is_moderators());
    let choice = Choice {
        action: action.ok_or(Kind::BadRequest)?,
        body: asked.body,
        reason: asked.reason.and_then(|reason| reason.parse().ok()),
        message: asked.message,
        note: asked.note,
        edits: EditReasons::named(asked.edits.iter().map(String::as_str)),
    };
    let id = CommentId(*id);
    let decided = moderation::decide(
        app.store.as_ref(),
        &holder.moderator,
        id,
        asked.version,
        &choice,
        app.config.limits,
        app.now(),
    );
    let (mut response, comment, error, decided, fields) = match decided.await {
        Ok(()) => return Ok(answer(&Decided { comment: id.0, version: asked.version + 1 })),
        Err(DecideError::Store(error)) => return Err(error.into()),
        Err(DecideError::Conflict(now)) => {
            let decided = now.1.map(WireDecision::from);
            (HttpResponse::Conflict(), now.0, "conflict", decided, Vec::new())
        }
        Err(DecideError::Refused(comment, refused)) => {
            let (error, fields) = refusal(refused);
            (HttpResponse::UnprocessableEntity(), *comment, error, None, fields)
        }
    };
    let (version, status) = (comment.version, comment.status.as_str());
    let told = NotDecided { error, version, status, decided, fields };
    Ok(response.insert_header((header::CACHE_CONTROL, "no-store")).json(told))
}

fn refusal(refused: Refused) -> (&'static str, Vec<BadField>) {
    match refused {
        Refused::Nothing => ("nothing", Vec::new()),
        Refused::Readers => ("readers", Vec::new()),
        Refused::Invalid(invalid) => {
            let bad = |bad: crate::domain::Invalid| BadField {
                field: bad.field,
                rule: bad.rule.as_str(),
            };
            ("invalid", invalid.into_iter().map(bad).collect())
        }
    }
}
