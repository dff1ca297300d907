//! What others want to hear of as soon as it is on disk: caches of finished pages, open desks.

use tokio::sync::broadcast;

use crate::domain::{CommentId, ThreadKey};

/// Changes that a listener may be behind before it is told that it missed some.
const BACKLOG: usize = 1_024;

/// Something happened, and is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A submission came in and waits.
    Received(CommentId),
    /// A comment was decided.
    Decided(CommentId),
    /// Somebody looks at a comment, or no longer does.
    Claimed(CommentId),
    /// What everyone sees of an article's thread is no longer what it was.
    Published(ThreadKey),
    /// Anything may have happened: what other instances did could not be heard for a while.
    Anything,
}

/// Where changes are told. Each is told after its commit and before its request is answered, so
/// that whoever listens knows of it by the next request.
#[derive(Clone)]
pub(super) struct Changes(broadcast::Sender<Change>);

impl Changes {
    pub(super) fn new() -> Changes {
        Changes(broadcast::Sender::new(BACKLOG))
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }

    pub(super) fn tell(&self, changes: Vec<Change>) {
        for change in changes {
            // Nobody need be listening.
            let _ = self.0.send(change);
        }
    }
}
