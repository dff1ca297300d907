//! Which requests may change something: the desk's forms come from the desk, comments from the
//! site's own pages.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, web};

use super::App;
use super::error::{Kind, WebError};
use crate::domain::{Site, origin_of};

fn header_of<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

/// Whether the request says it comes from a page of this service. Browsers say so themselves in
/// `Sec-Fetch-Site`; older ones, and people with curl, by `Origin`.
pub(super) fn from_here(request: &HttpRequest, app: &App) -> bool {
    match header_of(request, "sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => {
            let here = origin_of(&app.config.public_url);
            here.is_some() && header_of(request, "origin") == here.as_deref()
        }
    }
}

/// Lets requests that change something pass only from the desk's own pages.
pub(super) async fn only_from_here(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, actix_web::Error> {
    let app = request.app_data::<web::Data<App>>();
    let allowed =
        request.method().is_safe() || app.is_some_and(|app| from_here(request.request(), app));
    if allowed {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    Ok(request.error_response(WebError::from(Kind::Session)).map_into_right_body())
}

/// Lets nothing pass but what says that it is of this type. Handlers that read a body themselves
/// ask: a page elsewhere can make a browser send any bytes, but not say anything it likes of them.
pub(super) fn check_type(request: &HttpRequest, wanted: &str) -> Result<(), WebError> {
    match request.content_type().eq_ignore_ascii_case(wanted) {
        true => Ok(()),
        false => Err(Kind::BadRequest.into()),
    }
}

/// Whether a comment for `site` may come from where the request says it does. A request that does
/// not say (no browser sends such a form) counts as one from nowhere in particular.
pub(super) fn check_origin(request: &HttpRequest, app: &App, site: &Site) -> Result<(), WebError> {
    match header_of(request, header::ORIGIN.as_str()) {
        None => Ok(()),
        Some(origin) if site.lists_origin(origin) || from_here(request, app) => Ok(()),
        Some(_) => Err(Kind::Origin.into()),
    }
}
