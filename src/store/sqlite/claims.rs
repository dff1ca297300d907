//! Claims on comments.

use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Sqlite;
use crate::domain::{CommentId, ModeratorId};
use crate::store::{Change, Claim, Claims, Result, StoreError};

#[async_trait]
impl Claims for Sqlite {
    async fn claim(
        &self,
        comment: CommentId,
        moderator: ModeratorId,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Claim> {
        let claim = move |db: &Connection| claim(db, comment, moderator, until, now);
        self.writer.write_and_tell(claim).await
    }

    async fn release(&self, comment: CommentId, moderator: ModeratorId) -> Result<()> {
        let release = move |db: &Connection| {
            let sql = "delete from claim where comment_id = ?1 and moderator_id = ?2";
            let released = db.prepare_cached(sql)?.execute(params![comment.0, moderator.0])?;
            Ok(((), (0..released).map(|_| Change::Claimed(comment)).collect()))
        };
        self.writer.write_and_tell(release).await
    }

    async fn claims(
        &self,
        comments: &[CommentId],
        now: Timestamp,
    ) -> Result<HashMap<CommentId, Claim>> {
        let comments = comments.to_vec();
        let read = move |db: &Connection| {
            let mut found = HashMap::new();
            for comment in comments {
                if let Some(claim) = holder(db, comment, now)? {
                    found.insert(comment, claim);
                }
            }
            Ok(found)
        };
        self.readers.read(read).await
    }
}

fn holder(db: &Connection, comment: CommentId, now: Timestamp) -> Result<Option<Claim>> {
    let sql = "select m.id, m.name from claim k join moderator m on m.id = k.moderator_id \
               where k.comment_id = ?1 and k.until > ?2";
    let read = |row: &Row<'_>| {
        Ok(Claim { moderator: ModeratorId(row.get("id")?), name: row.get("name")? })
    };
    let values = params![comment.0, now.as_millisecond()];
    Ok(db.prepare_cached(sql)?.query_row(values, read).optional()?)
}

fn claim(
    db: &Connection,
    comment: CommentId,
    moderator: ModeratorId,
    until: Timestamp,
    now: Timestamp,
) -> Result<(Claim, Vec<Change>)> {
    if !db.prepare_cached("select 1 from comment where id = ?1")?.exists([comment.0])? {
        return Err(StoreError::NotFound);
    }
    db.prepare_cached("delete from claim where until <= ?1")?.execute([now.as_millisecond()])?;
    let before = holder(db, comment, now)?;
    let sql = "insert into claim (comment_id, moderator_id, until) values (?1, ?2, ?3) \
               on conflict (comment_id) do update set until = excluded.until \
               where moderator_id = excluded.moderator_id";
    db.prepare_cached(sql)?.execute(params![comment.0, moderator.0, until.as_millisecond()])?;
    let after = holder(db, comment, now)?.ok_or(StoreError::NotFound)?;
    let told = before.as_ref() != Some(&after);
    Ok((after, told.then_some(Change::Claimed(comment)).into_iter().collect()))
}
