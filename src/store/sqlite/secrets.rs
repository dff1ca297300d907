//! The installation's secrets.

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{Result, StoreError};

pub(super) fn secret(db: &Connection, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]> {
    let sql = "insert into secret (name, value) values (?1, ?2) on conflict (name) do nothing";
    db.execute(sql, params![name, fresh.as_slice()])?;
    let kept = db
        .query_row("select value from secret where name = ?1", [name], |row| row.get(0))
        .optional()?;
    kept.ok_or(StoreError::NotFound)
}
