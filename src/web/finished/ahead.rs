//! Kept answers go out ahead of everything else that a request passes through.

use actix_http::RequestHead;
use actix_web::HttpResponse;
use actix_web::http::{Method, header};

use super::is_of_a_thread;
use crate::web::App;

/// The answer to a request, if one is kept that is still what is published.
#[must_use]
pub fn from_memory(app: &App, request: &RequestHead) -> Option<HttpResponse> {
    let public = is_of_a_thread(request) || request.uri.path() == "/counts";
    // Whoever wants a line in the log for each request gets one for these too.
    if !public || request.method != Method::GET || tracing::enabled!(tracing::Level::DEBUG) {
        return None;
    }
    let mut answer = app.finished.ready(request)?;
    if let Some(origin) = request.headers.get(header::ORIGIN)
        && app.lists_origin(origin)
    {
        answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
    Some(answer)
}
