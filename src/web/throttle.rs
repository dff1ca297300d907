//! How often something may be done under one key (an address, a name).

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

/// Keys after which those not seen lately are forgotten: bounds the memory a flood can take.
const FORGET_ABOVE: usize = 50_000;

/// Counts under each key, and tells what is left.
type Limiter =
    RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// A limit for each key.
pub(super) struct Throttle(Option<Limiter>);

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
    pub(super) fn per_minute(times: u32) -> Throttle {
        let limiter = |times| RateLimiter::keyed(Quota::per_minute(times)).with_middleware();
        Throttle(NonZeroU32::new(times).map(limiter))
    }

    /// Counts one more under `key`, or says how long to wait.
    pub(super) fn admit(&self, key: &str) -> Result<Used, Duration> {
        let Some(limiter) = &self.0 else {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_much_used_from_half_of_it_on_and_then_refuses() {
        let throttle = Throttle::per_minute(10);
        let much: Vec<_> = (0..10).map(|_| throttle.admit("a").unwrap().is_much()).collect();
        assert_eq!(much, [vec![false; 5], vec![true; 5]].concat());
        assert!(throttle.admit("a").is_err());
        assert!(!throttle.admit("b").unwrap().is_much());
    }

    #[test]
    fn without_a_limit_nothing_is_much() {
        let throttle = Throttle::per_minute(0);
        assert!((0..100).all(|_| !throttle.admit("a").unwrap().is_much()));
    }

    #[test]
    fn keys_are_forgotten_when_they_are_very_many_and_not_before() {
        // Whoever came once is as good as new after 10 µs.
        let throttle = Throttle::per_minute(6_000_000);
        let known = || throttle.0.as_ref().unwrap().len();
        let come = |n: usize| assert!(throttle.admit(&n.to_string()).is_ok());
        (0..1_000).for_each(come);
        assert_eq!(known(), 1_000);
        (1_000..2 * FORGET_ABOVE).for_each(come);
        assert!(known() <= FORGET_ABOVE + 1, "{}", known());
    }
}
