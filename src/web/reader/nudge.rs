//! The nudge: a text that lacks its marks comes back intact. Its reader may have them put in and
//! look them over, type again, or send it as it is. The same with and without a script.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde_json::json;

use super::assess::findings;
use crate::domain::{Fields, OffendingSpan, Site, clean_text};
use crate::language::Change;
use crate::web::App;
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
const DOUBTFUL: f32 = 0.9;

/// The nudge, or with `restore` the text with its marks put in.
pub(super) fn nudge(
    request: &HttpRequest,
    app: &App,
    lang: Lang,
    site: &Site,
    fields: &Fields,
    restore: bool,
) -> Result<HttpResponse, WebError> {
    let body = clean_text(&fields.body);
    let assessment = app.language.assess(&body);
    let restoration = app.language.restore(&body);
    let mut response = HttpResponse::build(StatusCode::UNPROCESSABLE_ENTITY);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if wants_json(request) {
        return Ok(response.json(json!({
            "error": "lacks-marks", "message": lang.t("nudge-lead"),
            "assessment": findings(&body, &assessment, &restoration),
        })));
    }
    let span = |span: &crate::language::Span| OffendingSpan {
        bytes: span.bytes.clone(),
        suggestion: span.suggestion.clone(),
    };
    let guess = |change: &Change| Guess {
        from: body
            .get(change.bytes.clone())
            .unwrap_or_default()
            .to_owned(),
        to: change.to.clone(),
        alternatives: change.alternatives.join(", "),
    };
    let spans: Vec<_> = assessment.spans.iter().map(span).collect();
    let doubtful = |change: &&Change| change.confidence < DOUBTFUL;
    let page = NudgePage {
        lang,
        site,
        fields,
        text: segments(&body, &spans),
        guesses: restoration
            .changes
            .iter()
            .filter(doubtful)
            .map(guess)
            .collect(),
        restored: restore.then(|| {
            restoration
                .repaired
                .map_or(restoration.text, |(_, repaired)| repaired)
        }),
    };
    Ok(response
        .content_type("text/html; charset=utf-8")
        .body(page.render()?))
}

impl NudgePage<'_> {
    /// The article's address, if it is one of the site's.
    fn article(&self) -> Option<&str> {
        Some(self.fields.url.as_str()).filter(|url| self.site.lists_url(url))
    }
}
