//! Decisions: appended to the record, each chained to the one before it, with what follows from it.

use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio_postgres::Row;

use super::group::{Attempt, Done};
use super::pool::Db;
use super::queue::comment;
use super::{Postgres, reasons, rows};
use crate::domain::{
    Comment, CommentId, Decision, DecisionRecord, EditReasons, ModeratorId, ReasonKey, Status,
};
use crate::store::columns::chained;
use crate::store::{Change, Decisions, Result, StoreError};

#[async_trait]
impl Decisions for Postgres {
    async fn decide(&self, decision: Decision) -> Result<()> {
        self.decisions.have_done(decision).await
    }

    async fn history(&self, id: CommentId) -> Result<Vec<DecisionRecord>> {
        history(&self.client().await?.db(), id).await
    }

    async fn recent(
        &self,
        moderator: ModeratorId,
        limit: usize,
    ) -> Result<Vec<(DecisionRecord, Comment)>> {
        recent(&self.client().await?.db(), moderator, limit).await
    }
}

/// Columns of a decision, under the alias `d`, with its moderator `m`; its reason stands beside them.
const DECISION: &str = "m.name as moderator, d.action, d.status as led_to, d.edits, d.message, \
     d.note, d.body_before, d.body_after, d.at";

fn decision(row: &Row) -> Result<DecisionRecord> {
    Ok(DecisionRecord {
        moderator: rows::get(row, "moderator")?,
        action: rows::parsed(row, "action")?,
        status: rows::parsed(row, "led_to")?,
        reason: reasons::reason(row)?,
        message: rows::get::<Option<String>>(row, "message")?.unwrap_or_default(),
        note: rows::get::<Option<String>>(row, "note")?.unwrap_or_default(),
        edits: EditReasons::named(rows::get::<&str>(row, "edits")?.split(' ')),
        body_before: rows::get(row, "body_before")?,
        body_after: rows::get(row, "body_after")?,
        at: rows::time(row, "at")?,
    })
}

async fn history(db: &Db<'_>, id: CommentId) -> Result<Vec<DecisionRecord>> {
    let sql = format!(
        "select {DECISION}, {} from decision d left join moderator m on m.id = d.moderator_id \
         left join reason r on r.key = d.reason where d.comment_id = $1 order by d.version",
        reasons::REASON
    );
    db.all(&sql, &[&id.0]).await?.iter().map(decision).collect()
}

async fn recent(
    db: &Db<'_>,
    moderator: ModeratorId,
    limit: usize,
) -> Result<Vec<(DecisionRecord, Comment)>> {
    let sql = format!(
        "select {DECISION}, {}, {}, {} from decision d join moderator m on m.id = d.moderator_id \
         join comment c on c.id = d.comment_id and c.version = d.version + 1 {} \
         left join reason r on r.key = d.reason \
         where d.moderator_id = $1 order by d.id desc limit $2",
        reasons::REASON,
        rows::COMMENT,
        rows::THREAD,
        rows::COMMENT_JOINS
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = db.all(&sql, &[&moderator.0, &limit]).await?;
    found.iter().map(|row| Ok((decision(row)?, rows::comment(row)?))).collect()
}

/// Keeps the record to oneself until the transaction ends: the chain grows at one end.
pub(super) async fn lock_record(db: &Db<'_>) -> Result<()> {
    const RECORD: i64 = 0x636f_6461_7502;
    db.run("select pg_advisory_xact_lock($1)", &[&RECORD]).await.map(drop)
}

/// Records decisions, one after the other.
pub(super) fn decide_all<'a>(
    db: &'a Db<'_>,
    decisions: &'a [&'a Decision],
    attempt: Attempt,
) -> BoxFuture<'a, Result<Vec<Done<()>>>> {
    async move {
        lock_record(db).await?;
        let mut done = Vec::new();
        for decision in decisions {
            if attempt == Attempt::Again && is_recorded(db, decision).await? {
                done.push(Ok(((), Vec::new())));
                continue;
            }
            done.push(match decide(db, decision).await {
                Ok(told) => Ok(((), told)),
                Err(error @ StoreError::Unavailable(_)) => return Err(error),
                Err(refused) => Err(refused),
            });
        }
        Ok(done)
    }
    .boxed()
}

/// Whether this very decision is on record already.
async fn is_recorded(db: &Db<'_>, decision: &Decision) -> Result<bool> {
    let sql = "select 1 from decision where comment_id = $1 and version = $2 and action = $3 \
               and moderator_id is not distinct from $4 and at = $5";
    let (moderator, at) = (decision.moderator.map(|id| id.0), decision.at.as_millisecond());
    let action = decision.outcome.action.as_str();
    let found =
        db.first(sql, &[&decision.comment.0, &decision.version, &action, &moderator, &at]).await?;
    Ok(found.is_some())
}

/// Records a decision, once the record is locked; says what changed by it.
pub(super) async fn decide(db: &Db<'_>, decision: &Decision) -> Result<Vec<Change>> {
    let before = comment(db, decision.comment).await?;
    if before.version != decision.version {
        return Err(StoreError::Conflict);
    }
    let outcome = &decision.outcome;
    let status = outcome.status;
    let sql = "update comment set status = $2, published_body = $3, reason = $4, \
               message = $5, version = version + 1, decided_at = $6 where id = $1";
    db.run(
        sql,
        &[
            &decision.comment.0,
            &status.as_str(),
            &outcome.published_body,
            &outcome.reason.as_ref().map(ReasonKey::as_str),
            &outcome.message,
            &decision.at.as_millisecond(),
        ],
    )
    .await?;
    let mut told = vec![Change::Decided(decision.comment)];
    if before.status == Status::Approved || status == Status::Approved {
        told.push(Change::Published(before.thread.key));
        let sql = "update thread set revision = revision + 1, published_at = \
                   (select max(decided_at) from comment where thread_id = $1 and status = 'approved') \
                   where id = $1";
        db.run(sql, &[&before.thread.id.0]).await?;
    }
    let was_public = before.published_body.filter(|_| before.status == Status::Approved);
    let is_public = outcome.published_body.as_deref().filter(|_| status == Status::Approved);
    append(db, decision, &before.body, [was_public.as_deref(), is_public]).await?;
    Ok(told)
}

/// Appends a decision on a comment with the reader's text `sent`, which was `published` as one text
/// before and as another after it, to the record, chained to the one before it.
async fn append(
    db: &Db<'_>,
    decision: &Decision,
    sent: &str,
    published: [Option<&str>; 2],
) -> Result<()> {
    let last = db.first("select hash from decision order by id desc limit 1", &[]).await?;
    let previous = last.as_ref().map(|row| rows::get::<&[u8]>(row, "hash")).transpose()?;
    let outcome = &decision.outcome;
    let chained = chained(previous, decision, sent, published);
    let [message_hash, note_hash, sent_hash, before_hash, after_hash] =
        chained.texts.each_ref().map(<[u8; 32]>::as_slice);
    let [before, after] = published;
    let sql = "insert into decision (comment_id, version, moderator_id, action, status, reason, \
               edits, message, note, body_before, body_after, message_hash, note_hash, sent_hash, \
               body_before_hash, body_after_hash, at, hash) values ($1, $2, $3, $4, $5, $6, $7, \
               $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    db.run(
        sql,
        &[
            &decision.comment.0,
            &decision.version,
            &decision.moderator.map(|id| id.0),
            &outcome.action.as_str(),
            &outcome.status.as_str(),
            &outcome.reason.as_ref().map(ReasonKey::as_str),
            &outcome.edits.column(),
            &outcome.message,
            &outcome.note,
            &before,
            &after,
            &message_hash,
            &note_hash,
            &sent_hash,
            &before_hash,
            &after_hash,
            &decision.at.as_millisecond(),
            &chained.hash.as_slice(),
        ],
    )
    .await
    .map(drop)
}
