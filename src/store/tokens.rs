//! What programs prove by that they act for a moderator.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Result, TokenHash};
use crate::domain::{Moderator, ModeratorId};

/// A token as its list shows it; the token itself is kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Whose, by name.
    pub moderator: String,
    /// What it is for; a moderator has one token of a label.
    pub label: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// Whoever shows a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHolder {
    /// Who.
    pub moderator: Moderator,
    /// When the token was last noted as used.
    pub used_at: Option<Timestamp>,
}

/// Bearer tokens.
#[async_trait]
pub trait Tokens: Send + Sync {
    /// Keeps a token of a moderator's. [`super::StoreError::Conflict`] if there is one of the label.
    async fn add_token(
        &self,
        moderator: ModeratorId,
        label: &str,
        hash: &TokenHash,
        at: Timestamp,
    ) -> Result<()>;

    /// The enabled moderator that a token is of.
    async fn token(&self, hash: &TokenHash) -> Result<TokenHolder>;

    /// Notes that a token is in use.
    async fn touch_token(&self, hash: &TokenHash, at: Timestamp) -> Result<()>;

    /// Every token, by moderator and label.
    async fn tokens(&self) -> Result<Vec<ApiToken>>;

    /// Takes a token away: the next request with it is nobody's.
    async fn revoke_token(&self, moderator: ModeratorId, label: &str) -> Result<()>;
}
