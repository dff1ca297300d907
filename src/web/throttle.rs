//! How often something may be done under one key (an address, a name): counted here, and over all
//! instances where there may be others.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use tokio::time::timeout;

use crate::store::{Admission, Store, Use};

/// Keys after which those not seen lately are forgotten: bounds the memory a flood can take.
const FORGET_ABOVE: usize = 50_000;

/// Counts under each key, and tells what is left.
type Limiter =
    RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// Longest wait for what all instances counted. Should it not come, what was counted here holds by
/// itself: nothing is let through or kept out because the database is slow or away.
const PATIENCE: Duration = Duration::from_secs(1);

/// A limit for each key.
pub(super) struct Throttle {
    /// What is limited.
    name: &'static str,
    limiter: Option<Limiter>,
    per_minute: u32,
}

/// How much of a limit is used, once one more was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Used {
    left: u32,
    limit: u32,
}

impl Used {
    /// Whether it is more than half.
    pub(super) fn is_much(self) -> bool {
        self.left < self.limit / 2
    }
}

impl Throttle {
    /// So many a minute and at once; 0: any number.
    pub(super) fn per_minute(name: &'static str, per_minute: u32) -> Throttle {
        let limiter = |times| RateLimiter::keyed(Quota::per_minute(times)).with_middleware();
        Throttle { name, limiter: NonZeroU32::new(per_minute).map(limiter), per_minute }
    }

    /// Counts one more under `key` by this instance alone, or says how long to wait.
    pub(super) fn admit(&self, key: &str) -> Result<Used, Duration> {
        let Some(limiter) = &self.limiter else {
            return Ok(Used { left: 0, limit: 0 });
        };
        if limiter.len() > FORGET_ABOVE {
            limiter.retain_recent();
        }
        limiter
            .check_key(&key.to_owned())
            .map(|state| Used {
                left: state.remaining_burst_capacity(),
                limit: state.quota().burst_size().get(),
            })
            .map_err(|until| until.wait_time_from(DefaultClock::default().now()))
    }
}

/// Counts one more under each of these keys over all instances, or says how long to wait. Whoever
/// is refused under one uses up nothing of those after it.
pub(super) async fn admit_all<const N: usize>(
    store: &dyn Store,
    keys: [(&Throttle, String); N],
) -> Result<[Used; N], Duration> {
    let mut used = [Used { left: 0, limit: 0 }; N];
    // Whoever goes too far here alone costs the database nothing.
    for ((throttle, key), used) in keys.iter().zip(&mut used) {
        *used = throttle.admit(key)?;
    }
    let mut limited: Vec<_> =
        keys.iter().zip(&mut used).filter(|((throttle, _), _)| throttle.per_minute > 0).collect();
    let shared = |((throttle, key), _): &(&(&Throttle, String), _)| Use {
        key: format!("{} {key}", throttle.name),
        per_minute: throttle.per_minute,
    };
    let uses: Vec<_> = limited.iter().map(shared).collect();
    if uses.is_empty() {
        return Ok(used);
    }
    let Ok(Ok(Some(counted))) = timeout(PATIENCE, store.count(uses)).await else {
        return Ok(used);
    };
    for (admission, (_, used)) in counted.into_iter().zip(&mut limited) {
        match admission {
            Admission::Admitted(left) => used.left = left,
            Admission::Refused(wait) => return Err(wait),
        }
    }
    Ok(used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_much_used_from_half_of_it_on_and_then_refuses() {
        let throttle = Throttle::per_minute("posts", 10);
        let much: Vec<_> = (0..10).map(|_| throttle.admit("a").unwrap().is_much()).collect();
        assert_eq!(much, [vec![false; 5], vec![true; 5]].concat());
        assert!(throttle.admit("a").is_err());
        assert!(!throttle.admit("b").unwrap().is_much());
    }

    #[test]
    fn without_a_limit_nothing_is_much() {
        let throttle = Throttle::per_minute("posts", 0);
        assert!((0..100).all(|_| !throttle.admit("a").unwrap().is_much()));
    }

    #[test]
    fn keys_are_forgotten_when_they_are_very_many_and_not_before() {
        // Whoever came once is as good as new after 10 µs.
        let throttle = Throttle::per_minute("posts", 6_000_000);
        let known = || throttle.limiter.as_ref().unwrap().len();
        let come = |n: usize| assert!(throttle.admit(&n.to_string()).is_ok());
        (0..1_000).for_each(come);
        assert_eq!(known(), 1_000);
        (1_000..2 * FORGET_ABOVE).for_each(come);
        assert!(known() <= FORGET_ABOVE + 1, "{}", known());
    }
}
