//! What the cleanup forgets, a batch at a time. Each batch is whole, so that being killed between
//! two of them, or running twice, does no harm.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Sqlite, decisions, queue};
use crate::domain::{Action, CommentId, Decision, Outcome, Status};
use crate::store::{Result, Sweep, Sweeps};

#[async_trait]
impl Sweeps for Sqlite {
    async fn sweep(
        &self,
        sweep: Sweep,
        cutoff: Timestamp,
        batch: usize,
        now: Timestamp,
    ) -> Result<usize> {
        self.writer.write(move |db| carry_out(db, sweep, cutoff, batch, now)).await
    }

    async fn count_sweep(&self, sweep: Sweep, cutoff: Timestamp) -> Result<usize> {
        self.readers.read(move |db| count(db, sweep, cutoff)).await
    }
}

/// Which rows a sweep is about, as a query for their keys; `?1` is the cutoff.
fn due(sweep: Sweep) -> &'static str {
    match sweep {
        Sweep::ExpirePending => {
            // One that was reopened, sent back or sent again waits from then on.
            "select id from comment where status = 'pending' and waits_since < ?1 union all \
             select id from comment where status = 'returned' and decided_at < ?1"
        }
        Sweep::DeleteRejected => {
            "select id from comment \
             where status in ('rejected', 'withdrawn', 'expired') and decided_at < ?1"
        }
        Sweep::DeleteSpam => "select id from comment where status = 'spam' and decided_at < ?1",
        Sweep::ForgetOrigins => "select comment_id from origin_trace where submitted_at < ?1",
        Sweep::CloseReceipts => {
            "select id from comment \
             where receipt is not null and status not in ('pending', 'returned') \
             and decided_at < ?1"
        }
        Sweep::DeleteSessions => "select id from session where seen_at < ?1",
    }
}

pub(super) fn count(db: &Connection, sweep: Sweep, cutoff: Timestamp) -> Result<usize> {
    let sql = format!("select count(*) from ({})", due(sweep));
    let count: i64 = db.query_row(&sql, [cutoff.as_millisecond()], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

pub(super) fn carry_out(
    db: &Connection,
    sweep: Sweep,
    cutoff: Timestamp,
    batch: usize,
    now: Timestamp,
) -> Result<usize> {
    let batch = i64::try_from(batch).unwrap_or(i64::MAX);
    let due = format!("{} limit ?2", due(sweep));
    let ids = |sql: &str| -> Result<Vec<i64>> {
        let mut query = db.prepare_cached(sql)?;
        let ids = query.query_map(params![cutoff.as_millisecond(), batch], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    };
    let change = |sql: &str| -> Result<usize> {
        Ok(db.prepare_cached(sql)?.execute(params![cutoff.as_millisecond(), batch])?)
    };
    match sweep {
        Sweep::ExpirePending => {
            let ids = ids(&due)?;
            for id in &ids {
                expire(db, CommentId(*id), now)?;
            }
            Ok(ids.len())
        }
        Sweep::DeleteRejected | Sweep::DeleteSpam => {
            let ids = ids(&due)?;
            for id in &ids {
                delete(db, *id)?;
            }
            Ok(ids.len())
        }
        Sweep::ForgetOrigins => {
            change(&format!("delete from origin_trace where comment_id in ({due})"))
        }
        Sweep::CloseReceipts => {
            change(&format!("update comment set receipt = null where id in ({due})"))
        }
        Sweep::DeleteSessions => change(&format!("delete from session where id in ({due})")),
    }
}

/// Expires a pending comment by a decision like any other, of nobody's.
fn expire(db: &Connection, id: CommentId, now: Timestamp) -> Result<()> {
    let comment = queue::comment(db, id)?;
    let outcome = Outcome::plain(Action::Expire, Status::Expired, comment.published_body);
    let version = comment.version;
    let decision = Decision { comment: id, version, moderator: None, outcome, at: now };
    decisions::decide(db, &decision).map(drop)
}

/// Deletes a comment with all its texts; that it was decided, when and by whom stays on record.
fn delete(db: &Connection, id: i64) -> Result<()> {
    let sql = "update decision \
               set message = null, note = null, body_before = null, body_after = null \
               where comment_id = ?1";
    db.prepare_cached(sql)?.execute([id])?;
    db.prepare_cached("delete from comment where id = ?1")?.execute([id])?;
    Ok(())
}
