//! Runs of jobs.

use async_trait::async_trait;
use jiff::Timestamp;

use super::db::Db;
use super::{Postgres, rows};
use crate::store::{Job, JobRun, Jobs, Result, Turn};

#[async_trait]
impl Jobs for Postgres {
    async fn take_on(&self, run: JobRun, until: Timestamp, now: Timestamp) -> Result<Turn> {
        take_on(&self.client().await?.db(), run, until, now).await
    }

    async fn finish(&self, run: JobRun, now: Timestamp) -> Result<()> {
        let sql =
            "update job_run set finished_at = $4 where job = $1 and slot = $2 and holder = $3";
        let (job, slot) = (run.job.as_str(), run.slot.as_millisecond());
        let client = self.client().await?;
        client.db().run(sql, &[&job, &slot, &run.holder, &now.as_millisecond()]).await.map(drop)
    }

    async fn unfinished(&self, job: Job) -> Result<Option<Timestamp>> {
        let sql = "select slot from job_run where job = $1 and finished_at is null";
        let found = self.pool.reads().first(sql, &[&job.as_str()]).await?;
        found.map(|row| rows::time(&row, "slot")).transpose()
    }
}

async fn take_on(db: &Db<'_>, run: JobRun, until: Timestamp, now: Timestamp) -> Result<Turn> {
    let sql = "insert into job_run as kept (job, slot, holder, until) values ($1, $2, $3, $4) \
               on conflict (job) do update \
               set slot = excluded.slot, holder = excluded.holder, until = excluded.until, \
                   finished_at = null \
               where case when kept.finished_at is null \
                          then kept.slot <= excluded.slot \
                               and (kept.until <= $5 or kept.holder = excluded.holder) \
                          else kept.slot < excluded.slot end";
    let (job, slot) = (run.job.as_str(), run.slot.as_millisecond());
    let (until, now) = (until.as_millisecond(), now.as_millisecond());
    if db.run(sql, &[&job, &slot, &run.holder, &until, &now]).await? > 0 {
        return Ok(Turn::Ours);
    }
    let sql = "select 1 from job_run where job = $1 \
               and (slot > $2 or slot = $2 and finished_at is not null)";
    let over = db.first(sql, &[&job, &slot]).await?.is_some();
    Ok(if over { Turn::Over } else { Turn::Others })
}
