//! Moderators and their sessions.

use async_trait::async_trait;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::db::Db;
use super::{Postgres, rows};
use crate::domain::{Moderator, ModeratorId, Role};
use crate::store::{Accounts, Result, Session, StoreError, TokenHash};

#[async_trait]
impl Accounts for Postgres {
    async fn add_moderator(
        &self,
        name: &str,
        role: Role,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator> {
        add(&self.client().await?.db(), name, role, password_hash, at).await
    }

    async fn add_first_admin(
        &self,
        name: &str,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator> {
        let mut client = self.client().await?;
        let db = client.begin();
        let added = add_first(&db, name, password_hash, at).await?;
        db.commit().await?;
        Ok(added)
    }

    async fn moderators(&self) -> Result<Vec<Moderator>> {
        all(&self.pool.reads()).await
    }

    async fn credentials(&self, name: &str) -> Result<(Moderator, String)> {
        credentials(&self.pool.reads(), name).await
    }

    async fn set_password(&self, name: &str, password_hash: &str) -> Result<()> {
        let mut client = self.client().await?;
        let db = client.begin();
        set_password(&db, name, password_hash).await?;
        db.commit().await
    }

    async fn set_enabled(&self, name: &str, enabled: bool) -> Result<()> {
        let mut client = self.client().await?;
        let db = client.begin();
        set_enabled(&db, name, enabled).await?;
        db.commit().await
    }

    async fn open_session(
        &self,
        id: &TokenHash,
        moderator: ModeratorId,
        at: Timestamp,
    ) -> Result<()> {
        open_session(&self.client().await?.db(), id, moderator, at).await
    }

    async fn session(&self, id: &TokenHash) -> Result<Session> {
        session(&self.pool.reads(), id).await
    }

    async fn touch_session(&self, id: &TokenHash, at: Timestamp) -> Result<()> {
        touch_session(&self.client().await?.db(), id, at).await
    }

    async fn close_session(&self, id: &TokenHash) -> Result<()> {
        let sql = "delete from session where id = $1";
        self.client().await?.db().run(sql, &[&id.as_slice()]).await.map(drop)
    }
}

pub(super) fn moderator(row: &Row) -> Result<Moderator> {
    Ok(Moderator {
        id: ModeratorId(rows::get(row, "moderator_id")?),
        name: rows::get(row, "name")?,
        role: rows::parsed(row, "role")?,
        enabled: rows::get(row, "enabled")?,
    })
}

/// Columns of a moderator, under the alias `m`.
pub(super) const MODERATOR: &str = "m.id as moderator_id, m.name, m.role, m.enabled";

/// A name without the difference between capital and small letters, as its index has it.
const NAME: &str = "lower(m.name collate \"C\")";

async fn add(
    db: &Db<'_>,
    name: &str,
    role: Role,
    password_hash: &str,
    at: Timestamp,
) -> Result<Moderator> {
    let sql = format!(
        "insert into moderator as m (name, role, password_hash, created_at) \
         values ($1, $2, $3, $4) on conflict do nothing returning {MODERATOR}"
    );
    let added =
        db.first(&sql, &[&name, &role.as_str(), &password_hash, &at.as_millisecond()]).await?;
    added.as_ref().map_or(Err(StoreError::Conflict), moderator)
}

async fn add_first(
    db: &Db<'_>,
    name: &str,
    password_hash: &str,
    at: Timestamp,
) -> Result<Moderator> {
    // Of two who ask at once, the second waits here and sees the first's.
    db.run("lock table moderator in share row exclusive mode", &[]).await?;
    if db.first("select 1 from moderator limit 1", &[]).await?.is_some() {
        return Err(StoreError::Conflict);
    }
    add(db, name, Role::Admin, password_hash, at).await
}

async fn all(db: &Db<'_>) -> Result<Vec<Moderator>> {
    let sql = format!("select {MODERATOR} from moderator m order by {NAME} collate \"C\"");
    db.all(&sql, &[]).await?.iter().map(moderator).collect()
}

async fn credentials(db: &Db<'_>, name: &str) -> Result<(Moderator, String)> {
    let sql = format!(
        "select {MODERATOR}, m.password_hash from moderator m \
         where {NAME} = lower($1::text collate \"C\")"
    );
    let row = db.one(&sql, &[&name]).await?;
    Ok((moderator(&row)?, rows::get(&row, "password_hash")?))
}

async fn set_password(db: &Db<'_>, name: &str, password_hash: &str) -> Result<()> {
    let (moderator, _) = credentials(db, name).await?;
    let sql = "update moderator set password_hash = $2 where id = $1";
    db.run(sql, &[&moderator.id.0, &password_hash]).await?;
    end_sessions(db, moderator.id).await
}

async fn set_enabled(db: &Db<'_>, name: &str, enabled: bool) -> Result<()> {
    let (moderator, _) = credentials(db, name).await?;
    let sql = "update moderator set enabled = $2 where id = $1";
    db.run(sql, &[&moderator.id.0, &enabled]).await?;
    if enabled { Ok(()) } else { end_sessions(db, moderator.id).await }
}

async fn end_sessions(db: &Db<'_>, moderator: ModeratorId) -> Result<()> {
    db.run("delete from session where moderator_id = $1", &[&moderator.0]).await.map(drop)
}

async fn open_session(
    db: &Db<'_>,
    id: &TokenHash,
    moderator: ModeratorId,
    at: Timestamp,
) -> Result<()> {
    let sql = "insert into session (id, moderator_id, opened_at, seen_at) values ($1, $2, $3, $3)";
    db.run(sql, &[&id.as_slice(), &moderator.0, &at.as_millisecond()]).await.map(drop)
}

async fn session(db: &Db<'_>, id: &TokenHash) -> Result<Session> {
    let sql = format!(
        "select s.opened_at, s.seen_at, {MODERATOR} from session s \
         join moderator m on m.id = s.moderator_id where s.id = $1 and m.enabled"
    );
    let row = db.one(&sql, &[&id.as_slice()]).await?;
    Ok(Session {
        moderator: moderator(&row)?,
        opened_at: rows::time(&row, "opened_at")?,
        seen_at: rows::time(&row, "seen_at")?,
    })
}

async fn touch_session(db: &Db<'_>, id: &TokenHash, at: Timestamp) -> Result<()> {
    let sql = "update session set seen_at = greatest(seen_at, $2) where id = $1";
    db.run(sql, &[&id.as_slice(), &at.as_millisecond()]).await.map(drop)
}
