//! Whether a queue of 100,000 comments is as quick as one of 100: every way to list it, from the
//! store and over HTTP, with the ratio of the two.
//!
//! `cargo bench --bench desk`; with `CODAU_BENCH_COMMENTS=1000000` for another number.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark says what it finds")]

use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use codau::accounts::Passwords;
use codau::config::Config;
use codau::domain::{CommentId, Role, Status, ThreadId, View};
use codau::language::{Class, Language, fold};
use codau::server::{self, Listeners, clock};
use codau::store::{self, Cursor, QueueFilter, Store};
use jiff::ToSpan;
use rusqlite::{Connection, params};
use tempfile::TempDir;

/// The small queue.
const FEW: usize = 100;
/// The large one, unless the environment says otherwise.
const MANY: usize = 100_000;
/// Times that each list is read.
const ROUNDS: usize = 201;
/// Comments on a page.
const PAGE: usize = 20;
/// The moderator's password.
const PASSWORD: &str = "con đò chở sách về cồn";

/// Every way to list the queue: its name, its filter, and whether from the middle.
fn lists(count: usize) -> Vec<(&'static str, QueueFilter, Option<Cursor>)> {
    let all = QueueFilter::of(Status::Pending);
    let middle = Cursor { place: 0, id: CommentId(count as i64 / 2) };
    let of = |view| QueueFilter { view: Some(view), ..all.clone() };
    let words = |words: &str| QueueFilter { words: words.into(), ..all.clone() };
    let before = clock().checked_sub(1.hour()).ok();
    vec![
        ("the queue", all.clone(), None),
        ("from its middle", all.clone(), Some(middle)),
        ("newest first", QueueFilter { newest: true, ..all.clone() }, None),
        ("missing marks", of(View::Unmarked), None),
        ("suspected spam", of(View::Spam), None),
        ("held by a rule", of(View::Rule), None),
        ("replies to staff", of(View::Staff), None),
        ("older than an hour", QueueFilter { before, ..all.clone() }, None),
        ("one article", QueueFilter { thread: Some(ThreadId(1)), ..all.clone() }, None),
        ("spam on one article", QueueFilter { thread: Some(ThreadId(1)), ..of(View::Spam) }, None),
        ("foreign spam", QueueFilter { class: Some(Class::Foreign), ..of(View::Spam) }, None),
        ("a word of all", words("bài viết"), None),
        ("a word of few", words("khuỷu"), None),
        ("a phrase", words("\"cảm ơn tác giả\""), None),
        ("a beginning", words("tac gi*"), None),
        ("a word, newest first", QueueFilter { newest: true, ..words("bài") }, None),
        (
            "a word of published ones",
            QueueFilter { status: Status::Approved, ..words("hay") },
            None,
        ),
    ]
}

/// A database with so many comments that wait, and a tenth as many that are published.
fn filled(folder: &TempDir, count: usize) -> String {
    let path = folder.path().join(format!("{count}.db"));
    let url = format!("sqlite:{}", path.display());
    drop(store::open(&url).unwrap());
    let mut db = Connection::open(&path).unwrap();
    db.pragma_update(None, "synchronous", "off").unwrap();
    let all = db.transaction().unwrap();
    all.execute(
        "insert into moderator (id, name, role, password_hash, created_at) values (99, 'x', 'moderator', '', 0)",
        [],
    )
    .unwrap();
    for thread in 1..=10 {
        let sql = "insert into thread (site, object, url, title) values ('bao', ?1, '', ?2)";
        all.execute(sql, params![thread.to_string(), format!("Bài {thread}")]).unwrap();
    }
    {
        let sql = "insert into comment (thread_id, name, consent, body, published_body, folded, \
                   status, lane, class, missing_share, confidence, spans, flags, hold, to_staff, \
                   submitted_at, decided_at) values (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, 0.5, 1, \
                   '[]', '', ?9, ?10, ?11, ?12)";
        let mut insert = all.prepare(sql).unwrap();
        let start = clock().as_millisecond() - count as i64 * 1_000 - 7_200_000;
        for n in 0..count + count / 10 {
            let waits = n < count;
            let rare = if n % (count / 50) == 7 { "khuỷu tay" } else { "" };
            let body = format!("Bài viết số {n} rất hay, {rare} cảm ơn tác giả đã viết về con đò.");
            let name = format!("Bạn đọc {}", n % 997);
            let class = ["marked", "marked", "unmarked", "partly_marked", "foreign"][n % 5];
            let lane = i64::from(matches!(class, "unmarked" | "partly_marked"));
            let at = start + n as i64 * 1_000;
            insert
                .execute(params![
                    (n % 10 + 1) as i64,
                    name,
                    body,
                    (!waits).then_some(&body),
                    fold(&format!("{body}\n{name}\nBài")),
                    if waits { "pending" } else { "approved" },
                    lane,
                    class,
                    [0, 0, 0, 1, 2, 0, 0][n % 7],
                    i64::from(n % 11 == 0),
                    at,
                    (!waits).then_some(at),
                ])
                .unwrap();
        }
    }
    all.commit().unwrap();
    db.execute_batch("pragma wal_checkpoint(truncate)").unwrap();
    url
}

/// The time of what is done again and again that a tenth of the times stays under: on a machine that
/// does other things, too, the median says how busy it is.
async fn tenth<F: Future<Output = ()>>(act: impl Fn() -> F) -> Duration {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        act().await;
        times.push(start.elapsed());
    }
    times.sort();
    times[ROUNDS / 10]
}

async fn of_store(store: &dyn Store, count: usize) -> Vec<(String, Duration)> {
    let mut found = Vec::new();
    for (name, filter, after) in lists(count) {
        let filter = &filter;
        let read = || async move {
            store.queue(filter, after, PAGE).await.unwrap();
        };
        found.push((name.to_owned(), tenth(read).await));
    }
    let counts = || async {
        store.tally().await.unwrap();
        store.waiting_since(clock(), 1_000).await.unwrap();
        store.waiting_since(jiff::Timestamp::UNIX_EPOCH, 1_000).await.unwrap();
    };
    found.push(("all counts".to_owned(), tenth(counts).await));
    found
}

/// Pages of a service on this store, as a moderator's browser loads them.
async fn of_service(store: Arc<dyn Store>) -> Vec<(String, Duration)> {
    let passwords = Passwords::new().unwrap();
    passwords.add(store.as_ref(), "Bình", Role::Moderator, PASSWORD, clock()).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let settings = [
        ("CODAU__SERVER__PUBLIC_URL".to_owned(), url.clone()),
        ("CODAU__SERVER__WORKERS".to_owned(), "1".to_owned()),
        ("CODAU__CLEANUP__SCHEDULE".to_owned(), String::new()),
    ];
    let config = Config::load(None, settings).unwrap();
    let (ready, started) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let listeners = Listeners { service: listener, demo: None };
        let serving = server::run(
            config,
            store,
            Language::embedded(),
            listeners,
            server::clock,
            |_| ready.send(()).unwrap(),
            std::future::pending(),
        );
        actix_web::rt::System::new().block_on(serving).unwrap();
    });
    started.await.unwrap();
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let form = [("name", "Bình"), ("password", PASSWORD)];
    let login = client.post(format!("{url}/moderation/login")).header("origin", &url).form(&form);
    assert!(login.send().await.unwrap().status().is_success());
    let mut found = Vec::new();
    for (name, query) in [
        ("HTTP: the queue", ""),
        ("HTTP: a lane", "?view=spam"),
        ("HTTP: a search", "?q=cam+on+tac+gia"),
        ("HTTP: spam on one article", "?view=spam&thread=1"),
    ] {
        let (client, address) = (&client, &format!("{url}/moderation/{query}"));
        let load = || async move {
            let answer = client.get(address).send().await.unwrap();
            assert!(answer.text().await.unwrap().contains("class=\"card\""));
        };
        found.push((name.to_owned(), tenth(load).await));
    }
    found
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is set from outside")]
fn main() {
    let many = std::env::var("CODAU_BENCH_COMMENTS").ok().and_then(|text| text.parse().ok());
    let many: usize = many.unwrap_or(MANY);
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let measured = [FEW, many].map(|count| {
        let store = store::open(&filled(&folder, count)).unwrap();
        runtime.block_on(async {
            let mut found = of_store(store.as_ref(), count).await;
            found.extend(of_service(store).await);
            found
        })
    });
    println!("tenth of {ROUNDS}, µs{FEW:>29}{many:>12}   ratio");
    for ((name, few), (_, many)) in measured[0].iter().zip(&measured[1]) {
        let (few, many) = (few.as_secs_f64() * 1e6, many.as_secs_f64() * 1e6);
        println!("{name:<34}{few:>10.0}{many:>12.0}{:>8.2}", many / few);
    }
}
