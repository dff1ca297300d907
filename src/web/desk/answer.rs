//! `POST /moderation/comments/{id}/reply`: the newsroom replies to a reader, under its own mark.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::comment::{Draft, address, render};
use super::decision::safe_return;
use crate::domain::{Comment, CommentId, Fields, Invalid, Rule, Status, Submission};
use crate::moderation::{self, Answered};
use crate::store::StoreError;
use crate::web::error::{Kind, WebError};
use crate::web::home::see_other;
use crate::web::locale::Lang;
use crate::web::reader::form::field_errors;
use crate::web::session::AtDesk;
use crate::web::{App, text};

/// The reply's form as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    csrf: String,
    name: String,
    body: String,
    submission: String,
    r#return: String,
}

/// What a reply that was not published leaves in its form.
#[derive(Default)]
pub(super) struct Typed {
    name: String,
    body: String,
    errors: Vec<String>,
}

/// The reply's form as the comment's page shows it.
pub(super) struct AnswerForm {
    pub(super) name: String,
    pub(super) body: String,
    /// Sending the form twice makes one reply.
    pub(super) key: String,
    pub(super) errors: Vec<String>,
}

impl AnswerForm {
    /// The form under a published comment, with the name that the moderator signed with last.
    pub(super) async fn new(
        app: &App,
        desk: &AtDesk,
        comment: &Comment,
        typed: &Typed,
    ) -> Result<Option<AnswerForm>, StoreError> {
        if comment.status != Status::Approved {
            return Ok(None);
        }
        let name = match typed.name.as_str() {
            "" => app.store.signature(desk.moderator.id).await?.unwrap_or_default(),
            name => name.to_owned(),
        };
        let (body, errors) = (typed.body.clone(), typed.errors.clone());
        Ok(Some(AnswerForm { name, body, key: text::new_token(), errors }))
    }
}

pub(in crate::web) async fn reply(
    app: web::Data<App>,
    desk: Result<AtDesk, WebError>,
    id: web::Path<i64>,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    // Whatever happens, what was typed comes back.
    let replied = reply_as(&app, desk, CommentId(*id), &form, lang);
    replied.await.map_err(|error| error.keeping(form.body.clone()))
}

async fn reply_as(
    app: &App,
    desk: Result<AtDesk, WebError>,
    id: CommentId,
    form: &Form,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let desk = desk?;
    desk.check(&form.csrf)?;
    let comment = app.store.comment(id).await?;
    let key = &comment.thread.key;
    let site = app.site(&key.site).ok_or(Kind::NotFound)?;
    // Replies are one level deep: one to a reply stands beside it.
    let parent = comment.parent.as_ref().map_or(comment.id, |(parent, _)| *parent);
    let fields = Fields {
        site: key.site.clone(),
        thread: key.object.clone(),
        title: comment.thread.title.clone(),
        parent: parent.to_string(),
        name: form.name.clone(),
        body: form.body.clone(),
        consent: "staff".to_owned(),
        submission: form.submission.clone(),
        ..Fields::default()
    };
    let answered = match Submission::parse(&fields, site, app.config.limits) {
        Ok(submission) => {
            let (store, moderator) = (app.store.as_ref(), &desk.moderator);
            let now = app.now();
            moderation::answer(store, app.language, &app.receipts, moderator, submission, now)
                .await?
        }
        Err(invalid) => {
            let errors = field_errors(lang, &invalid, &fields);
            let errors = errors.into_iter().map(|error| error.message).collect();
            return again(app, &desk, lang, &comment, form, errors).await;
        }
    };
    match answered {
        Answered::Published(reply) => {
            let page = address(id.0, &safe_return(&form.r#return));
            Ok(see_other(format!("{page}&replied={reply}#replied")))
        }
        Answered::NoSuchParent => {
            let gone = [Invalid { field: "parent", rule: Rule::Malformed }];
            let errors = field_errors(lang, &gone, &fields);
            let errors = errors.into_iter().map(|error| error.message).collect();
            again(app, &desk, lang, &comment, form, errors).await
        }
        // The form was sent before, with another text: under a key of its own it is another reply.
        Answered::KeyReused => {
            let errors = vec![lang.t("error-duplicate-do").into_owned()];
            again(app, &desk, lang, &comment, form, errors).await
        }
    }
}

/// The comment's page with everything that was typed.
async fn again(
    app: &App,
    desk: &AtDesk,
    lang: Lang,
    comment: &Comment,
    form: &Form,
    errors: Vec<String>,
) -> Result<HttpResponse, WebError> {
    let answer = Typed { name: form.name.clone(), body: form.body.clone(), errors };
    let draft = Draft { answer, ..Draft::default() };
    let html = render(app, desk, lang, comment, draft, &form.r#return, None).await?;
    Ok(HttpResponse::build(StatusCode::UNPROCESSABLE_ENTITY)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(html))
}
