//! The newsroom's rules.

use async_trait::async_trait;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::db::Db;
use super::{Postgres, rows};
use crate::domain::{NewRule, RuleId, ScreeningRule};
use crate::store::{Result, RuleSet, Rules, StoreError};

#[async_trait]
impl Rules for Postgres {
    async fn rules(&self) -> Result<RuleSet> {
        let mut client = self.client().await?;
        rules(&client.snapshot()).await
    }

    async fn rules_revision(&self) -> Result<i64> {
        revision(&self.pool.reads()).await
    }

    async fn add_rule(&self, rule: NewRule, at: Timestamp) -> Result<RuleId> {
        let mut client = self.client().await?;
        let db = client.begin();
        let id = add(&db, &rule, at).await?;
        db.commit().await?;
        Ok(id)
    }

    async fn change_rule(&self, id: RuleId, rule: NewRule, at: Timestamp) -> Result<()> {
        let mut client = self.client().await?;
        let db = client.begin();
        change(&db, id, &rule, at).await?;
        db.commit().await
    }

    async fn remove_rule(&self, id: RuleId) -> Result<()> {
        let mut client = self.client().await?;
        let db = client.begin();
        remove(&db, id).await?;
        db.commit().await
    }
}

async fn rules(db: &Db<'_>) -> Result<RuleSet> {
    let sql = "select id, name, kind, effect, entries, active from rule order by id";
    let rules = db.all(sql, &[]).await?.iter().map(rule).collect::<Result<_>>()?;
    Ok(RuleSet { revision: revision(db).await?, rules })
}

fn rule(row: &Row) -> Result<ScreeningRule> {
    Ok(ScreeningRule {
        id: RuleId(rows::get(row, "id")?),
        name: rows::get(row, "name")?,
        kind: rows::parsed(row, "kind")?,
        effect: rows::parsed(row, "effect")?,
        entries: rows::get::<&str>(row, "entries")?.lines().map(str::to_owned).collect(),
        active: rows::get(row, "active")?,
    })
}

async fn revision(db: &Db<'_>) -> Result<i64> {
    rows::get(&db.one("select revision from rule_set", &[]).await?, "revision")
}

async fn add(db: &Db<'_>, rule: &NewRule, at: Timestamp) -> Result<RuleId> {
    let sql = "insert into rule (name, kind, effect, entries, active, changed_at) \
               values ($1, $2, $3, $4, $5, $6) returning id";
    let row = db
        .one(
            sql,
            &[
                &rule.name,
                &rule.kind.as_str(),
                &rule.effect.as_str(),
                &rule.entries.join("\n"),
                &rule.active,
                &at.as_millisecond(),
            ],
        )
        .await?;
    count_change(db).await?;
    Ok(RuleId(rows::get(&row, "id")?))
}

async fn change(db: &Db<'_>, id: RuleId, rule: &NewRule, at: Timestamp) -> Result<()> {
    let sql = "update rule set name = $2, kind = $3, effect = $4, entries = $5, active = $6, \
               changed_at = $7 where id = $1";
    let changed = db
        .run(
            sql,
            &[
                &id.0,
                &rule.name,
                &rule.kind.as_str(),
                &rule.effect.as_str(),
                &rule.entries.join("\n"),
                &rule.active,
                &at.as_millisecond(),
            ],
        )
        .await?;
    if changed == 0 { Err(StoreError::NotFound) } else { count_change(db).await }
}

async fn remove(db: &Db<'_>, id: RuleId) -> Result<()> {
    let removed = db.run("delete from rule where id = $1", &[&id.0]).await?;
    if removed == 0 { Err(StoreError::NotFound) } else { count_change(db).await }
}

async fn count_change(db: &Db<'_>) -> Result<()> {
    db.run("update rule_set set revision = revision + 1", &[]).await.map(drop)
}
