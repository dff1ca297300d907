//! What the cleanup forgets.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Result;

/// What a sweep forgets, each up to its own cutoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// Comments that wait for a decision, or for their reader to change them, since before the
    /// cutoff become expired, by a decision of nobody's.
    ExpirePending,
    /// Rejected, withdrawn and expired comments that were last decided before the cutoff are deleted.
    DeleteRejected,
    /// The same for spam.
    DeleteSpam,
    /// Addresses and user agents of comments that came in before the cutoff are deleted.
    ForgetOrigins,
    /// Receipt links of comments that were last decided before the cutoff stop working.
    CloseReceipts,
    /// Sessions last used before the cutoff are deleted.
    DeleteSessions,
}

impl Sweep {
    /// Every sweep, in the order the cleanup runs them.
    pub const ALL: [Sweep; 6] = [
        Sweep::ExpirePending,
        Sweep::DeleteRejected,
        Sweep::DeleteSpam,
        Sweep::ForgetOrigins,
        Sweep::CloseReceipts,
        Sweep::DeleteSessions,
    ];

    /// The name in reports and logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Sweep::ExpirePending => "expire-pending",
            Sweep::DeleteRejected => "delete-rejected",
            Sweep::DeleteSpam => "delete-spam",
            Sweep::ForgetOrigins => "forget-origins",
            Sweep::CloseReceipts => "close-receipts",
            Sweep::DeleteSessions => "delete-sessions",
        }
    }
}

/// Forgetting, a batch at a time.
#[async_trait]
pub trait Sweeps: Send + Sync {
    /// Carries out one batch of a sweep and says how many things it forgot; 0 when done.
    async fn sweep(
        &self,
        sweep: Sweep,
        cutoff: Timestamp,
        batch: usize,
        now: Timestamp,
    ) -> Result<usize>;

    /// How many things a sweep would forget.
    async fn count_sweep(&self, sweep: Sweep, cutoff: Timestamp) -> Result<usize>;
}
