//! Who is at the desk: a cookie that only its owner has, its hash in the store.

use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use jiff::{Span, Timestamp, ToSpan};

use super::error::{Kind, WebError};
use super::{App, text};
use crate::domain::{Moderator, Role};
use crate::moderation::token_hash;
use crate::store::{Session, StoreError, TokenHash};

/// Seconds between two notes that a session is in use: a page of the desk seldom costs a write.
const TOUCH_EVERY_SECONDS: i64 = 60;

/// A moderator who is logged in. A handler that takes one cannot be reached without.
pub(super) struct AtDesk {
    pub(super) moderator: Moderator,
    pub(super) session: TokenHash,
    /// What each form of the desk carries and [`AtDesk::check`] compares.
    pub(super) csrf: String,
}

impl AtDesk {
    /// Whether a form was made for this session.
    pub(super) fn check(&self, csrf: &str) -> Result<(), WebError> {
        if text::same(csrf, &self.csrf) { Ok(()) } else { Err(Kind::Session.into()) }
    }

    /// Whether the moderator may do what only admins may.
    pub(super) fn require_admin(&self) -> Result<(), WebError> {
        match self.moderator.role {
            Role::Admin => Ok(()),
            Role::Moderator => Err(Kind::Forbidden.into()),
        }
    }
}

impl FromRequest for AtDesk {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<AtDesk, WebError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = request.app_data::<web::Data<App>>().ok_or(Kind::Internal)?;
            let cookie = request.cookie(cookie_name(app)).ok_or(Kind::LoginNeeded)?;
            let id = token_hash(cookie.value().as_bytes());
            let session = match app.store.session(&id).await {
                Err(StoreError::NotFound) => return Err(Kind::LoginNeeded.into()),
                found => found?,
            };
            if has_ended(app, &session) {
                return Err(Kind::LoginNeeded.into());
            }
            if is_before(session.seen_at, TOUCH_EVERY_SECONDS.seconds(), app.now()) {
                app.store.touch_session(&id, app.now()).await?;
            }
            let csrf = token_hash(format!("csrf {}", cookie.value()).as_bytes());
            Ok(AtDesk {
                moderator: session.moderator,
                session: id,
                csrf: text::encode_token(&csrf),
            })
        })
    }
}

/// Whether a time and what follows it are over by now.
fn is_before(from: Timestamp, span: Span, now: Timestamp) -> bool {
    from.checked_add(span).is_ok_and(|end| end < now)
}

fn has_ended(app: &App, session: &Session) -> bool {
    let (now, age) = (app.now(), app.config.session);
    is_before(session.seen_at, age.idle_minutes.minutes(), now)
        || is_before(session.opened_at, age.max_hours.hours(), now)
}

/// Whether a session still is one. Asking does not count as using it.
pub(super) async fn is_open(app: &App, id: &TokenHash) -> bool {
    app.store.session(id).await.is_ok_and(|session| !has_ended(app, &session))
}

/// Opens a session and returns the cookie that proves it. Its value is always new: nothing that
/// was set before the login counts after it.
pub(super) async fn open(app: &App, moderator: &Moderator) -> Result<Cookie<'static>, StoreError> {
    let value = text::new_token();
    app.store.open_session(&token_hash(value.as_bytes()), moderator.id, app.now()).await?;
    Ok(cookie(app, value))
}

/// A cookie that takes the session's away.
pub(super) fn no_cookie(app: &App) -> Cookie<'static> {
    let mut cookie = cookie(app, String::new());
    cookie.make_removal();
    cookie
}

fn cookie(app: &App, value: String) -> Cookie<'static> {
    Cookie::build(cookie_name(app), value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_secure(app))
        .finish()
}

pub(super) fn is_secure(app: &App) -> bool {
    app.config.public_url.starts_with("https://")
}

/// With `__Host-` a browser takes the cookie from this host over https alone; without https (a
/// try-out on one's own machine) it would not take it at all.
fn cookie_name(app: &App) -> &'static str {
    if is_secure(app) { "__Host-codau" } else { "codau" }
}
