//! Saved views.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Postgres, rows};
use crate::domain::ModeratorId;
use crate::store::{Result, SavedView, StoreError, Views};

#[async_trait]
impl Views for Postgres {
    async fn save_view(
        &self,
        owner: Option<ModeratorId>,
        name: &str,
        query: &str,
        at: Timestamp,
    ) -> Result<()> {
        let sql = "insert into saved_view (moderator_id, name, query, created_at) \
                   values ($1, $2, $3, $4) on conflict (coalesce(moderator_id, 0), name) \
                   do update set query = excluded.query";
        let owner = owner.map(|id| id.0);
        let client = self.client().await?;
        client.db().run(sql, &[&owner, &name, &query, &at.as_millisecond()]).await.map(drop)
    }

    async fn saved_views(&self, moderator: ModeratorId) -> Result<Vec<SavedView>> {
        let sql = "select id, name, query, moderator_id is null as shared from saved_view \
                   where moderator_id = $1 or moderator_id is null \
                   order by name collate \"C\", id";
        let found = self.pool.reads().all(sql, &[&moderator.0]).await?;
        let view = |row: &_| {
            Ok(SavedView {
                id: rows::get(row, "id")?,
                name: rows::get(row, "name")?,
                query: rows::get(row, "query")?,
                shared: rows::get(row, "shared")?,
            })
        };
        found.iter().map(view).collect()
    }

    async fn remove_view(&self, owner: Option<ModeratorId>, id: i64) -> Result<()> {
        let sql = "delete from saved_view where id = $1 and moderator_id is not distinct from $2";
        let owner = owner.map(|id| id.0);
        match self.client().await?.db().run(sql, &[&id, &owner]).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }
}
