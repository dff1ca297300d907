//! The scheduled cleanup: what the retention rules say, in small batches, and never more.

use jiff::{Timestamp, ToSpan};

use crate::config::Retention;
use crate::store::{Result, Store, Sweep};

/// What the cleanup did, or would do, in one sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// The sweep.
    pub sweep: Sweep,
    /// Up to when; nothing younger was touched.
    pub cutoff: Timestamp,
    /// How many things it forgot.
    pub count: usize,
}

/// The sweeps to run at `now`, each with its cutoff; a sweep whose time is «for ever» is left out.
///
/// `session_idle_minutes` is how long an unused session lasts.
#[must_use]
pub fn cutoffs(
    retention: &Retention,
    session_idle_minutes: i64,
    now: Timestamp,
) -> Vec<(Sweep, Timestamp)> {
    let days = |days: u32| (days > 0).then(|| (i64::from(days) * 24).hours());
    let span = |sweep| match sweep {
        Sweep::ExpirePending => days(retention.pending_days),
        Sweep::DeleteRejected => days(retention.rejected_days),
        Sweep::DeleteSpam => days(retention.spam_days),
        Sweep::ForgetOrigins => days(retention.origin_days),
        Sweep::CloseReceipts => days(retention.receipt_days),
        Sweep::DeleteSessions => Some(session_idle_minutes.minutes()),
    };
    let cutoff = |sweep| Some((sweep, now.checked_sub(span(sweep)?).ok()?));
    Sweep::ALL.into_iter().filter_map(cutoff).collect()
}

/// Runs every sweep to its end, batch by batch, and says what was done.
///
/// # Errors
/// The store's; what was swept before stays swept, and running again goes on from there.
pub async fn run(
    store: &dyn Store,
    cutoffs: &[(Sweep, Timestamp)],
    batch: usize,
    now: Timestamp,
) -> Result<Vec<Swept>> {
    let mut done = Vec::new();
    for &(sweep, cutoff) in cutoffs {
        let mut count = 0;
        loop {
            let swept = store.sweep(sweep, cutoff, batch, now).await?;
            count += swept;
            if swept < batch {
                break;
            }
        }
        done.push(Swept { sweep, cutoff, count });
    }
    Ok(done)
}

/// What [`run`] would do, changing nothing.
///
/// # Errors
/// The store's.
pub async fn rehearse(store: &dyn Store, cutoffs: &[(Sweep, Timestamp)]) -> Result<Vec<Swept>> {
    let mut due = Vec::new();
    for &(sweep, cutoff) in cutoffs {
        due.push(Swept { sweep, cutoff, count: store.count_sweep(sweep, cutoff).await? });
    }
    Ok(due)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sweep_has_its_own_cutoff_and_zero_days_means_for_ever() {
        let now: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
        let retention = Retention {
            pending_days: 60,
            rejected_days: 1,
            spam_days: 0,
            origin_days: 0,
            receipt_days: 0,
        };
        let expected = [
            (Sweep::ExpirePending, "2026-09-24T00:00:00Z"),
            (Sweep::DeleteRejected, "2026-11-22T00:00:00Z"),
            (Sweep::DeleteSessions, "2026-11-22T23:30:00Z"),
        ];
        let found = cutoffs(&retention, 30, now);
        assert_eq!(found, expected.map(|(sweep, at)| (sweep, at.parse().unwrap())));
    }
}
