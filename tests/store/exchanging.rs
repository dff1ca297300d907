//! A whole installation moves from one database to another and back, and loses nothing.

use std::collections::BTreeSet;

use codau::domain::{Action, ModeratorId, Status};
use codau::exchange::lines;
use codau::store::{self, NewBulk, Selection, TABLES};

use crate::database::Database;
use crate::support::{Opened, comment, hash, hour, listed, opened};

fn exported(database: &Database) -> String {
    let mut out = Vec::new();
    apart(|| lines::export(&database.url(), &mut out, &|_| ())).unwrap();
    String::from_utf8(out).unwrap()
}

fn import(database: &Database, text: &str) -> Result<u64, String> {
    apart(|| lines::import(&database.url(), &mut text.as_bytes(), &|_| ()))
}

/// On a thread of its own, as commands do it: it may wait for the database.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

/// An installation where something of everything happened.
async fn used() -> Opened {
    let at = opened();
    let by = at.moderator().await.id;
    at.store.secret("receipts", &[9; 32]).await.unwrap();
    at.store.open_session(&hash("mine"), by, hour(0)).await.unwrap();
    at.store.add_token(by, "kho bài", &hash("token"), hour(0)).await.unwrap();
    at.store.save_view(Some(by), "Của tôi", "status=pending", hour(0)).await.unwrap();
    let mut ids = Vec::new();
    for n in 0..40 {
        let mut new = comment(&(n % 3).to_string(), &format!("Ý kiến \"{n}\"\n🙂."), hour(n));
        new.verdict.missing_share = 0.1 + n as f32 / 97.0;
        new.likeness = (n % 2 == 0).then_some(-n);
        ids.push(at.insert(new).await);
    }
    for (n, id) in ids.iter().enumerate().skip(2) {
        let action = [Action::Approve, Action::Edit, Action::Reject, Action::Return][n % 4];
        at.decide(*id, action, hour(50 + n as i64)).await;
    }
    at.resubmit(ids[7], 2, "Gửi lại.", hour(99)).await.unwrap();
    let mut reply = comment("1", "Trả lời.", hour(100));
    reply.submission.parent = Some(ids[4]);
    at.insert(reply).await;
    at.store.claim(ids[0], by, hour(200), hour(99)).await.unwrap();
    bulk(&at, by).await;
    // A number that was given, and whose row is gone.
    at.insert(comment("2", "Rồi bị xóa.", hour(101))).await;
    at.database.sql("delete from origin_trace where comment_id = 42").unwrap();
    at.database.sql("delete from comment where id = 42").unwrap();
    at
}

async fn bulk(at: &Opened, moderator: ModeratorId) {
    let mark = at.store.mark().await.unwrap();
    let new = NewBulk {
        moderator,
        action: Action::Spam,
        reason: None,
        note: String::new(),
        selection: Selection::Matching(Box::new(listed(Status::Rejected)), mark),
        at: hour(100),
    };
    at.store.begin_bulk(new, 100).await.unwrap();
}

#[tokio::test]
async fn an_installation_moves_to_another_database_and_back_without_loss() {
    let from = used().await;
    let text = exported(&from.database);
    let there = Database::file();
    let back = Database::new();
    assert_eq!(import(&there, &text).unwrap(), text.lines().count() as u64);
    let moved = exported(&there);
    assert_eq!(text, moved);
    import(&back, &moved).unwrap();
    assert_eq!(text, exported(&back));
    // It goes on where it was: links, numbers, counts, the record.
    let store = store::open(&back.url()).unwrap();
    let at = Opened { store, database: back };
    assert_eq!(at.store.secret("receipts", &[1; 32]).await.unwrap(), [9; 32]);
    assert_eq!(at.store.session(&hash("mine")).await.unwrap().moderator.name, "Bình");
    let tally = async |at: &Opened| {
        let counts = at.store.tally().await.unwrap().counts;
        let mut counts: Vec<_> = counts.iter().map(|counted| format!("{counted:?}")).collect();
        counts.sort();
        counts
    };
    assert_eq!(tally(&at).await, tally(&from).await);
    assert_eq!(at.published("1").await.unwrap(), from.published("1").await.unwrap());
    let next = at.insert(comment("1", "Sau đó.", hour(200))).await;
    assert_eq!(next.0, 43, "a number is never given twice");
    at.decide(next, Action::Approve, hour(201)).await;
}

#[tokio::test]
async fn an_export_from_when_each_submission_had_a_key_is_still_read() {
    let from = used().await;
    let text = exported(&from.database);
    let before = text
        .replacen("{\"codau\":2}", "{\"codau\":1}", 1)
        .replace("{\"comment\":{", "{\"comment\":{\"submission_key\":\"bao\\n1\\nabc\",");
    assert_ne!(before, text);
    let into = Database::new();
    import(&into, &before).unwrap();
    assert_eq!(exported(&into), text);
    for mixed in [
        before.replacen("{\"codau\":1}", "{\"codau\":2}", 1),
        text.replacen("{\"codau\":2}", "{\"codau\":1}", 1),
    ] {
        let refused = import(&Database::new(), &mixed).unwrap_err();
        assert!(refused.contains("not the columns"), "{refused}");
    }
    let later = text.replacen("{\"codau\":2}", "{\"codau\":3}", 1);
    let refused = import(&Database::new(), &later).unwrap_err();
    assert!(refused.contains("later version"), "{refused}");
}

#[tokio::test]
async fn an_installation_that_is_in_use_takes_no_other() {
    let from = used().await;
    let text = exported(&from.database);
    let refused = import(&from.database, &text).unwrap_err();
    assert!(refused.contains("empty"), "{refused}");
    assert_eq!(exported(&from.database), text);
}

#[tokio::test]
async fn half_an_export_fills_nothing_and_what_is_wrong_is_said_without_repeating_it() {
    let from = used().await;
    let text = exported(&from.database);
    let lines: Vec<_> = text.lines().collect();
    let without = |gone: usize| {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != gone);
        kept.map(|(_, line)| format!("{line}\n")).collect::<String>()
    };
    let into = Database::new();
    let other = text.replacen("\"open\":true", "\"open\":\"canary\"", 1);
    for (wrong, sentence) in [
        (without(0), "no export"),
        (without(lines.len() - 2), "missing"),
        (without(lines.len() - 1), "cut off"),
        (other, "line 2: not a value"),
        (text.replacen("{\"thread\"", "canary", 1), "line 2: not JSON"),
        (text.replacen("{\"thread\"", "{\"canary\"", 1), "line 2: an unknown table"),
    ] {
        let refused = import(&into, &wrong).unwrap_err();
        assert!(refused.contains(sentence), "{refused}");
        assert!(!refused.contains("canary"), "{refused}");
    }
    import(&into, &text).unwrap();
    assert_eq!(exported(&into), text);
}

/// Tables that hold nothing of their own: counts, the search index, which instance does what, what
/// the database keeps of itself.
const DERIVED: [&str; 8] = [
    "tally",
    "thread_count",
    "comment_search",
    "search_due",
    "job_run",
    "rate_limit",
    "refinery_schema_history",
    "sqlite_",
];

#[tokio::test]
async fn every_column_of_every_table_is_moved_unless_it_follows_from_others() {
    let at = opened();
    let derived = ["thread.published_count", "thread.pending_count"];
    let is_own = |column: &String| {
        !derived.contains(&column.as_str())
            && !DERIVED.iter().any(|table| column.starts_with(table))
    };
    let found: BTreeSet<_> = at.database.columns().into_iter().filter(is_own).collect();
    let moved = TABLES.iter().flat_map(|table| {
        table.columns.iter().map(move |(column, _)| format!("{}.{column}", table.name))
    });
    assert_eq!(moved.collect::<BTreeSet<_>>(), found);
}
