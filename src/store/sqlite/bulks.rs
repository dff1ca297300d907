//! Bulks: which comments they are about, and how far they have come.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::types::{ToSql, Value};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::matching::Matching;
use super::{Sqlite, decisions, rows, search_index};
use crate::domain::{CommentId, Decision, ModeratorId, ReasonKey};
use crate::store::{
    Bulk, BulkId, Bulks, Change, Mark, NewBulk, QueueFilter, Result, Selection, StoreError,
};

#[async_trait]
impl Bulks for Sqlite {
    async fn mark(&self) -> Result<Mark> {
        self.readers.read(mark).await
    }

    async fn begin_bulk(&self, bulk: NewBulk, most: usize) -> Result<BulkId> {
        self.writer.write(move |db| begin(db, &bulk, most)).await
    }

    async fn bulk(&self, id: BulkId) -> Result<Bulk> {
        self.readers.read(move |db| bulk(db, id)).await
    }

    async fn bulks(&self, moderator: ModeratorId, limit: usize) -> Result<Vec<Bulk>> {
        self.readers.read(move |db| bulks(db, moderator, limit)).await
    }

    async fn bulk_left(&self, id: BulkId, limit: usize) -> Result<Vec<(CommentId, i64)>> {
        self.readers.read(move |db| left(db, id, limit)).await
    }

    async fn decide_in_bulk(
        &self,
        id: BulkId,
        decisions: Vec<Decision>,
        skipped: Vec<CommentId>,
        now: Timestamp,
    ) -> Result<()> {
        let decide = move |db: &Connection| Ok(((), decide(db, id, &decisions, &skipped, now)?));
        self.writer.write_and_tell(decide).await
    }

    async fn take_over_bulk(&self, before: Timestamp, now: Timestamp) -> Result<Option<BulkId>> {
        self.writer.write(move |db| take_over(db, before, now)).await
    }
}

fn mark(db: &Connection) -> Result<Mark> {
    let sql = "select coalesce((select max(id) from comment), 0) as comment, \
               coalesce((select max(id) from decision), 0) as decision";
    let found = db.prepare_cached(sql)?.query_row([], |row| {
        Ok(Mark { comment: row.get("comment")?, decision: row.get("decision")? })
    });
    Ok(found?)
}

fn begin(db: &Connection, new: &NewBulk, most: usize) -> Result<BulkId> {
    let undoes = match new.selection {
        Selection::DecidedBy(id) => Some(id.0),
        _ => None,
    };
    let already = "select exists (select 1 from bulk where undoes = ?1)";
    if db.prepare_cached(already)?.query_row([undoes], |row| row.get(0))? {
        return Err(StoreError::Conflict);
    }
    let sql = "insert into bulk (moderator_id, action, reason, note, undoes, started_at, \
               worked_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?6) returning id";
    let (action, at) = (new.action.as_str(), new.at.as_millisecond());
    let reason = new.reason.as_ref().map(ReasonKey::as_str);
    let values = params![new.moderator.0, action, reason, new.note, undoes, at];
    let id: i64 = db.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    match &new.selection {
        Selection::These(comments) => {
            let sql = "insert or ignore into bulk_item (bulk_id, comment_id, version, state) \
                       values (?1, ?2, ?3, 'waiting')";
            let mut insert = db.prepare_cached(sql)?;
            for (comment, version) in comments.iter().take(most) {
                insert.execute(params![id, comment.0, version])?;
            }
        }
        Selection::Matching(filter, mark) => insert_matching(db, id, filter, *mark, most)?,
        Selection::DecidedBy(earlier) => {
            let sql = "insert into bulk_item (bulk_id, comment_id, version, state) \
                       select ?1, comment_id, version + 1, 'waiting' from bulk_item \
                       where bulk_id = ?2 and state = 'done'";
            db.prepare_cached(sql)?.execute(params![id, earlier.0])?;
        }
    }
    let sql = "update bulk set \
               total = (select count(*) from bulk_item where bulk_id = ?1), \
               skipped = (select count(*) from bulk_item where bulk_id = ?1 and state = 'skipped'), \
               finished_at = case when exists (select 1 from bulk_item where bulk_id = ?1 \
                                               and state = 'waiting') then null else ?2 end \
               where id = ?1";
    db.prepare_cached(sql)?.execute(params![id, at])?;
    Ok(BulkId(id))
}

/// What fits the filter as far as the page had seen; what was decided since is passed over.
fn insert_matching(
    db: &Connection,
    id: i64,
    filter: &QueueFilter,
    mark: Mark,
    most: usize,
) -> Result<()> {
    let matching = Matching::of(filter);
    if matching.searched {
        search_index::tell(db)?;
    }
    let sql = format!(
        "insert into bulk_item (bulk_id, comment_id, version, state) \
         select :bulk, c.id, c.version, case when exists (select 1 from decision d \
             where d.comment_id = c.id and d.id > :decision) then 'skipped' else 'waiting' end \
         from {source} where {condition} and {key} <= :newest limit :most",
        source = matching.source(),
        condition = matching.condition,
        key = matching.key(),
    );
    let mut values = matching.values(None);
    values.push((":bulk", Value::Integer(id)));
    values.push((":decision", Value::Integer(mark.decision)));
    values.push((":newest", Value::Integer(mark.comment)));
    values.push((":most", Value::Integer(i64::try_from(most).unwrap_or(i64::MAX))));
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value as &dyn ToSql)).collect();
    db.prepare_cached(&sql)?.execute(values.as_slice())?;
    Ok(())
}

/// Columns of a bulk, under the alias `b`, with its moderator `m`.
const BULK: &str = "b.id, b.moderator_id, m.name, b.action, b.reason, b.note, b.undoes, \
     (select u.id from bulk u where u.undoes = b.id) as undone_by, b.total, b.done, b.skipped, \
     b.started_at, b.finished_at is not null as finished \
     from bulk b join moderator m on m.id = b.moderator_id";

fn read(row: &Row<'_>) -> rusqlite::Result<Bulk> {
    Ok(Bulk {
        id: BulkId(row.get("id")?),
        moderator: ModeratorId(row.get("moderator_id")?),
        name: row.get("name")?,
        action: rows::parsed(row, "action")?,
        reason: rows::parsed_option(row, "reason")?,
        note: row.get("note")?,
        undoes: row.get::<_, Option<i64>>("undoes")?.map(BulkId),
        undone_by: row.get::<_, Option<i64>>("undone_by")?.map(BulkId),
        total: row.get("total")?,
        done: row.get("done")?,
        skipped: row.get("skipped")?,
        started_at: rows::time(row, "started_at")?,
        finished: row.get("finished")?,
    })
}

fn bulk(db: &Connection, id: BulkId) -> Result<Bulk> {
    let sql = format!("select {BULK} where b.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id.0], read)?)
}

fn bulks(db: &Connection, moderator: ModeratorId, limit: usize) -> Result<Vec<Bulk>> {
    let sql = format!("select {BULK} where b.moderator_id = ?1 order by b.id desc limit ?2");
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = db.prepare_cached(&sql)?;
    let found = query.query_map(params![moderator.0, limit], read)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn left(db: &Connection, id: BulkId, limit: usize) -> Result<Vec<(CommentId, i64)>> {
    let sql = "select comment_id, version from bulk_item \
               where bulk_id = ?1 and state = 'waiting' order by comment_id limit ?2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = db.prepare_cached(sql)?;
    let found =
        query.query_map(params![id.0, limit], |row| Ok((CommentId(row.get(0)?), row.get(1)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn decide(
    db: &Connection,
    id: BulkId,
    decisions: &[Decision],
    skipped: &[CommentId],
    now: Timestamp,
) -> Result<Vec<Change>> {
    let mut told = Vec::new();
    let sql = "update bulk_item set state = ?3 \
               where bulk_id = ?1 and comment_id = ?2 and state = 'waiting'";
    let mut settle = db.prepare_cached(sql)?;
    let mut counts = (0, 0);
    for decision in decisions {
        // Somebody else may work at the same bulk: what is settled is settled.
        if settle.execute(params![id.0, decision.comment.0, "done"])? == 0 {
            continue;
        }
        match decisions::decide(db, decision) {
            Ok(changes) => {
                told.extend(changes);
                counts.0 += 1;
            }
            Err(StoreError::Conflict | StoreError::NotFound) => {
                let sql = "update bulk_item set state = 'skipped' \
                           where bulk_id = ?1 and comment_id = ?2";
                db.prepare_cached(sql)?.execute(params![id.0, decision.comment.0])?;
                counts.1 += 1;
            }
            Err(error) => return Err(error),
        }
    }
    for comment in skipped {
        counts.1 += i64::from(settle.execute(params![id.0, comment.0, "skipped"])? > 0);
    }
    let sql = "update bulk set done = done + ?2, skipped = skipped + ?3, worked_at = ?4, \
               finished_at = case when done + ?2 + skipped + ?3 >= total then ?4 end \
               where id = ?1 and finished_at is null";
    db.prepare_cached(sql)?.execute(params![id.0, counts.0, counts.1, now.as_millisecond()])?;
    Ok(told)
}

fn take_over(db: &Connection, before: Timestamp, now: Timestamp) -> Result<Option<BulkId>> {
    let sql = "update bulk set worked_at = ?2 where id = (select id from bulk \
               where finished_at is null and worked_at < ?1 order by id limit 1) returning id";
    let values = [before.as_millisecond(), now.as_millisecond()];
    let found = db.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?;
    Ok(found.map(BulkId))
}
