//! [`App`]: the service under test. Its verbs stand in `reader` and `desk`.

mod answer;
mod clock;
mod database;
mod desk;
mod failing;
mod logs;
mod operator;
mod page;
mod reader;

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use codau::config::Config;
use codau::language::Language;
use codau::server::{self, Listeners};
use codau::store::{self, Store};
use jiff::Timestamp;
use tokio::sync::{OnceCell, oneshot};

use crate::database::Database;

pub(crate) use answer::{Answer, Ask};
pub(crate) use clock::Clock;
pub(crate) use desk::{Desk, PASSWORD};
pub(crate) use failing::{CAUSE, Failing};
pub(crate) use operator::{Service, codau, settings_file};
pub(crate) use page::Page;
pub(crate) use reader::{Form, Sent, comment};

/// The newspapers of every test: `bao` as most are, `songhau` with two origins and consent.
pub(crate) const SITES: &str = r#"
[[site]]
id = "bao"
name = "Báo Bến Tre"
origins = ["https://bao.example"]

[[site]]
id = "songhau"
name = "Báo Sông Hậu"
origins = ["https://songhau.example", "https://m.songhau.example"]
require_consent = true
show_edit = true
edited_label = true
"#;

/// A running service with its own database, stopped when dropped. Its test fails then if its log
/// has anything in it that people wrote.
pub(crate) struct App {
    /// Its address, without a slash at the end.
    pub(crate) url: String,
    /// The demo newspaper's.
    pub(crate) demo: String,
    /// Its store, for what no page shows.
    pub(crate) store: Arc<dyn Store>,
    /// The link it printed at its start.
    pub(crate) setup_link: Option<String>,
    database: Arc<Database>,
    /// How much this process had logged before; nothing, if its log is not to be looked at.
    logged: Option<usize>,
    /// What readers typed, kept or not.
    typed: Mutex<Vec<String>>,
    client: reqwest::Client,
    desk: OnceCell<Desk>,
    admin: OnceCell<Desk>,
    stop: Option<oneshot::Sender<()>>,
}

impl App {
    /// A service with the settings that most tests want: no limits, no nudge, no schedule.
    pub(crate) async fn start() -> App {
        App::with(&[]).await
    }

    /// The same with some settings of its own, as `("section.key", "value")`.
    pub(crate) async fn with(settings: &[(&str, &str)]) -> App {
        App::on(settings, |store| store).await
    }

    /// The same with something in front of its store.
    pub(crate) async fn on(
        settings: &[(&str, &str)],
        wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
    ) -> App {
        App::serve(Arc::new(Database::new()), settings, server::clock, wrap).await
    }

    /// The same with a clock of its own.
    pub(crate) async fn at(clock: fn() -> Timestamp, settings: &[(&str, &str)]) -> App {
        App::serve(Arc::new(Database::new()), settings, clock, |store| store).await
    }

    /// Another instance on the same database; nothing where one service alone may hold it.
    pub(crate) async fn beside(&self, settings: &[(&str, &str)]) -> Option<App> {
        let database = Arc::clone(&self.database);
        match database.is_sqlite() {
            true => None,
            false => Some(App::serve(database, settings, server::clock, |store| store).await),
        }
    }

    async fn serve(
        database: Arc<Database>,
        settings: &[(&str, &str)],
        clock: fn() -> Timestamp,
        wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
    ) -> App {
        let logged = Some(logs::begin());
        let (service, demo) = (listen(), listen());
        let address = |listener: &TcpListener| listener.local_addr().unwrap().to_string();
        let (listen, demo_listen) = (address(&service), address(&demo));
        let (url, demo_url) = (format!("http://{listen}"), format!("http://{demo_listen}"));
        let store_url = database.url();
        let own = [
            ("server.listen", listen.as_str()),
            ("server.demo_listen", &demo_listen),
            ("server.workers", "1"),
            ("store.url", &store_url),
            ("policy.unmarked", "hold"),
            ("policy.partly_marked", "hold"),
            ("limits.posts_per_minute", "0"),
            ("limits.network_posts_per_minute", "0"),
            ("limits.assessments_per_minute", "0"),
            ("limits.logins_per_minute", "0"),
            ("cleanup.schedule", ""),
        ];
        let config = Config::load(Some(SITES), variables(own.iter().chain(settings))).unwrap();
        let store = wrap(store::open(&config.store_url).unwrap());
        let (stop, stopped) = oneshot::channel();
        let (ready, started) = oneshot::channel();
        let listeners = Listeners { service, demo: Some(demo) };
        let for_server = Arc::clone(&store);
        std::thread::spawn(move || {
            let serving = server::run(
                config,
                for_server,
                Language::embedded(),
                listeners,
                clock,
                |link| ready.send(link).unwrap(),
                async { stopped.await.unwrap_or_default() },
            );
            actix_web::rt::System::new().block_on(serving).unwrap();
        });
        App {
            url,
            demo: demo_url,
            store,
            setup_link: started.await.expect("the service starts"),
            database,
            logged,
            typed: Mutex::default(),
            client: client(),
            desk: OnceCell::new(),
            admin: OnceCell::new(),
            stop: Some(stop),
        }
    }

    /// A request that reads `path`, or a whole address.
    pub(crate) fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(self.address(path))
    }

    /// A request that changes something.
    pub(crate) fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.post(self.address(path))
    }

    /// A request with any method.
    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().unwrap();
        self.client.request(method, self.address(path))
    }

    fn address(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url) }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if std::thread::panicking() {
            self.print_errors();
        } else {
            let told = self.told_in_log();
            assert!(told.is_empty(), "in the log: {told:?}");
        }
    }
}

/// Somebody who follows no redirect and keeps no cookie.
pub(crate) fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.timeout(Duration::from_secs(30)).build().unwrap()
}

/// A port of the kernel's choice.
fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// Settings as variables of the environment.
pub(crate) fn variables<'a>(
    settings: impl IntoIterator<Item = &'a (&'a str, &'a str)>,
) -> Vec<(String, String)> {
    let variable = |(key, value): &(&str, &str)| {
        let name = key.to_uppercase().replace('.', "__");
        (format!("CODAU__{name}"), (*value).to_owned())
    };
    settings.into_iter().map(variable).collect()
}
