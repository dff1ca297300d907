//! The limit of writing: a web server that puts each form into the service's own tables, with
//! group commit and nothing else: no rule, no language, no receipt to derive.
//!
//! `limit-inserts ADDRESS FILE`
#![expect(clippy::unwrap_used, reason = "a tool of the benchmark")]

use std::collections::HashMap;

use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};
use rusqlite::{Connection, params};
use tokio::sync::{mpsc, oneshot};

/// A form, and who waits for it to be on disk.
type Job = (HashMap<String, String>, oneshot::Sender<i64>);

async fn submit(body: Bytes, jobs: Data<mpsc::Sender<Job>>) -> HttpResponse {
    let form = url::form_urlencoded::parse(&body).into_owned().collect();
    let (done, kept) = oneshot::channel();
    jobs.send((form, done)).await.unwrap();
    HttpResponse::Accepted().json(serde_json::json!({ "comment": kept.await.unwrap() }))
}

fn work(db: &Connection, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        db.execute_batch("begin immediate").unwrap();
        let mut answers = vec![insert(db, first)];
        while answers.len() < 256
            && let Ok(job) = jobs.try_recv()
        {
            answers.push(insert(db, job));
        }
        db.execute_batch("commit").unwrap();
        for (id, done) in answers {
            let _ = done.send(id);
        }
    }
}

fn insert(db: &Connection, (form, done): Job) -> (i64, oneshot::Sender<i64>) {
    let sql = "insert into comment (thread_id, name, consent, body, folded, lane, class, \
               missing_share, confidence, spans, flags, submission_key, receipt, submitted_at) \
               values (1, ?1, 0, ?2, ?2, 0, 'marked', 0, 1, '[]', '', ?3, ?4, 1767225600000)";
    let (key, receipt) = (rand::random::<u128>().to_string(), rand::random::<[u8; 32]>());
    db.prepare_cached(sql)
        .unwrap()
        .execute(params![form["name"], form["body"], key, receipt])
        .unwrap();
    let id = db.last_insert_rowid();
    let sql = "insert into origin_trace (comment_id, address, user_agent, submitted_at) \
               values (?1, '127.0.0.1', 'wrk', 1767225600000)";
    db.prepare_cached(sql).unwrap().execute([id]).unwrap();
    (id, done)
}

#[actix_web::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = &arguments[1];
    drop(codau::store::open(&format!("sqlite:{file}")).unwrap());
    let db = Connection::open(file).unwrap();
    let settings = [
        ("synchronous", "full"),
        ("foreign_keys", "on"),
        ("cache_size", "-16000"),
        ("wal_autocheckpoint", "10000"),
    ];
    for (pragma, value) in settings {
        db.pragma_update(None, pragma, value).unwrap();
    }
    let sql = "insert or ignore into thread (id, site, object, url, title) values (1, 'bao', '1', '', '')";
    db.execute(sql, []).unwrap();
    let (sender, jobs) = mpsc::channel(4_096);
    std::thread::spawn(move || work(&db, jobs));
    let sender = Data::new(sender);
    let server = HttpServer::new(move || {
        App::new().app_data(sender.clone()).route("/comments", web::post().to(submit))
    });
    server.bind(arguments[0].as_str()).unwrap().run().await.unwrap();
}
