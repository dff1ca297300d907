//! `/moderation/settings/…`: what an admin sets on pages, a section each.

pub(in crate::web) mod embed;
pub(in crate::web) mod reasons;
pub(in crate::web) mod rules;

use actix_web::HttpResponse;
use actix_web::http::header;

/// The sections, in order: each one's address and the key of its name.
pub(super) const SECTIONS: [(&str, &str); 3] = [
    ("/moderation/settings/reasons", "settings-reasons"),
    ("/moderation/settings/rules", "settings-rules"),
    ("/moderation/settings/embed", "settings-embed"),
];

/// `GET /moderation/settings`: the first section.
pub(in crate::web) async fn first() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, SECTIONS[0].0)).finish()
}
