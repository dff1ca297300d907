//! `/api/v1`: the desk for programs, as JSON. The same calls as its pages, by a bearer token.

pub(super) mod comment;
pub(super) mod decision;
pub(super) mod queue;
mod wire;

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;

/// An answer that nobody else may keep.
fn answer(value: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(value)
}
