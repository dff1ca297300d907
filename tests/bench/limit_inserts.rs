//! The limit of writing: a web server that puts each form into the service's own tables, with
//! group commit and nothing else: no rule, no language, no receipt to derive. The rows are as long
//! as the service's own, and in the same indexes. Whoever asks for a page gets one and the same.
//!
//! `limit-inserts ADDRESS STORE [PAGE]`: the store as the service's own setting names it; the file
//! that is the page.
#![expect(clippy::unwrap_used, reason = "a tool of the benchmark")]

use std::collections::HashMap;

use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};
use rusqlite::{Connection, params};
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::NoTls;

/// A form, and who waits for it to be on disk.
type Job = (HashMap<String, String>, oneshot::Sender<i64>);

/// Forms in one commit at most.
const BATCH: usize = 256;

/// Takes new comments into the search index, so many together, as the service does.
const INDEX: &str = include_str!("../../src/store/sqlite/search_index.sql");
const MANY: usize = 256;

async fn submit(body: Bytes, jobs: Data<mpsc::Sender<Job>>) -> HttpResponse {
    let form = url::form_urlencoded::parse(&body).into_owned().collect();
    let (done, kept) = oneshot::channel();
    jobs.send((form, done)).await.unwrap();
    HttpResponse::Accepted().json(serde_json::json!({ "comment": kept.await.unwrap() }))
}

async fn read(page: Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(Bytes::clone(&page))
}

fn receipt() -> Vec<u8> {
    rand::random::<[u8; 32]>().to_vec()
}

/// What is searched of a comment.
fn searched(form: &HashMap<String, String>) -> String {
    [&form["body"], &form["name"], &form["title"]].map(String::as_str).join("\n")
}

fn write_to_file(file: &str, mut jobs: mpsc::Receiver<Job>) {
    let db = Connection::open(file).unwrap();
    let settings = [
        ("synchronous", "full"),
        ("foreign_keys", "on"),
        ("cache_size", "-4000"),
        ("wal_autocheckpoint", "10000"),
    ];
    for (pragma, value) in settings {
        db.pragma_update(None, pragma, value).unwrap();
    }
    let sql = "insert or ignore into thread (id, site, object, url, title) values (1, 'bao', '1', '', '')";
    db.execute(sql, []).unwrap();
    let mut new = 0;
    while let Some(first) = jobs.blocking_recv() {
        db.execute_batch("begin immediate").unwrap();
        let mut answers = vec![insert(&db, first)];
        while answers.len() < BATCH
            && let Ok(job) = jobs.try_recv()
        {
            answers.push(insert(&db, job));
        }
        new += answers.len();
        if new >= MANY {
            db.prepare_cached(INDEX).unwrap().execute([]).unwrap();
            new = 0;
        }
        db.execute_batch("commit").unwrap();
        for (id, done) in answers {
            let _ = done.send(id);
        }
    }
}

fn insert(db: &Connection, (form, done): Job) -> (i64, oneshot::Sender<i64>) {
    let sql = "insert into comment (thread_id, name, consent, body, folded, lane, class, \
               missing_share, confidence, spans, flags, likeness, receipt, submitted_at) \
               values (1, ?1, 0, ?2, ?3, 0, 'marked', 0, 1, '[]', '', ?4, ?5, 1767225600000)";
    let likeness: i64 = rand::random();
    db.prepare_cached(sql)
        .unwrap()
        .execute(params![form["name"], form["body"], searched(&form), likeness, receipt()])
        .unwrap();
    let id = db.last_insert_rowid();
    let sql = "insert into origin_trace (comment_id, address, user_agent, submitted_at) \
               values (?1, '127.0.0.1', 'wrk', 1767225600000)";
    db.prepare_cached(sql).unwrap().execute([id]).unwrap();
    (id, done)
}

/// All that wait by one statement, which is its own commit.
async fn write_to_server(url: String, mut jobs: mpsc::Receiver<Job>) {
    let (db, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = "insert into thread (site, object, url, title) values ('bao', '1', '', '') \
               on conflict do nothing";
    db.execute(sql, &[]).await.unwrap();
    let sql = "with kept as (
            insert into comment (thread_id, name, consent, body, folded, lane, class,
                missing_share, confidence, spans, flags, likeness, receipt, submitted_at)
            select t.id, new.name, false, new.body, new.searched, 0, 'marked', 0, 1, '[]', '',
                new.likeness, new.receipt, 1767225600000
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bytea[])
                with ordinality as new (name, body, searched, likeness, receipt, place)
            join thread t on t.site = 'bao' and t.object = '1' order by new.place
            returning id
        ), traced as (
            insert into origin_trace (comment_id, address, user_agent, submitted_at)
            select id, '127.0.0.1', 'wrk', 1767225600000 from kept
        )
        select id from kept";
    let insert = db.prepare(sql).await.unwrap();
    let mut waiting = Vec::new();
    while jobs.recv_many(&mut waiting, BATCH).await > 0 {
        let (forms, done): (Vec<_>, Vec<_>) = waiting.drain(..).unzip();
        let names: Vec<_> = forms.iter().map(|form| form["name"].as_str()).collect();
        let bodies: Vec<_> = forms.iter().map(|form| form["body"].as_str()).collect();
        let searched: Vec<_> = forms.iter().map(searched).collect();
        let likenesses: Vec<i64> = forms.iter().map(|_| rand::random()).collect();
        let receipts: Vec<_> = forms.iter().map(|_| receipt()).collect();
        let kept =
            db.query(&insert, &[&names, &bodies, &searched, &likenesses, &receipts]).await.unwrap();
        for (row, done) in kept.iter().zip(done) {
            let _ = done.send(row.get(0));
        }
    }
}

#[actix_web::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (address, store) = (arguments[0].as_str(), arguments[1].clone());
    // The service's own tables.
    drop(codau::store::open(&store).unwrap());
    let (sender, jobs) = mpsc::channel(4_096);
    match store.strip_prefix("sqlite:").map(str::to_owned) {
        Some(file) => drop(std::thread::spawn(move || write_to_file(&file, jobs))),
        None => drop(tokio::spawn(write_to_server(store, jobs))),
    }
    let page = arguments.get(2).map(std::fs::read).transpose().unwrap().unwrap_or_default();
    let (sender, page) = (Data::new(sender), Data::new(Bytes::from(page)));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(sender.clone())
            .app_data(page.clone())
            .route("/comments", web::post().to(submit))
            .default_service(web::get().to(read))
    });
    server.bind(address).unwrap().run().await.unwrap();
}
