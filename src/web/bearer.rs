//! Which moderator a program acts for: a bearer token, its hash in the store.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use jiff::ToSpan;

use super::App;
use super::error::{Kind, WebError};
use crate::domain::Moderator;
use crate::moderation::token_hash;
use crate::store::StoreError;

/// Minutes between two notes that a token is in use: a request seldom costs a write.
const TOUCH_EVERY_MINUTES: i64 = 1;

/// A program that shows a moderator's token. A handler that takes one cannot be reached without;
/// the store is asked each time, so that a token that was revoked anywhere is nobody's at once.
pub(super) struct Bearer {
    pub(super) moderator: Moderator,
}

impl FromRequest for Bearer {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Bearer, WebError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = request.app_data::<web::Data<App>>().ok_or(Kind::Internal)?;
            let value = request.headers().get(header::AUTHORIZATION);
            let (scheme, token) = value
                .and_then(|value| value.to_str().ok()?.split_once(' '))
                .ok_or(Kind::TokenNeeded)?;
            if !scheme.eq_ignore_ascii_case("bearer") {
                return Err(Kind::TokenNeeded.into());
            }
            let hash = token_hash(token.trim().as_bytes());
            let holder = match app.store.token(&hash).await {
                Err(StoreError::NotFound) => return Err(Kind::TokenNeeded.into()),
                found => found?,
            };
            let now = app.now();
            let noted =
                holder.used_at.and_then(|at| at.checked_add(TOUCH_EVERY_MINUTES.minutes()).ok());
            if noted.is_none_or(|until| until < now) {
                app.store.touch_token(&hash, now).await?;
            }
            Ok(Bearer { moderator: holder.moderator })
        })
    }
}
