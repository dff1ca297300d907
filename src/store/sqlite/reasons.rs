//! The newsroom's reasons.

use std::collections::HashSet;

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};

use super::{Sqlite, rows};
use crate::domain::{Reason, ReasonKey};
use crate::store::{Reasons, Result, StoreError};

#[async_trait]
impl Reasons for Sqlite {
    async fn reasons(&self) -> Result<Vec<Reason>> {
        self.readers.look_up(reasons)
    }

    async fn add_reason(&self, reason: Reason) -> Result<()> {
        self.writer.write(move |db| add(db, &reason)).await
    }

    async fn change_reason(&self, reason: Reason) -> Result<()> {
        self.writer.write(move |db| change(db, &reason)).await
    }

    async fn order_reasons(&self, keys: Vec<ReasonKey>) -> Result<()> {
        self.writer.write(move |db| order(db, &keys)).await
    }
}

/// Columns of a reason that [`reason`] reads, under the alias `r`.
pub(super) const REASON: &str = "r.key as reason_key, r.label as reason_label, \
     r.sentence as reason_sentence, r.active as reason_active";

/// The reason in a row; nothing if its columns are empty.
pub(super) fn reason(row: &Row<'_>) -> rusqlite::Result<Option<Reason>> {
    let Some(key) = rows::parsed_option(row, "reason_key")? else {
        return Ok(None);
    };
    Ok(Some(Reason {
        key,
        label: row.get("reason_label")?,
        sentence: row.get("reason_sentence")?,
        active: row.get("reason_active")?,
    }))
}

fn reasons(db: &Connection) -> Result<Vec<Reason>> {
    let sql = format!("select {REASON} from reason r order by r.position, r.key");
    let mut query = db.prepare_cached(&sql)?;
    let found = query.query_map([], reason)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn add(db: &Connection, new: &Reason) -> Result<()> {
    let sql = "insert into reason (key, label, sentence, active, position) \
               select ?1, ?2, ?3, ?4, coalesce(max(position), 0) + 1 from reason where true \
               on conflict do nothing";
    let values = params![new.key.as_str(), new.label, new.sentence, new.active];
    match db.prepare_cached(sql)?.execute(values)? {
        0 => Err(StoreError::Conflict),
        _ => Ok(()),
    }
}

fn change(db: &Connection, changed: &Reason) -> Result<()> {
    let sql = "update reason set label = ?2, sentence = ?3, active = ?4 where key = ?1";
    let values = params![changed.key.as_str(), changed.label, changed.sentence, changed.active];
    match db.prepare_cached(sql)?.execute(values)? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

fn order(db: &Connection, keys: &[ReasonKey]) -> Result<()> {
    let kept: i64 = db.query_row("select count(*) from reason", [], |row| row.get(0))?;
    let mut changed = 0;
    for (position, key) in (1_i64..).zip(keys) {
        let sql = "update reason set position = ?2 where key = ?1";
        changed += db.prepare_cached(sql)?.execute(params![key.as_str(), position])?;
    }
    let distinct: HashSet<_> = keys.iter().collect();
    let all = i64::try_from(changed).is_ok_and(|changed| changed == kept);
    if all && distinct.len() == keys.len() { Ok(()) } else { Err(StoreError::Conflict) }
}
