//! Moderators and their sessions.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::{Sqlite, rows};
use crate::domain::{Moderator, ModeratorId, Role};
use crate::store::{Accounts, Result, Session, StoreError, TokenHash};

#[async_trait]
impl Accounts for Sqlite {
    async fn add_moderator(
        &self,
        name: &str,
        role: Role,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator> {
        let (name, hash) = (name.to_owned(), password_hash.to_owned());
        self.writer.write(move |db| add(db, &name, role, &hash, at)).await
    }

    async fn add_first_admin(
        &self,
        name: &str,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Moderator> {
        let (name, hash) = (name.to_owned(), password_hash.to_owned());
        self.writer.write(move |db| add_first(db, &name, &hash, at)).await
    }

    async fn moderators(&self) -> Result<Vec<Moderator>> {
        self.readers.read(all).await
    }

    async fn credentials(&self, name: &str) -> Result<(Moderator, String)> {
        let name = name.to_owned();
        self.readers.read(move |db| credentials(db, &name)).await
    }

    async fn set_password(&self, name: &str, password_hash: &str) -> Result<()> {
        let (name, hash) = (name.to_owned(), password_hash.to_owned());
        self.writer.write(move |db| set_password(db, &name, &hash)).await
    }

    async fn set_enabled(&self, name: &str, enabled: bool) -> Result<()> {
        let name = name.to_owned();
        self.writer.write(move |db| set_enabled(db, &name, enabled)).await
    }

    async fn open_session(
        &self,
        id: &TokenHash,
        moderator: ModeratorId,
        at: Timestamp,
    ) -> Result<()> {
        let id = *id;
        self.writer.write(move |db| open_session(db, &id, moderator, at)).await
    }

    async fn session(&self, id: &TokenHash) -> Result<Session> {
        let id = *id;
        self.readers.look_up(|db| session(db, &id))
    }

    async fn touch_session(&self, id: &TokenHash, at: Timestamp) -> Result<()> {
        let id = *id;
        self.writer.write(move |db| touch_session(db, &id, at)).await
    }

    async fn close_session(&self, id: &TokenHash) -> Result<()> {
        let id = *id;
        self.writer.write(move |db| close_session(db, &id)).await
    }
}

pub(super) fn moderator(row: &Row<'_>) -> rusqlite::Result<Moderator> {
    Ok(Moderator {
        id: ModeratorId(row.get("moderator_id")?),
        name: row.get("name")?,
        role: rows::parsed(row, "role")?,
        enabled: row.get("enabled")?,
    })
}

/// Columns of a moderator, under the alias `m`.
pub(super) const MODERATOR: &str = "m.id as moderator_id, m.name, m.role, m.enabled";

pub(super) fn add(
    db: &Connection,
    name: &str,
    role: Role,
    password_hash: &str,
    at: Timestamp,
) -> Result<Moderator> {
    let sql = "insert into moderator (name, role, password_hash, created_at) \
               values (?1, ?2, ?3, ?4) on conflict (name) do nothing";
    let added = db.prepare_cached(sql)?.execute(params![
        name,
        role.as_str(),
        password_hash,
        at.as_millisecond()
    ])?;
    if added == 0 {
        return Err(StoreError::Conflict);
    }
    Ok(credentials(db, name)?.0)
}

pub(super) fn add_first(
    db: &Connection,
    name: &str,
    password_hash: &str,
    at: Timestamp,
) -> Result<Moderator> {
    if db.prepare_cached("select 1 from moderator limit 1")?.exists([])? {
        return Err(StoreError::Conflict);
    }
    add(db, name, Role::Admin, password_hash, at)
}

pub(super) fn all(db: &Connection) -> Result<Vec<Moderator>> {
    let sql = format!("select {MODERATOR} from moderator m order by m.name");
    let mut query = db.prepare_cached(&sql)?;
    let moderators = query.query_map([], moderator)?;
    Ok(moderators.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn credentials(db: &Connection, name: &str) -> Result<(Moderator, String)> {
    let sql = format!("select {MODERATOR}, m.password_hash from moderator m where m.name = ?1");
    let found = db
        .prepare_cached(&sql)?
        .query_row([name], |row| Ok((moderator(row)?, row.get("password_hash")?)));
    Ok(found?)
}

pub(super) fn set_password(db: &Connection, name: &str, password_hash: &str) -> Result<()> {
    let (moderator, _) = credentials(db, name)?;
    db.execute(
        "update moderator set password_hash = ?2 where id = ?1",
        params![moderator.id.0, password_hash],
    )?;
    end_sessions(db, moderator.id)
}

pub(super) fn set_enabled(db: &Connection, name: &str, enabled: bool) -> Result<()> {
    let (moderator, _) = credentials(db, name)?;
    db.execute(
        "update moderator set enabled = ?2 where id = ?1",
        params![moderator.id.0, enabled],
    )?;
    if enabled { Ok(()) } else { end_sessions(db, moderator.id) }
}

fn end_sessions(db: &Connection, moderator: ModeratorId) -> Result<()> {
    db.execute("delete from session where moderator_id = ?1", [moderator.0])?;
    Ok(())
}

pub(super) fn open_session(
    db: &Connection,
    id: &TokenHash,
    moderator: ModeratorId,
    at: Timestamp,
) -> Result<()> {
    let at = at.as_millisecond();
    let sql = "insert into session (id, moderator_id, opened_at, seen_at) values (?1, ?2, ?3, ?3)";
    db.prepare_cached(sql)?.execute(params![rows::blob(id), moderator.0, at])?;
    Ok(())
}

pub(super) fn session(db: &Connection, id: &TokenHash) -> Result<Session> {
    let sql = format!(
        "select s.opened_at, s.seen_at, {MODERATOR} from session s \
         join moderator m on m.id = s.moderator_id where s.id = ?1 and m.enabled"
    );
    let found = db.prepare_cached(&sql)?.query_row([rows::blob(id)], |row| {
        Ok(Session {
            moderator: moderator(row)?,
            opened_at: rows::time(row, "opened_at")?,
            seen_at: rows::time(row, "seen_at")?,
        })
    });
    Ok(found?)
}

pub(super) fn touch_session(db: &Connection, id: &TokenHash, at: Timestamp) -> Result<()> {
    let sql = "update session set seen_at = max(seen_at, ?2) where id = ?1";
    db.prepare_cached(sql)?.execute(params![rows::blob(id), at.as_millisecond()])?;
    Ok(())
}

pub(super) fn close_session(db: &Connection, id: &TokenHash) -> Result<()> {
    db.prepare_cached("delete from session where id = ?1")?.execute([rows::blob(id)])?;
    Ok(())
}
