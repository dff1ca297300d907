//! The nudge: a text that lacks its marks comes back intact. Its reader may have them put in and
//! look them over, type again, or send it as it is. The same with and without a script.

use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;
use serde_json::json;

use super::assess::findings;
use super::form::handed_back;
use super::submit::Exchange;
use crate::domain::{Fields, OffendingSpan, Site, clean_text};
use crate::language::Change;
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
    lang: Lang,
    site: &'a Site,
    fields: &'a Fields,
    /// The text as sent, cut at the syllables that lack their marks.
    text: Vec<Segment>,
    /// The text with its marks put in, once the reader asked for it.
    restored: Option<String>,
    guesses: Vec<Guess>,
}

/// Below this confidence a guess is shown to the reader, to be looked at: above it, about 98 in
/// 100 changed syllables are right.
pub(super) const DOUBTFUL: f32 = 0.9;

impl Exchange<'_> {
    /// The nudge, or with `restore` the text with its marks put in.
    pub(super) fn nudge(&self, restore: bool) -> Result<HttpResponse, WebError> {
        let body = clean_text(&self.fields.body);
        let assessment = self.app.language.assess(&body);
        let restoration = self.app.language.restore(&body);
        let mut response = HttpResponse::UnprocessableEntity();
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if wants_json(self.request) {
            return Ok(response.json(json!({
                "error": "lacks-marks", "message": self.lang.t("nudge-lead"),
                "assessment": findings(&body, &assessment, &restoration),
                "form": handed_back(&self.fields),
            })));
        }
        let guess = |change: &Change| Guess {
            from: body.get(change.bytes.clone()).unwrap_or_default().to_owned(),
            to: change.to.clone(),
            alternatives: change.alternatives.join(", "),
        };
        let doubtful = |change: &&Change| change.confidence < DOUBTFUL;
        let spans: Vec<_> = assessment.spans.into_iter().map(OffendingSpan::from).collect();
        let page = NudgePage {
            lang: self.lang,
            site: self.site,
            fields: &self.keyed_fields(),
            text: segments(&body, &spans),
            guesses: restoration.changes.iter().filter(doubtful).map(guess).collect(),
            restored: restore
                .then(|| restoration.repaired.map_or(restoration.text, |(_, repaired)| repaired)),
        };
        Ok(response.content_type("text/html; charset=utf-8").body(page.render()?))
    }
}

impl NudgePage<'_> {
    /// The article's address, if it is one of the site's.
    fn article(&self) -> Option<&str> {
        Some(self.fields.url.as_str()).filter(|url| self.site.lists_url(url))
    }
}
