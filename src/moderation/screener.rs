//! The rules as they are now, made ready once for each change of them.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{Timestamp, ToSpan};

use crate::domain::Screening;
use crate::store::{RuleSet, Store, StoreError};

/// Seconds after which it is asked whether another instance changed the rules.
const ASK_EVERY_SECONDS: i64 = 3;

/// Holds the rules ready.
#[derive(Default)]
pub struct Screener(RwLock<Ready>);

#[derive(Clone, Default)]
struct Ready {
    screening: Arc<Screening>,
    /// None until they were read for the first time.
    revision: Option<i64>,
    asked_at: Timestamp,
}

impl Screener {
    /// The rules. The store is asked for them only after a change, and whether there was one
    /// every few seconds at most.
    ///
    /// # Errors
    /// The store's, if it does not say.
    pub async fn rules(
        &self,
        store: &dyn Store,
        now: Timestamp,
    ) -> Result<Arc<Screening>, StoreError> {
        let ready = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        let fresh = ready.asked_at.checked_add(ASK_EVERY_SECONDS.seconds());
        if ready.revision.is_some() && fresh.is_ok_and(|until| now < until && now >= ready.asked_at)
        {
            return Ok(ready.screening);
        }
        if ready.revision == Some(store.rules_revision().await?) {
            self.0.write().unwrap_or_else(PoisonError::into_inner).asked_at = now;
            return Ok(ready.screening);
        }
        self.refresh(store, now).await
    }

    /// Reads the rules anew, as after a change that was made here.
    ///
    /// # Errors
    /// The store's.
    pub async fn refresh(
        &self,
        store: &dyn Store,
        now: Timestamp,
    ) -> Result<Arc<Screening>, StoreError> {
        let RuleSet { revision, rules } = store.rules().await?;
        let screening = Arc::new(Screening::new(&rules));
        let ready =
            Ready { screening: Arc::clone(&screening), revision: Some(revision), asked_at: now };
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Of two that read at once, the later reading stays.
        if kept.revision.is_none_or(|known| known <= revision) {
            *kept = ready;
        }
        Ok(screening)
    }
}
