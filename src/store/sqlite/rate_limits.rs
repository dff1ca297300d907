//! Limits: one instance alone serves the file, and counts in memory.

use async_trait::async_trait;

use super::Sqlite;
use crate::store::{Admission, RateLimits, Result, Use};

#[async_trait]
impl RateLimits for Sqlite {
    async fn count(&self, _uses: Vec<Use>) -> Result<Option<Vec<Admission>>> {
        Ok(None)
    }
}
