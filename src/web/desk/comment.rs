//! `GET /moderation/comments/{id}`: the reader's text, what is to be published, and the history.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::answer::{AnswerForm, Typed};
use super::decision::safe_return;
use super::frame::{Card, Decided, Frame, Tab, reasons};
use crate::domain::{Comment, CommentId, Reason, Status};
use crate::web::App;
use crate::web::error::WebError;
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;
use crate::web::text::{Piece, difference};

/// What the page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    /// The list to go back to.
    r#return: String,
    /// The reply of the newsroom's that was just published.
    replied: Option<i64>,
}

/// What a decision that was not carried out leaves in the form.
#[derive(Default)]
pub(super) struct Draft {
    /// The text in the box.
    pub(super) body: Option<String>,
    /// What was to be decided.
    pub(super) action: String,
    pub(super) reason: String,
    pub(super) message: String,
    pub(super) note: String,
    /// Who decided meanwhile, and what.
    pub(super) conflict: Option<Decided>,
    /// What is wrong with the decision.
    pub(super) errors: Vec<String>,
    /// What is left of a reply.
    pub(super) answer: Typed,
}

impl Draft {
    /// The reason that was chosen for this action.
    fn reason_to(&self, action: &str) -> &str {
        if self.action == action { &self.reason } else { "" }
    }
}

#[derive(Template)]
#[template(path = "comment.html", config = "src/web/askama.toml")]
struct CommentPage {
    lang: Lang,
    frame: Frame,
    card: Card,
    reasons: Vec<Reason>,
    /// The text in the box.
    body: String,
    draft: Draft,
    /// Whether the text in the box is not the reader's own.
    changed: bool,
    /// Syllables of the text in the box that marks can be put into.
    restorable: usize,
    /// The key of what is wrong with the text as a whole, if it can be repaired.
    repair: Option<String>,
    parent_body: Option<String>,
    difference: Vec<Piece>,
    history: Vec<Decided>,
    /// The form of the newsroom's reply, under a published comment.
    answer: Option<AnswerForm>,
    /// The reply that was just published.
    replied: Option<i64>,
    /// The list that led here.
    here: String,
    /// This page's own address.
    own: String,
}

/// The address of a comment's page that leads back to the list `back`.
pub(super) fn address(id: i64, back: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    format!("/moderation/comments/{id}?{}", query.append_pair("return", back).finish())
}

pub(in crate::web) async fn show(
    app: web::Data<App>,
    desk: AtDesk,
    id: web::Path<i64>,
    query: web::Query<Query>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let comment = app.store.comment(CommentId(*id)).await?;
    let draft = Draft::default();
    render(&app, &desk, lang, &comment, draft, &query.r#return, query.replied).await.map(page)
}

/// The page with `draft` in its forms.
pub(super) async fn render(
    app: &App,
    desk: &AtDesk,
    lang: Lang,
    comment: &Comment,
    draft: Draft,
    back: &str,
    replied: Option<i64>,
) -> Result<String, WebError> {
    let published = comment.published_body.clone();
    let body = draft.body.clone().or(published).unwrap_or_else(|| comment.body.clone());
    let restoration = app.language.restore(&body);
    let parent_body = match comment.parent {
        Some((parent, _)) => app.store.comment(parent).await.ok().and_then(|c| c.published_body),
        None => None,
    };
    let history = app.store.history(comment.id).await?;
    let here = safe_return(back);
    let html = CommentPage {
        lang,
        frame: Frame::new(app, desk, Tab::List(comment.status)).await?,
        card: Card::new(app, lang, comment),
        reasons: reasons(app).await?,
        changed: body != comment.body,
        restorable: restoration.changes.len(),
        repair: restoration
            .repaired
            .map(|(repair, _)| format!("repair-{}", repair.as_str().replace('_', "-"))),
        parent_body,
        difference: difference(&comment.body, &body),
        history: history.iter().map(|record| Decided::new(app, lang, record)).collect(),
        answer: AnswerForm::new(app, desk, comment, &draft.answer).await?,
        replied,
        own: address(comment.id.0, &here),
        here,
        body,
        draft,
    };
    Ok(html.render()?)
}

impl CommentPage {
    fn pending(&self) -> bool {
        self.card.status == Status::Pending
    }

    fn published(&self) -> bool {
        self.card.status == Status::Approved
    }
}
