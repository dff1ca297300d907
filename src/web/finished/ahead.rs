//! Kept answers go out ahead of everything else that a request passes through.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, web};

use super::is_of_a_thread;
use crate::web::App;

/// Answers from memory where it can; lets everything else pass.
///
/// # Errors
/// Those of the layers below.
pub async fn from_memory(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, actix_web::Error> {
    match kept(request.request()) {
        Some(answer) => Ok(request.into_response(answer).map_into_right_body()),
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

fn kept(request: &HttpRequest) -> Option<HttpResponse> {
    let public = is_of_a_thread(request) || request.path() == "/counts";
    // Whoever wants a line in the log for each request gets one for these too.
    if !public || request.method() != Method::GET || tracing::enabled!(tracing::Level::DEBUG) {
        return None;
    }
    let app = request.app_data::<web::Data<App>>()?;
    let mut answer = app.finished.ready(request)?;
    if let Some(origin) = request.headers().get(header::ORIGIN)
        && app.lists_origin(origin)
    {
        answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
    Some(answer)
}
