//! Bearer tokens of programs.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::accounts::{MODERATOR, moderator};
use super::{Sqlite, rows};
use crate::domain::ModeratorId;
use crate::store::{ApiToken, Result, StoreError, TokenHash, TokenHolder, Tokens};

#[async_trait]
impl Tokens for Sqlite {
    async fn add_token(
        &self,
        moderator: ModeratorId,
        label: &str,
        hash: &TokenHash,
        at: Timestamp,
    ) -> Result<()> {
        let (label, hash) = (label.to_owned(), *hash);
        self.writer.write(move |db| add(db, moderator, &label, &hash, at)).await
    }

    async fn token(&self, hash: &TokenHash) -> Result<TokenHolder> {
        self.readers.look_up(|db| holder(db, hash))
    }

    async fn touch_token(&self, hash: &TokenHash, at: Timestamp) -> Result<()> {
        let hash = *hash;
        self.writer.write(move |db| touch(db, &hash, at)).await
    }

    async fn tokens(&self) -> Result<Vec<ApiToken>> {
        self.readers.read(all).await
    }

    async fn revoke_token(&self, moderator: ModeratorId, label: &str) -> Result<()> {
        let label = label.to_owned();
        self.writer.write(move |db| revoke(db, moderator, &label)).await
    }
}

pub(super) fn add(
    db: &Connection,
    moderator: ModeratorId,
    label: &str,
    hash: &TokenHash,
    at: Timestamp,
) -> Result<()> {
    let sql = "insert into api_token (hash, moderator_id, label, made_at) values (?1, ?2, ?3, ?4) \
               on conflict (moderator_id, label) do nothing";
    let values = params![rows::blob(hash), moderator.0, label, at.as_millisecond()];
    match db.prepare_cached(sql)?.execute(values)? {
        0 => Err(StoreError::Conflict),
        _ => Ok(()),
    }
}

pub(super) fn holder(db: &Connection, hash: &TokenHash) -> Result<TokenHolder> {
    let sql = format!(
        "select a.used_at, {MODERATOR} from api_token a \
         join moderator m on m.id = a.moderator_id where a.hash = ?1 and m.enabled = 1"
    );
    let found = db.prepare_cached(&sql)?.query_row([rows::blob(hash)], |row| {
        Ok(TokenHolder { moderator: moderator(row)?, used_at: rows::time_option(row, "used_at")? })
    });
    Ok(found?)
}

pub(super) fn touch(db: &Connection, hash: &TokenHash, at: Timestamp) -> Result<()> {
    let sql = "update api_token set used_at = max(coalesce(used_at, 0), ?2) where hash = ?1";
    db.prepare_cached(sql)?.execute(params![rows::blob(hash), at.as_millisecond()])?;
    Ok(())
}

pub(super) fn all(db: &Connection) -> Result<Vec<ApiToken>> {
    let sql = "select m.name, a.label, a.made_at, a.used_at from api_token a \
               join moderator m on m.id = a.moderator_id order by m.name, a.label";
    let mut query = db.prepare_cached(sql)?;
    let tokens = query.query_map([], |row| {
        Ok(ApiToken {
            moderator: row.get("name")?,
            label: row.get("label")?,
            made_at: rows::time(row, "made_at")?,
            used_at: rows::time_option(row, "used_at")?,
        })
    })?;
    Ok(tokens.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn revoke(db: &Connection, moderator: ModeratorId, label: &str) -> Result<()> {
    let sql = "delete from api_token where moderator_id = ?1 and label = ?2";
    match db.prepare_cached(sql)?.execute(params![moderator.0, label])? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}
