//! What is written to the log: of a request its method, route, status and number, never its
//! address, query, headers or text.

use std::io::IsTerminal;

use actix_web::Error;
use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use tracing::Span;
use tracing::field::Empty;
use tracing_actix_web::{RequestId, RootSpanBuilder};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// The span around each request.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let route = request.match_pattern().unwrap_or_default();
        let id = request.extensions().get::<RequestId>().map(ToString::to_string);
        let id = id.unwrap_or_default();
        tracing::info_span!("request", method = %request.method(), route, id, status = Empty)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", status.as_u16());
        span.in_scope(|| tracing::debug!("answered"));
    }
}

/// Starts writing log lines to standard error.
///
/// # Errors
/// A sentence for the operator if `level` is no filter.
pub fn start(level: &str, json: bool) -> Result<(), String> {
    start_into(level, json, std::io::stderr)
}

/// The same into anything else.
///
/// # Errors
/// A sentence for the operator if `level` is no filter.
pub fn start_into<W>(level: &str, json: bool, writer: W) -> Result<(), String>
where
    W: for<'line> MakeWriter<'line> + Send + Sync + 'static,
{
    let named = |error: &dyn std::fmt::Display| format!("log.level: {error}");
    let filter = EnvFilter::try_new(level).map_err(|error| named(&error))?;
    // Whatever is asked for: below its warnings, this library tells what is bound in statements.
    let silent = "tokio_postgres=warn".parse().map_err(|error| named(&error))?;
    let filter = filter.add_directive(silent);
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(writer);
    let started = if json { lines.json().try_init() } else { lines.try_init() };
    started.map_err(|error| error.to_string())
}
