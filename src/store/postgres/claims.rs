//! Claims on comments.

use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;

use super::db::Db;
use super::{Postgres, rows};
use crate::domain::{CommentId, ModeratorId};
use crate::store::{Change, Claim, Claims, Result, StoreError};

#[async_trait]
impl Claims for Postgres {
    async fn claim(
        &self,
        comment: CommentId,
        moderator: ModeratorId,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Claim> {
        let mut client = self.client().await?;
        let db = client.begin();
        let (claim, told) = claim(&db, comment, moderator, until, now).await?;
        db.commit_and_tell(told).await?;
        Ok(claim)
    }

    async fn release(&self, comment: CommentId, moderator: ModeratorId) -> Result<()> {
        let mut client = self.client().await?;
        let db = client.begin();
        let sql = "delete from claim where comment_id = $1 and moderator_id = $2";
        let released = db.run(sql, &[&comment.0, &moderator.0]).await?;
        db.commit_and_tell((0..released).map(|_| Change::Claimed(comment)).collect()).await
    }

    async fn claims(
        &self,
        comments: &[CommentId],
        now: Timestamp,
    ) -> Result<HashMap<CommentId, Claim>> {
        holders(&self.pool.reads(), comments, now).await
    }
}

async fn holders(
    db: &Db<'_>,
    comments: &[CommentId],
    now: Timestamp,
) -> Result<HashMap<CommentId, Claim>> {
    let sql = "select k.comment_id, m.id, m.name from claim k \
               join moderator m on m.id = k.moderator_id \
               where k.comment_id = any($1) and k.until > $2";
    let comments: Vec<_> = comments.iter().map(|comment| comment.0).collect();
    let holder = |row: &_| {
        let claim =
            Claim { moderator: ModeratorId(rows::get(row, "id")?), name: rows::get(row, "name")? };
        Ok((CommentId(rows::get(row, "comment_id")?), claim))
    };
    db.all(sql, &[&comments, &now.as_millisecond()]).await?.iter().map(holder).collect()
}

async fn claim(
    db: &Db<'_>,
    comment: CommentId,
    moderator: ModeratorId,
    until: Timestamp,
    now: Timestamp,
) -> Result<(Claim, Vec<Change>)> {
    // Of two who ask for the same at once, the second waits here and sees the first's.
    db.one("select 1 from comment where id = $1 for no key update", &[&comment.0]).await?;
    db.run("delete from claim where until <= $1", &[&now.as_millisecond()]).await?;
    let before = holders(db, &[comment], now).await?.remove(&comment);
    let sql = "insert into claim (comment_id, moderator_id, until) values ($1, $2, $3) \
               on conflict (comment_id) do update set until = excluded.until \
               where claim.moderator_id = excluded.moderator_id";
    db.run(sql, &[&comment.0, &moderator.0, &until.as_millisecond()]).await?;
    let after = holders(db, &[comment], now).await?.remove(&comment);
    let after = after.ok_or(StoreError::NotFound)?;
    let told = before.as_ref() != Some(&after);
    Ok((after, told.then_some(Change::Claimed(comment)).into_iter().collect()))
}
