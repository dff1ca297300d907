//! `POST /moderation/comments/{id}/draft`: helps with the text in the box, as a page or as JSON;
//! nothing is decided and nothing is kept.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::json;

use super::comment::{Draft, render};
use super::decision::Form;
use crate::domain::{CommentId, EditReason, EditReasons, hide_personal, personal_in};
use crate::language::{Language, Restoration};
use crate::web::error::{Kind, WebError, wants_json};
use crate::web::locale::Lang;
use crate::web::reader::nudge::DOUBTFUL;
use crate::web::session::AtDesk;
use crate::web::text::{Piece, difference};
use crate::web::{App, home};

/// The text in the box, and what is to be said about it.
pub(super) struct Editor {
    pub(super) body: String,
    /// Whether it is not the reader's own.
    pub(super) changed: bool,
    /// Syllables that marks can be put into.
    pub(super) restorable: usize,
    /// Pieces of personal information in it.
    pub(super) personal: usize,
    /// The key of what is wrong with the text as a whole, if it can be repaired.
    pub(super) repair: Option<String>,
    /// What it changes of the reader's text.
    pub(super) difference: Vec<Piece>,
    /// What the changes are for, by their look.
    pub(super) edits: EditReasons,
    /// Syllables whose marks were put in and are not sure.
    pub(super) doubts: Vec<Doubt>,
}

/// A syllable whose marks were put in and are not sure.
#[derive(Serialize)]
pub(super) struct Doubt {
    /// As it was.
    pub(super) from: String,
    /// As it is now.
    pub(super) word: String,
    /// What it may be, as it is now first.
    pub(super) words: Vec<String>,
    /// Where it stands in the text, counted as scripts count.
    pub(super) at: usize,
}

impl Editor {
    /// The box with `body` in it, beside the reader's text `sent`.
    pub(super) fn new(language: &Language, sent: &str, body: String) -> Editor {
        let restoration = language.restore(&body);
        let named = |name: &str| format!("repair-{}", name.replace('_', "-"));
        Editor {
            changed: body != sent,
            restorable: restoration.changes.len(),
            personal: personal_in(&body).len(),
            repair: restoration.repaired.map(|(repair, _)| named(repair.as_str())),
            difference: difference(sent, &body),
            edits: EditReasons::of(sent, &body),
            doubts: Vec::new(),
            body,
        }
    }

    /// Whether the changes look as if they were for this.
    pub(super) fn is_for(&self, edit: &EditReason) -> bool {
        self.edits.iter().any(|one| one == *edit)
    }
}

/// The doubtful ones of the syllables that were changed in `text`.
fn doubts(text: &str, restoration: &Restoration) -> Vec<Doubt> {
    let length = |text: &str| text.encode_utf16().count();
    let (mut doubts, mut at, mut done) = (Vec::new(), 0, 0);
    for change in &restoration.changes {
        at += length(text.get(done..change.bytes.start).unwrap_or_default());
        let from = text.get(change.bytes.clone()).unwrap_or_default().to_owned();
        let mut words = vec![change.to.clone()];
        words.extend(change.alternatives.iter().filter(|word| **word != change.to).cloned());
        if change.confidence < DOUBTFUL && words.len() > 1 {
            doubts.push(Doubt { from, word: change.to.clone(), words, at });
        }
        at += length(&change.to);
        done = change.bytes.end;
    }
    doubts
}

pub(in crate::web) async fn draft(
    request: HttpRequest,
    app: web::Data<App>,
    desk: Result<AtDesk, WebError>,
    id: web::Path<i64>,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let typed = form.typed();
    let answer = help(&request, &app, desk, CommentId(*id), &form, lang);
    answer.await.map_err(|error| error.keeping(typed))
}

async fn help(
    request: &HttpRequest,
    app: &App,
    desk: Result<AtDesk, WebError>,
    id: CommentId,
    form: &Form,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let desk = desk?;
    desk.check(&form.csrf)?;
    let comment = app.store.comment(id).await?;
    let mut found = Vec::new();
    let body = match form.action.as_str() {
        "marks" => {
            let restoration = app.language.restore(&form.body);
            found = doubts(&form.body, &restoration);
            restoration.text
        }
        "repair" => {
            let repaired = app.language.restore(&form.body).repaired;
            repaired.map_or_else(|| form.body.clone(), |(_, text)| text)
        }
        "hide" => hide_personal(&form.body),
        "sent" => comment.body.clone(),
        "look" => form.body.clone(),
        _ => return Err(Kind::BadRequest.into()),
    };
    let editor = Editor { doubts: found, ..Editor::new(app.language, &comment.body, body) };
    if wants_json(request) {
        return Ok(HttpResponse::Ok().json(json(&editor)));
    }
    let draft = Draft { editor: Some(editor), ..Draft::default() };
    render(app, &desk, lang, &comment, draft, &form.r#return, None).await.map(home::page)
}

/// What the script in the page shows of it.
fn json(editor: &Editor) -> serde_json::Value {
    let pieces: Vec<_> = editor.difference.iter().map(|piece| (piece.kind, &piece.text)).collect();
    json!({
        "body": editor.body,
        "changed": editor.changed,
        "restorable": editor.restorable,
        "personal": editor.personal,
        "repair": editor.repair.is_some(),
        "difference": pieces,
        "edits": editor.edits.iter().map(EditReason::as_str).collect::<Vec<_>>(),
        "doubts": editor.doubts,
    })
}
