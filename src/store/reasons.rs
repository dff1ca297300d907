//! The newsroom's reasons for not publishing.

use async_trait::async_trait;

use super::Result;
use crate::domain::{Reason, ReasonKey};

/// Reasons, in the newsroom's order. They are set aside, never removed: decisions name them.
#[async_trait]
pub trait Reasons: Send + Sync {
    /// Every reason, also those that are no longer offered, in order.
    async fn reasons(&self) -> Result<Vec<Reason>>;

    /// Adds a reason behind the others. [`super::StoreError::Conflict`] if the key is taken.
    async fn add_reason(&self, reason: Reason) -> Result<()>;

    /// Gives the reason of this key the other values.
    async fn change_reason(&self, reason: Reason) -> Result<()>;

    /// Puts the reasons in this order. [`super::StoreError::Conflict`] if these are not all of them.
    async fn order_reasons(&self, order: Vec<ReasonKey>) -> Result<()>;
}
