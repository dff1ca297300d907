//! What must hold for any bytes at all: of a text, and of each part of a request that comes from
//! outside. `tests/fuzz/main.rs` tries some on each push; the fuzzers beside it look for more.

use std::cell::{Cell, LazyCell};
use std::mem::ManuallyDrop;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, Uri, header};
use actix_web::rt::{System, SystemRunner};
use actix_web::test::{TestRequest, init_service, read_body};
use actix_web::web;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use codau::config::Config;
use codau::domain::Role;
use codau::language::{Language, fold, strip};
use codau::moderation::token_hash;
use codau::server::{clock, service};
use codau::store;
use codau::web::App;
use futures_util::future::LocalBoxFuture;

/// A fuzzer's target: it fails by panicking.
pub(crate) type Target = fn(&[u8]);

/// Every target with its name.
pub(crate) const TARGETS: [(&str, Target); 5] = [
    ("language", language),
    ("form", form),
    ("cookie", cookie),
    ("address", address),
    ("forwarded", forwarded),
];

/// Any text can be assessed and restored, and restoring only adds marks.
pub(crate) fn language(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let language = Language::embedded();
    for span in language.assess(&text).spans {
        assert!(text.get(span.bytes).is_some());
    }
    let restored = language.restore(&text).text;
    assert_eq!(strip(&restored), strip(&text));
    assert_eq!(language.restore(&restored).text, restored);
    assert_eq!(fold(&restored), fold(&text));
}

/// The session's cookie of an admin at the desk.
const SESSION: &str = "fuzz";
/// A peer that is no proxy, and may send one comment a minute.
const STRANGER: &str = "203.0.113.9:4711";
/// The proxy.
const PROXY: &str = "127.0.0.1:4711";

const SETTINGS: &str = r#"
[server]
demo_listen = ""
public_url = "https://desk.example"
trusted_proxies = ["127.0.0.1"]
[limits]
posts_per_minute = 1
network_posts_per_minute = 0
assessments_per_minute = 0
logins_per_minute = 1
[[site]]
id = "bao"
name = "Báo Bến Tre"
origins = ["https://bao.example"]
"#;

/// What came back.
struct Answer {
    status: u16,
    location: String,
}

type Call = Box<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Answer>>;

/// The service without a network: all its layers, on a database of its own.
struct Desk {
    // Not dropped with the thread, whose runtime may be gone by then.
    call: ManuallyDrop<Call>,
    system: ManuallyDrop<SystemRunner>,
    /// How many have asked so far: each is somebody else.
    asked: Cell<u32>,
    /// When the stranger sent their first comment, and how many more were taken since.
    opened: Instant,
    admitted: Cell<u64>,
    _folder: tempfile::TempDir,
}

thread_local! {
    static DESK: LazyCell<Desk> = const { LazyCell::new(Desk::open) };
}

impl Desk {
    fn open() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let system = System::new();
        let file = format!("sqlite:{}", folder.path().join("codau.db").display());
        let call = system.block_on(async {
            let store = store::open(&file).expect("a store");
            let config = Config::load(Some(SETTINGS), []).expect("settings");
            let app = App::new(config, Arc::clone(&store), Language::embedded(), clock);
            let app = web::Data::new(app.await.expect("the service"));
            let admin = store.add_moderator("Chủ bút", Role::Admin, "no password", clock());
            let admin = admin.await.expect("an admin").id;
            let session = token_hash(SESSION.as_bytes());
            store.open_session(&session, admin, clock()).await.expect("a session");
            let service = std::rc::Rc::new(init_service(service(&app)).await);
            Box::new(move |request: TestRequest| {
                let service = std::rc::Rc::clone(&service);
                let request = request.to_request();
                Box::pin(async move { answer(service.call(request).await).await })
                    as LocalBoxFuture<'static, Answer>
            }) as Call
        });
        let (call, system) = (ManuallyDrop::new(call), ManuallyDrop::new(system));
        let (asked, admitted) = (Cell::new(0), Cell::new(0));
        let desk = Desk { call, system, asked, opened: Instant::now(), admitted, _folder: folder };
        let first = desk.ask(comment(), STRANGER);
        assert_eq!(first.status, 303, "the stranger's one comment");
        desk
    }

    /// Sends a request; what holds for every answer holds for this one.
    fn ask(&self, request: TestRequest, from: &str) -> Answer {
        let from: SocketAddr = from.parse().expect("an address");
        let request = request.peer_addr(from);
        let answer = self.system.block_on((self.call)(request));
        assert!(answer.status < 500, "{}", answer.status);
        answer
    }

    /// The address of somebody who has not asked before.
    fn somebody(&self) -> String {
        self.asked.set(self.asked.get() + 1);
        let [_, a, b, c] = self.asked.get().to_be_bytes();
        format!("10.{a}.{b}.{c}:4711")
    }
}

/// An acceptable comment.
const COMMENT: &str = "site=bao&thread=1&name=An&body=B%C3%A0i+vi%E1%BA%BFt+r%E1%BA%A5t+hay.";

/// A request that sends it.
fn comment() -> TestRequest {
    let request = TestRequest::post().uri("/comments").set_payload(COMMENT);
    request.insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
}

/// Reads an answer to its end and looks at what every one of them must be.
async fn answer<B: MessageBody>(answered: Result<ServiceResponse<B>, actix_web::Error>) -> Answer {
    let response = answered.unwrap_or_else(|error| panic!("no answer: {error}"));
    let status = response.status().as_u16();
    let text = |name: HeaderName| {
        let value = response.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let (kind, location) = (text(header::CONTENT_TYPE), text(header::LOCATION));
    let policy = text(header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    let inside = location.starts_with('/') && !location.starts_with("//");
    let known = ["https://desk.example/", "https://bao.example/"];
    let known = known.iter().any(|known| location.starts_with(known));
    assert!(location.is_empty() || inside || known, "to {location}");
    // A stream of events has no end.
    if kind != "text/event-stream" {
        let body = read_body(response).await;
        if kind == "application/json" {
            serde_json::from_slice::<serde_json::Value>(&body).expect("JSON");
        } else if kind.starts_with("text/") {
            std::str::from_utf8(&body).expect("text");
        }
    }
    Answer { status, location }
}

/// Takes so many of the first byte's values off the input.
fn choice<'a, T: Copy>(bytes: &'a [u8], of: &[T]) -> Option<(T, &'a [u8])> {
    let (first, rest) = bytes.split_first()?;
    Some((of[usize::from(*first) % of.len()], rest))
}

/// A body of any type for any route that takes one: answered, and nobody is let in by it.
pub(crate) fn form(bytes: &[u8]) {
    let paths = [
        "/comments",
        "/bao/wp-comments-post.php",
        "/assessments",
        "/moderation/login",
        "/moderation/decisions",
        "/moderation/comments/1/decision",
        "/moderation/comments/1/draft",
        "/moderation/settings/rules",
        "/moderation/settings/reasons",
        "/moderation/views",
    ];
    let kinds = [
        "application/x-www-form-urlencoded",
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
    ];
    let Some((path, rest)) = choice(bytes, &paths) else { return };
    let Some((kind, rest)) = choice(rest, &kinds) else { return };
    let mut body = Vec::new();
    // What a fuzzer would take long to find: the fields that must be right for others to count.
    let sealed = format!("csrf={}&", csrf());
    if kind == kinds[0] {
        let start = if path.starts_with("/moderation/") { &sealed } else { "site=bao&thread=1&" };
        body.extend_from_slice(start.as_bytes());
    }
    body.extend_from_slice(rest);
    DESK.with(|desk| {
        let request = TestRequest::post().uri(path).set_payload(body);
        let request = request.insert_header((header::CONTENT_TYPE, kind));
        let request = request.insert_header(("sec-fetch-site", "same-origin"));
        let request = request.insert_header((header::COOKIE, session()));
        let answer = desk.ask(request, &desk.somebody());
        assert!(path != "/moderation/login" || answer.status >= 400, "a login by {rest:?}");
    });
}

fn session() -> String {
    format!("__Host-codau={SESSION}")
}

/// What the forms of that session carry.
fn csrf() -> String {
    URL_SAFE_NO_PAD.encode(token_hash(format!("csrf {SESSION}").as_bytes()))
}

/// A cookie's value: nobody gets in by one that nobody was given.
pub(crate) fn cookie(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    let ours = session();
    if bytes.windows(ours.len()).any(|part| part == ours.as_bytes()) {
        return;
    }
    DESK.with(|desk| {
        let with = |request: TestRequest| {
            let request = request.insert_header((header::COOKIE, value.clone()));
            request.insert_header(("sec-fetch-site", "same-origin"))
        };
        let page = desk.ask(with(TestRequest::get().uri("/moderation/")), STRANGER);
        assert_eq!(page.status, 303);
        assert!(page.location.starts_with("/moderation/login"), "{}", page.location);
        let out = TestRequest::post().uri("/moderation/logout").set_payload("csrf=x");
        let out = out.insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"));
        let out = desk.ask(with(out), STRANGER);
        assert!((400..500).contains(&out.status) || out.location.starts_with("/moderation/login"));
        let api = desk.ask(with(TestRequest::get().uri("/api/v1/queue")), STRANGER);
        assert_eq!(api.status, 401);
    });
}

/// Any address with any query, read as nobody and as an admin: it changes nothing and leads nowhere.
pub(crate) fn address(bytes: &[u8]) {
    let Ok(uri) = Uri::try_from(bytes) else { return };
    if !uri.path().starts_with('/') || uri.path().ends_with("/events") {
        return;
    }
    DESK.with(|desk| {
        for method in [Method::GET, Method::HEAD] {
            let request = || TestRequest::default().method(method.clone()).uri(&uri.to_string());
            desk.ask(request(), STRANGER);
            let admin = request().insert_header((header::COOKIE, session()));
            desk.ask(admin.insert_header((header::ACCEPT, "application/json")), STRANGER);
        }
    });
}

/// Headers that say where a request came from: they count from the proxy alone.
pub(crate) fn forwarded(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    DESK.with(|desk| {
        let sent = || {
            let names = ["x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host"];
            let with = |request: TestRequest, name| request.insert_header((name, value.clone()));
            names.into_iter().fold(comment(), with)
        };
        // The stranger has sent their one comment of this minute, whoever they say that they are.
        let status = desk.ask(sent(), STRANGER).status;
        if status != 429 {
            assert_eq!(status, 303);
            desk.admitted.set(desk.admitted.get() + 1);
            assert!(desk.admitted.get() <= desk.opened.elapsed().as_secs() / 60);
        }
        desk.ask(sent(), PROXY);
    });
}
