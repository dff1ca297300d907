//! How often something may be done under one key (an address, a name).

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Keys after which those not seen lately are forgotten: bounds the memory a flood can take.
const FORGET_ABOVE: usize = 50_000;

/// A limit for each key.
pub(super) struct Throttle(Option<DefaultKeyedRateLimiter<String>>);

impl Throttle {
    /// So many a minute and at once; 0: any number.
    pub(super) fn per_minute(times: u32) -> Throttle {
        Throttle(NonZeroU32::new(times).map(|times| RateLimiter::keyed(Quota::per_minute(times))))
    }

    /// Counts one more under `key`, or says how long to wait.
    pub(super) fn admit(&self, key: &str) -> Result<(), Duration> {
        let Some(limiter) = &self.0 else {
            return Ok(());
        };
        if limiter.len() > FORGET_ABOVE {
            limiter.retain_recent();
        }
        limiter
            .check_key(&key.to_owned())
            .map_err(|until| until.wait_time_from(DefaultClock::default().now()))
    }
}
