//! Moderators and their sessions.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Result, TokenHash};
use crate::domain::{Moderator, ModeratorId, Role};

/// Someone who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub moderator: Moderator,
    /// Since when.
    pub opened_at: Timestamp,
    /// When they last did something.
    pub seen_at: Timestamp,
}

/// Who may decide, and who is at the desk.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Adds a moderator. [`super::StoreError::Conflict`] if the name is taken.
    async fn add_moderator(
        &self,
        name: &str,
        role: Role,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator>;

    /// Adds an admin if there is no moderator at all, else [`super::StoreError::Conflict`].
    async fn add_first_admin(
        &self,
        name: &str,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator>;

    /// Every moderator, by name.
    async fn moderators(&self) -> Result<Vec<Moderator>>;

    /// A moderator and the hash of their password, by name.
    async fn credentials(&self, name: &str) -> Result<(Moderator, String)>;

    /// Sets a moderator's password and ends all their sessions.
    async fn set_password(&self, name: &str, password_hash: &str) -> Result<()>;

    /// Lets a moderator log in, or no longer; ends all their sessions in that case.
    async fn set_enabled(&self, name: &str, enabled: bool) -> Result<()>;

    /// Opens a session.
    async fn open_session(
        &self,
        id: &TokenHash,
        moderator: ModeratorId,
        at: Timestamp,
    ) -> Result<()>;

    /// An open session of an enabled moderator.
    async fn session(&self, id: &TokenHash) -> Result<Session>;

    /// Notes that a session is in use.
    async fn touch_session(&self, id: &TokenHash, at: Timestamp) -> Result<()>;

    /// Ends a session; nothing happens if there is none.
    async fn close_session(&self, id: &TokenHash) -> Result<()>;
}
