//! Threads: what article pages show, and whether they take comments.

use std::collections::HashMap;

use async_trait::async_trait;
use tokio_postgres::Row;

use super::db::Db;
use super::{Postgres, rows};
use crate::domain::{
    CommentId, Order, Part, PublishedComment, PublishedThread, Start, Thread, ThreadId, ThreadKey,
};
use crate::store::{Change, Result, Threads};

#[async_trait]
impl Threads for Postgres {
    async fn published(&self, key: &ThreadKey, part: Part) -> Result<PublishedThread> {
        let mut client = self.client().await?;
        published(&client.snapshot(), key, part).await
    }

    async fn latest(&self, key: &ThreadKey, limit: usize) -> Result<PublishedThread> {
        let mut client = self.client().await?;
        latest(&client.snapshot(), key, limit).await
    }

    async fn latest_of_site(
        &self,
        site: &str,
        limit: usize,
    ) -> Result<Vec<(Thread, PublishedComment)>> {
        latest_of_site(&self.pool.reads(), site, limit).await
    }

    async fn published_counts(
        &self,
        site: &str,
        objects: &[String],
    ) -> Result<HashMap<String, i64>> {
        published_counts(&self.pool.reads(), site, objects).await
    }

    async fn set_thread_open(&self, thread: ThreadId, open: bool) -> Result<Thread> {
        let mut client = self.client().await?;
        let db = client.begin();
        let thread = set_open(&db, thread, open).await?;
        db.commit_and_tell(vec![Change::Published(thread.key.clone())]).await?;
        Ok(thread)
    }
}

/// A thread with its revision and how many comments are published in it.
async fn counted(db: &Db<'_>, key: &ThreadKey) -> Result<PublishedThread> {
    let sql = format!(
        "select {}, t.revision, (select coalesce(sum(published), 0)::bigint from thread_count k \
                                 where k.thread_id = t.id) as published_count \
         from thread t where t.site = $1 and t.object = $2",
        rows::THREAD
    );
    let row = db.one(&sql, &[&key.site, &key.object]).await?;
    Ok(PublishedThread {
        thread: rows::thread(&row)?,
        revision: rows::get(&row, "revision")?,
        count: rows::get(&row, "published_count")?,
        comments: Vec::new(),
        next: None,
    })
}

/// Columns of a comment as everyone sees it, under the alias `c`.
const PUBLISHED: &str = "c.id, c.parent_id, c.name, c.body, c.published_body, c.staff_id is not null as staff, \
     c.submitted_at, c.decided_at";

fn published_comment(row: &Row) -> Result<PublishedComment> {
    let sent: String = rows::get(row, "body")?;
    let body: Option<String> = rows::get(row, "published_body")?;
    let submitted_at = rows::time(row, "submitted_at")?;
    Ok(PublishedComment {
        id: CommentId(rows::get(row, "id")?),
        parent: rows::get::<Option<i64>>(row, "parent_id")?.map(CommentId),
        name: rows::get(row, "name")?,
        staff: rows::get(row, "staff")?,
        edited: body.as_ref().is_some_and(|body| *body != sent),
        body: body.unwrap_or(sent),
        submitted_at,
        published_at: rows::time_option(row, "decided_at")?.unwrap_or(submitted_at),
        replies: Vec::new(),
    })
}

async fn published(db: &Db<'_>, key: &ThreadKey, part: Part) -> Result<PublishedThread> {
    let mut found = counted(db, key).await?;
    let thread = found.thread.id;
    let (beyond, order, start) = match (part.order, part.start) {
        (Order::Oldest, Start::Beginning) => (">", "asc", 0),
        (Order::Newest, Start::Beginning) => ("<", "desc", i64::MAX),
        (Order::Oldest, Start::After(id)) => (">", "asc", id.0),
        (Order::Newest, Start::After(id)) => ("<", "desc", id.0),
        (Order::Oldest, Start::At(id)) => (">=", "asc", stands_below(db, thread, id).await?),
        (Order::Newest, Start::At(id)) => ("<=", "desc", stands_below(db, thread, id).await?),
    };
    let sql = format!(
        "select {PUBLISHED} from comment c \
         where c.thread_id = $1 and c.status = 'approved' and c.id {beyond} $2 \
         and (c.parent_id is null or not exists \
              (select 1 from comment p where p.id = c.parent_id and p.status = 'approved')) \
         order by c.id {order} limit $3"
    );
    let one_more = i64::try_from(part.limit).unwrap_or(i64::MAX).saturating_add(1);
    let rows = db.all(&sql, &[&thread.0, &start, &one_more]).await?;
    found.comments = rows.iter().map(published_comment).collect::<Result<_>>()?;
    let more = found.comments.len() > part.limit;
    found.comments.truncate(part.limit);
    found.next = found.comments.last().map(|comment| comment.id).filter(|_| more);
    let parents: Vec<_> = found.comments.iter().map(|comment| comment.id.0).collect();
    let sql = format!(
        "select {PUBLISHED} from comment c \
         where c.parent_id = any($1) and c.status = 'approved' order by c.id"
    );
    let mut replies = HashMap::<_, Vec<_>>::new();
    for row in db.all(&sql, &[&parents]).await? {
        let reply = published_comment(&row)?;
        replies.entry(reply.parent).or_default().push(reply);
    }
    for comment in &mut found.comments {
        comment.replies = replies.remove(&Some(comment.id)).unwrap_or_default();
    }
    Ok(found)
}

/// The comment that a published one stands below: itself, unless it replies to another one.
async fn stands_below(db: &Db<'_>, thread: ThreadId, id: CommentId) -> Result<i64> {
    let sql = "select coalesce(p.id, c.id) as id from comment c \
               left join comment p on p.id = c.parent_id and p.status = 'approved' \
               where c.id = $1 and c.thread_id = $2 and c.status = 'approved'";
    rows::get(&db.one(sql, &[&id.0, &thread.0]).await?, "id")
}

async fn latest(db: &Db<'_>, key: &ThreadKey, limit: usize) -> Result<PublishedThread> {
    let mut found = counted(db, key).await?;
    let sql = format!(
        "select {PUBLISHED} from comment c where c.thread_id = $1 and c.status = 'approved' \
         order by c.decided_at desc, c.id desc limit $2"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = db.all(&sql, &[&found.thread.id.0, &limit]).await?;
    found.comments = rows.iter().map(published_comment).collect::<Result<_>>()?;
    Ok(found)
}

async fn latest_of_site(
    db: &Db<'_>,
    site: &str,
    limit: usize,
) -> Result<Vec<(Thread, PublishedComment)>> {
    // The last so many of a site are among the last so many of the threads that were published
    // in last: a few rows of each, however many there are.
    let sql = format!(
        "select {}, {PUBLISHED} from \
         (select * from thread where site = $1 and published_at is not null \
          order by published_at desc limit $2) t \
         cross join lateral \
         (select * from comment where thread_id = t.id and status = 'approved' \
          order by decided_at desc, id desc limit $2) c \
         order by c.decided_at desc, c.id desc limit $2",
        rows::THREAD
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = db.all(&sql, &[&site, &limit]).await?;
    found.iter().map(|row| Ok((rows::thread(row)?, published_comment(row)?))).collect()
}

async fn published_counts(
    db: &Db<'_>,
    site: &str,
    objects: &[String],
) -> Result<HashMap<String, i64>> {
    let sql = "select t.object, sum(k.published)::bigint as published \
               from thread t join thread_count k on k.thread_id = t.id \
               where t.site = $1 and t.object = any($2) \
               group by t.object having sum(k.published) > 0";
    let found = db.all(sql, &[&site, &objects]).await?;
    let count = |row: &_| Ok((rows::get(row, "object")?, rows::get(row, "published")?));
    found.iter().map(count).collect()
}

pub(super) async fn pending_in(
    db: &Db<'_>,
    threads: &[ThreadId],
) -> Result<HashMap<ThreadId, i64>> {
    let sql = "select t.id, coalesce(sum(k.pending), 0)::bigint as pending \
               from thread t left join thread_count k on k.thread_id = t.id \
               where t.id = any($1) group by t.id";
    let threads: Vec<_> = threads.iter().map(|thread| thread.0).collect();
    let found = db.all(sql, &[&threads]).await?;
    let count = |row: &_| Ok((ThreadId(rows::get(row, "id")?), rows::get(row, "pending")?));
    found.iter().map(count).collect()
}

async fn set_open(db: &Db<'_>, id: ThreadId, open: bool) -> Result<Thread> {
    let sql = format!(
        "update thread t set open = $2, revision = revision + (open <> $2)::int where id = $1 \
         returning {}",
        rows::THREAD
    );
    rows::thread(&db.one(&sql, &[&id.0, &open]).await?)
}
