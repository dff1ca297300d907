//! The newsroom's rules about what readers send.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Result;
use crate::domain::{NewRule, RuleId, ScreeningRule};

/// All rules, and the number of changes until then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// Grows with each change.
    pub revision: i64,
    /// The rules in the order they were added, those too that are switched off.
    pub rules: Vec<ScreeningRule>,
}

/// Rules, kept and changed.
#[async_trait]
pub trait Rules: Send + Sync {
    /// All rules.
    async fn rules(&self) -> Result<RuleSet>;

    /// How often the rules were changed: cheap, to be asked again and again.
    async fn rules_revision(&self) -> Result<i64>;

    /// Adds a rule.
    async fn add_rule(&self, rule: NewRule, at: Timestamp) -> Result<RuleId>;

    /// Puts another in a rule's place. [`StoreError::NotFound`](super::StoreError::NotFound) if
    /// it was removed.
    async fn change_rule(&self, id: RuleId, rule: NewRule, at: Timestamp) -> Result<()>;

    /// Removes a rule. What it found stays with the comments.
    async fn remove_rule(&self, id: RuleId) -> Result<()>;
}
