//! Threads: what article pages show, and whether they take comments.

use std::collections::HashMap;

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Sqlite, rows};
use crate::domain::{
    CommentId, Order, Part, PublishedComment, PublishedThread, Start, Thread, ThreadId, ThreadKey,
};
use crate::store::{Change, Result, StoreError, Threads};

#[async_trait]
impl Threads for Sqlite {
    async fn published(&self, key: &ThreadKey, part: Part) -> Result<PublishedThread> {
        let key = key.clone();
        self.readers.read(move |db| published(db, &key, part)).await
    }

    async fn latest(&self, key: &ThreadKey, limit: usize) -> Result<PublishedThread> {
        let key = key.clone();
        self.readers.read(move |db| latest(db, &key, limit)).await
    }

    async fn latest_of_site(
        &self,
        site: &str,
        limit: usize,
    ) -> Result<Vec<(Thread, PublishedComment)>> {
        let site = site.to_owned();
        self.readers.read(move |db| latest_of_site(db, &site, limit)).await
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

/// A thread with its revision and how many comments are published in it.
fn counted(db: &Connection, key: &ThreadKey) -> Result<PublishedThread> {
    let sql = format!(
        "select {}, t.revision, t.published_count from thread t where t.site = ?1 and t.object = ?2",
        rows::THREAD
    );
    let found = db.prepare_cached(&sql)?.query_row(params![key.site, key.object], |row| {
        Ok(PublishedThread {
            thread: rows::thread(row)?,
            revision: row.get("revision")?,
            count: row.get("published_count")?,
            comments: Vec::new(),
            next: None,
        })
    });
    Ok(found?)
}

/// Columns of a comment as everyone sees it, under the alias `c`.
const PUBLISHED: &str = "c.id, c.parent_id, c.name, c.body, c.published_body, c.staff_id is not null as staff, \
     c.submitted_at, c.decided_at";

fn published_comment(row: &Row<'_>) -> rusqlite::Result<PublishedComment> {
    let sent: String = row.get("body")?;
    let body: Option<String> = row.get("published_body")?;
    let submitted_at = rows::time(row, "submitted_at")?;
    Ok(PublishedComment {
        id: CommentId(row.get("id")?),
        parent: row.get::<_, Option<i64>>("parent_id")?.map(CommentId),
        name: row.get("name")?,
        staff: row.get("staff")?,
        edited: body.as_ref().is_some_and(|body| *body != sent),
        body: body.unwrap_or(sent),
        submitted_at,
        published_at: rows::time_option(row, "decided_at")?.unwrap_or(submitted_at),
        replies: Vec::new(),
    })
}

pub(super) fn published(db: &Connection, key: &ThreadKey, part: Part) -> Result<PublishedThread> {
    let mut found = counted(db, key)?;
    let thread = found.thread.id;
    let (beyond, order, start) = match (part.order, part.start) {
        (Order::Oldest, Start::Beginning) => (">", "asc", 0),
        (Order::Newest, Start::Beginning) => ("<", "desc", i64::MAX),
        (Order::Oldest, Start::After(id)) => (">", "asc", id.0),
        (Order::Newest, Start::After(id)) => ("<", "desc", id.0),
        (Order::Oldest, Start::At(id)) => (">=", "asc", stands_below(db, thread, id)?),
        (Order::Newest, Start::At(id)) => ("<=", "desc", stands_below(db, thread, id)?),
    };
    let sql = format!(
        "select {PUBLISHED} from comment c \
         where c.thread_id = ?1 and c.status = 'approved' and c.id {beyond} ?2 \
         and (c.parent_id is null or not exists \
              (select 1 from comment p where p.id = c.parent_id and p.status = 'approved')) \
         order by c.id {order} limit ?3"
    );
    let one_more = i64::try_from(part.limit).unwrap_or(i64::MAX).saturating_add(1);
    found.comments = db
        .prepare_cached(&sql)?
        .query_map(params![thread.0, start, one_more], published_comment)?
        .collect::<rusqlite::Result<_>>()?;
    let more = found.comments.len() > part.limit;
    found.comments.truncate(part.limit);
    found.next = found.comments.last().map(|comment| comment.id).filter(|_| more);
    let sql = format!(
        "select {PUBLISHED} from comment c \
         where c.parent_id = ?1 and c.status = 'approved' order by c.id"
    );
    let mut replies = db.prepare_cached(&sql)?;
    for comment in &mut found.comments {
        let found = replies.query_map([comment.id.0], published_comment)?;
        comment.replies = found.collect::<rusqlite::Result<_>>()?;
    }
    Ok(found)
}

/// The comment that a published one stands below: itself, unless it replies to another one.
fn stands_below(db: &Connection, thread: ThreadId, id: CommentId) -> Result<i64> {
    let sql = "select coalesce(p.id, c.id) from comment c \
               left join comment p on p.id = c.parent_id and p.status = 'approved' \
               where c.id = ?1 and c.thread_id = ?2 and c.status = 'approved'";
    Ok(db.prepare_cached(sql)?.query_row(params![id.0, thread.0], |row| row.get(0))?)
}

pub(super) fn latest(db: &Connection, key: &ThreadKey, limit: usize) -> Result<PublishedThread> {
    let mut found = counted(db, key)?;
    let sql = format!(
        "select {PUBLISHED} from comment c where c.thread_id = ?1 and c.status = 'approved' \
         order by c.decided_at desc, c.id desc limit ?2"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    found.comments = db
        .prepare_cached(&sql)?
        .query_map(params![found.thread.id.0, limit], published_comment)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

pub(super) fn latest_of_site(
    db: &Connection,
    site: &str,
    limit: usize,
) -> Result<Vec<(Thread, PublishedComment)>> {
    // The last so many of a site are among the last so many of the threads that were published
    // in last: a few rows of each, however many there are.
    let sql = format!(
        "select {}, {PUBLISHED} from \
         (select * from thread where site = ?1 and published_at is not null \
          order by published_at desc limit ?2) t \
         join comment c on c.id in \
         (select id from comment where thread_id = t.id and status = 'approved' \
          order by decided_at desc, id desc limit ?2) \
         order by c.decided_at desc, c.id desc limit ?2",
        rows::THREAD
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = db.prepare_cached(&sql)?;
    let found = query
        .query_map(params![site, limit], |row| Ok((rows::thread(row)?, published_comment(row)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
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
