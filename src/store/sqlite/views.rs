//! Saved views.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::params;

use super::Sqlite;
use crate::domain::ModeratorId;
use crate::store::{Result, SavedView, StoreError, Views};

#[async_trait]
impl Views for Sqlite {
    async fn save_view(
        &self,
        owner: Option<ModeratorId>,
        name: &str,
        query: &str,
        at: Timestamp,
    ) -> Result<()> {
        let (name, query) = (name.to_owned(), query.to_owned());
        let save = move |db: &rusqlite::Connection| {
            let sql = "insert into saved_view (moderator_id, name, query, created_at) \
                       values (?1, ?2, ?3, ?4) on conflict (coalesce(moderator_id, 0), name) \
                       do update set query = excluded.query";
            let owner = owner.map(|id| id.0);
            db.prepare_cached(sql)?.execute(params![owner, name, query, at.as_millisecond()])?;
            Ok(())
        };
        self.writer.write(save).await
    }

    async fn saved_views(&self, moderator: ModeratorId) -> Result<Vec<SavedView>> {
        let read = move |db: &rusqlite::Connection| {
            let sql = "select id, name, query, moderator_id is null as shared from saved_view \
                       where moderator_id = ?1 or moderator_id is null order by name, id";
            let mut query = db.prepare_cached(sql)?;
            let views = query.query_map([moderator.0], |row| {
                Ok(SavedView {
                    id: row.get("id")?,
                    name: row.get("name")?,
                    query: row.get("query")?,
                    shared: row.get("shared")?,
                })
            })?;
            Ok(views.collect::<rusqlite::Result<_>>()?)
        };
        self.readers.read(read).await
    }

    async fn remove_view(&self, owner: Option<ModeratorId>, id: i64) -> Result<()> {
        let remove = move |db: &rusqlite::Connection| {
            let sql = "delete from saved_view where id = ?1 and moderator_id is ?2";
            let removed = db.prepare_cached(sql)?.execute(params![id, owner.map(|id| id.0)])?;
            if removed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
        };
        self.writer.write(remove).await
    }
}
