//! Pages, forms and JSON. [`routes`] lists every address; a handler is reached from there.

mod access;
mod address;
mod api;
mod assets;
mod bearer;
mod compress;
mod deadline;
mod demo;
mod desk;
mod device;
mod error;
mod finished;
mod home;
mod locale;
mod reader;
mod routes;
mod session;
mod tag;
mod text;
mod throttle;

pub use assets::widget_weight;
pub use deadline::{answer_in_time, body_in_time};
pub use demo::demo_routes;
pub use error::render_errors;
pub use finished::from_memory;
pub use routes::routes;
pub(crate) use routes::security_headers;

use std::sync::Arc;

use actix_web::http::header::HeaderValue;
use jiff::Timestamp;

use crate::accounts::Passwords;
use crate::config::Config;
use crate::domain::Site;
use crate::language::Language;
use crate::moderation::{ReceiptKey, Screener};
use crate::store::Store;
use finished::Finished;
use throttle::Throttle;
use tokio::sync::{Semaphore, watch};

/// Streams of events open at once: more than a newsroom has desks.
const STREAMS: usize = 256;

/// What every handler works with.
pub struct App {
    /// The settings.
    pub config: Config,
    /// Where comments are kept.
    pub store: Arc<dyn Store>,
    /// Vietnamese.
    pub language: &'static Language,
    /// What receipt links are derived with.
    pub receipts: ReceiptKey,
    /// Moderators' passwords.
    pub passwords: Passwords,
    /// The token of the link that makes the first admin, while there is no moderator.
    pub setup_token: Option<String>,
    /// The clock; the server's, or a test's.
    pub clock: fn() -> Timestamp,
    /// Whether the service stops: open streams end then.
    closing: watch::Sender<bool>,
    /// How many streams may be open.
    streams: Arc<Semaphore>,
    finished: Finished,
    screener: Screener,
    posts: Throttle,
    network_posts: Throttle,
    checks: Throttle,
    logins: Throttle,
}

impl App {
    /// Everything that the handlers share.
    ///
    /// # Errors
    /// A sentence for the operator: the store does not answer, passwords cannot be hashed.
    pub async fn new(
        config: Config,
        store: Arc<dyn Store>,
        language: &'static Language,
        clock: fn() -> Timestamp,
    ) -> Result<App, String> {
        let text = |error: crate::store::StoreError| error.to_string();
        let secret = store.secret("receipts", &rand::random()).await.map_err(text)?;
        let nobody_yet = store.moderators().await.map_err(text)?.is_empty();
        // Kept, so that every instance knows the link that any of them printed.
        let setup = store.secret("setup", &rand::random()).await.map_err(text)?;
        Ok(App {
            receipts: ReceiptKey::new(secret),
            passwords: Passwords::new()?,
            finished: Finished::new(
                config.cache_bytes,
                store.changes(),
                store.hearing(),
                routes::headers(&config.public_url),
            )?,
            setup_token: nobody_yet.then(|| text::encode_token(&setup)),
            closing: watch::Sender::new(false),
            streams: Arc::new(Semaphore::new(STREAMS)),
            screener: Screener::default(),
            posts: Throttle::per_minute("posts", config.posts_per_minute),
            network_posts: Throttle::per_minute("network_posts", config.network_posts_per_minute),
            checks: Throttle::per_minute("assessments", config.assessments_per_minute),
            logins: Throttle::per_minute("logins", config.logins_per_minute),
            clock,
            language,
            store,
            config,
        })
    }

    /// The link that makes the first admin, while there is no moderator.
    #[must_use]
    pub fn setup_link(&self) -> Option<String> {
        let token = self.setup_token.as_ref()?;
        Some(format!("{}/moderation/setup?token={token}", self.config.public_url))
    }

    /// Ends the streams that are open, so that they do not hold up a stop.
    pub fn close_streams(&self) {
        self.closing.send_replace(true);
    }

    fn site(&self, id: &str) -> Option<&Site> {
        self.config.sites.iter().find(|site| site.id == id)
    }

    /// Whether `origin` is one of a newspaper's.
    fn lists_origin(&self, origin: &HeaderValue) -> bool {
        let listed = |origin| self.config.sites.iter().any(|site| site.lists_origin(origin));
        origin.to_str().is_ok_and(listed)
    }

    fn now(&self) -> Timestamp {
        (self.clock)()
    }
}
