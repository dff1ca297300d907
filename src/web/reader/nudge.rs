//! The nudge: a text that lacks its marks comes back intact. Its reader may have them put in and
//! look them over, type again, or send it as it is. The same with and without a script.

use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;
use serde_json::json;

use super::assess::findings;
use super::form::handed_back;
use super::submit::Exchange;
use crate::domain::{OffendingSpan, clean_text};
use crate::language::{Change, Language};
use crate::web::error::{WebError, wants_json};
use crate::web::locale::Lang;
use crate::web::text::{Segment, segments};

/// A syllable that the restoration changed and is not sure of.
struct Guess {
    from: String,
    to: String,
    /// What it may be instead, separated by commas.
    alternatives: String,
}

#[derive(Template)]
#[template(path = "nudge.html", config = "src/web/askama.toml")]
struct NudgePage<'a> {
    nudge: &'a Nudge<'a>,
    lang: Lang,
    /// The text as sent, cut at the syllables that lack their marks.
    text: Vec<Segment>,
    /// The text with its marks put in, once the reader asked for it.
    restored: Option<String>,
    guesses: Vec<Guess>,
}

/// Below this confidence a guess is shown to the reader, to be looked at: above it, about 98 in
/// 100 changed syllables are right.
pub(in crate::web) const DOUBTFUL: f32 = 0.9;

/// A text that goes back to its reader, with the form that sends it again.
pub(super) struct Nudge<'a> {
    pub(super) lang: Lang,
    /// The newspaper's name.
    pub(super) newspaper: &'a str,
    /// The article's address, if it is one of the newspaper's.
    pub(super) article: Option<&'a str>,
    /// Where the form goes.
    pub(super) action: &'a str,
    /// Its fields beside the text, which the reader does not see.
    pub(super) hidden: &'a [(&'static str, &'a str)],
    pub(super) body: &'a str,
}

impl Nudge<'_> {
    /// The page, or with `restore` the text with its marks put in.
    pub(super) fn page(
        &self,
        language: &Language,
        restore: bool,
    ) -> Result<HttpResponse, WebError> {
        let body = clean_text(self.body);
        let assessment = language.assess(&body);
        let restoration = language.restore(&body);
        let guess = |change: &Change| Guess {
            from: body.get(change.bytes.clone()).unwrap_or_default().to_owned(),
            to: change.to.clone(),
            alternatives: change.alternatives.join(", "),
        };
        let doubtful = |change: &&Change| change.confidence < DOUBTFUL;
        let spans: Vec<_> = assessment.spans.into_iter().map(OffendingSpan::from).collect();
        let page = NudgePage {
            nudge: self,
            lang: self.lang,
            text: segments(&body, &spans),
            guesses: restoration.changes.iter().filter(doubtful).map(guess).collect(),
            restored: restore
                .then(|| restoration.repaired.map_or(restoration.text, |(_, repaired)| repaired)),
        };
        Ok(HttpResponse::UnprocessableEntity()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .content_type("text/html; charset=utf-8")
            .body(page.render()?))
    }
}

impl Exchange<'_> {
    /// The nudge, or with `restore` the text with its marks put in.
    pub(super) fn nudge(&self, restore: bool) -> Result<HttpResponse, WebError> {
        if wants_json(self.request) {
            let body = clean_text(&self.fields.body);
            let assessment = self.app.language.assess(&body);
            let restoration = self.app.language.restore(&body);
            return Ok(HttpResponse::UnprocessableEntity()
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .json(json!({
                    "error": "lacks-marks", "message": self.lang.t("nudge-lead"),
                    "assessment": findings(&body, &assessment, &restoration),
                    "form": handed_back(&self.fields),
                })));
        }
        let fields = self.keyed_fields();
        let nudge = Nudge {
            lang: self.lang,
            newspaper: &self.site.name,
            article: Some(fields.url.as_str()).filter(|url| self.site.lists_url(url)),
            action: "/comments",
            hidden: &[
                ("site", &fields.site),
                ("thread", &fields.thread),
                ("url", &fields.url),
                ("title", &fields.title),
                ("parent", &fields.parent),
                ("submission", &fields.submission),
                ("stamp", &fields.stamp),
                ("strokes", &fields.strokes),
                ("name", &fields.name),
                ("email", &fields.email),
                ("consent", &fields.consent),
                ("website", &fields.website),
            ],
            body: &fields.body,
        };
        nudge.page(self.app.language, restore)
    }
}
