//! `GET /comments/{id}`: the address of a published comment, for ever. It leads to the article,
//! where the comment stands on the article's page, or to the page of the thread that has it.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::fragment::article_of;
use super::part::{self, Form, address_of};
use crate::domain::{CommentId, PublishedComment, Start, Status};
use crate::web::App;
use crate::web::error::{Kind, WebError};

pub(in crate::web) async fn permalink(
    app: web::Data<App>,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let id = CommentId(*id);
    let comment = app.store.comment(id).await?;
    if comment.status != Status::Approved {
        return Err(Kind::NotFound.into());
    }
    let thread = comment.thread;
    let site = app.site(&thread.key.site).ok_or(Kind::NotFound)?;
    let part = part::first(&app.config);
    let first = app.store.published(&thread.key, part).await?;
    let is_it = |shown: &PublishedComment| shown.id == id;
    let at_first = first.comments.iter().any(|c| is_it(c) || c.replies.iter().any(is_it));
    let page = match article_of(site, &thread) {
        Some(article) if at_first => article.split('#').next().unwrap_or_default().to_owned(),
        _ => {
            let start = if at_first { Start::Beginning } else { Start::At(id) };
            address_of(&app.config, &thread.key, Form::Page, part.order, start)
        }
    };
    Ok(HttpResponse::Found()
        .insert_header((header::LOCATION, format!("{page}#binh-luan-{id}")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish())
}
