//! How far what was told of changes can be relied on: by which an instance knows, also when nothing
//! is told, that there was nothing to tell.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Whoever keeps what others may change counts it as old after so long without knowing that all was
/// heard.
const TRUST: Duration = Duration::from_secs(3);

/// Up to when everything that happened is known to have been told.
#[derive(Clone)]
pub struct Hearing {
    /// What the time is counted from.
    began: Instant,
    /// Milliseconds from then; [`ALWAYS`] where nobody else can change anything.
    until: Arc<AtomicU64>,
    trust: Duration,
}

const ALWAYS: u64 = u64::MAX;

impl Hearing {
    /// Of a database that this instance alone changes.
    #[must_use]
    pub fn alone() -> Hearing {
        Hearing { began: Instant::now(), until: Arc::new(AtomicU64::new(ALWAYS)), trust: TRUST }
    }

    /// Of a database that others change too: nothing was heard yet.
    #[must_use]
    pub fn of_others() -> Hearing {
        Hearing::trusted_for(TRUST)
    }

    /// The same with a limit of one's own.
    #[must_use]
    pub fn trusted_for(trust: Duration) -> Hearing {
        Hearing { began: Instant::now(), until: Arc::default(), trust }
    }

    /// Everything that happened until `at` was told by now.
    pub fn reached(&self, at: Instant) {
        self.until.fetch_max(self.since_began(at), Ordering::Release);
    }

    /// Whether what was true at `since` may be outdated by now, for longer than is tolerated.
    #[must_use]
    pub fn lapsed(&self, since: Instant) -> bool {
        let heard = self.until.load(Ordering::Acquire);
        let known = heard.max(self.since_began(since));
        heard != ALWAYS
            && u128::from(self.since_began(Instant::now()).saturating_sub(known))
                > self.trust.as_millis()
    }

    fn since_began(&self, at: Instant) -> u64 {
        u64::try_from(at.saturating_duration_since(self.began).as_millis()).unwrap_or(ALWAYS - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_lasts_as_long_as_trust_in_it_and_anew_from_each_word() {
        let trust = Duration::from_secs(3);
        let hearing = Hearing::trusted_for(trust);
        let now = Instant::now();
        let hearing = Hearing { began: now.checked_sub(trust * 3).unwrap(), ..hearing };
        let long_ago = now.checked_sub(trust * 2).unwrap();
        assert!(!hearing.lapsed(now));
        assert!(hearing.lapsed(long_ago));
        hearing.reached(now);
        assert!(!hearing.lapsed(long_ago));
        assert!(!Hearing::alone().lapsed(long_ago));
    }
}
