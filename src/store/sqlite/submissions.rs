//! Submissions: taken in, and what their receipts tell.

use std::borrow::Cow;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Sqlite, decisions, queue, reasons, rows, threads};
use crate::domain::{
    Action, Comment, CommentId, Decision, Flag, ModeratorId, Outcome, Receipt, Revision, Status,
    ThreadId,
};
use crate::store::columns::{flags_column, folded, folded_of, spans_column};
use crate::store::{
    Change, Insertion, NewComment, Resubmission, Result, StoreError, Submissions, TokenHash,
    matches,
};

#[async_trait]
impl Submissions for Sqlite {
    async fn insert(&self, comment: NewComment) -> Result<Insertion> {
        self.space.check()?;
        // Not left to the one thread that writes.
        let folded = folded_of(&comment.submission);
        let insert = move |db: &Connection| {
            let inserted = insert(db, &comment, &folded, None)?;
            let told = match inserted {
                Insertion::Stored(id) => vec![Change::Received(id)],
                _ => Vec::new(),
            };
            Ok((inserted, told))
        };
        self.writer.write_and_tell(insert).await
    }

    async fn publish_own(&self, reply: NewComment, by: ModeratorId) -> Result<Insertion> {
        let folded = folded_of(&reply.submission);
        self.writer.write_and_tell(move |db| publish_own(db, &reply, &folded, by)).await
    }

    async fn signature(&self, moderator: ModeratorId) -> Result<Option<String>> {
        self.readers.look_up(|db| signature(db, moderator))
    }

    async fn usual_wait(&self, site: &str, since: Timestamp) -> Result<Option<SignedDuration>> {
        let site = site.to_owned();
        self.readers.read(move |db| usual_wait(db, &site, since)).await
    }

    async fn receipt(&self, token: &TokenHash) -> Result<Receipt> {
        self.readers.look_up(|db| receipt(db, token))
    }

    async fn own_comment(&self, token: &TokenHash) -> Result<Comment> {
        self.readers.look_up(|db| own_comment(db, token))
    }

    async fn resubmit(&self, resubmission: Resubmission) -> Result<()> {
        let resubmit = move |db: &Connection| Ok(((), resubmit(db, &resubmission)?));
        self.writer.write_and_tell(resubmit).await
    }

    async fn revisions(&self, id: CommentId) -> Result<Vec<Revision>> {
        self.readers.read(move |db| revisions(db, id)).await
    }
}

/// Keeps a submission of a reader's, or of someone of the newsroom.
fn insert(
    db: &Connection,
    new: &NewComment,
    folded: &str,
    staff: Option<ModeratorId>,
) -> Result<Insertion> {
    let sent = &new.submission;
    if let Some(earlier) = earlier(db, &new.receipt)? {
        let same = earlier.name == sent.name && earlier.body == sent.body;
        return Ok(if same { Insertion::AlreadyStored(earlier.id) } else { Insertion::KeyReused });
    }
    let thread = threads::thread_or_new(db, &sent.thread, &sent.url, &sent.title)?;
    if !thread.open && staff.is_none() {
        return Ok(Insertion::ThreadClosed);
    }
    if let Some(parent) = sent.parent
        && !may_be_replied_to(db, thread.id, parent)?
    {
        return Ok(Insertion::NoSuchParent);
    }
    let verdict = match is_repeated(db, new, thread.id)? {
        true => Cow::Owned(new.verdict.clone().with(Flag::Repeated)),
        false => Cow::Borrowed(&new.verdict),
    };
    let sql = "insert into comment (thread_id, parent_id, name, email, consent, body, folded, \
               lane, class, missing_share, confidence, spans, flags, hold, matches, likeness, \
               receipt, submitted_at, staff_id, to_staff) \
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, \
               ?18, ?19, exists (select 1 from comment \
               where (id = ?2 or parent_id = ?2) and staff_id is not null and status = 'approved'))";
    let id = db.prepare_cached(sql)?.insert(params![
        thread.id.0,
        sent.parent.map(|parent| parent.0),
        sent.name,
        sent.email,
        sent.consent,
        sent.body,
        folded,
        new.lane.place(),
        verdict.class.as_str(),
        verdict.missing_share,
        verdict.confidence,
        spans_column(&verdict.spans),
        flags_column(&verdict),
        verdict.hold().number(),
        matches::column(&verdict.matches),
        new.likeness,
        rows::blob(&new.receipt),
        new.at.as_millisecond(),
        staff.map(|moderator| moderator.0),
    ])?;
    if staff.is_some() {
        return Ok(Insertion::Stored(CommentId(id)));
    }
    let sql = "insert into origin_trace (comment_id, address, user_agent, submitted_at) \
               values (?1, ?2, ?3, ?4)";
    let origin = &new.origin;
    let at = new.at.as_millisecond();
    db.prepare_cached(sql)?.execute(params![id, origin.address, origin.user_agent, at])?;
    Ok(Insertion::Stored(CommentId(id)))
}

fn publish_own(
    db: &Connection,
    reply: &NewComment,
    folded: &str,
    by: ModeratorId,
) -> Result<(Insertion, Vec<Change>)> {
    let inserted = insert(db, reply, folded, Some(by))?;
    let Insertion::Stored(comment) = inserted else {
        return Ok((inserted, Vec::new()));
    };
    let body = Some(reply.submission.body.clone());
    let outcome = Outcome::plain(Action::Approve, Status::Approved, body);
    let version = queue::comment(db, comment)?.version;
    let decision = Decision { comment, version, moderator: Some(by), outcome, at: reply.at };
    Ok((inserted, decisions::decide(db, &decision)?))
}

fn signature(db: &Connection, moderator: ModeratorId) -> Result<Option<String>> {
    let sql = "select name from comment where staff_id = ?1 order by id desc limit 1";
    Ok(db.prepare_cached(sql)?.query_row([moderator.0], |row| row.get(0)).optional()?)
}

/// Whether others sent the same lately, or the same reader to another article.
fn is_repeated(db: &Connection, new: &NewComment, thread: ThreadId) -> Result<bool> {
    let Some(likeness) = new.likeness else {
        return Ok(false);
    };
    let sql = "select 1 from comment where likeness = ?1 and submitted_at >= ?2 \
               and (name <> ?3 or thread_id <> ?4) limit 1";
    let since = new.alike_since.as_millisecond();
    let of = params![likeness, since, new.submission.name, thread.0];
    Ok(db.prepare_cached(sql)?.exists(of)?)
}

struct Earlier {
    id: CommentId,
    name: String,
    body: String,
}

/// The comment that the same form brought before.
fn earlier(db: &Connection, receipt: &TokenHash) -> Result<Option<Earlier>> {
    let sql = "select id, name, body from comment where receipt = ?1";
    let found = db.prepare_cached(sql)?.query_row([rows::blob(receipt)], |row| {
        Ok(Earlier { id: CommentId(row.get(0)?), name: row.get(1)?, body: row.get(2)? })
    });
    Ok(found.optional()?)
}

/// Replies are one level deep, and only to what everyone can read.
fn may_be_replied_to(db: &Connection, thread: ThreadId, parent: CommentId) -> Result<bool> {
    let sql = "select 1 from comment where id = ?1 and thread_id = ?2 and parent_id is null \
               and status = 'approved'";
    Ok(db.prepare_cached(sql)?.exists(params![parent.0, thread.0])?)
}

/// Of so many of the latest decisions it is looked how long their comments had waited.
const LATEST: i64 = 1_000;
/// Fewer waits than this say nothing.
const TELLING: usize = 5;

fn usual_wait(db: &Connection, site: &str, since: Timestamp) -> Result<Option<SignedDuration>> {
    let sql = "select d.at - c.submitted_at as waited \
               from (select * from decision order by id desc limit ?3) d \
               join comment c on c.id = d.comment_id join thread t on t.id = c.thread_id \
               where d.version = 1 and d.moderator_id is not null and d.at >= ?2 \
               and t.site = ?1 and c.staff_id is null order by waited";
    let mut query = db.prepare_cached(sql)?;
    let waits = query.query_map(params![site, since.as_millisecond(), LATEST], |row| row.get(0))?;
    let waits: Vec<i64> = waits.collect::<rusqlite::Result<_>>()?;
    let median = waits.get(waits.len() / 2).filter(|_| waits.len() >= TELLING);
    Ok(median.map(|waited| SignedDuration::from_millis(*waited)))
}

pub(super) fn receipt(db: &Connection, token: &TokenHash) -> Result<Receipt> {
    let sql = format!(
        "select c.id, c.status, c.message, c.version, c.submitted_at, c.decided_at, \
         c.published_body is not null and c.published_body <> c.body as edited, {}, {} \
         from comment c join thread t on t.id = c.thread_id left join reason r on r.key = c.reason \
         where c.receipt = ?1",
        rows::THREAD,
        reasons::REASON
    );
    let found = db.prepare_cached(&sql)?.query_row([rows::blob(token)], |row| {
        Ok(Receipt {
            comment: CommentId(row.get("id")?),
            thread: rows::thread(row)?,
            status: rows::parsed(row, "status")?,
            edited: row.get("edited")?,
            reason: reasons::reason(row)?,
            message: row.get("message")?,
            version: row.get("version")?,
            submitted_at: rows::time(row, "submitted_at")?,
            decided_at: rows::time_option(row, "decided_at")?,
        })
    });
    Ok(found?)
}

pub(super) fn own_comment(db: &Connection, token: &TokenHash) -> Result<Comment> {
    let id = db
        .prepare_cached("select id from comment where receipt = ?1")?
        .query_row([rows::blob(token)], |row| row.get(0))?;
    queue::comment(db, CommentId(id))
}

pub(super) fn resubmit(db: &Connection, new: &Resubmission) -> Result<Vec<Change>> {
    let decision = &new.decision;
    let before = queue::comment(db, decision.comment)?;
    if before.version != decision.version {
        return Err(StoreError::Conflict);
    }
    let at = decision.at.as_millisecond();
    let sql = "insert into revision (comment_id, version, body, at) values (?1, ?2, ?3, ?4)";
    db.prepare_cached(sql)?.execute(params![before.id.0, before.version, before.body, at])?;
    let sql = "update comment set body = ?2, folded = ?3, lane = ?4, class = ?5, \
               missing_share = ?6, confidence = ?7, spans = ?8, flags = ?9, hold = ?10, matches = ?11, \
               likeness = ?12 where id = ?1";
    db.prepare_cached(sql)?.execute(params![
        before.id.0,
        new.body,
        folded(&new.body, &before.name, &before.thread.title),
        new.lane.place(),
        new.verdict.class.as_str(),
        new.verdict.missing_share,
        new.verdict.confidence,
        spans_column(&new.verdict.spans),
        flags_column(&new.verdict),
        new.verdict.hold().number(),
        matches::column(&new.verdict.matches),
        new.likeness,
    ])?;
    let mut told = decisions::decide(db, decision)?;
    told.push(Change::Received(before.id));
    Ok(told)
}

pub(super) fn revisions(db: &Connection, id: CommentId) -> Result<Vec<Revision>> {
    let sql = "select version, body, at from revision where comment_id = ?1 order by version";
    let mut query = db.prepare_cached(sql)?;
    let found = query.query_map([id.0], |row| {
        Ok(Revision {
            version: row.get("version")?,
            body: row.get("body")?,
            at: rows::time(row, "at")?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
