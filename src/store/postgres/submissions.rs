//! Submissions: taken in, and what their receipts tell.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::db::Db;
use super::{Postgres, decisions, inserting, queue, reasons, rows};
use crate::domain::{
    Action, Comment, CommentId, Decision, ModeratorId, Outcome, Receipt, Revision, Status,
};
use crate::store::columns::{flags_column, folded, spans_column};
use crate::store::{
    Change, Insertion, NewComment, Resubmission, Result, StoreError, Submissions, TokenHash,
    matches,
};

#[async_trait]
impl Submissions for Postgres {
    async fn insert(&self, comment: NewComment) -> Result<Insertion> {
        self.submissions.have_done(comment).await
    }

    async fn publish_own(&self, reply: NewComment, by: ModeratorId) -> Result<Insertion> {
        let mut client = self.client().await?;
        let db = client.begin();
        let (inserted, told) = publish_own(&db, &reply, by).await?;
        db.commit_and_tell(told).await?;
        Ok(inserted)
    }

    async fn signature(&self, moderator: ModeratorId) -> Result<Option<String>> {
        let sql = "select name from comment where staff_id = $1 order by id desc limit 1";
        let found = self.pool.reads().first(sql, &[&moderator.0]).await?;
        found.map(|row| rows::get(&row, "name")).transpose()
    }

    async fn usual_wait(&self, site: &str, since: Timestamp) -> Result<Option<SignedDuration>> {
        usual_wait(&self.pool.reads(), site, since).await
    }

    async fn receipt(&self, token: &TokenHash) -> Result<Receipt> {
        receipt(&self.pool.reads(), token).await
    }

    async fn own_comment(&self, token: &TokenHash) -> Result<Comment> {
        own_comment(&self.pool.reads(), token).await
    }

    async fn resubmit(&self, resubmission: Resubmission) -> Result<()> {
        let mut client = self.client().await?;
        let db = client.begin();
        let told = resubmit(&db, &resubmission).await?;
        db.commit_and_tell(told).await
    }

    async fn revisions(&self, id: CommentId) -> Result<Vec<Revision>> {
        revisions(&self.pool.reads(), id).await
    }
}

async fn publish_own(
    db: &Db<'_>,
    reply: &NewComment,
    by: ModeratorId,
) -> Result<(Insertion, Vec<Change>)> {
    decisions::lock_record(db).await?;
    let inserted = inserting::keep_all(db, &[reply], Some(by)).await?;
    let Some(&Insertion::Stored(comment)) = inserted.first() else {
        return Ok((inserted.into_iter().next().unwrap_or(Insertion::KeyReused), Vec::new()));
    };
    let body = Some(reply.submission.body.clone());
    let outcome = Outcome::plain(Action::Approve, Status::Approved, body);
    let version = queue::comment(db, comment).await?.version;
    let decision = Decision { comment, version, moderator: Some(by), outcome, at: reply.at };
    Ok((Insertion::Stored(comment), decisions::decide(db, &decision).await?))
}

/// Of so many of the latest decisions it is looked how long their comments had waited.
const LATEST: i64 = 1_000;
/// Fewer waits than this say nothing.
const TELLING: usize = 5;

async fn usual_wait(db: &Db<'_>, site: &str, since: Timestamp) -> Result<Option<SignedDuration>> {
    let sql = "select d.at - c.submitted_at as waited \
               from (select * from decision order by id desc limit $3) d \
               join comment c on c.id = d.comment_id join thread t on t.id = c.thread_id \
               where d.version = 1 and d.moderator_id is not null and d.at >= $2 \
               and t.site = $1 and c.staff_id is null order by waited";
    let waits = db.all(sql, &[&site, &since.as_millisecond(), &LATEST]).await?;
    let median = waits.get(waits.len() / 2).filter(|_| waits.len() >= TELLING);
    median.map(|row| rows::get(row, "waited").map(SignedDuration::from_millis)).transpose()
}

async fn receipt(db: &Db<'_>, token: &TokenHash) -> Result<Receipt> {
    let sql = format!(
        "select c.id, c.status, c.message, c.version, c.submitted_at, c.decided_at, \
         c.published_body is not null and c.published_body <> c.body as edited, {}, {} \
         from comment c join thread t on t.id = c.thread_id left join reason r on r.key = c.reason \
         where c.receipt = $1",
        rows::THREAD,
        reasons::REASON
    );
    let row = db.one(&sql, &[&token.as_slice()]).await?;
    Ok(Receipt {
        comment: CommentId(rows::get(&row, "id")?),
        thread: rows::thread(&row)?,
        status: rows::parsed(&row, "status")?,
        edited: rows::get(&row, "edited")?,
        reason: reasons::reason(&row)?,
        message: rows::get(&row, "message")?,
        version: rows::get(&row, "version")?,
        submitted_at: rows::time(&row, "submitted_at")?,
        decided_at: rows::time_option(&row, "decided_at")?,
    })
}

async fn own_comment(db: &Db<'_>, token: &TokenHash) -> Result<Comment> {
    let sql = "select id from comment where receipt = $1";
    let row = db.one(sql, &[&token.as_slice()]).await?;
    queue::comment(db, CommentId(rows::get(&row, "id")?)).await
}

async fn resubmit(db: &Db<'_>, new: &Resubmission) -> Result<Vec<Change>> {
    decisions::lock_record(db).await?;
    let decision = &new.decision;
    let before = queue::comment(db, decision.comment).await?;
    if before.version != decision.version {
        return Err(StoreError::Conflict);
    }
    let sql = "insert into revision (comment_id, version, body, at) values ($1, $2, $3, $4)";
    let at = decision.at.as_millisecond();
    db.run(sql, &[&before.id.0, &before.version, &before.body, &at]).await?;
    let sql = "update comment set body = $2, folded = $3, lane = $4::bigint, class = $5, \
               missing_share = $6, confidence = $7, spans = $8, flags = $9, hold = $10::bigint, \
               matches = $11, likeness = $12 where id = $1";
    db.run(
        sql,
        &[
            &before.id.0,
            &new.body,
            &folded(&new.body, &before.name, &before.thread.title),
            &new.lane.place(),
            &new.verdict.class.as_str(),
            &new.verdict.missing_share,
            &new.verdict.confidence,
            &spans_column(&new.verdict.spans),
            &flags_column(&new.verdict),
            &new.verdict.hold().number(),
            &matches::column(&new.verdict.matches),
            &new.likeness,
        ],
    )
    .await?;
    let mut told = decisions::decide(db, decision).await?;
    told.push(Change::Received(before.id));
    Ok(told)
}

async fn revisions(db: &Db<'_>, id: CommentId) -> Result<Vec<Revision>> {
    let sql = "select version, body, at from revision where comment_id = $1 order by version";
    let revision = |row: &_| {
        Ok(Revision {
            version: rows::get(row, "version")?,
            body: rows::get(row, "body")?,
            at: rows::time(row, "at")?,
        })
    };
    db.all(sql, &[&id.0]).await?.iter().map(revision).collect()
}
