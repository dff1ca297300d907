//! Readers who send as fast as they are answered, and what they were told.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::process::PATIENCE;

/// Readers who send at the same time.
pub(crate) const WRITERS: u64 = 8;
pub(crate) const NO_LIMIT: &[(&str, &str)] =
    &[("CODAU__LIMITS__POSTS_PER_MINUTE", "0"), ("CODAU__LIMITS__NETWORK_POSTS_PER_MINUTE", "0")];

/// Comments that the service said it has: their submission keys with their numbers.
#[derive(Clone, Default)]
pub(crate) struct Acknowledged(Arc<Mutex<HashMap<String, i64>>>);

impl Acknowledged {
    pub(crate) fn note(&self, key: &str, comment: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = all.insert(key.to_owned(), comment);
        assert!(
            before.is_none_or(|before| before == comment),
            "{key} was comment {before:?} and is now {comment}"
        );
    }

    pub(crate) fn all(&self) -> HashMap<String, i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

pub(crate) fn comment(key: &str) -> Value {
    comment_on("crash", key)
}

fn comment_on(thread: &str, key: &str) -> Value {
    json!({
        "site": "demo", "thread": thread, "title": "Chuyến đò chở sách", "name": "Mận",
        "body": body(key), "submission": key,
    })
}

/// The text of the comment with this key, and of no other.
fn body(key: &str) -> String {
    format!("Bài viết rất hay, số {key}.")
}

/// Sends a comment; its number, if it was acknowledged.
pub(crate) async fn send(client: &Client, url: &str, key: &str) -> reqwest::Result<i64> {
    let (status, answer) = offer(client, url, key).await?;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    Ok(answer["comment"].as_i64().expect("the comment's number"))
}

/// Sends a comment that may be refused.
pub(crate) async fn offer(
    client: &Client,
    url: &str,
    key: &str,
) -> reqwest::Result<(StatusCode, Value)> {
    offer_on(client, url, "crash", key).await
}

/// The same on another article.
pub(crate) async fn offer_on(
    client: &Client,
    url: &str,
    thread: &str,
    key: &str,
) -> reqwest::Result<(StatusCode, Value)> {
    let answer = client
        .post(format!("{url}/comments"))
        .header("accept", "application/json")
        .json(&comment_on(thread, key))
        .send()
        .await?;
    let status = answer.status();
    Ok((status, answer.json().await?))
}

/// How many times a test does what it does: as many as the variable `name` says, or so many.
pub(crate) fn rounds(name: &str, otherwise: u64) -> u64 {
    std::env::var_os(name).and_then(|n| n.to_str()?.parse().ok()).unwrap_or(otherwise)
}

/// Writers who send one comment after another, each with a key of its own, until they are not
/// answered.
pub(crate) fn load(url: &str, next: &Arc<AtomicU64>, acknowledged: &Acknowledged) -> JoinSet<()> {
    load_by(WRITERS, url, next, acknowledged)
}

/// The same by so many writers.
pub(crate) fn load_by(
    writers: u64,
    url: &str,
    next: &Arc<AtomicU64>,
    acknowledged: &Acknowledged,
) -> JoinSet<()> {
    let count = writers;
    let mut writers = JoinSet::new();
    for _ in 0..count {
        let (url, next, acknowledged) = (url.to_owned(), next.clone(), acknowledged.clone());
        writers.spawn(async move {
            let client = Client::new();
            let key = || format!("key-{}", next.fetch_add(1, Ordering::Relaxed));
            let mut sent = key();
            while let Ok(comment) = send(&client, &url, &sent).await {
                acknowledged.note(&sent, comment);
                sent = key();
            }
        });
    }
    writers
}

/// Fails unless the database in `folder` is sound and has every acknowledged comment exactly once;
/// says how many it has.
pub(crate) fn check_database(folder: &Path, acknowledged: &HashMap<String, i64>) -> usize {
    check_file(&folder.join("codau.db"), acknowledged)
}

/// The same for a database in any file.
pub(crate) fn check_file(file: &Path, acknowledged: &HashMap<String, i64>) -> usize {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(file, flags).expect("the database opens");
    let sound: String =
        database.query_row("pragma integrity_check", [], |row| row.get(0)).expect("an answer");
    assert_eq!(sound, "ok");
    let mut query = database.prepare("select body, id from comment").expect("a query");
    let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)));
    let mut found: HashMap<String, Vec<i64>> = HashMap::new();
    for row in rows.expect("rows") {
        let (body, id): (String, i64) = row.expect("a row");
        found.entry(body).or_default().push(id);
    }
    for (key, id) in acknowledged {
        assert_eq!(found.get(&body(key)), Some(&vec![*id]), "comment {key}");
    }
    found.len()
}

/// So many comments on a thousand articles, past the service.
pub(crate) fn fill(file: &Path, comments: u32) {
    let threads = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000) \
         insert into thread (site, object, url, title) \
         select 'demo', 'bai-' || i, 'http://127.0.0.1/' || i, 'Bài số ' || i from n";
    let first = "select min(id) from thread where object like 'bai-%'";
    let all = format!(
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < {comments}) \
         insert into comment (thread_id, name, consent, body, folded, lane, class, missing_share, \
             confidence, spans, flags, receipt, submitted_at) \
         select ({first}) + i % 1000, 'Nguyễn Văn ' || i, 0, \
             'Bài viết rất hay, cảm ơn tòa soạn đã kể chuyện chuyến đò chở sách về cồn, số ' || i || '.', \
             'bai viet rat hay cam on toa soan da ke chuyen chuyen do cho sach ve con so ' || i, \
             0, 'marked', 0.0, 0.9, '[]', '', randomblob(32), 1790000000000 + i \
         from n"
    );
    let database = Connection::open(file).expect("the database opens");
    let index = include_str!("../../src/store/sqlite/search_index.sql");
    database.execute_batch(&format!("{threads}; {all}; {index}")).expect("many comments");
}

/// Waits until something is so.
pub(crate) async fn until(is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    let mut glances = tokio::time::interval(Duration::from_millis(5));
    while !is_so() {
        assert!(Instant::now() < deadline, "waited in vain");
        glances.tick().await;
    }
}
