//! What the cleanup forgets, a batch at a time. Each batch is whole, so that being killed between
//! two of them, or running twice, does no harm.

use async_trait::async_trait;
use jiff::Timestamp;

use super::db::Db;
use super::{Postgres, decisions, queue, rows};
use crate::domain::{Action, Comment, CommentId, Decision, Outcome, Status};
use crate::store::{Change, Result, Sweep, Sweeps};

#[async_trait]
impl Sweeps for Postgres {
    async fn sweep(
        &self,
        sweep: Sweep,
        cutoff: Timestamp,
        batch: usize,
        now: Timestamp,
    ) -> Result<usize> {
        let mut client = self.client().await?;
        let db = client.begin();
        let (count, told) = carry_out(&db, sweep, cutoff, batch, now).await?;
        db.commit_and_tell(told).await?;
        Ok(count)
    }

    async fn count_sweep(&self, sweep: Sweep, cutoff: Timestamp) -> Result<usize> {
        let sql = format!("select count(*) from ({}) due", due(sweep));
        let row = self.pool.reads().one(&sql, &[&cutoff.as_millisecond()]).await?;
        Ok(usize::try_from(rows::get::<i64>(&row, "count")?).unwrap_or_default())
    }
}

/// Which rows a sweep is about, as a query for their keys; `$1` is the cutoff.
fn due(sweep: Sweep) -> &'static str {
    match sweep {
        Sweep::ExpirePending => {
            // One that was reopened, sent back or sent again waits from then on.
            "select id from comment where status = 'pending' and waits_since < $1 union all \
             select id from comment where status = 'returned' and decided_at < $1"
        }
        Sweep::DeleteRejected => {
            "select id from comment \
             where status in ('rejected', 'withdrawn', 'expired') and decided_at < $1"
        }
        Sweep::DeleteSpam => "select id from comment where status = 'spam' and decided_at < $1",
        Sweep::ForgetOrigins => "select comment_id from origin_trace where submitted_at < $1",
        Sweep::CloseReceipts => {
            "select id from comment \
             where receipt is not null and status not in ('pending', 'returned') \
             and decided_at < $1"
        }
        Sweep::DeleteSessions => "select id from session where seen_at < $1",
    }
}

/// Carries out a batch; says how many things it forgot, and what changed by it.
async fn carry_out(
    db: &Db<'_>,
    sweep: Sweep,
    cutoff: Timestamp,
    batch: usize,
    now: Timestamp,
) -> Result<(usize, Vec<Change>)> {
    let batch = i64::try_from(batch).unwrap_or(i64::MAX);
    let cutoff = cutoff.as_millisecond();
    let due = format!("{} limit $2", due(sweep));
    let ids = async || -> Result<Vec<i64>> {
        let found = db.all(&due, &[&cutoff, &batch]).await?;
        found.iter().map(|row| rows::get(row, "id")).collect()
    };
    let change = async |sql: String| -> Result<(usize, Vec<Change>)> {
        let changed = db.run(&sql, &[&cutoff, &batch]).await?;
        Ok((usize::try_from(changed).unwrap_or_default(), Vec::new()))
    };
    match sweep {
        Sweep::ExpirePending => {
            decisions::lock_record(db).await?;
            let ids = ids().await?;
            let told = expire(db, &ids, now).await?;
            Ok((ids.len(), told))
        }
        Sweep::DeleteRejected | Sweep::DeleteSpam => {
            decisions::lock_record(db).await?;
            let ids = ids().await?;
            delete(db, &ids).await?;
            Ok((ids.len(), Vec::new()))
        }
        Sweep::ForgetOrigins => {
            change(format!("delete from origin_trace where comment_id in ({due})")).await
        }
        Sweep::CloseReceipts => {
            change(format!("update comment set receipt = null where id in ({due})")).await
        }
        Sweep::DeleteSessions => change(format!("delete from session where id in ({due})")).await,
    }
}

/// Expires comments that wait by decisions like any other, of nobody's.
async fn expire(db: &Db<'_>, ids: &[i64], now: Timestamp) -> Result<Vec<Change>> {
    let ids: Vec<_> = ids.iter().copied().map(CommentId).collect();
    let expiry = |comment: Comment| {
        let outcome = Outcome::plain(Action::Expire, Status::Expired, comment.published_body);
        let (comment, version) = (comment.id, comment.version);
        Decision { comment, version, moderator: None, outcome, at: now }
    };
    let mut decisions: Vec<_> =
        queue::comments(db, &ids).await?.into_values().map(expiry).collect();
    decisions.sort_unstable_by_key(|decision| decision.comment.0);
    let recorded = decisions::record(db, &decisions.iter().collect::<Vec<_>>()).await?;
    Ok(recorded.into_iter().collect::<Result<Vec<_>>>()?.concat())
}

/// Deletes comments with all their texts; that they were decided, when and by whom stays on record.
async fn delete(db: &Db<'_>, ids: &[i64]) -> Result<()> {
    let sql = "update decision \
               set message = null, note = null, body_before = null, body_after = null \
               where comment_id = any($1)";
    db.run(sql, &[&ids]).await?;
    db.run("delete from comment where id = any($1)", &[&ids]).await.map(drop)
}
