//! `/moderation/settings/…`: what an admin sets on pages, a section each.

pub(in crate::web) mod embed;
pub(in crate::web) mod reasons;
pub(in crate::web) mod rules;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};

use crate::domain::Invalid;
use crate::web::home::page;
use crate::web::locale::Lang;

/// The sections, in order: each one's address and the key of its name.
const SECTIONS: [(&str, &str); 3] = [
    (reasons::HERE, "settings-reasons"),
    (rules::HERE, "settings-rules"),
    (embed::HERE, "settings-embed"),
];

/// `GET /moderation/settings`: the first section.
pub(in crate::web) async fn first() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, SECTIONS[0].0)).finish()
}

/// A section; `refused` if it hands back a form that was not accepted.
fn section(html: String, refused: bool) -> HttpResponse {
    let mut response = page(html);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// What is to be said about the bad fields of a form.
#[derive(Clone, Default)]
struct Errors(Vec<(&'static str, String)>);

impl Errors {
    /// In the sentences that `key` names.
    fn said(lang: Lang, invalid: &[Invalid], key: impl Fn(&Invalid) -> String) -> Errors {
        let sentence = |bad: &Invalid| {
            let max = bad.rule.limit().unwrap_or_default();
            (bad.field, lang.with(key(bad), "max", max).into_owned())
        };
        Errors(invalid.iter().map(sentence).collect())
    }

    /// About a field, if it is bad.
    fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(bad, _)| *bad == field).map(|(_, message)| message.as_str())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
