//! Filters of the queue that somebody gave a name.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Result;
use crate::domain::ModeratorId;

/// A filter of the queue with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The filter as it stands in the queue's address.
    pub query: String,
    /// Whether it is everyone's.
    pub shared: bool,
}

/// Saved views.
#[async_trait]
pub trait Views: Send + Sync {
    /// Keeps a view for one moderator, or without one for everyone; one of the same name is
    /// replaced.
    async fn save_view(
        &self,
        owner: Option<ModeratorId>,
        name: &str,
        query: &str,
        at: Timestamp,
    ) -> Result<()>;

    /// A moderator's views and everyone's, by name.
    async fn saved_views(&self, moderator: ModeratorId) -> Result<Vec<SavedView>>;

    /// Forgets a view of this owner's. [`super::StoreError::NotFound`] if there is none.
    async fn remove_view(&self, owner: Option<ModeratorId>, id: i64) -> Result<()>;
}
