//! Comments: taken in, looked at, decided.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{rows, threads};
use crate::domain::{
    Comment, CommentId, Decision, DecisionRecord, Flag, Receipt, RejectReason, Status, ThreadId,
    chain_hash,
};
use crate::language;
use crate::store::{Insertion, NewComment, Result, StoreError, TokenHash};

pub(super) fn insert(db: &Connection, new: &NewComment) -> Result<Insertion> {
    let sent = &new.submission;
    if let Some(earlier) = earlier(db, &new.key)? {
        let same = earlier.name == sent.name && earlier.body == sent.body;
        return Ok(if same {
            Insertion::AlreadyStored(earlier.id)
        } else {
            Insertion::KeyReused
        });
    }
    let thread = threads::thread_or_new(db, &sent.thread, &sent.url, &sent.title)?;
    if !thread.open {
        return Ok(Insertion::ThreadClosed);
    }
    if let Some(parent) = sent.parent
        && !may_be_replied_to(db, thread.id, parent)?
    {
        return Ok(Insertion::NoSuchParent);
    }
    let folded = language::fold(&format!("{}\n{}\n{}", sent.body, sent.name, sent.title));
    let flags: Vec<_> = new
        .verdict
        .flags
        .iter()
        .copied()
        .map(Flag::as_str)
        .collect();
    let sql = "insert into comment (thread_id, parent_id, name, email, consent, body, folded, \
               lane, class, missing_share, confidence, spans, flags, submission_key, receipt, \
               submitted_at) \
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) \
               returning id";
    let id: i64 = db.prepare_cached(sql)?.query_row(
        params![
            thread.id.0,
            sent.parent.map(|parent| parent.0),
            sent.name,
            sent.email,
            sent.consent,
            sent.body,
            folded,
            new.lane.place(),
            new.verdict.class.as_str(),
            new.verdict.missing_share,
            new.verdict.confidence,
            rows::spans_column(&new.verdict.spans),
            flags.join(" "),
            new.key,
            rows::blob(&new.receipt),
            new.at.as_millisecond(),
        ],
        |row| row.get(0),
    )?;
    let sql = "insert into origin_trace (comment_id, address, user_agent, submitted_at) \
               values (?1, ?2, ?3, ?4)";
    let origin = &new.origin;
    let at = new.at.as_millisecond();
    db.prepare_cached(sql)?
        .execute(params![id, origin.address, origin.user_agent, at])?;
    Ok(Insertion::Stored(CommentId(id)))
}

struct Earlier {
    id: CommentId,
    name: String,
    body: String,
}

fn earlier(db: &Connection, key: &str) -> Result<Option<Earlier>> {
    let sql = "select id, name, body from comment where submission_key = ?1";
    let found = db.prepare_cached(sql)?.query_row([key], |row| {
        Ok(Earlier {
            id: CommentId(row.get(0)?),
            name: row.get(1)?,
            body: row.get(2)?,
        })
    });
    Ok(found.optional()?)
}

/// Replies are one level deep, and only to what everyone can read.
fn may_be_replied_to(db: &Connection, thread: ThreadId, parent: CommentId) -> Result<bool> {
    let sql = "select 1 from comment where id = ?1 and thread_id = ?2 and parent_id is null \
               and status = 'approved'";
    Ok(db
        .prepare_cached(sql)?
        .exists(params![parent.0, thread.0])?)
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

pub(super) fn receipt(db: &Connection, token: &TokenHash) -> Result<Receipt> {
    let sql = format!(
        "select c.id, c.status, c.reason, c.submitted_at, c.decided_at, \
         c.published_body is not null and c.published_body <> c.body as edited, {} \
         from comment c join thread t on t.id = c.thread_id where c.receipt = ?1",
        rows::THREAD
    );
    let found = db
        .prepare_cached(&sql)?
        .query_row([rows::blob(token)], |row| {
            Ok(Receipt {
                comment: CommentId(row.get("id")?),
                thread: rows::thread(row)?,
                status: rows::parsed(row, "status")?,
                edited: row.get("edited")?,
                reason: rows::parsed_option(row, "reason")?,
                submitted_at: rows::time(row, "submitted_at")?,
                decided_at: rows::time_option(row, "decided_at")?,
            })
        });
    Ok(found?)
}

pub(super) fn history(db: &Connection, id: CommentId) -> Result<Vec<DecisionRecord>> {
    let sql = "select m.name as moderator, d.action, d.reason, d.note, d.body_before, \
               d.body_after, d.at \
               from decision d left join moderator m on m.id = d.moderator_id \
               where d.comment_id = ?1 order by d.version";
    let mut query = db.prepare_cached(sql)?;
    let records = query.query_map([id.0], |row| {
        Ok(DecisionRecord {
            moderator: row.get("moderator")?,
            action: rows::parsed(row, "action")?,
            reason: rows::parsed_option(row, "reason")?,
            note: row.get::<_, Option<String>>("note")?.unwrap_or_default(),
            body_before: row.get("body_before")?,
            body_after: row.get("body_after")?,
            at: rows::time(row, "at")?,
        })
    })?;
    Ok(records.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn decide(db: &Connection, decision: &Decision) -> Result<()> {
    let before = comment(db, decision.comment)?;
    if before.version != decision.version {
        return Err(StoreError::Conflict);
    }
    let outcome = &decision.outcome;
    let status = outcome.action.leads_to();
    let at = decision.at.as_millisecond();
    let sql = "update comment set status = ?2, published_body = ?3, reason = ?4, \
               version = version + 1, decided_at = ?5 where id = ?1";
    db.prepare_cached(sql)?.execute(params![
        decision.comment.0,
        status.as_str(),
        outcome.published_body,
        outcome.reason.map(RejectReason::as_str),
        at,
    ])?;
    if before.status == Status::Approved || status == Status::Approved {
        let sql = "update thread set revision = revision + 1 where id = ?1";
        db.prepare_cached(sql)?.execute([before.thread.id.0])?;
    }
    let was_public = before
        .published_body
        .filter(|_| before.status == Status::Approved);
    let is_public = outcome
        .published_body
        .as_deref()
        .filter(|_| status == Status::Approved);
    append(db, decision, was_public.as_deref(), is_public)
}

/// Appends a decision to the record, chained to the one before it.
fn append(
    db: &Connection,
    decision: &Decision,
    body_before: Option<&str>,
    body_after: Option<&str>,
) -> Result<()> {
    let previous: Option<Vec<u8>> = db
        .prepare_cached("select hash from decision order by id desc limit 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let outcome = &decision.outcome;
    let hash_of = |text: Option<&str>| Sha256::digest(text.unwrap_or_default()).to_vec();
    let note_hash = hash_of(Some(&outcome.note));
    let (before_hash, after_hash) = (hash_of(body_before), hash_of(body_after));
    let texts = [
        note_hash.as_slice(),
        before_hash.as_slice(),
        after_hash.as_slice(),
    ];
    let hash = chain_hash(&previous.unwrap_or_default(), decision, texts);
    let sql = "insert into decision (comment_id, version, moderator_id, action, reason, note, \
               body_before, body_after, note_hash, body_before_hash, body_after_hash, at, hash) \
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    db.prepare_cached(sql)?.execute(params![
        decision.comment.0,
        decision.version,
        decision.moderator.map(|id| id.0),
        outcome.action.as_str(),
        outcome.reason.map(RejectReason::as_str),
        outcome.note,
        body_before,
        body_after,
        note_hash,
        before_hash,
        after_hash,
        decision.at.as_millisecond(),
        hash.as_slice(),
    ])?;
    Ok(())
}
