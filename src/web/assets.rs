//! Style sheets, scripts and pictures, kept in the binary.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use rust_embed::Embed;

use super::error::{Kind, WebError};

#[derive(Embed)]
#[folder = "src/web/static/"]
struct Files;

/// `GET /static/{name}`
pub(super) async fn asset(name: web::Path<String>) -> Result<HttpResponse, WebError> {
    file(&name)
}

/// `GET /widget.js`: puts a thread into an article page.
pub(super) async fn widget() -> Result<HttpResponse, WebError> {
    file("widget.js")
}

/// `GET /count.js`: puts the numbers of comments at the links of many articles.
pub(super) async fn count() -> Result<HttpResponse, WebError> {
    file("count.js")
}

/// A file of the binary's own.
pub(super) fn file(name: &str) -> Result<HttpResponse, WebError> {
    let file = Files::get(name).ok_or(Kind::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(file.metadata.mimetype())
        // Short, with a validator: a new version of the service is seen within minutes.
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .body(file.data.into_owned()))
}
