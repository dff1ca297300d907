//! `POST /assessments`: whether a text lacks its marks, asked while it is being typed. Nothing is
//! kept of it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::nudge::DOUBTFUL;
use crate::language::{Assessment, Restoration};
use crate::web::error::{Kind, WebError};
use crate::web::{App, access, address};

/// What is asked.
#[derive(Deserialize)]
struct Question {
    text: String,
    /// The newspaper, where its policy is asked too.
    #[serde(default)]
    site: String,
}

pub(in crate::web) async fn assess(
    request: HttpRequest,
    app: web::Data<App>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    access::check_type(&request, "application/json")?;
    if let Some(client) = address::client(&request, &app.config.trusted_proxies) {
        app.checks.admit(&address::block(client)).map_err(Kind::TooFast)?;
    }
    let question: Question =
        serde_json::from_slice(&body).map_err(|_broken| WebError::from(Kind::BadRequest))?;
    let assessment = app.language.assess(&question.text);
    let restoration = app.language.restore(&question.text);
    let mut answer = findings(&question.text, &assessment, &restoration);
    if let Some(site) = app.site(&question.site) {
        answer["nudge"] = site.policy.nudges(&assessment).into();
    }
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(answer))
}

/// What language found in a text. Places are counted in characters, as scripts' strings are not:
/// `Array.from(text)` counts alike.
pub(super) fn findings(text: &str, assessment: &Assessment, restoration: &Restoration) -> Value {
    let spans: Vec<_> = assessment
        .spans
        .iter()
        .map(|span| {
            json!({
                "start": span.chars.start, "end": span.chars.end,
                "text": text.get(span.bytes.clone()).unwrap_or_default(),
                "suggestion": span.suggestion, "confidence": span.confidence,
            })
        })
        .collect();
    let characters = |bytes: usize| text.get(..bytes).map_or(0, |before| before.chars().count());
    let changes: Vec<_> = restoration
        .changes
        .iter()
        .map(|change| {
            json!({
                "start": characters(change.bytes.start), "end": characters(change.bytes.end),
                "to": change.to, "confidence": change.confidence,
                "doubtful": change.confidence < DOUBTFUL, "alternatives": change.alternatives,
            })
        })
        .collect();
    json!({
        "text": text,
        "class": assessment.class.as_str(), "missing_share": assessment.missing_share,
        "confidence": assessment.confidence, "spans": spans,
        "restored": restoration.text, "changes": changes,
        "repaired": restoration.repaired.as_ref().map(|(_, repaired)| repaired),
    })
}
