//! Decisions: appended to the record, each chained to the one before it, with what follows from it.

use std::collections::HashSet;

use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio_postgres::Row;

use super::db::{Db, Value, column};
use super::group::{Attempt, Done};
use super::queue::{OF_IDS, comments};
use super::{Postgres, reasons, rows};
use crate::domain::{
    Comment, CommentId, Decision, DecisionRecord, EditReasons, ModeratorId, ReasonKey, Status,
};
use crate::store::columns::chained;
use crate::store::{Change, Decisions, Result, StoreError};

#[async_trait]
impl Decisions for Postgres {
    async fn decide(&self, decision: Decision) -> Result<()> {
        self.decisions.have_done(decision).await
    }

    async fn history(&self, id: CommentId) -> Result<Vec<DecisionRecord>> {
        history(&self.pool.reads(), id).await
    }

    async fn recent(
        &self,
        moderator: ModeratorId,
        limit: usize,
    ) -> Result<Vec<(DecisionRecord, Comment)>> {
        recent(&self.pool.reads(), moderator, limit).await
    }
}

/// Columns of a decision, under the alias `d`, with its moderator `m`; its reason stands beside them.
const DECISION: &str = "m.name as moderator, d.action, d.status as led_to, d.edits, d.message, \
     d.note, d.body_before, d.body_after, d.at";

fn decision(row: &Row) -> Result<DecisionRecord> {
    Ok(DecisionRecord {
        moderator: rows::get(row, "moderator")?,
        action: rows::parsed(row, "action")?,
        status: rows::parsed(row, "led_to")?,
        reason: reasons::reason(row)?,
        message: rows::get::<Option<String>>(row, "message")?.unwrap_or_default(),
        note: rows::get::<Option<String>>(row, "note")?.unwrap_or_default(),
        edits: EditReasons::named(rows::get::<&str>(row, "edits")?.split(' ')),
        body_before: rows::get(row, "body_before")?,
        body_after: rows::get(row, "body_after")?,
        at: rows::time(row, "at")?,
    })
}

async fn history(db: &Db<'_>, id: CommentId) -> Result<Vec<DecisionRecord>> {
    let sql = format!(
        "select {DECISION}, {} from decision d left join moderator m on m.id = d.moderator_id \
         left join reason r on r.key = d.reason where d.comment_id = $1 order by d.version",
        reasons::REASON
    );
    db.all(&sql, &[&id.0]).await?.iter().map(decision).collect()
}

async fn recent(
    db: &Db<'_>,
    moderator: ModeratorId,
    limit: usize,
) -> Result<Vec<(DecisionRecord, Comment)>> {
    let sql = format!(
        "select {DECISION}, {}, {}, {} from decision d join moderator m on m.id = d.moderator_id \
         join comment c on c.id = d.comment_id and c.version = d.version + 1 {} \
         left join reason r on r.key = d.reason \
         where d.moderator_id = $1 order by d.id desc limit $2",
        reasons::REASON,
        rows::COMMENT,
        rows::THREAD,
        rows::COMMENT_JOINS
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = db.all(&sql, &[&moderator.0, &limit]).await?;
    found.iter().map(|row| Ok((decision(row)?, rows::comment(row)?))).collect()
}

const LOCK: &str = "select pg_advisory_xact_lock($1)";

/// Keeps the record to oneself until the transaction ends: the chain grows at one end. Whoever has it
/// may ask for it again.
pub(super) async fn lock_record(db: &Db<'_>) -> Result<()> {
    const RECORD: i64 = 0x636f_6461_7502;
    db.run(LOCK, &[&RECORD]).await.map(drop)
}

/// Records decisions that were made at the same time.
pub(super) fn decide_all<'a>(
    db: &'a Db<'_>,
    decisions: &'a [&'a Decision],
    attempt: Attempt,
) -> BoxFuture<'a, Result<Vec<Done<()>>>> {
    async move {
        if attempt == Attempt::Again
            && let [decision] = decisions
        {
            lock_record(db).await?;
            if is_recorded(db, decision).await? {
                return Ok(vec![Ok(((), Vec::new()))]);
            }
        }
        let recorded = record(db, decisions).await?.into_iter();
        Ok(recorded.map(|told| told.map(|told| ((), told))).collect())
    }
    .boxed()
}

/// Whether this very decision is on record already.
async fn is_recorded(db: &Db<'_>, decision: &Decision) -> Result<bool> {
    let sql = "select 1 from decision where comment_id = $1 and version = $2 and action = $3 \
               and moderator_id is not distinct from $4 and at = $5";
    let (moderator, at) = (decision.moderator.map(|id| id.0), decision.at.as_millisecond());
    let action = decision.outcome.action.as_str();
    let found =
        db.first(sql, &[&decision.comment.0, &decision.version, &action, &moderator, &at]).await?;
    Ok(found.is_some())
}

/// Records a decision; says what changed by it.
pub(super) async fn decide(db: &Db<'_>, decision: &Decision) -> Result<Vec<Change>> {
    record(db, &[decision]).await?.pop().unwrap_or(Err(StoreError::NotFound))
}

/// Records decisions in their order; says what changed by each, or why it is not recorded. A few
/// statements for all of them, not for each.
pub(super) async fn record(
    db: &Db<'_>,
    decisions: &[&Decision],
) -> Result<Vec<Result<Vec<Change>>>> {
    let (mut recorded, mut rest) = (Vec::new(), decisions);
    while !rest.is_empty() {
        // A second one on the same comment finds what the first one made of it.
        let mut seen = HashSet::new();
        let apart = rest.iter().take_while(|decision| seen.insert(decision.comment)).count();
        let (now, later) = rest.split_at(apart);
        recorded.extend(record_apart(db, now).await?);
        rest = later;
    }
    Ok(recorded)
}

/// A decision with the comment as it was before.
struct Step<'a> {
    decision: &'a Decision,
    before: Comment,
}

impl Step<'_> {
    /// The text that everyone saw before, and the one after it.
    fn published(&self) -> [Option<&str>; 2] {
        let (before, after) = (&self.before, &self.decision.outcome);
        [(before.status, &before.published_body), (after.status, &after.published_body)]
            .map(|(status, body)| body.as_deref().filter(|_| status == Status::Approved))
    }

    fn touches_thread(&self) -> bool {
        [self.before.status, self.decision.outcome.status].contains(&Status::Approved)
    }

    fn told(&self) -> Vec<Change> {
        let published = || Change::Published(self.before.thread.key.clone());
        let decided = Change::Decided(self.decision.comment);
        [decided].into_iter().chain(self.touches_thread().then(published)).collect()
    }
}

/// The same for decisions on as many comments.
async fn record_apart(db: &Db<'_>, decisions: &[&Decision]) -> Result<Vec<Result<Vec<Change>>>> {
    let ids: Vec<_> = decisions.iter().map(|decision| decision.comment).collect();
    // Sent together, in this order, what follows is one journey to the server.
    db.prepare(&[LOCK, &OF_IDS, LAST_LINK]).await?;
    let ((), mut comments, last) =
        tokio::try_join!(biased; lock_record(db), comments(db, &ids), last_link(db))?;
    let (mut steps, mut recorded) = (Vec::new(), Vec::new());
    for &decision in decisions {
        recorded.push(match comments.remove(&decision.comment) {
            None => Err(StoreError::NotFound),
            Some(before) if before.version != decision.version => Err(StoreError::Conflict),
            Some(before) => {
                let step = Step { decision, before };
                let told = step.told();
                steps.push(step);
                Ok(told)
            }
        });
    }
    if !steps.is_empty() {
        db.prepare(&[CHANGE, RENEW_THREADS, APPEND]).await?;
        tokio::try_join!(
            biased;
            change(db, &steps),
            renew_threads(db, &steps),
            append(db, &steps, last)
        )?;
    }
    Ok(recorded)
}

const CHANGE: &str = "update comment c set status = new.status, \
     published_body = new.published_body, reason = new.reason, message = new.message, \
     version = c.version + 1, decided_at = new.at \
     from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[]) \
         as new (id, status, published_body, reason, message, at) \
     where c.id = new.id";

/// Makes of comments what was decided.
async fn change(db: &Db<'_>, steps: &[Step<'_>]) -> Result<()> {
    let values: [Value<'_>; 6] = [
        &column(steps, |step| step.decision.comment.0),
        &column(steps, |step| step.decision.outcome.status.as_str()),
        &column(steps, |step| step.decision.outcome.published_body.as_deref()),
        &column(steps, |step| step.decision.outcome.reason.as_ref().map(ReasonKey::as_str)),
        &column(steps, |step| step.decision.outcome.message.as_str()),
        &column(steps, |step| step.decision.at.as_millisecond()),
    ];
    db.run(CHANGE, &values).await.map(drop)
}

/// Where nothing left a thread the latest is the latest of before or of now: it need not be looked for.
const RENEW_THREADS: &str = "update thread t set revision = revision + touched.times, published_at = \
     case when touched.left then \
         (select max(decided_at) from comment where thread_id = t.id and status = 'approved') \
     else greatest(t.published_at, touched.latest) end \
     from (select id, count(*) as times, bool_or(at is null) as left, max(at) as latest \
           from unnest($1::bigint[], $2::bigint[]) as step (id, at) group by id) touched \
     where t.id = touched.id";

/// Counts what everyone sees of threads as new, where it is.
async fn renew_threads(db: &Db<'_>, steps: &[Step<'_>]) -> Result<()> {
    let touched = steps.iter().filter(|step| step.touches_thread());
    let (threads, published): (Vec<_>, Vec<_>) = touched
        .map(|step| {
            let shows = step.decision.outcome.status == Status::Approved;
            let at = step.decision.at.as_millisecond();
            (step.before.thread.id.0, shows.then_some(at))
        })
        .unzip();
    if threads.is_empty() {
        return Ok(());
    }
    db.run(RENEW_THREADS, &[&threads, &published]).await.map(drop)
}

const LAST_LINK: &str = "select hash from decision order by id desc limit 1";

/// The hash at the end of the record, which is locked.
async fn last_link(db: &Db<'_>) -> Result<Option<Vec<u8>>> {
    let last = db.first(LAST_LINK, &[]).await?;
    last.map(|row| rows::get(&row, "hash")).transpose()
}

const APPEND: &str = "insert into decision (comment_id, version, moderator_id, action, status, reason, \
     edits, message, note, body_before, body_after, message_hash, note_hash, sent_hash, \
     body_before_hash, body_after_hash, at, hash) \
     select comment_id, version, moderator_id, action, status, reason, edits, message, \
         note, body_before, body_after, message_hash, note_hash, sent_hash, \
         body_before_hash, body_after_hash, at, hash \
     from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], \
         $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], \
         $12::bytea[], $13::bytea[], $14::bytea[], $15::bytea[], $16::bytea[], \
         $17::bigint[], $18::bytea[]) with ordinality \
         as new (comment_id, version, moderator_id, action, status, reason, edits, \
             message, note, body_before, body_after, message_hash, note_hash, sent_hash, \
             body_before_hash, body_after_hash, at, hash, place) \
     order by place";

/// Appends decisions to the record, each chained to the one before it, the first to `previous`.
async fn append(db: &Db<'_>, steps: &[Step<'_>], mut previous: Option<Vec<u8>>) -> Result<()> {
    let mut links = Vec::with_capacity(steps.len());
    for step in steps {
        let sent = &step.before.body;
        let link = chained(previous.as_deref(), step.decision, sent, step.published());
        previous = Some(link.hash.to_vec());
        links.push(link);
    }
    let of_text = |n: usize| links.iter().map(|link| link.texts[n].as_slice()).collect::<Vec<_>>();
    let values: [Value<'_>; 18] = [
        &column(steps, |step| step.decision.comment.0),
        &column(steps, |step| step.decision.version),
        &column(steps, |step| step.decision.moderator.map(|id| id.0)),
        &column(steps, |step| step.decision.outcome.action.as_str()),
        &column(steps, |step| step.decision.outcome.status.as_str()),
        &column(steps, |step| step.decision.outcome.reason.as_ref().map(ReasonKey::as_str)),
        &column(steps, |step| step.decision.outcome.edits.column()),
        &column(steps, |step| step.decision.outcome.message.as_str()),
        &column(steps, |step| step.decision.outcome.note.as_str()),
        &column(steps, |step| step.published()[0]),
        &column(steps, |step| step.published()[1]),
        &of_text(0),
        &of_text(1),
        &of_text(2),
        &of_text(3),
        &of_text(4),
        &column(steps, |step| step.decision.at.as_millisecond()),
        &links.iter().map(|link| link.hash.as_slice()).collect::<Vec<_>>(),
    ];
    db.run(APPEND, &values).await.map(drop)
}
