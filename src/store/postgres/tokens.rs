//! Bearer tokens of programs.

use async_trait::async_trait;
use jiff::Timestamp;

use super::accounts::{MODERATOR, moderator};
use super::{Postgres, rows};
use crate::domain::ModeratorId;
use crate::store::{ApiToken, Result, StoreError, TokenHash, TokenHolder, Tokens};

#[async_trait]
impl Tokens for Postgres {
    async fn add_token(
        &self,
        moderator: ModeratorId,
        label: &str,
        hash: &TokenHash,
        at: Timestamp,
    ) -> Result<()> {
        let sql = "insert into api_token (hash, moderator_id, label, made_at) \
                   values ($1, $2, $3, $4) on conflict (moderator_id, label) do nothing";
        let client = self.client().await?;
        let values: [super::db::Value<'_>; 4] =
            [&hash.as_slice(), &moderator.0, &label, &at.as_millisecond()];
        match client.db().run(sql, &values).await? {
            0 => Err(StoreError::Conflict),
            _ => Ok(()),
        }
    }

    async fn token(&self, hash: &TokenHash) -> Result<TokenHolder> {
        let sql = format!(
            "select a.used_at, {MODERATOR} from api_token a \
             join moderator m on m.id = a.moderator_id where a.hash = $1 and m.enabled"
        );
        let row = self.pool.reads().one(&sql, &[&hash.as_slice()]).await?;
        Ok(TokenHolder {
            moderator: moderator(&row)?,
            used_at: rows::time_option(&row, "used_at")?,
        })
    }

    async fn touch_token(&self, hash: &TokenHash, at: Timestamp) -> Result<()> {
        let sql = "update api_token set used_at = greatest(used_at, $2) where hash = $1";
        let client = self.client().await?;
        client.db().run(sql, &[&hash.as_slice(), &at.as_millisecond()]).await.map(drop)
    }

    async fn tokens(&self) -> Result<Vec<ApiToken>> {
        let sql = "select m.name, a.label, a.made_at, a.used_at from api_token a \
                   join moderator m on m.id = a.moderator_id \
                   order by lower(m.name collate \"C\") collate \"C\", a.label collate \"C\"";
        let found = self.pool.reads().all(sql, &[]).await?;
        let token = |row: &_| {
            Ok(ApiToken {
                moderator: rows::get(row, "name")?,
                label: rows::get(row, "label")?,
                made_at: rows::time(row, "made_at")?,
                used_at: rows::time_option(row, "used_at")?,
            })
        };
        found.iter().map(token).collect()
    }

    async fn revoke_token(&self, moderator: ModeratorId, label: &str) -> Result<()> {
        let sql = "delete from api_token where moderator_id = $1 and label = $2";
        match self.client().await?.db().run(sql, &[&moderator.0, &label]).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }
}
