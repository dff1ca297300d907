//! Limits that all instances count together. What waits goes to the server by one statement, a
//! commit of its own that waits for no disk.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;

use super::group::{Group, Job};
use super::pool::Pool;
use super::{Postgres, rows};
use crate::store::{Admission, RateLimits, Result, StoreError, Use};

/// How often keys are forgotten whose limits are whole again.
const FORGET_EVERY: Duration = Duration::from_secs(60);

#[async_trait]
impl RateLimits for Postgres {
    async fn count(&self, uses: Vec<Use>) -> Result<Option<Vec<Admission>>> {
        self.rate_limits.have_done(uses).await.map(Some)
    }
}

/// The uses of one request, and what becomes of them.
type Counting = Job<Vec<Use>, Vec<Admission>>;

/// Starts counting; ends when the group is dropped.
pub(super) fn start(runtime: &Handle, pool: Pool) -> Group<Vec<Use>, Vec<Admission>> {
    let mut forgotten = Instant::now();
    Group::of(runtime, 1, move |jobs: Vec<Counting>| {
        let (pool, forgets) = (pool.clone(), forgotten.elapsed() > FORGET_EVERY);
        if forgets {
            forgotten = Instant::now();
        }
        async move {
            let (uses, replies): (Vec<_>, Vec<_>) = jobs.into_iter().unzip();
            let counted = count_all(&pool, &uses).await;
            for (n, reply) in replies.into_iter().enumerate() {
                let unavailable = |error: &StoreError| StoreError::Unavailable(error.to_string());
                let own = counted.as_ref().map(|all| all[n].clone()).map_err(unavailable);
                // The caller may have gone.
                let _ = reply.send(own);
            }
            if forgets {
                forget(&pool).await;
            }
        }
    })
}

async fn count_all(pool: &Pool, requests: &[Vec<Use>]) -> Result<Vec<Vec<Admission>>> {
    let (mut numbers, mut keys, mut per_minute) = (Vec::new(), Vec::new(), Vec::new());
    for (request, uses) in requests.iter().enumerate() {
        for one in uses {
            numbers.push(i32::try_from(request).unwrap_or_default());
            keys.push(Sha256::digest(&one.key)[..16].to_vec());
            per_minute.push(i32::try_from(one.per_minute).unwrap_or(i32::MAX));
        }
    }
    let sql = "select request, admitted, leftover, wait from use_rate_limits($1, $2, $3)";
    let client = pool.client().await?;
    let mut counted = vec![Vec::new(); requests.len()];
    for row in client.db().all(sql, &[&numbers, &keys, &per_minute]).await? {
        let request = usize::try_from(rows::get::<i32>(&row, "request")?).unwrap_or_default();
        let number = |column| rows::get::<i64>(&row, column);
        counted[request].push(match rows::get(&row, "admitted")? {
            true => Admission::Admitted(u32::try_from(number("leftover")?).unwrap_or_default()),
            false => {
                let wait = u64::try_from(number("wait")?).unwrap_or_default();
                Admission::Refused(Duration::from_micros(wait))
            }
        });
    }
    Ok(counted)
}

/// Forgets keys whose limits are whole again; should it fail, some other time.
async fn forget(pool: &Pool) {
    let sql = "delete from rate_limit \
               where full_at < extract(epoch from clock_timestamp()) * 1000000";
    if let Ok(client) = pool.client().await {
        let _ = client.db().run(sql, &[]).await;
    }
}
