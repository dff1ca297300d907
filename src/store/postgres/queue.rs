//! The desk's lists, paged by key, and how many comments stand where.

use std::collections::HashMap;
use std::sync::LazyLock;

use async_trait::async_trait;
use jiff::Timestamp;

use super::db::Db;
use super::matching::{Matching, Walk};
use super::{Postgres, rows, threads};
use crate::domain::{Comment, CommentId, Hold, ThreadId};
use crate::store::{Counted, Cursor, Page, Queue, QueueFilter, Result, Tally};

#[async_trait]
impl Queue for Postgres {
    async fn queue(
        &self,
        filter: &QueueFilter,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page> {
        page(&self.pool.reads(), filter, after, limit).await
    }

    async fn tally(&self) -> Result<Tally> {
        tally(&self.pool.reads()).await
    }

    async fn waiting_since(&self, before: Timestamp, most: usize) -> Result<usize> {
        waiting_since(&self.pool.reads(), before, most).await
    }

    async fn pending_in(&self, threads: &[ThreadId]) -> Result<HashMap<ThreadId, i64>> {
        threads::pending_in(&self.pool.reads(), threads).await
    }

    async fn comment(&self, id: CommentId) -> Result<Comment> {
        comment(&self.pool.reads(), id).await
    }
}

async fn page(
    db: &Db<'_>,
    filter: &QueueFilter,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page> {
    let matching = Matching::of(filter);
    let mut values = matching.values();
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    values.push(&one_more);
    let limited = values.len();
    let (place, order) = match matching.walk {
        Walk::NewestFirst => ("0::bigint", "c.id desc"),
        Walk::NewestOfStatus => ("0::bigint", "c.status desc, c.id desc"),
        Walk::ByWait => ("c.waits_since", "c.waits_since, c.id"),
        Walk::ByLane => ("c.lane::bigint", "c.lane, c.id"),
    };
    let mut beyond = String::new();
    if let Some(after) = &after {
        values.push(&after.id.0);
        let id = values.len();
        beyond = match matching.walk {
            Walk::NewestFirst => format!(" and c.id < ${id}"),
            Walk::NewestOfStatus => {
                format!(" and (c.status, c.id) < ('{}', ${id})", matching.status.as_str())
            }
            Walk::ByWait | Walk::ByLane => {
                values.push(&after.place);
                format!(" and ({order}) > (${}::bigint, ${id})", values.len())
            }
        };
    }
    let sql = format!(
        "select {comment}, {thread}, {place} as place from comment c {joins} where {condition}\
         {beyond} order by {order} limit ${limited}",
        comment = rows::COMMENT,
        thread = rows::THREAD,
        joins = rows::COMMENT_JOINS,
        condition = matching.condition,
    );
    let found = db.all(&sql, &values).await?;
    let found = found.iter().map(|row| Ok((rows::comment(row)?, rows::get(row, "place")?)));
    let mut found: Vec<(Comment, i64)> = found.collect::<Result<_>>()?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|(comment, place)| Cursor { place: *place, id: comment.id });
    let comments = found.into_iter().map(|(comment, _)| comment).collect();
    Ok(Page { comments, next: next.filter(|_| more) })
}

async fn tally(db: &Db<'_>) -> Result<Tally> {
    let sql = "select status, class, hold::bigint, to_staff, sum(count)::bigint as count \
               from tally group by status, class, hold, to_staff having sum(count) > 0";
    let counted = |row: &_| {
        let hold: i64 = rows::get(row, "hold")?;
        Ok(Counted {
            status: rows::parsed(row, "status")?,
            class: rows::parsed(row, "class")?,
            hold: Hold::ALL.into_iter().find(|known| known.number() == hold).unwrap_or_default(),
            to_staff: rows::get(row, "to_staff")?,
            count: rows::get(row, "count")?,
        })
    };
    let counts = db.all(sql, &[]).await?.iter().map(counted).collect::<Result<_>>()?;
    Ok(Tally { counts })
}

async fn waiting_since(db: &Db<'_>, before: Timestamp, most: usize) -> Result<usize> {
    let sql = "select count(*) from (select 1 from comment \
               where status = 'pending' and waits_since < $1 limit $2) waiting";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let row = db.one(sql, &[&before.as_millisecond(), &most]).await?;
    Ok(usize::try_from(rows::get::<i64>(&row, "count")?).unwrap_or_default())
}

pub(super) async fn comment(db: &Db<'_>, id: CommentId) -> Result<Comment> {
    // Not as one of many: for an array the server would think of a plan anew each time.
    let found = db.one(&select("c.id = $1"), &[&id.0]).await?;
    rows::comment(&found)
}

/// The statement of [`comments`].
pub(super) static OF_IDS: LazyLock<String> = LazyLock::new(|| select("c.id = any($1)"));

/// Those of these comments that there are.
pub(super) async fn comments(
    db: &Db<'_>,
    ids: &[CommentId],
) -> Result<HashMap<CommentId, Comment>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let found = db.all(&OF_IDS, &[&ids]).await?;
    found.iter().map(|row| rows::comment(row).map(|comment| (comment.id, comment))).collect()
}

/// Comments as [`rows::comment`] reads them.
fn select(condition: &str) -> String {
    let (comment, thread, joins) = (rows::COMMENT, rows::THREAD, rows::COMMENT_JOINS);
    format!("select {comment}, {thread} from comment c {joins} where {condition}")
}
