//! `GET /moderation/comments/{id}`: the reader's text, what is to be published, and the history.

use std::slice;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use tokio::try_join;

use super::answer::{AnswerForm, Typed};
use super::decision::safe_return;
use super::draft::Editor;
use super::frame::{Card, Decided, Frame, Tab, Writer, reasons};
use crate::domain::{Comment, CommentId, EditReason, Reason, Status};
use crate::web::App;
use crate::web::error::WebError;
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;
use crate::web::text::Moment;

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
    /// The text in the box, where it is not what is published or was sent.
    pub(super) editor: Option<Editor>,
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
    draft: Draft,
    editor: Editor,
    /// Whether the text in the box is nowhere kept.
    unsaved: bool,
    /// What is known of its author.
    writer: Option<Writer>,
    history: Vec<Decided>,
    /// The form of the newsroom's reply, under a published comment.
    answer: Option<AnswerForm>,
    /// The reply that was just published.
    replied: Option<i64>,
    /// The reader's earlier texts, each with when another replaced it.
    revisions: Vec<(Moment, String)>,
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
    mut draft: Draft,
    back: &str,
    replied: Option<i64>,
) -> Result<String, WebError> {
    let unsaved = draft.editor.is_some();
    let kept = || comment.published_body.clone().unwrap_or_else(|| comment.body.clone());
    let editor = draft.editor.take();
    let editor = editor.unwrap_or_else(|| Editor::new(app.language, &comment.body, kept()));
    let (frame, reasons, mut authors, history, revisions, answer) = try_join!(
        Frame::new(app, desk, Tab::List(comment.status)),
        reasons(app),
        app.store.authors(slice::from_ref(&comment.id)),
        app.store.history(comment.id),
        app.store.revisions(comment.id),
        AnswerForm::new(app, desk, comment, &draft.answer),
    )?;
    let here = safe_return(back);
    let html = CommentPage {
        lang,
        frame,
        card: Card::new(app, lang, comment),
        reasons,
        unsaved,
        editor,
        writer: authors.remove(&comment.id).map(|author| Writer::new(lang, &author)),
        history: history.iter().map(|record| Decided::new(app, lang, record)).collect(),
        answer,
        replied,
        revisions: revisions
            .into_iter()
            .map(|revision| (Moment::new(revision.at, &app.config.time_zone), revision.body))
            .collect(),
        own: address(comment.id.0, &here),
        here,
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

    /// The name of going back to the queue.
    fn reopen(&self) -> &'static str {
        self.card.reopen()
    }
}
