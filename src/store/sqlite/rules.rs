//! The newsroom's rules.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::{Sqlite, rows};
use crate::domain::{NewRule, RuleId, ScreeningRule};
use crate::store::{Result, RuleSet, Rules, StoreError};

#[async_trait]
impl Rules for Sqlite {
    async fn rules(&self) -> Result<RuleSet> {
        self.readers.read(rules).await
    }

    async fn rules_revision(&self) -> Result<i64> {
        self.readers.look_up(revision)
    }

    async fn add_rule(&self, rule: NewRule, at: Timestamp) -> Result<RuleId> {
        self.writer.write(move |db| add(db, &rule, at)).await
    }

    async fn change_rule(&self, id: RuleId, rule: NewRule, at: Timestamp) -> Result<()> {
        self.writer.write(move |db| change(db, id, &rule, at)).await
    }

    async fn remove_rule(&self, id: RuleId) -> Result<()> {
        self.writer.write(move |db| remove(db, id)).await
    }
}

fn rules(db: &Connection) -> Result<RuleSet> {
    let sql = "select id, name, kind, effect, entries, active from rule order by id";
    let mut query = db.prepare_cached(sql)?;
    let rules = query.query_map([], rule)?.collect::<rusqlite::Result<_>>()?;
    Ok(RuleSet { revision: revision(db)?, rules })
}

fn rule(row: &Row<'_>) -> rusqlite::Result<ScreeningRule> {
    Ok(ScreeningRule {
        id: RuleId(row.get("id")?),
        name: row.get("name")?,
        kind: rows::parsed(row, "kind")?,
        effect: rows::parsed(row, "effect")?,
        entries: row.get::<_, String>("entries")?.lines().map(str::to_owned).collect(),
        active: row.get("active")?,
    })
}

fn revision(db: &Connection) -> Result<i64> {
    let mut query = db.prepare_cached("select revision from rule_set")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

fn add(db: &Connection, rule: &NewRule, at: Timestamp) -> Result<RuleId> {
    let sql = "insert into rule (name, kind, effect, entries, active, changed_at) \
               values (?1, ?2, ?3, ?4, ?5, ?6) returning id";
    let id = db.prepare_cached(sql)?.query_row(
        params![
            rule.name,
            rule.kind.as_str(),
            rule.effect.as_str(),
            rule.entries.join("\n"),
            rule.active,
            at.as_millisecond(),
        ],
        |row| row.get(0),
    )?;
    count_change(db)?;
    Ok(RuleId(id))
}

fn change(db: &Connection, id: RuleId, rule: &NewRule, at: Timestamp) -> Result<()> {
    let sql = "update rule set name = ?2, kind = ?3, effect = ?4, entries = ?5, active = ?6, \
               changed_at = ?7 where id = ?1";
    let changed = db.prepare_cached(sql)?.execute(params![
        id.0,
        rule.name,
        rule.kind.as_str(),
        rule.effect.as_str(),
        rule.entries.join("\n"),
        rule.active,
        at.as_millisecond(),
    ])?;
    if changed == 0 { Err(StoreError::NotFound) } else { count_change(db) }
}

fn remove(db: &Connection, id: RuleId) -> Result<()> {
    let removed = db.prepare_cached("delete from rule where id = ?1")?.execute([id.0])?;
    if removed == 0 { Err(StoreError::NotFound) } else { count_change(db) }
}

fn count_change(db: &Connection) -> Result<()> {
    db.prepare_cached("update rule_set set revision = revision + 1")?.execute([])?;
    Ok(())
}
