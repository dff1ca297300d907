//! The service itself: wiring, and a stop that finishes what was begun.

pub mod jobs;

mod connection;

use std::future::{Future, ready};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, Protocol, Request, Response};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, apply_fn_factory, map_config};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{
    AppConfig, Server, ServiceFactory, ServiceRequest, ServiceResponse, fn_service,
};
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::{App as Service, HttpServer, web};
use futures_util::TryFutureExt;
use futures_util::future::Either;
use jiff::Timestamp;
use tokio::task::JoinHandle;
use tracing_actix_web::TracingLogger;

use crate::config::Config;
use crate::language::Language;
use crate::logs::RequestSpan;
use crate::store::Store;
use crate::web::{
    App, answer_in_time, body_in_time, demo_routes, from_memory, render_errors, routes,
    security_headers,
};
use connection::{Patience, Timed};

/// Seconds that requests under way have to finish after the stop was asked for.
const STOP_SECONDS: u64 = 10;
/// How long a connection may be idle.
const IDLE: Duration = Duration::from_secs(15);
/// How long a connection that is closed waits for the client to close it too.
const LINGER: Duration = Duration::from_secs(1);
/// How much later than by all deadlines of a request its connection is given up.
const SLACK: Duration = Duration::from_secs(5);

/// The service's listeners, bound by the caller.
pub struct Listeners {
    /// For the service.
    pub service: TcpListener,
    /// For the demo's article pages, if they are wanted.
    pub demo: Option<TcpListener>,
}

/// The one place that reads the clock.
#[expect(clippy::disallowed_methods, reason = "everything else is handed the time")]
#[must_use]
pub fn clock() -> Timestamp {
    Timestamp::now()
}

/// Serves until `stop` resolves, then finishes the requests under way.
///
/// `now` is [`clock`], or a test's. `ready` is called once with the link that makes the first admin,
/// if there is no moderator.
///
/// # Errors
/// A sentence for the operator.
pub async fn run(
    config: Config,
    store: Arc<dyn Store>,
    language: &'static Language,
    listeners: Listeners,
    now: fn() -> Timestamp,
    ready: impl FnOnce(Option<String>),
    stop: impl Future<Output = ()>,
) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let jobs = [
        tokio::spawn(jobs::clean_up(config.clone(), Arc::clone(&store), now)),
        tokio::spawn(jobs::back_up(config.clone(), now)),
        tokio::spawn(jobs::finish_bulks(config.limits, Arc::clone(&store), now)),
    ];
    let app = web::Data::new(App::new(config, store, language, now).await?);
    let setup_link = app.setup_link();

    let streams = app.clone();
    let service = listen(&app, listeners.service).map_err(text)?;
    let stop_service = service.handle();

    let demo = listeners.demo.map(|listener| {
        HttpServer::new(move || {
            Service::new()
                .configure(demo_routes(&app))
                .wrap(from_fn(render_errors))
                .wrap(DefaultHeaders::new().add(("x-content-type-options", "nosniff")))
        })
        .workers(1)
        .disable_signals()
        .shutdown_timeout(1)
        .listen(listener)
        .map(HttpServer::run)
    });
    let demo = demo.transpose().map_err(text)?;
    let stop_demo = demo.as_ref().map(Server::handle);
    if let Some(demo) = demo {
        tokio::spawn(demo);
    }

    ready(setup_link);
    let serving = tokio::spawn(service);
    stop.await;
    tracing::info!("stopping");
    jobs.iter().for_each(JoinHandle::abort);
    if let Some(demo) = stop_demo {
        demo.stop(false).await;
    }
    streams.close_streams();
    stop_service.stop(true).await;
    serving.await.map_err(|error| error.to_string())?.map_err(text)
}

/// Everything that answers requests, with all that stands around it.
pub fn service(
    app: &web::Data<App>,
) -> Service<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    Service::new()
        .configure(routes(app))
        .wrap(from_fn(body_in_time))
        .wrap(from_fn(answer_in_time))
        .wrap(from_fn(render_errors))
        .wrap(Compress::default())
        .wrap(security_headers(&app.config.public_url))
        .wrap(TracingLogger::<RequestSpan>::new())
}

/// What a connection asks: answered from memory where it can be, ahead of everything else.
fn answer<S, B>(
    app: &App,
    request: Request,
    behind: &S,
) -> impl Future<Output = Result<Response<EitherBody<B>>, S::Error>> + use<S, B>
where
    S: actix_service::Service<Request, Response = ServiceResponse<B>>,
{
    match from_memory(app, request.head()) {
        Some(kept) => Either::Left(ready(Ok(kept.map_into_right_body().into()))),
        None => {
            let made = behind.call(request);
            Either::Right(made.map_ok(|answer| answer.map_into_left_body().into()))
        }
    }
}

/// The server behind a listener. It is put together by hand, so that every connection is a timed one.
fn listen(app: &web::Data<App>, listener: TcpListener) -> std::io::Result<Server> {
    let config = &app.config;
    let cores = || std::thread::available_parallelism().map(Into::into);
    let workers = config.workers.or_else(|| cores().ok()).unwrap_or(1);
    let headers = config.header_patience;
    let request = headers + config.body_patience + config.answer_patience + SLACK;
    let patience = Patience { request, reading: config.reading_patience };
    let address = listener.local_addr()?;
    let builder = Server::build()
        .workers(workers)
        .max_concurrent_connections(config.connections.div_ceil(workers))
        .shutdown_timeout(STOP_SECONDS)
        .disable_signals();
    let (app, stopping) = (app.clone(), builder.graceful_shutdown_signal());
    let builder = builder.listen("codau", listener, move || {
        let stopping = stopping.clone();
        let service = service(&app).into_factory().map_err(|error| error.error_response());
        let service = map_config(service, |()| AppConfig::default());
        let app = app.clone();
        let service =
            apply_fn_factory(service, move |request, behind: &_| answer(&app, request, behind));
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(IDLE)
            .client_request_timeout(headers)
            .client_disconnect_timeout(LINGER)
            .local_addr(address)
            .finish(service);
        let timed = fn_service(move |stream: TcpStream| {
            let peer = stream.peer_addr().ok();
            ready(Ok::<_, DispatchError>((Timed::new(stream, patience), Protocol::Http1, peer)))
        });
        timed.and_then(http)
    })?;
    Ok(builder.run())
}
