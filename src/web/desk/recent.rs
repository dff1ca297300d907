//! `GET /moderation/recent`: what the moderator has just decided, to be undone.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::bulk::Shown;
use super::comment::address;
use super::frame::{Card, Decided, Frame, Tab};
use crate::domain::Status;
use crate::web::App;
use crate::web::error::WebError;
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;

/// Bulks on the page.
const BULKS: usize = 5;
/// Decisions on the page.
const SHOWN: usize = 50;
/// The page's own address.
const HERE: &str = "/moderation/recent";

/// A decision with the comment it is about.
struct Listed {
    card: Card,
    decided: Decided,
    /// The comment's own page, which leads back here.
    open: String,
}

#[derive(Template)]
#[template(path = "recent.html", config = "src/web/askama.toml")]
struct RecentPage {
    lang: Lang,
    frame: Frame,
    bulks: Vec<Shown>,
    decisions: Vec<Listed>,
    here: &'static str,
}

pub(in crate::web) async fn recent(
    app: web::Data<App>,
    desk: AtDesk,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let found = app.store.recent(desk.moderator.id, SHOWN).await?;
    let decisions = found.iter().map(|(record, comment)| Listed {
        card: Card::new(&app, lang, comment),
        decided: Decided::new(&app, lang, record),
        open: address(comment.id.0, HERE),
    });
    let decisions = decisions.collect();
    let bulks = app.store.bulks(desk.moderator.id, BULKS).await?;
    let bulks = bulks.into_iter().map(|bulk| Shown::new(&app, lang, bulk)).collect();
    let frame = Frame::new(&app, &desk, Tab::Recent).await?;
    Ok(page(RecentPage { lang, frame, bulks, decisions, here: HERE }.render()?))
}
