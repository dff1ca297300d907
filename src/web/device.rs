//! A browser that a moderator has logged in with before. Its attempts are counted apart from
//! everybody else's, so that nobody who guesses at a name keeps its owner out.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use super::{App, session, text};

/// How long a browser is known.
const DAYS: i64 = 180;

/// The mark that a browser keeps: something of its own, and the proof that it was given to it for
/// this name.
pub(super) fn cookie(app: &App, name: &str) -> Cookie<'static> {
    let own = text::new_token();
    let proof = text::encode_token(&app.receipts.device(&own, &folded(name)));
    Cookie::build(cookie_name(app), format!("{own}.{proof}"))
        .path("/")
        .max_age(Duration::days(DAYS))
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(session::is_secure(app))
        .finish()
}

/// What is the browser's own, if it has logged in under this name before.
pub(super) fn known(request: &HttpRequest, app: &App, name: &str) -> Option<String> {
    let cookie = request.cookie(cookie_name(app))?;
    let (own, proof) = cookie.value().split_once('.')?;
    let right = text::encode_token(&app.receipts.device(own, &folded(name)));
    text::same(proof, &right).then(|| own.to_owned())
}

/// A name as it is counted: however it is typed.
pub(super) fn folded(name: &str) -> String {
    name.trim().to_lowercase().chars().take(80).collect()
}

fn cookie_name(app: &App) -> &'static str {
    if session::is_secure(app) { "__Host-codau-device" } else { "codau-device" }
}
