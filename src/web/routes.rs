//! Every address of the service, and what each answer says to browsers.

use actix_cors::Cors;
use actix_web::guard;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::{DefaultHeaders, from_fn};
use actix_web::web::{self, ServiceConfig, resource, scope};

use super::error::{Kind, WebError};
use super::reader::{assess, counts, feed, own, permalink, receipt, reply, stamp, submit, thread};
use super::{App, access, api, assets, desk, home};

/// What the service's own pages may load and do: their own style sheet and script, requests and
/// forms to themselves.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
                scope("/comments")
                    .wrap(article_pages(&app))
                    .service(resource("").post(submit::submit))
                    .service(resource("/{id}").get(permalink::permalink))
                    .service(resource("/{id}/reply").get(reply::reply)),
            )
            // Where themes send their forms.
            .service(
                resource(["/wp-comments-post.php", "/{site}/wp-comments-post.php"])
                    .wrap(article_pages(&app))
                    .post(submit::submit),
            )
            .service(
                scope("/threads")
                    .wrap(article_pages(&app))
                    .service(resource("/{site}.atom").get(feed::of_site))
                    .service(resource("/{site}/{object}.atom").get(feed::of_thread))
                    .service(resource("/{site}/{object}.json").get(thread::json))
                    .service(resource("/{site}/{object}/page").get(thread::page))
                    .service(resource("/{site}/{object}").get(thread::fragment)),
            )
            .service(resource("/stamp").wrap(article_pages(&app)).get(stamp::stamp))
            .service(resource("/assessments").wrap(article_pages(&app)).post(assess::assess))
            .service(resource("/counts").wrap(article_pages(&app)).get(counts::counts))
            // The state alone is for article pages too; the page with its links is not.
            .service(
                resource("/receipts/{token}")
                    .guard(guard::Header("accept", "application/json"))
                    .wrap(article_pages(&app))
                    .get(receipt::receipt),
            )
            .service(resource("/receipts/{token}").get(receipt::receipt))
            .service(resource("/receipts/{token}/revision").get(own::revision).post(own::revise))
            .service(
                resource("/receipts/{token}/withdrawal").get(own::withdrawal).post(own::withdraw),
            )
            .service(resource("/widget.js").get(assets::widget))
            .service(resource("/count.js").get(assets::count))
            .service(resource("/openapi.json").get(assets::description))
            .service(resource("/static/{name}").get(assets::asset))
            // Moderators
            .service(
                scope("/moderation")
                    .wrap(from_fn(access::only_from_here))
                    .service(resource(["", "/"]).get(desk::queue::queue))
                    .service(resource("/recent").get(desk::recent::recent))
                    .service(resource("/decisions").post(desk::bulk::decide))
                    .service(resource("/decisions/{id}").get(desk::bulk::show))
                    .service(resource("/decisions/{id}/reversal").post(desk::bulk::undo))
                    .service(resource("/events").get(desk::events::listen))
                    .service(resource("/comments/{id}/claim").post(desk::claim::claim))
                    .service(resource("/views").post(desk::views::save))
                    .service(resource("/views/{id}/removal").post(desk::views::remove))
                    .service(resource("/setup").get(desk::setup::form).post(desk::setup::create))
                    .service(resource("/login").get(desk::login::form).post(desk::login::log_in))
                    .service(resource("/logout").post(desk::login::log_out))
                    .service(resource("/comments/{id}").get(desk::comment::show))
                    .service(resource("/comments/{id}/draft").post(desk::draft::draft))
                    .service(resource("/comments/{id}/reply").post(desk::answer::reply))
                    .service(resource("/comments/{id}/decision").post(desk::decision::decide))
                    .service(resource(["/settings", "/settings/"]).get(desk::settings::first))
                    .service(
                        resource("/settings/reasons")
                            .get(desk::settings::reasons::show)
                            .post(desk::settings::reasons::add),
                    )
                    .service(
                        resource("/settings/reasons/{key}").post(desk::settings::reasons::change),
                    )
                    .service(
                        resource("/settings/rules")
                            .get(desk::settings::rules::show)
                            .post(desk::settings::rules::add),
                    )
                    .service(
                        resource("/settings/rules/trial").post(desk::settings::rules::try_text),
                    )
                    .service(resource("/settings/rules/{id}").post(desk::settings::rules::change))
                    .service(resource("/settings/embed").get(desk::settings::embed::show))
                    .service(resource("/threads/{id}/opening").post(desk::thread::set_open)),
            )
            // Programs that act for a moderator
            .service(
                scope("/api/v1")
                    .service(resource("/queue").get(api::queue::queue))
                    .service(resource("/comments/{id}").get(api::comment::comment))
                    .service(resource("/comments/{id}/decision").post(api::decision::decide)),
            )
            // Everyone
            .service(resource("/").get(home::home))
            .service(resource("/healthz").get(home::health))
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
        .allowed_origin_fn(move |origin, _| app.lists_origin(origin))
        .allowed_methods([Method::GET, Method::POST])
        .allowed_headers(["accept", "accept-language", "content-type"])
        .max_age(3600)
}

/// What every answer says, unless it says otherwise itself.
pub(super) fn headers(public_url: &str) -> HeaderMap {
    let mut headers = vec![
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    if public_url.starts_with("https://") {
        headers.push(("strict-transport-security", "max-age=63072000"));
    }
    let named = |(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
    headers.into_iter().map(named).collect()
}

/// The same as a layer around the handlers.
pub(crate) fn security_headers(public_url: &str) -> DefaultHeaders {
    headers(public_url).into_iter().fold(DefaultHeaders::new(), DefaultHeaders::add)
}
