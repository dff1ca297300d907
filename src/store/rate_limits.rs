//! How often something was done lately, counted over all instances.

use std::time::Duration;

use async_trait::async_trait;

use super::Result;

/// A limit that somebody uses once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What is limited, and whose it is; two uses with the same key are counted together.
    pub key: String,
    /// How often it may be used at once, and in a minute from then on; at least once.
    pub per_minute: u32,
}

/// What became of a [`Use`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// It is counted; so many are left at once.
    Admitted(u32),
    /// It is one too many: there is room for one again after so long.
    Refused(Duration),
}

/// Limits that several instances share.
#[async_trait]
pub trait RateLimits: Send + Sync {
    /// Counts these, which are for one request, in their order; after one that is refused no other
    /// is counted, nor told. Nothing where no other instance is: it counts for itself.
    async fn count(&self, uses: Vec<Use>) -> Result<Option<Vec<Admission>>>;
}
