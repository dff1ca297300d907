//! The demo: article pages of a newspaper that does not exist, served from another origin, because
//! that is how a comment box is used. One includes the thread at the server, one by script, one
//! at the server with the script beside it, and one has the form of a WordPress theme.

use actix_web::http::header;
use actix_web::web::{self, ServiceConfig, get};
use actix_web::{HttpResponse, Responder};
use askama::Template;

use super::error::{Kind, WebError};
use super::reader::thread::{Article, render};
use super::{App, assets};
use crate::config::DEMO_SITE;
use crate::domain::{Site, ThreadKey};

#[derive(Template)]
#[template(path = "demo-article.html", config = "src/web/askama.toml")]
struct DemoArticle<'a> {
    service: &'a str,
    site: &'a Site,
    object: &'static str,
    title: &'static str,
    /// The thread's HTML, where the server includes it.
    included: Option<String>,
    scripted: bool,
}

/// A page of a WordPress theme, whose form sends its comments here.
#[derive(Template)]
#[template(path = "demo-theme.html", config = "src/web/askama.toml")]
struct DemoTheme<'a> {
    service: &'a str,
    site: &'a Site,
    /// The page's own address.
    url: String,
    title: &'static str,
}

const TITLE: &str = "Chuyến đò chở sách về cồn Bần";

/// The demo's addresses.
pub fn demo_routes(app: &web::Data<App>) -> impl FnOnce(&mut ServiceConfig) + use<> {
    let app = app.clone();
    move |config| {
        config
            .app_data(app)
            .route("/", get().to(included))
            .route("/script", get().to(scripted))
            .route("/both", get().to(both))
            .route("/theme", get().to(theme))
            .route("/static/{name}", get().to(assets::asset))
            .default_service(web::to(|| async { Err::<&str, _>(WebError::from(Kind::NotFound)) }));
    }
}

/// The article whose page includes the thread at the server: no script at all.
async fn included(app: web::Data<App>) -> Result<impl Responder, WebError> {
    article(&app, "2026-1187", "/", Included(true), Scripted(false)).await
}

/// The article whose page has the thread put in by a small script.
async fn scripted(app: web::Data<App>) -> Result<impl Responder, WebError> {
    article(&app, "2026-1188", "/script", Included(false), Scripted(true)).await
}

/// The article whose page includes the thread at the server, and helps with it by script.
async fn both(app: web::Data<App>) -> Result<impl Responder, WebError> {
    article(&app, "2026-1189", "/both", Included(true), Scripted(true)).await
}

/// The same article in a WordPress theme with its own form.
async fn theme(app: web::Data<App>) -> Result<impl Responder, WebError> {
    let site = app.site(DEMO_SITE).ok_or(Kind::NotFound)?;
    let origin = site.origins.first().map(String::as_str).unwrap_or_default();
    let service = app.config.public_url.as_str();
    let page = DemoTheme { service, site, url: format!("{origin}/theme"), title: TITLE };
    Ok(answer(service, page.render()?))
}

/// Whether the server includes the thread.
struct Included(bool);
/// Whether the page has the script.
struct Scripted(bool);

async fn article(
    app: &App,
    object: &'static str,
    path: &str,
    Included(include): Included,
    Scripted(scripted): Scripted,
) -> Result<HttpResponse, WebError> {
    let site = app.site(DEMO_SITE).ok_or(Kind::NotFound)?;
    let origin = site.origins.first().map(String::as_str).unwrap_or_default();
    let key = ThreadKey { site: site.id.clone(), object: object.to_owned() };
    let article = Article { url: format!("{origin}{path}"), title: TITLE.to_owned() };
    let included = if include { Some(render(app, &key, &article).await?) } else { None };
    let service = app.config.public_url.as_str();
    let page = DemoArticle { service, site, object, title: TITLE, included, scripted };
    Ok(answer(service, page.render()?))
}

fn answer(service: &str, html: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // As strict as a newspaper's may be: the comment box needs no more than this.
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            format!(
                "default-src 'none'; style-src 'self' {service}; img-src 'self'; \
                 script-src {service}; connect-src {service}; form-action {service}; \
                 base-uri 'none'; frame-ancestors 'none'"
            ),
        ))
        .body(html)
}
