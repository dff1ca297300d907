//! `POST /moderation/comments/{id}/claim`: a script says that its moderator looks at a comment, or
//! no longer does. Soft: it stops nobody, and ends by itself.

use actix_web::{HttpResponse, web};
use jiff::ToSpan;
use serde::Deserialize;
use serde_json::json;

use crate::domain::CommentId;
use crate::web::App;
use crate::web::error::{Kind, WebError};
use crate::web::session::AtDesk;

/// Seconds that a claim lasts unless the page says again that somebody is looking.
const LASTS: i64 = 120;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    csrf: String,
    /// Anything, if they no longer look.
    release: String,
}

pub(in crate::web) async fn claim(
    app: web::Data<App>,
    desk: AtDesk,
    id: web::Path<i64>,
    form: web::Form<Form>,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    let (id, me, now) = (CommentId(*id), desk.moderator.id, app.now());
    if !form.release.is_empty() {
        app.store.release(id, me).await?;
        return Ok(HttpResponse::NoContent().finish());
    }
    let until = now.checked_add(LASTS.seconds()).map_err(|_range| Kind::Internal)?;
    let claim = app.store.claim(id, me, until, now).await?;
    let other = Some(claim.name).filter(|_| claim.moderator != me);
    Ok(HttpResponse::Ok().json(json!({ "by": other })))
}
