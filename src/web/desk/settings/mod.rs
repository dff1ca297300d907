//! `/moderation/settings/…`: what an admin sets on pages, a section each.

pub(in crate::web) mod reasons;

use actix_web::HttpResponse;
use actix_web::http::header;

/// The sections, in order: each one's address and the key of its name.
pub(super) const SECTIONS: [(&str, &str); 1] =
    [("/moderation/settings/reasons", "settings-reasons")];

/// `GET /moderation/settings`: the first section.
pub(in crate::web) async fn first() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, SECTIONS[0].0)).finish()
}
