//! How long a client may take to send what it announced.

use std::io::ErrorKind;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::{PayloadError, UrlencodedError};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use futures_util::{Stream, StreamExt, stream};

use super::App;

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
