//! `GET /comments/{id}/reply`: the form that replies to a published comment.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::form::{FormPage, Quote};
use crate::domain::{CommentId, Fields};
use crate::web::error::{Kind, WebError};
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::{App, text};

pub(in crate::web) async fn reply(
    app: web::Data<App>,
    id: web::Path<i64>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let comment = app.store.comment(CommentId(*id)).await?;
    let parent = Quote::of(&comment).filter(|_| comment.parent.is_none()).ok_or(Kind::NotFound)?;
    let thread = comment.thread;
    if !thread.open {
        return Err(Kind::Closed.into());
    }
    let site = app.site(&thread.key.site).ok_or(Kind::Origin)?;
    let fields = Fields {
        site: thread.key.site,
        thread: thread.key.object,
        url: thread.url,
        title: thread.title,
        parent: comment.id.to_string(),
        submission: text::new_token(),
        stamp: app.receipts.stamp(app.now()),
        ..Fields::default()
    };
    let form = FormPage { lang, site, fields: &fields, errors: vec![], parent: Some(parent) };
    Ok(page(form.render()?))
}
