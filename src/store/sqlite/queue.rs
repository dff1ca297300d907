//! The desk's lists, paged by key, and how many comments stand where.

use std::collections::HashMap;

use async_trait::async_trait;
use rusqlite::types::ToSql;
use rusqlite::{Connection, named_params};

use super::{Sqlite, rows, threads};
use crate::domain::{Comment, CommentId, Status, ThreadId};
use crate::language::{self, Class};
use crate::store::{Page, Queue, QueueFilter, Result, Tally};

#[async_trait]
impl Queue for Sqlite {
    async fn queue(
        &self,
        filter: &QueueFilter,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Page> {
        let filter = filter.clone();
        self.readers.read(move |db| page(db, &filter, after, limit)).await
    }

    async fn tally(&self) -> Result<Tally> {
        self.readers.read(tally).await
    }

    async fn pending_in(&self, threads: &[ThreadId]) -> Result<HashMap<ThreadId, i64>> {
        let threads = threads.to_vec();
        self.readers.read(move |db| threads::pending_in(db, &threads)).await
    }

    async fn comment(&self, id: CommentId) -> Result<Comment> {
        self.readers.read(move |db| comment(db, id)).await
    }
}

pub(super) fn page(
    db: &Connection,
    filter: &QueueFilter,
    after: Option<CommentId>,
    limit: usize,
) -> Result<Page> {
    let sql = sql_of(filter, after);
    let words = match_of(&filter.words);
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let class = filter.class.map(Class::as_str);
    let mut values: Vec<(&str, &dyn ToSql)> = named_params! { ":limit": one_more }.to_vec();
    let (thread, after) = (filter.thread.map(|id| id.0), after.map(|id| id.0));
    if class.is_some() {
        values.push((":class", &class));
    }
    if thread.is_some() {
        values.push((":thread", &thread));
    }
    if after.is_some() {
        values.push((":after", &after));
    }
    if !words.is_empty() {
        values.push((":words", &words));
    }
    let mut query = db.prepare_cached(&sql)?;
    let mut comments: Vec<Comment> =
        query.query_map(values.as_slice(), rows::comment)?.collect::<rusqlite::Result<_>>()?;
    let more = comments.len() > limit;
    comments.truncate(limit);
    let next = comments.last().map(|comment| comment.id).filter(|_| more);
    Ok(Page { comments, next })
}

/// The query for a filter: parts that are chosen, values that are bound.
fn sql_of(filter: &QueueFilter, after: Option<CommentId>) -> String {
    // What waits is read by lane and age. A search walks its own key, so that it can stop at the
    // page's end.
    let searched = !match_of(&filter.words).is_empty();
    let (beyond, order) = match filter.status {
        _ if searched => (" and s.rowid < :after", "s.rowid desc"),
        Status::Pending => (
            " and (c.lane, c.id) > (coalesce((select lane from comment where id = :after), 0), :after)",
            "c.lane, c.id",
        ),
        _ => (" and c.id < :after", "c.id desc"),
    };
    let part = |wanted: bool, sql: &'static str| if wanted { sql } else { "" };
    format!(
        "select {comment}, {thread} from {source} {joins} where c.status = '{status}'{class}\
         {in_thread}{found}{beyond} order by {order} limit :limit",
        // Written out, not bound: the indexes of what waits are chosen by it.
        status = filter.status.as_str(),
        comment = rows::COMMENT,
        thread = rows::THREAD,
        source = if searched {
            "comment_search s join comment c on c.id = s.rowid"
        } else {
            "comment c"
        },
        joins = rows::COMMENT_JOINS,
        class = part(filter.class.is_some(), " and c.class = :class"),
        in_thread = part(filter.thread.is_some(), " and c.thread_id = :thread"),
        found = part(searched, " and comment_search match :words"),
        beyond = part(after.is_some(), beyond),
    )
}

/// The search expression for what an editor typed: every word, marks left aside, nothing of it
/// read as an operator.
fn match_of(words: &str) -> String {
    let folded = language::fold(words);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}

pub(super) fn tally(db: &Connection) -> Result<Tally> {
    let mut query = db.prepare_cached("select status, class, count from tally where count > 0")?;
    let counts = query.query_map([], |row| {
        Ok((rows::parsed(row, "status")?, rows::parsed(row, "class")?, row.get("count")?))
    })?;
    Ok(Tally { counts: counts.collect::<rusqlite::Result<_>>()? })
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
