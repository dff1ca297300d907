//! `GET /api/v1/comments/{id}`: a comment with the decisions on it.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::answer;
use super::wire::{WireComment, WireDecision};
use crate::domain::CommentId;
use crate::web::App;
use crate::web::bearer::Bearer;
use crate::web::error::WebError;

#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    comment: WireComment,
    /// Oldest first.
    decisions: Vec<WireDecision>,
}

pub(in crate::web) async fn comment(
    app: web::Data<App>,
    _holder: Bearer,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let id = CommentId(*id);
    let comment = app.store.comment(id).await?.into();
    let history = app.store.history(id).await?;
    let decisions = history.into_iter().map(WireDecision::from).collect();
    Ok(answer(&Told { comment, decisions }))
}
