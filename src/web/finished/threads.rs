//! Which state each thread is in, told apart without asking the database and without keeping
//! anything of a single thread.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::TryRecvError;

use crate::domain::ThreadKey;
use crate::store::{Change, Hearing};

/// Threads share so many counters: two that share one make each other's pages again, no more.
const COUNTERS: usize = 4_096;

/// What the counters of some threads amount to. They only grow: two states are the same if nothing
/// happened between them.
pub(super) type State = u64;

/// The counters, and the changes that move them.
pub(super) struct Threads {
    counters: Box<[AtomicU64]>,
    hasher: RandomState,
    told: Mutex<Told>,
    hearing: Hearing,
}

/// What was told of changes.
struct Told {
    changes: broadcast::Receiver<Change>,
    /// When everything was last taken for old: nothing that is kept is older.
    renewed: Instant,
}

impl Threads {
    pub(super) fn new(changes: broadcast::Receiver<Change>, hearing: Hearing) -> Threads {
        Threads {
            counters: (0..COUNTERS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
            told: Mutex::new(Told { changes, renewed: Instant::now() }),
            hearing,
        }
    }

    /// Takes in what changed until now, or may have without our hearing of it.
    pub(super) fn catch_up(&self) {
        // Held to the end: nobody goes on while another has heard of a change and not counted it.
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if self.hearing.lapsed(told.renewed) {
            self.move_all_on();
            told.renewed = Instant::now();
        }
        loop {
            match told.changes.try_recv() {
                Ok(Change::Published(thread)) => self.move_on(self.place(&thread)),
                Ok(Change::Received(_) | Change::Decided(_) | Change::Claimed(_)) => {}
                // Some were missed: anything may have changed.
                Ok(Change::Anything) | Err(TryRecvError::Lagged(_)) => {
                    self.move_all_on();
                }
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    /// Where these threads are counted.
    pub(super) fn places<'a>(
        &self,
        threads: impl IntoIterator<Item = &'a ThreadKey>,
    ) -> Box<[usize]> {
        threads.into_iter().map(|thread| self.place(thread)).collect()
    }

    /// The state of the threads that are counted at these places.
    pub(super) fn state(&self, places: &[usize]) -> State {
        places.iter().map(|place| self.counters[*place].load(Ordering::Acquire)).sum()
    }

    fn place(&self, thread: &ThreadKey) -> usize {
        self.hasher.hash_one(thread) as usize % COUNTERS
    }

    fn move_all_on(&self) {
        (0..COUNTERS).for_each(|place| self.move_on(place));
    }

    fn move_on(&self, place: usize) {
        self.counters[place].fetch_add(1, Ordering::AcqRel);
    }
}
