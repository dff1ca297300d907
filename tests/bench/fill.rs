//! Fills a database with comments as a busy newspaper has them, past the service, in minutes.
//!
//! `cargo run --release --example fill -- FILE THREADS COMMENTS WAITING`: so many comments on so
//! many articles, the last ones waiting, all others published.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a tool of the benchmark")]

use codau::language::fold;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rusqlite::{Connection, params};

/// The first comment's time, 2026-01-01; each follows the one before by a second.
const START: i64 = 1_767_225_600_000;
/// One comment in so many has the rare word.
const RARE: usize = 20_000;

/// Takes the comments of a transaction into the search index, as the service does.
const INDEX: &str = include_str!("../../src/store/sqlite/search_index.sql");

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, threads, comments, waiting] = &arguments[..] else {
        println!("fill FILE THREADS COMMENTS WAITING");
        return;
    };
    let number = |text: &String| text.parse::<i64>().unwrap();
    // The service's own tables.
    drop(codau::store::open(&format!("sqlite:{file}")).unwrap());
    let mut db = Connection::open(file).unwrap();
    for (pragma, value) in [("synchronous", "off"), ("cache_size", "-1000000")] {
        db.pragma_update(None, pragma, value).unwrap();
    }
    fill(&mut db, number(threads), number(comments), number(waiting));
    merge(&db);
    db.execute_batch("analyze; pragma wal_checkpoint(truncate)").unwrap();
}

/// Leaves the search index without pieces that wait to be merged: those that come afterwards would
/// be charged with it.
fn merge(db: &Connection) {
    let merge = "insert into comment_search (comment_search, rank) values ('merge', 10000)";
    loop {
        let before = db.total_changes();
        db.execute(merge, []).unwrap();
        // As its documentation has it: one change is that of this statement itself.
        if db.total_changes() - before < 2 {
            return;
        }
    }
}

fn fill(db: &mut Connection, threads: i64, comments: i64, waiting: i64) {
    let sentences: Vec<Vec<&str>> = include_str!("../language/sentences.tsv")
        .lines()
        .filter_map(|line| line.strip_prefix("marked\t")?.split('\t').next())
        .map(|sentence| sentence.split(' ').collect())
        .collect();
    let mut random = SmallRng::seed_from_u64(7);
    let all = db.transaction().unwrap();
    let sql = "insert into thread (site, object, url, title) values ('bao', ?1, ?2, ?3)";
    for thread in 1..=threads {
        let url = format!("https://bao.example/bai-{thread}.html");
        all.execute(sql, params![thread.to_string(), url, format!("Bài số {thread}")]).unwrap();
    }
    all.commit().unwrap();
    let sql = "insert into comment (thread_id, name, consent, body, published_body, folded, \
               status, lane, class, missing_share, confidence, spans, flags, version, \
               receipt, submitted_at, decided_at) \
               values (?1, ?2, 0, ?3, ?4, ?5, ?6, 0, 'marked', 0, 1, '[]', '', ?7, ?8, ?9, ?10)";
    for batch in 0..(comments + BATCH - 1) / BATCH {
        let transaction = db.transaction().unwrap();
        {
            let mut insert = transaction.prepare_cached(sql).unwrap();
            for n in batch * BATCH + 1..=((batch + 1) * BATCH).min(comments) {
                let thread = n % threads + 1;
                let (body, name) = (text(&sentences, &mut random), name(&mut random));
                let folded = fold(&format!("{body}\n{name}\nBài số {thread}"));
                let waits = n > comments - waiting;
                let receipt: [u8; 32] = random.random();
                let at = START + n * 1_000;
                insert
                    .execute(params![
                        thread,
                        name,
                        body,
                        (!waits).then_some(&body),
                        folded,
                        if waits { "pending" } else { "approved" },
                        if waits { 1 } else { 2 },
                        receipt,
                        at,
                        (!waits).then_some(at + 60_000),
                    ])
                    .unwrap();
            }
        }
        transaction.execute(INDEX, []).unwrap();
        transaction.commit().unwrap();
        if batch % 20 == 19 {
            println!("{}", (batch + 1) * BATCH);
        }
    }
    db.execute("update thread set revision = published_count", []).unwrap();
}

/// Comments in one transaction.
const BATCH: i64 = 50_000;

/// A comment of some pieces of sentences.
fn text(sentences: &[Vec<&str>], random: &mut SmallRng) -> String {
    let mut words = Vec::new();
    for _ in 0..random.random_range(2..6) {
        let sentence = &sentences[random.random_range(0..sentences.len())];
        let from = random.random_range(0..sentence.len());
        words.extend_from_slice(&sentence[from..sentence.len().min(from + 7)]);
    }
    if random.random_range(0..RARE) == 0 {
        words.push("khuỷu");
    }
    words.join(" ")
}

fn name(random: &mut SmallRng) -> String {
    let pick = |random: &mut SmallRng, of: &[&str]| of[random.random_range(0..of.len())].to_owned();
    let family = pick(random, &["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi"]);
    let middle = pick(random, &["Văn", "Thị", "Minh", "Ngọc", "Thanh", "Quốc"]);
    let given = pick(random, &["An", "Bình", "Cúc", "Dũng", "Hạnh", "Khoa", "Lan", "Phúc", "Tâm"]);
    format!("{family} {middle} {given}")
}
