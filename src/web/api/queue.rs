//! `GET /api/v1/queue`: the desk's lists, with the fields of its pages, paged by key.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::answer;
use super::wire::WireComment;
use crate::web::App;
use crate::web::bearer::Bearer;
use crate::web::desk::query::Query;
use crate::web::error::WebError;

/// Comments on a page, if nothing else is asked for, and at most.
const PAGE: usize = 50;
const LONGEST_PAGE: usize = 200;

#[derive(Deserialize)]
pub(in crate::web) struct Size {
    limit: Option<usize>,
}

#[derive(Serialize)]
struct Listed {
    comments: Vec<WireComment>,
    /// The `after` of the page that follows, if one does.
    next: Option<String>,
}

pub(in crate::web) async fn queue(
    app: web::Data<App>,
    _holder: Bearer,
    query: web::Query<Query>,
    size: web::Query<Size>,
) -> Result<HttpResponse, WebError> {
    let limit = size.limit.unwrap_or(PAGE).clamp(1, LONGEST_PAGE);
    let filter = query.filter(&app.config, app.now());
    let page = app.store.queue(&filter, query.after(), limit).await?;
    Ok(answer(&Listed {
        comments: page.comments.into_iter().map(WireComment::from).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
    }))
}
