//! What went wrong, as a page in the reader's language or as JSON. Causes go to the log alone.

use std::fmt;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, Header};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, ResponseError};
use askama::Template;
use serde_json::json;
use tracing_actix_web::RequestId;

use super::deadline;
use super::home::see_other;
use super::locale::Lang;
use crate::domain::Fields;
use crate::store::StoreError;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// The request cannot be read.
    BadRequest,
    /// No such page, or not any more.
    NotFound,
    /// The page takes no such request.
    Method,
    /// The site is unknown, or the request comes from a page that is not the site's.
    Origin,
    /// The thread takes no comments.
    Closed,
    /// The form's key was used for another text.
    Duplicate,
    /// More was sent than is read.
    TooLarge,
    /// What was announced did not come in time.
    TooSlow,
    /// Too much was sent lately; try again after this.
    TooFast(Duration),
    /// The store does not answer.
    Unavailable,
    /// Nobody is logged in.
    LoginNeeded,
    /// A program showed no token that is anybody's.
    TokenNeeded,
    /// The moderator's role does not allow it.
    Forbidden,
    /// The form was not made for this session, or did not come from this service.
    Session,
    /// A fault of the service's own.
    Internal,
}

/// Seconds after which trying again is worth it when the store does not answer.
const RETRY_AFTER: Duration = Duration::from_secs(10);

impl Kind {
    /// The name in JSON and in the keys of its sentences.
    fn name(&self) -> &'static str {
        match self {
            Kind::BadRequest | Kind::Method => "bad-request",
            Kind::NotFound => "not-found",
            Kind::Origin => "origin",
            Kind::Closed => "closed",
            Kind::Duplicate => "duplicate",
            Kind::TooLarge => "too-large",
            Kind::TooSlow => "too-slow",
            Kind::TooFast(_) => "too-fast",
            Kind::Unavailable => "unavailable",
            Kind::LoginNeeded | Kind::Session => "session",
            Kind::TokenNeeded => "token",
            Kind::Forbidden => "forbidden",
            Kind::Internal => "internal",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Kind::BadRequest => StatusCode::BAD_REQUEST,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Method => StatusCode::METHOD_NOT_ALLOWED,
            Kind::Origin | Kind::Closed | Kind::Forbidden | Kind::Session => StatusCode::FORBIDDEN,
            Kind::Duplicate => StatusCode::CONFLICT,
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Kind::TooFast(_) => StatusCode::TOO_MANY_REQUESTS,
            Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Kind::LoginNeeded | Kind::TokenNeeded => StatusCode::UNAUTHORIZED,
            Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The kind of an error that the web server found itself.
    fn of(status: StatusCode) -> Kind {
        match status {
            StatusCode::NOT_FOUND => Kind::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Kind::Method,
            StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
            status if status.is_client_error() => Kind::BadRequest,
            _ => Kind::Internal,
        }
    }

    fn retry_after(&self) -> Option<u64> {
        let wait = match self {
            Kind::TooFast(wait) => *wait,
            Kind::Unavailable => RETRY_AFTER,
            _ => return None,
        };
        Some(wait.as_secs().max(1))
    }
}

/// What a handler fails with.
#[derive(Debug)]
pub(super) struct WebError {
    kind: Kind,
    kept: Kept,
}

/// What was typed, so that nothing of it is lost.
#[derive(Debug, Clone, Default)]
pub(super) enum Kept {
    #[default]
    Nothing,
    /// A reader's form, to be sent again.
    Form(Box<Fields>),
    /// A moderator's text, to be copied.
    Text(String),
}

impl WebError {
    /// The same, handing back what the reader typed.
    pub(super) fn handing_back(mut self, form: Fields) -> WebError {
        self.kept = Kept::Form(Box::new(form));
        self
    }

    /// The same, showing what the moderator typed.
    pub(super) fn keeping(mut self, typed: String) -> WebError {
        if !typed.is_empty() {
            self.kept = Kept::Text(typed);
        }
        self
    }
}

impl From<Kind> for WebError {
    fn from(kind: Kind) -> WebError {
        WebError { kind, kept: Kept::Nothing }
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> WebError {
        match error {
            StoreError::NotFound => Kind::NotFound,
            StoreError::Conflict => Kind::Duplicate,
            StoreError::Unavailable(cause) => {
                tracing::error!(cause, "the store is unavailable");
                Kind::Unavailable
            }
        }
        .into()
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> WebError {
        tracing::error!(%error, "a template failed");
        Kind::Internal.into()
    }
}

impl fmt::Display for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    /// Empty: [`render_errors`], which knows the reader's language, fills it in.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        HttpResponse::new(self.status_code())
    }
}

#[derive(Template)]
#[template(path = "error.html", config = "src/web/askama.toml")]
struct ErrorPage {
    lang: Lang,
    name: &'static str,
    title: String,
    max: String,
    seconds: u64,
    request_id: String,
    kept: Kept,
    again: bool,
}

/// Fills every error answer: a page in the reader's language, or JSON where that was asked for.
///
/// # Errors
/// Those of the layers below that made no answer of them.
pub async fn render_errors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let Some(error) = response.response().error() else {
        return Ok(response);
    };
    let (kind, kept) = match error.as_error::<WebError>() {
        Some(error) => (error.kind.clone(), error.kept.clone()),
        None if deadline::is_too_late(error) => (Kind::TooSlow, Kept::Nothing),
        None => (Kind::of(response.status()), Kept::Nothing),
    };
    let (request, response) = response.into_parts();
    let asker = Asker::of(&request);
    if kind == Kind::LoginNeeded && !asker.json && matches!(kept, Kept::Nothing) {
        let page = to_login(&request);
        return Ok(ServiceResponse::new(request, page));
    }
    let mut page = asker.answer(&kind, kept);
    // What a layer below said beside the body (which origins may read it, what is allowed) stays.
    for (name, value) in response.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            page.headers_mut().insert(name.clone(), value.clone());
        }
    }
    Ok(ServiceResponse::new(request, page))
}

/// What an answer to a request depends on, whatever becomes of the request.
pub(super) struct Asker {
    lang: Lang,
    json: bool,
    id: Option<RequestId>,
}

impl Asker {
    pub(super) fn of(request: &HttpRequest) -> Asker {
        let id = request.extensions().get::<RequestId>().copied();
        Asker { lang: Lang::of(request), json: wants_json(request), id }
    }

    /// The answer that says what went wrong.
    pub(super) fn answer(&self, kind: &Kind, kept: Kept) -> HttpResponse {
        let lang = self.lang;
        let mut response = HttpResponse::build(kind.status());
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        response.insert_header((header::CONTENT_LANGUAGE, lang.code()));
        if let Some(seconds) = kind.retry_after() {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        if *kind == Kind::TokenNeeded {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        let request_id = self.id.map(|id| id.to_string()).unwrap_or_default();
        let (name, max, seconds) =
            (kind.name(), super::reader::MAX_FORM_TEXT, kind.retry_after().unwrap_or_default());
        if self.json {
            let message = lang.with(format!("error-{name}-body"), "max", max);
            let form = match &kept {
                Kept::Form(form) => Some(super::reader::form::handed_back(form)),
                Kept::Nothing | Kept::Text(_) => None,
            };
            return response.json(json!({
                "error": name, "message": message, "request_id": request_id, "form": form,
            }));
        }
        let title = lang.t(format!("error-{name}-title")).into_owned();
        let again = matches!(kind, Kind::TooFast(_) | Kind::Unavailable | Kind::Duplicate);
        let max = max.to_owned();
        let page = ErrorPage { lang, name, title, max, seconds, request_id, kept, again };
        match page.render() {
            Ok(html) => response.content_type("text/html; charset=utf-8").body(html),
            Err(_) => response.finish(),
        }
    }
}

/// To the login, and back to the page that was asked for.
fn to_login(request: &HttpRequest) -> HttpResponse {
    let wanted =
        if request.method() == Method::GET { request.uri().path_and_query() } else { None };
    let back = wanted.map_or("/moderation/", |wanted| wanted.as_str());
    let query =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("return", back).finish();
    see_other(format!("/moderation/login?{query}"))
}

/// Whether a program asks: JSON is what it likes best, or what it sent without saying.
pub(super) fn wants_json(request: &HttpRequest) -> bool {
    if request.path().starts_with("/api/") {
        return true;
    }
    let accepts = header::Accept::parse(request).ok();
    let best = accepts.map(|accept| accept.preference()).filter(|mime| mime.type_() != "*");
    match best {
        Some(mime) => mime.subtype() == "json",
        None => request.content_type().eq_ignore_ascii_case("application/json"),
    }
}
