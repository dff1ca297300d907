//! Decisions: appended to the record, each chained to the one before it, with what follows from it.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Sqlite, reasons, rows};
use crate::domain::{
    Comment, CommentId, Decision, DecisionRecord, EditReasons, ModeratorId, ReasonKey, Status,
    ThreadKey,
};
use crate::store::columns::chained;
use crate::store::{Change, Decisions, Result, StoreError};

#[async_trait]
impl Decisions for Sqlite {
    async fn decide(&self, decision: Decision) -> Result<()> {
        self.writer.write_and_tell(move |db| Ok(((), decide(db, &decision)?))).await
    }

    async fn history(&self, id: CommentId) -> Result<Vec<DecisionRecord>> {
        self.readers.read(move |db| history(db, id)).await
    }

    async fn recent(
        &self,
        moderator: ModeratorId,
        limit: usize,
    ) -> Result<Vec<(DecisionRecord, Comment)>> {
        self.readers.read(move |db| recent(db, moderator, limit)).await
    }
}

/// Columns of a decision, under the alias `d`, with its moderator `m`; its reason stands beside them.
const DECISION: &str = "m.name as moderator, d.action, d.status as led_to, d.edits, d.message, \
     d.note, d.body_before, d.body_after, d.at";

fn decision(row: &Row<'_>) -> rusqlite::Result<DecisionRecord> {
    Ok(DecisionRecord {
        moderator: row.get("moderator")?,
        action: rows::parsed(row, "action")?,
        status: rows::parsed(row, "led_to")?,
        reason: reasons::reason(row)?,
        message: row.get::<_, Option<String>>("message")?.unwrap_or_default(),
        note: row.get::<_, Option<String>>("note")?.unwrap_or_default(),
        edits: EditReasons::named(row.get::<_, String>("edits")?.split(' ')),
        body_before: row.get("body_before")?,
        body_after: row.get("body_after")?,
        at: rows::time(row, "at")?,
    })
}

pub(super) fn history(db: &Connection, id: CommentId) -> Result<Vec<DecisionRecord>> {
    let sql = format!(
        "select {DECISION}, {} from decision d left join moderator m on m.id = d.moderator_id \
         left join reason r on r.key = d.reason where d.comment_id = ?1 order by d.version",
        reasons::REASON
    );
    let mut query = db.prepare_cached(&sql)?;
    let records = query.query_map([id.0], decision)?;
    Ok(records.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn recent(
    db: &Connection,
    moderator: ModeratorId,
    limit: usize,
) -> Result<Vec<(DecisionRecord, Comment)>> {
    let sql = format!(
        "select {DECISION}, {}, {}, {} from decision d join moderator m on m.id = d.moderator_id \
         left join reason r on r.key = d.reason \
         join comment c on c.id = d.comment_id and c.version = d.version + 1 {} \
         where d.moderator_id = ?1 order by d.id desc limit ?2",
        reasons::REASON,
        rows::COMMENT,
        rows::THREAD,
        rows::COMMENT_JOINS
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = db.prepare_cached(&sql)?;
    let found = query
        .query_map(params![moderator.0, limit], |row| Ok((decision(row)?, rows::comment(row)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// What a decision asks of the comment it is on.
struct Before {
    version: i64,
    status: Status,
    body: String,
    published_body: Option<String>,
    thread: i64,
    key: ThreadKey,
}

fn before(db: &Connection, id: CommentId) -> Result<Before> {
    let sql = "select c.version, c.status, c.body, c.published_body, t.id as thread, t.site, \
               t.object from comment c join thread t on t.id = c.thread_id where c.id = ?1";
    let before = db.prepare_cached(sql)?.query_row([id.0], |row| {
        Ok(Before {
            version: row.get("version")?,
            status: rows::parsed(row, "status")?,
            body: row.get("body")?,
            published_body: row.get("published_body")?,
            thread: row.get("thread")?,
            key: ThreadKey { site: row.get("site")?, object: row.get("object")? },
        })
    });
    Ok(before?)
}

/// Records a decision; says what changed by it.
pub(super) fn decide(db: &Connection, decision: &Decision) -> Result<Vec<Change>> {
    let before = before(db, decision.comment)?;
    if before.version != decision.version {
        return Err(StoreError::Conflict);
    }
    let outcome = &decision.outcome;
    let status = outcome.status;
    let at = decision.at.as_millisecond();
    let sql = "update comment set status = ?2, published_body = ?3, reason = ?4, \
               message = ?5, version = version + 1, decided_at = ?6 where id = ?1";
    db.prepare_cached(sql)?.execute(params![
        decision.comment.0,
        status.as_str(),
        outcome.published_body,
        outcome.reason.as_ref().map(ReasonKey::as_str),
        outcome.message,
        at,
    ])?;
    let mut told = vec![Change::Decided(decision.comment)];
    if before.status == Status::Approved || status == Status::Approved {
        told.push(Change::Published(before.key));
        let sql = "update thread set revision = revision + 1, published_at = \
                   (select max(decided_at) from comment where thread_id = ?1 and status = 'approved') \
                   where id = ?1";
        db.prepare_cached(sql)?.execute([before.thread])?;
    }
    let was_public = before.published_body.filter(|_| before.status == Status::Approved);
    let is_public = outcome.published_body.as_deref().filter(|_| status == Status::Approved);
    append(db, decision, &before.body, [was_public.as_deref(), is_public])?;
    Ok(told)
}

/// Appends a decision on a comment with the reader's text `sent`, which was `published` as one text
/// before and as another after it, to the record, chained to the one before it.
fn append(
    db: &Connection,
    decision: &Decision,
    sent: &str,
    published: [Option<&str>; 2],
) -> Result<()> {
    let previous: Option<Vec<u8>> = db
        .prepare_cached("select hash from decision order by id desc limit 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let outcome = &decision.outcome;
    let chained = chained(previous.as_deref(), decision, sent, published);
    let [message_hash, note_hash, sent_hash, before_hash, after_hash] =
        chained.texts.each_ref().map(rows::blob);
    let [before, after] = published;
    let sql = "insert into decision (comment_id, version, moderator_id, action, status, reason, \
               edits, message, note, body_before, body_after, message_hash, note_hash, sent_hash, \
               body_before_hash, body_after_hash, at, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, \
               ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
    db.prepare_cached(sql)?.execute(params![
        decision.comment.0,
        decision.version,
        decision.moderator.map(|id| id.0),
        outcome.action.as_str(),
        outcome.status.as_str(),
        outcome.reason.as_ref().map(ReasonKey::as_str),
        outcome.edits.column(),
        outcome.message,
        outcome.note,
        before,
        after,
        message_hash,
        note_hash,
        sent_hash,
        before_hash,
        after_hash,
        decision.at.as_millisecond(),
        rows::blob(&chained.hash),
    ])?;
    Ok(())
}
