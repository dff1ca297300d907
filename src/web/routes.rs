//! Every address of the service, and what each answer says to browsers.

use actix_cors::Cors;
use actix_web::http::Method;
use actix_web::middleware::{DefaultHeaders, from_fn};
use actix_web::web::{self, ServiceConfig, get, post};

use super::error::{Kind, WebError};
use super::reader::{assess, counts, receipt, reply, submit, thread};
use super::{App, access, assets, desk, home};

/// What the service's own pages may load and do: their own style sheet and script, forms to
/// themselves.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// The addresses, for readers, moderators and operators.
pub fn routes(app: &web::Data<App>) -> impl FnOnce(&mut ServiceConfig) + use<> {
    let app = app.clone();
    move |config| {
        config
            .app_data(app.clone())
            .app_data(web::PayloadConfig::new(super::reader::MAX_FORM))
            .app_data(web::FormConfig::default().limit(super::reader::MAX_FORM))
            // Readers, from article pages of other origins
            .service(
                web::scope("/comments")
                    .wrap(article_pages(&app))
                    .route("", post().to(submit::submit))
                    .route("/{id}/reply", get().to(reply::reply)),
            )
            .service(
                web::scope("/threads")
                    .wrap(article_pages(&app))
                    .route("/{site}/{object}.json", get().to(thread::json))
                    .route("/{site}/{object}", get().to(thread::fragment)),
            )
            .service(web::resource("/assessments").wrap(article_pages(&app)).post(assess::assess))
            .service(web::resource("/counts").wrap(article_pages(&app)).get(counts::counts))
            .route("/receipts/{token}", get().to(receipt::receipt))
            .route("/widget.js", get().to(assets::widget))
            .route("/static/{name}", get().to(assets::asset))
            // Moderators
            .service(
                web::scope("/moderation")
                    .wrap(from_fn(access::only_from_here))
                    .route("", get().to(desk::queue::queue))
                    .route("/", get().to(desk::queue::queue))
                    .route("/recent", get().to(desk::recent::recent))
                    .route("/setup", get().to(desk::setup::form))
                    .route("/setup", post().to(desk::setup::create))
                    .route("/login", get().to(desk::login::form))
                    .route("/login", post().to(desk::login::log_in))
                    .route("/logout", post().to(desk::login::log_out))
                    .route("/comments/{id}", get().to(desk::comment::show))
                    .route("/comments/{id}/decision", post().to(desk::decision::decide))
                    .route("/threads/{id}/opening", post().to(desk::thread::set_open)),
            )
            // Everyone
            .route("/", get().to(home::home))
            .route("/healthz", get().to(home::health))
            .default_service(web::to(not_found));
    }
}

async fn not_found() -> Result<&'static str, WebError> {
    Err(Kind::NotFound.into())
}

/// Lets scripts on the sites' own pages read the answer.
fn article_pages(app: &web::Data<App>) -> Cors {
    let app = app.clone();
    Cors::default()
        .allowed_origin_fn(move |origin, _| {
            let listed = |origin| app.config.sites.iter().any(|site| site.lists_origin(origin));
            origin.to_str().is_ok_and(listed)
        })
        .allowed_methods([Method::GET, Method::POST])
        .allowed_headers(["accept", "content-type"])
        .max_age(3600)
}

/// What every answer says, unless it says otherwise itself.
pub(crate) fn security_headers(public_url: &str) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("content-security-policy", POLICY))
        .add(("x-content-type-options", "nosniff"))
        .add(("referrer-policy", "same-origin"))
        .add(("cross-origin-opener-policy", "same-origin"))
        .add(("permissions-policy", "interest-cohort=()"));
    match public_url.starts_with("https://") {
        true => headers.add(("strict-transport-security", "max-age=63072000")),
        false => headers,
    }
}
