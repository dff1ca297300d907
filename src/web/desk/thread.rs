//! `POST /moderation/threads/{id}/opening`: an admin opens or closes an article for comments.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::decision::safe_return;
use crate::domain::ThreadId;
use crate::web::App;
use crate::web::error::WebError;
use crate::web::session::AtDesk;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    csrf: String,
    open: String,
    r#return: String,
}

pub(in crate::web) async fn set_open(
    app: web::Data<App>,
    desk: AtDesk,
    id: web::Path<i64>,
    form: web::Form<Form>,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    desk.require_admin()?;
    app.store.set_thread_open(ThreadId(*id), form.open == "yes").await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, safe_return(&form.r#return)))
        .finish())
}
