//! The desk's lists, paged by key, and how many comments stand where.

use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::types::{ToSql, Value};
use rusqlite::{Connection, OptionalExtension, params};

use super::matching::{Matching, Walk};
use super::{Sqlite, rows, search_index, threads};
use crate::domain::{Comment, CommentId, Hold, ThreadId};
use crate::store::{Counted, Cursor, Page, Queue, QueueFilter, Result, Tally};

#[async_trait]
impl Queue for Sqlite {
    async fn queue(
        &self,
        filter: &QueueFilter,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page> {
        let matching = Matching::of(filter);
        if matching.searched && !self.readers.look_up(|db| Ok(search_index::knows_all(db)?))? {
            // If nothing can be written, what it knew before is found all the same.
            let _ = self.writer.write(|db| Ok(search_index::tell(db)?)).await;
        }
        let filter = filter.clone();
        let list = move |db: &Connection| {
            let rare = matching.word.as_deref().map(|word| is_rare(db, word)).transpose()?;
            let matching = match rare {
                Some(true) => matching.one_by_one(&filter),
                _ => matching,
            };
            page(db, &matching, after, limit)
        };
        self.readers.read(list).await
    }

    async fn tally(&self) -> Result<Tally> {
        self.readers.read(tally).await
    }

    async fn waiting_since(&self, before: Timestamp, most: usize) -> Result<usize> {
        self.readers.read(move |db| waiting_since(db, before, most)).await
    }

    async fn pending_in(&self, threads: &[ThreadId]) -> Result<HashMap<ThreadId, i64>> {
        let threads = threads.to_vec();
        self.readers.read(move |db| threads::pending_in(db, &threads)).await
    }

    async fn comment(&self, id: CommentId) -> Result<Comment> {
        self.readers.look_up(|db| comment(db, id))
    }
}

/// So many comments at most are looked at one by one.
const FEW: i64 = 1_000;
/// By how far back so many of the newest reach it is judged whether it is worth counting them.
const NEWEST: i64 = 50;

/// Whether few comments have what a search expression says.
fn is_rare(db: &Connection, expression: &str) -> Result<bool> {
    let sql = "select rowid from comment_search where comment_search match ?1 \
               order by rowid desc limit 1 offset ?2";
    let mut query = db.prepare_cached(sql)?;
    let mut newest_but =
        |n: i64| query.query_row(params![expression, n], |row| row.get::<_, i64>(0)).optional();
    let Some(back_to) = newest_but(NEWEST)? else {
        return Ok(true);
    };
    let last: i64 =
        db.prepare_cached("select max(id) from comment")?.query_row([], |row| row.get(0))?;
    let seem_few = NEWEST * last <= FEW * (last - back_to);
    Ok(seem_few && newest_but(FEW)?.is_none())
}

fn page(db: &Connection, matching: &Matching, after: Option<Cursor>, limit: usize) -> Result<Page> {
    let one_more = limit.saturating_add(1);
    let mut found: Vec<(Comment, i64)> = Vec::new();
    // A search is read lane by lane: within one it is in the order of the index, and can stop at
    // the page's end.
    for lane in matching.lanes() {
        let behind = |lane: i64| after.is_some_and(|after| lane < after.place);
        if found.len() == one_more || lane.is_some_and(behind) {
            continue;
        }
        let beyond = after.filter(|after| lane.is_none_or(|lane| lane == after.place));
        found.extend(part(db, matching, lane, beyond, one_more - found.len())?);
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|(comment, place)| Cursor { place: *place, id: comment.id });
    let comments = found.into_iter().map(|(comment, _)| comment).collect();
    Ok(Page { comments, next: next.filter(|_| more) })
}

/// A part of a list, with the place of each comment in its order.
fn part(
    db: &Connection,
    matching: &Matching,
    lane: Option<i64>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Vec<(Comment, i64)>> {
    let key = matching.key();
    let (place, beyond, order) = match matching.walk {
        Walk::NewestFirst => ("0", format!("{key} < :id"), format!("{key} desc")),
        Walk::ByWait => (
            "c.waits_since",
            "(c.waits_since, c.id) > (:place, :id)".to_owned(),
            "c.waits_since, c.id".to_owned(),
        ),
        Walk::ByLane => ("c.lane", format!("{key} > :id"), key.to_owned()),
    };
    let mut beyond = if after.is_some() { format!(" and {beyond}") } else { String::new() };
    if lane.is_some() && !matching.searched {
        beyond.insert_str(0, " and c.lane = :lane");
    }
    let sql = format!(
        "select {comment}, {thread}, {place} as place from {source} {joins} where {condition}\
         {beyond} order by {order} limit :limit",
        comment = rows::COMMENT,
        thread = rows::THREAD,
        joins = rows::COMMENT_JOINS,
        source = matching.source(),
        condition = matching.condition,
    );
    let mut values = matching.values(lane);
    values.push((":limit", Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX))));
    if let Some(after) = after {
        values.push((":id", Value::Integer(after.id.0)));
        if beyond.contains(":place") {
            values.push((":place", Value::Integer(after.place)));
        }
    }
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value as &dyn ToSql)).collect();
    let mut query = db.prepare_cached(&sql)?;
    let found =
        query.query_map(values.as_slice(), |row| Ok((rows::comment(row)?, row.get("place")?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn tally(db: &Connection) -> Result<Tally> {
    let sql = "select status, class, hold, to_staff, count from tally where count > 0";
    let mut query = db.prepare_cached(sql)?;
    let counts = query.query_map([], |row| {
        let hold: i64 = row.get("hold")?;
        Ok(Counted {
            status: rows::parsed(row, "status")?,
            class: rows::parsed(row, "class")?,
            hold: Hold::ALL.into_iter().find(|known| known.number() == hold).unwrap_or_default(),
            to_staff: row.get("to_staff")?,
            count: row.get("count")?,
        })
    })?;
    Ok(Tally { counts: counts.collect::<rusqlite::Result<_>>()? })
}

fn waiting_since(db: &Connection, before: Timestamp, most: usize) -> Result<usize> {
    let sql = "select count(*) from (select 1 from comment indexed by comment_pending_since \
               where status = 'pending' and waits_since < ?1 limit ?2)";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let count: i64 = db
        .prepare_cached(sql)?
        .query_row(params![before.as_millisecond(), most], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

pub(super) fn comment(db: &Connection, id: CommentId) -> Result<Comment> {
    let sql = format!(
        "select {}, {} from comment c {} where c.id = ?1",
        rows::COMMENT,
        rows::THREAD,
        rows::COMMENT_JOINS
    );
    Ok(db.prepare_cached(&sql)?.query_row([id.0], rows::comment)?)
}
