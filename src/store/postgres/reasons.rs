//! The newsroom's reasons.

use std::collections::HashSet;

use async_trait::async_trait;
use tokio_postgres::Row;

use super::db::Db;
use super::{Postgres, rows};
use crate::domain::{Reason, ReasonKey};
use crate::store::{Reasons, Result, StoreError};

#[async_trait]
impl Reasons for Postgres {
    async fn reasons(&self) -> Result<Vec<Reason>> {
        reasons(&self.pool.reads()).await
    }

    async fn add_reason(&self, reason: Reason) -> Result<()> {
        add(&self.client().await?.db(), &reason).await
    }

    async fn change_reason(&self, reason: Reason) -> Result<()> {
        change(&self.client().await?.db(), &reason).await
    }

    async fn order_reasons(&self, keys: Vec<ReasonKey>) -> Result<()> {
        let mut client = self.client().await?;
        let db = client.begin();
        order(&db, &keys).await?;
        db.commit().await
    }
}

/// Columns of a reason that [`reason`] reads, under the alias `r`.
pub(super) const REASON: &str = "r.key as reason_key, r.label as reason_label, \
     r.sentence as reason_sentence, r.active as reason_active";

/// The reason in a row; nothing if its columns are empty.
pub(super) fn reason(row: &Row) -> Result<Option<Reason>> {
    let Some(key) = rows::parsed_option(row, "reason_key")? else {
        return Ok(None);
    };
    Ok(Some(Reason {
        key,
        label: rows::get(row, "reason_label")?,
        sentence: rows::get(row, "reason_sentence")?,
        active: rows::get(row, "reason_active")?,
    }))
}

async fn reasons(db: &Db<'_>) -> Result<Vec<Reason>> {
    let sql = format!("select {REASON} from reason r order by r.position, r.key collate \"C\"");
    let found = db.all(&sql, &[]).await?;
    found.iter().filter_map(|row| reason(row).transpose()).collect()
}

async fn add(db: &Db<'_>, new: &Reason) -> Result<()> {
    let sql = "insert into reason (key, label, sentence, active, position) \
               select $1, $2, $3, $4, coalesce(max(position), 0) + 1 from reason \
               on conflict do nothing";
    match db.run(sql, &[&new.key.as_str(), &new.label, &new.sentence, &new.active]).await? {
        0 => Err(StoreError::Conflict),
        _ => Ok(()),
    }
}

async fn change(db: &Db<'_>, changed: &Reason) -> Result<()> {
    let sql = "update reason set label = $2, sentence = $3, active = $4 where key = $1";
    let values: [super::db::Value<'_>; 4] =
        [&changed.key.as_str(), &changed.label, &changed.sentence, &changed.active];
    match db.run(sql, &values).await? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

async fn order(db: &Db<'_>, keys: &[ReasonKey]) -> Result<()> {
    // Nobody adds one meanwhile.
    db.run("lock table reason in share row exclusive mode", &[]).await?;
    let row = db.one("select count(*) from reason", &[]).await?;
    let kept = usize::try_from(rows::get::<i64>(&row, "count")?).unwrap_or_default();
    let names: Vec<_> = keys.iter().map(ReasonKey::as_str).collect();
    let sql = "update reason set position = place \
               from unnest($1::text[]) with ordinality as wanted (name, place) where key = name";
    let changed = usize::try_from(db.run(sql, &[&names]).await?).unwrap_or_default();
    let distinct: HashSet<_> = keys.iter().collect();
    let all = changed == kept && distinct.len() == keys.len();
    if all { Ok(()) } else { Err(StoreError::Conflict) }
}
