//! How long a client may take to send what it announced, and we to answer.

use std::io::ErrorKind;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::{InternalError, PayloadError, UrlencodedError};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use futures_util::{Stream, StreamExt, stream};

use super::error::{Asker, Kept, Kind};
use super::{App, routes};

/// Gives up on a body that is not there in time, however steadily it drips.
///
/// # Errors
/// Those of the layers below.
pub async fn body_in_time(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if !request.method().is_safe()
        && let Some(app) = request.app_data::<web::Data<App>>()
    {
        let patience = app.config.body_patience;
        let payload = request.take_payload();
        let payload = Box::pin(until(patience, payload)) as Pin<Box<dyn Stream<Item = _>>>;
        request.set_payload(Payload::Stream { payload });
    }
    next.call(request).await
}

/// Gives up on an answer that is not begun in time, whatever it waits for: what comes then is 503.
/// An answer that has begun, as one of events, goes on.
///
/// # Errors
/// That answer; the request it would belong to is gone with its handler. And those of the layers
/// below.
pub async fn answer_in_time<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let Some(app) = request.app_data::<web::Data<App>>().cloned() else {
        return next.call(request).await;
    };
    // What is still to come has a deadline of its own.
    let body = if request.method().is_safe() { Duration::ZERO } else { app.config.body_patience };
    let asker = Asker::of(request.request());
    match tokio::time::timeout(app.config.answer_patience + body, next.call(request)).await {
        Ok(answered) => answered,
        Err(late) => {
            tracing::error!("a handler was given up");
            let mut answer = asker.answer(&Kind::Unavailable, Kept::Nothing);
            for (name, value) in routes::headers(&app.config.public_url) {
                answer.headers_mut().insert(name, value);
            }
            Err(InternalError::from_response(late, answer).into())
        }
    }
}

/// The payload up to a deadline, then an error: never a body that only seems to be whole.
fn until(
    patience: Duration,
    mut payload: Payload,
) -> impl Stream<Item = Result<web::Bytes, PayloadError>> {
    let mut deadline = Box::pin(tokio::time::sleep(patience));
    stream::poll_fn(move |context| match payload.poll_next_unpin(context) {
        Poll::Pending => deadline.as_mut().poll(context).map(|()| Some(Err(too_late()))),
        ready => ready,
    })
}

fn too_late() -> PayloadError {
    PayloadError::Io(ErrorKind::TimedOut.into())
}

/// Whether this is how a body ended that did not come in time.
pub(super) fn is_too_late(error: &Error) -> bool {
    let payload = match error.as_error::<UrlencodedError>() {
        Some(UrlencodedError::Payload(payload)) => Some(payload),
        _ => error.as_error::<PayloadError>(),
    };
    matches!(payload, Some(PayloadError::Io(error)) if error.kind() == ErrorKind::TimedOut)
}
