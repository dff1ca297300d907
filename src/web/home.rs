//! `GET /`: what this is, and where to go from here. `GET /healthz`: whether it works.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::App;
use super::error::WebError;
use super::locale::Lang;

#[derive(Template)]
#[template(path = "home.html", config = "src/web/askama.toml")]
struct Home {
    lang: Lang,
    demo: Option<String>,
}

pub(super) async fn home(app: web::Data<App>, lang: Lang) -> Result<HttpResponse, WebError> {
    let demo = app.config.demo_listen.map(|address| format!("http://{address}"));
    Ok(page(Home { lang, demo }.render()?))
}

pub(super) async fn health(app: web::Data<App>) -> Result<HttpResponse, WebError> {
    app.store.check().await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ok\n"))
}

/// A page that is made for this request alone.
pub(super) fn page(html: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("cache-control", "no-store"))
        .body(html)
}

/// Done: on to a page that shows it.
pub(super) fn see_other(address: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address.as_ref()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}
