//! Threads: what article pages show, and whether they take comments.

use std::collections::HashMap;

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Sqlite, rows};
use crate::domain::{CommentId, PublishedComment, PublishedThread, Thread, ThreadId, ThreadKey};
use crate::store::{Change, Result, StoreError, Threads};

#[async_trait]
impl Threads for Sqlite {
    async fn published(&self, key: &ThreadKey) -> Result<PublishedThread> {
        let key = key.clone();
        self.readers.read(move |db| published(db, &key)).await
    }

    async fn published_counts(
        &self,
        site: &str,
        objects: &[String],
    ) -> Result<HashMap<String, i64>> {
        let (site, objects) = (site.to_owned(), objects.to_vec());
        self.readers.read(move |db| published_counts(db, &site, &objects)).await
    }

    async fn set_thread_open(&self, thread: ThreadId, open: bool) -> Result<Thread> {
        let set_open = move |db: &Connection| {
            let thread = set_open(db, thread, open)?;
            let told = vec![Change::Published(thread.key.clone())];
            Ok((thread, told))
        };
        self.writer.write_and_tell(set_open).await
    }
}

fn thread(db: &Connection, key: &ThreadKey) -> Result<Thread> {
    let sql = format!("select {} from thread t where t.site = ?1 and t.object = ?2", rows::THREAD);
    let found = db.prepare_cached(&sql)?.query_row(params![key.site, key.object], rows::thread);
    Ok(found?)
}

/// The thread of a key, made if this is its first comment.
pub(super) fn thread_or_new(
    db: &Connection,
    key: &ThreadKey,
    url: &str,
    title: &str,
) -> Result<Thread> {
    match thread(db, key) {
        Err(StoreError::NotFound) => {
            let sql = "insert into thread (site, object, url, title) values (?1, ?2, ?3, ?4)";
            db.prepare_cached(sql)?.execute(params![key.site, key.object, url, title])?;
            thread(db, key)
        }
        found => found,
    }
}

pub(super) fn published(db: &Connection, key: &ThreadKey) -> Result<PublishedThread> {
    let thread = thread(db, key)?;
    let revision = db
        .prepare_cached("select revision from thread where id = ?1")?
        .query_row([thread.id.0], |row| row.get(0))?;
    let sql = "select id, parent_id, name, body, published_body, submitted_at from comment \
               where thread_id = ?1 and status = 'approved' order by id";
    let comments = db
        .prepare_cached(sql)?
        .query_map([thread.id.0], |row| {
            let sent: String = row.get("body")?;
            let body: Option<String> = row.get("published_body")?;
            let edited = body.as_ref().is_some_and(|body| *body != sent);
            Ok(PublishedComment {
                id: CommentId(row.get("id")?),
                parent: row.get::<_, Option<i64>>("parent_id")?.map(CommentId),
                name: row.get("name")?,
                body: body.unwrap_or(sent),
                submitted_at: rows::time(row, "submitted_at")?,
                edited,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(PublishedThread { thread, revision, comments })
}

pub(super) fn published_counts(
    db: &Connection,
    site: &str,
    objects: &[String],
) -> Result<HashMap<String, i64>> {
    let sql = "select published_count from thread where site = ?1 and object = ?2";
    let mut query = db.prepare_cached(sql)?;
    let mut counts = HashMap::new();
    for object in objects {
        let count = query.query_row(params![site, object], |row| row.get(0)).optional()?;
        if let Some(count) = count.filter(|count| *count > 0) {
            counts.insert(object.clone(), count);
        }
    }
    Ok(counts)
}

pub(super) fn pending_in(db: &Connection, threads: &[ThreadId]) -> Result<HashMap<ThreadId, i64>> {
    let mut query = db.prepare_cached("select pending_count from thread where id = ?1")?;
    let mut counts = HashMap::new();
    for thread in threads {
        if let Some(count) = query.query_row([thread.0], |row| row.get(0)).optional()? {
            counts.insert(*thread, count);
        }
    }
    Ok(counts)
}

pub(super) fn set_open(db: &Connection, id: ThreadId, open: bool) -> Result<Thread> {
    let sql = "update thread set open = ?2, revision = revision + (open <> ?2) where id = ?1";
    db.prepare_cached(sql)?.execute(params![id.0, open])?;
    let sql = format!("select {} from thread t where t.id = ?1", rows::THREAD);
    Ok(db.prepare_cached(&sql)?.query_row([id.0], rows::thread)?)
}
