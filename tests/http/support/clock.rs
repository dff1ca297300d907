//! Times that a test chooses.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// A clock that stands still until it is turned.
pub(crate) struct Clock(AtomicI64);

impl Clock {
    pub(crate) const fn new() -> Clock {
        Clock(AtomicI64::new(0))
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }

    pub(crate) fn set(&self, time: &str) {
        self.0.store(time.parse::<Timestamp>().unwrap().as_second(), Ordering::SeqCst);
    }

    pub(crate) fn turn(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}
