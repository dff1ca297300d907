//! Bulks: which comments they are about, and how far they have come.

use std::collections::HashSet;

use async_trait::async_trait;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::db::{Db, Value};
use super::matching::Matching;
use super::{Postgres, decisions, rows};
use crate::domain::{CommentId, Decision, ModeratorId, ReasonKey};
use crate::store::{
    Bulk, BulkId, Bulks, Change, Mark, NewBulk, QueueFilter, Result, Selection, StoreError,
};

#[async_trait]
impl Bulks for Postgres {
    async fn mark(&self) -> Result<Mark> {
        mark(&self.pool.reads()).await
    }

    async fn begin_bulk(&self, bulk: NewBulk, most: usize) -> Result<BulkId> {
        let mut client = self.client().await?;
        let db = client.begin();
        let id = begin(&db, &bulk, most).await?;
        db.commit().await?;
        Ok(id)
    }

    async fn bulk(&self, id: BulkId) -> Result<Bulk> {
        bulk(&self.pool.reads(), id).await
    }

    async fn bulks(&self, moderator: ModeratorId, limit: usize) -> Result<Vec<Bulk>> {
        bulks(&self.pool.reads(), moderator, limit).await
    }

    async fn bulk_left(&self, id: BulkId, limit: usize) -> Result<Vec<(CommentId, i64)>> {
        left(&self.pool.reads(), id, limit).await
    }

    async fn decide_in_bulk(
        &self,
        id: BulkId,
        decisions: Vec<Decision>,
        skipped: Vec<CommentId>,
        now: Timestamp,
    ) -> Result<()> {
        let mut client = self.client().await?;
        let db = client.begin();
        let told = decide(&db, id, &decisions, &skipped, now).await?;
        db.commit_and_tell(told).await
    }

    async fn take_over_bulk(&self, before: Timestamp, now: Timestamp) -> Result<Option<BulkId>> {
        take_over(&self.client().await?.db(), before, now).await
    }
}

async fn mark(db: &Db<'_>) -> Result<Mark> {
    let sql = "select coalesce((select max(id) from comment), 0) as comment, \
               coalesce((select max(id) from decision), 0) as decision";
    let row = db.one(sql, &[]).await?;
    Ok(Mark { comment: rows::get(&row, "comment")?, decision: rows::get(&row, "decision")? })
}

async fn begin(db: &Db<'_>, new: &NewBulk, most: usize) -> Result<BulkId> {
    let undoes = match new.selection {
        Selection::DecidedBy(id) => Some(id.0),
        _ => None,
    };
    let sql = "insert into bulk (moderator_id, action, reason, note, undoes, started_at, \
               worked_at) values ($1, $2, $3, $4, $5, $6, $6) \
               on conflict (undoes) do nothing returning id";
    let (action, at) = (new.action.as_str(), new.at.as_millisecond());
    let reason = new.reason.as_ref().map(ReasonKey::as_str);
    let values: [Value<'_>; 6] = [&new.moderator.0, &action, &reason, &new.note, &undoes, &at];
    let Some(begun) = db.first(sql, &values).await? else {
        return Err(StoreError::Conflict);
    };
    let id: i64 = rows::get(&begun, "id")?;
    match &new.selection {
        Selection::These(comments) => {
            let chosen = comments.iter().take(most).map(|(comment, version)| (comment.0, *version));
            let (comments, versions): (Vec<_>, Vec<_>) = chosen.unzip();
            let sql = "insert into bulk_item (bulk_id, comment_id, version, state) \
                       select $1, comment_id, version, 'waiting' \
                       from unnest($2::bigint[], $3::bigint[]) as these (comment_id, version) \
                       on conflict do nothing";
            db.run(sql, &[&id, &comments, &versions]).await?;
        }
        Selection::Matching(filter, mark) => insert_matching(db, id, filter, *mark, most).await?,
        Selection::DecidedBy(earlier) => {
            let sql = "insert into bulk_item (bulk_id, comment_id, version, state) \
                       select $1, comment_id, version + 1, 'waiting' from bulk_item \
                       where bulk_id = $2 and state = 'done'";
            db.run(sql, &[&id, &earlier.0]).await?;
        }
    }
    let sql = "update bulk set \
               total = (select count(*) from bulk_item where bulk_id = $1), \
               skipped = (select count(*) from bulk_item where bulk_id = $1 and state = 'skipped'), \
               finished_at = case when exists (select 1 from bulk_item where bulk_id = $1 \
                                               and state = 'waiting') then null else $2::bigint end \
               where id = $1";
    db.run(sql, &[&id, &at]).await?;
    Ok(BulkId(id))
}

/// What fits the filter as far as the page had seen; what was decided since is passed over.
async fn insert_matching(
    db: &Db<'_>,
    id: i64,
    filter: &QueueFilter,
    mark: Mark,
    most: usize,
) -> Result<()> {
    let matching = Matching::of(filter);
    let mut values = matching.values();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let own: [Value<'_>; 4] = [&id, &mark.decision, &mark.comment, &most];
    let [bulk, decision, newest, limit] = [1, 2, 3, 4].map(|place| values.len() + place);
    values.extend(own);
    let sql = format!(
        "insert into bulk_item (bulk_id, comment_id, version, state) \
         select ${bulk}, c.id, c.version, case when exists (select 1 from decision d \
             where d.comment_id = c.id and d.id > ${decision}) then 'skipped' else 'waiting' end \
         from comment c where {} and c.id <= ${newest} limit ${limit}",
        matching.condition,
    );
    db.run(&sql, &values).await.map(drop)
}

/// Columns of a bulk, under the alias `b`, with its moderator `m`.
const BULK: &str = "b.id, b.moderator_id, m.name, b.action, b.reason, b.note, b.undoes, \
     (select u.id from bulk u where u.undoes = b.id) as undone_by, b.total, b.done, b.skipped, \
     b.started_at, b.finished_at is not null as finished \
     from bulk b join moderator m on m.id = b.moderator_id";

fn read(row: &Row) -> Result<Bulk> {
    Ok(Bulk {
        id: BulkId(rows::get(row, "id")?),
        moderator: ModeratorId(rows::get(row, "moderator_id")?),
        name: rows::get(row, "name")?,
        action: rows::parsed(row, "action")?,
        reason: rows::parsed_option(row, "reason")?,
        note: rows::get(row, "note")?,
        undoes: rows::get::<Option<i64>>(row, "undoes")?.map(BulkId),
        undone_by: rows::get::<Option<i64>>(row, "undone_by")?.map(BulkId),
        total: rows::get(row, "total")?,
        done: rows::get(row, "done")?,
        skipped: rows::get(row, "skipped")?,
        started_at: rows::time(row, "started_at")?,
        finished: rows::get(row, "finished")?,
    })
}

async fn bulk(db: &Db<'_>, id: BulkId) -> Result<Bulk> {
    let sql = format!("select {BULK} where b.id = $1");
    read(&db.one(&sql, &[&id.0]).await?)
}

async fn bulks(db: &Db<'_>, moderator: ModeratorId, limit: usize) -> Result<Vec<Bulk>> {
    let sql = format!("select {BULK} where b.moderator_id = $1 order by b.id desc limit $2");
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.all(&sql, &[&moderator.0, &limit]).await?.iter().map(read).collect()
}

async fn left(db: &Db<'_>, id: BulkId, limit: usize) -> Result<Vec<(CommentId, i64)>> {
    let sql = "select comment_id, version from bulk_item \
               where bulk_id = $1 and state = 'waiting' order by comment_id limit $2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let item = |row: &_| Ok((CommentId(rows::get(row, "comment_id")?), rows::get(row, "version")?));
    db.all(sql, &[&id.0, &limit]).await?.iter().map(item).collect()
}

async fn decide(
    db: &Db<'_>,
    id: BulkId,
    decisions: &[Decision],
    skipped: &[CommentId],
    now: Timestamp,
) -> Result<Vec<Change>> {
    decisions::lock_record(db).await?;
    // Somebody else may work at the same bulk: what is settled is settled.
    let settle = async |comments: Vec<i64>, state: &str| -> Result<HashSet<i64>> {
        let sql = "update bulk_item set state = $3 \
                   where bulk_id = $1 and comment_id = any($2) and state = 'waiting' \
                   returning comment_id";
        let settled = db.all(sql, &[&id.0, &comments, &state]).await?;
        settled.iter().map(|row| rows::get(row, "comment_id")).collect()
    };
    let ours =
        settle(decisions.iter().map(|decision| decision.comment.0).collect(), "done").await?;
    let ours: Vec<_> = decisions.iter().filter(|one| ours.contains(&one.comment.0)).collect();
    let (mut told, mut late) = (Vec::new(), Vec::new());
    for (decision, recorded) in ours.iter().zip(decisions::record(db, &ours).await?) {
        match recorded {
            Ok(changes) => told.extend(changes),
            Err(StoreError::Conflict | StoreError::NotFound) => late.push(decision.comment.0),
            Err(error) => return Err(error),
        }
    }
    let sql = "update bulk_item set state = 'skipped' where bulk_id = $1 and comment_id = any($2)";
    db.run(sql, &[&id.0, &late]).await?;
    let skipped = settle(skipped.iter().map(|comment| comment.0).collect(), "skipped").await?;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let counts = (count(ours.len() - late.len()), count(late.len() + skipped.len()));
    let sql = "update bulk set done = done + $2::bigint, skipped = skipped + $3::bigint, worked_at = $4::bigint, \
               finished_at = case when done + $2 + skipped + $3 >= total then $4::bigint end \
               where id = $1 and finished_at is null";
    db.run(sql, &[&id.0, &counts.0, &counts.1, &now.as_millisecond()]).await?;
    Ok(told)
}

async fn take_over(db: &Db<'_>, before: Timestamp, now: Timestamp) -> Result<Option<BulkId>> {
    let sql = "update bulk set worked_at = $2 where id = (select id from bulk \
               where finished_at is null and worked_at < $1 order by id limit 1 \
               for update skip locked) returning id";
    let found = db.first(sql, &[&before.as_millisecond(), &now.as_millisecond()]).await?;
    found.map(|row| rows::get(&row, "id").map(BulkId)).transpose()
}
