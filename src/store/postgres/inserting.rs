//! Submissions, taken in: a statement for all that wait, not for each.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio_postgres::Row;

use super::db::{Db, Value, column};
use super::group::{Attempt, Done};
use super::rows;
use crate::domain::{CommentId, Flag, ModeratorId, Submission, ThreadId, Verdict};
use crate::store::columns::{flags_column, folded_of, spans_column};
use crate::store::{Change, Insertion, NewComment, Result, StoreError, TokenHash, matches};

/// What there is already when a submission comes.
struct Found {
    /// Its thread, and whether it is open.
    thread: Option<(ThreadId, bool)>,
    /// The comment that the same form brought before.
    earlier: Option<Earlier>,
    /// Whether what it replies to is there: published on its thread, and no reply itself.
    has_parent: bool,
    /// Whether others sent the same lately, or the same reader to another article.
    is_repeated: bool,
}

struct Earlier {
    id: CommentId,
    name: String,
    body: String,
}

impl Found {
    /// What becomes of a submission that is not kept now.
    fn answer(&self, new: &NewComment, staff: Option<ModeratorId>) -> Option<Insertion> {
        let sent = &new.submission;
        match (&self.earlier, self.thread) {
            (Some(earlier), _) if earlier.name == sent.name && earlier.body == sent.body => {
                Some(Insertion::AlreadyStored(earlier.id))
            }
            (Some(_), _) => Some(Insertion::KeyReused),
            (None, Some((_, false))) if staff.is_none() => Some(Insertion::ThreadClosed),
            _ if sent.parent.is_some() && !self.has_parent => Some(Insertion::NoSuchParent),
            _ => None,
        }
    }
}

/// A submission that is to be kept, with its thread and what is concluded about it.
struct Kept<'a> {
    new: &'a NewComment,
    thread: ThreadId,
    verdict: Cow<'a, Verdict>,
}

/// Keeps submissions: a statement for all of them, not for each. Trying again is harmless, for a
/// receipt is kept once: that is how a commit that was not answered is resolved.
pub(super) fn insert_all<'a>(
    db: &'a Db<'_>,
    comments: &'a [&'a NewComment],
    _attempt: Attempt,
) -> BoxFuture<'a, Result<Vec<Done<Insertion>>>> {
    async move {
        let kept = keep_all(db, comments, None).await?;
        let told = |inserted| match inserted {
            Insertion::Stored(id) => Ok((inserted, vec![Change::Received(id)])),
            _ => Ok((inserted, Vec::new())),
        };
        Ok(kept.into_iter().map(told).collect())
    }
    .boxed()
}

/// Keeps submissions of readers', or of someone of the newsroom.
pub(super) async fn keep_all(
    db: &Db<'_>,
    comments: &[&NewComment],
    staff: Option<ModeratorId>,
) -> Result<Vec<Insertion>> {
    let mut found = look_up(db, comments).await?;
    let first = comments
        .iter()
        .zip(&found)
        .filter(|(new, found)| found.thread.is_none() && found.answer(new, staff).is_none());
    let first: Vec<_> = first.map(|(new, _)| &new.submission).collect();
    if !first.is_empty() {
        add_threads(db, &first).await?;
        found = look_up(db, comments).await?;
    }
    let (mut seen, mut order) = (HashSet::new(), Vec::new());
    for (&new, found) in comments.iter().zip(&found) {
        if found.answer(new, staff).is_none() && seen.insert(new.receipt) {
            let missing = || StoreError::Unavailable("a thread was not kept".to_owned());
            let (thread, _) = found.thread.ok_or_else(missing)?;
            let verdict = conclusion(new, thread, found, &order);
            order.push(Kept { new, thread, verdict });
        }
    }
    let mut stored = insert(db, &order, staff).await?;
    let mut answers = Vec::new();
    for (new, found) in comments.iter().zip(&found) {
        let stored = stored.remove(&new.receipt).map(Insertion::Stored);
        answers.push(stored.or_else(|| found.answer(new, staff)));
    }
    if answers.contains(&None) {
        // The same form twice among these, or stored by another instance in the meantime.
        found = look_up(db, comments).await?;
    }
    let answers = answers.into_iter().zip(comments.iter().zip(&found));
    let answer = |(answer, (new, found)): (Option<Insertion>, (&&NewComment, &Found))| {
        let missing = || StoreError::Unavailable("a comment was not kept".to_owned());
        answer.or_else(|| found.answer(new, staff)).ok_or_else(missing)
    };
    answers.map(answer).collect()
}

/// What there is already, for each submission: looked up one by one, each by an index.
async fn look_up(db: &Db<'_>, comments: &[&NewComment]) -> Result<Vec<Found>> {
    let sql = "select t.id as thread, t.open, e.id as earlier, e.name, e.body, \
               coalesce(p.thread_id = t.id, false) as has_parent, \
               exists (select 1 from comment c \
                   where c.likeness = new.likeness and c.submitted_at >= new.since \
                   and (c.name <> new.name or c.thread_id is distinct from t.id)) as is_repeated \
               from unnest($1::bytea[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], \
                       $6::bigint[], $7::text[]) with ordinality \
                   as new (receipt, site, object, parent, likeness, since, name, place) \
               left join lateral (select id, open from thread \
                   where site = new.site and object = new.object limit 1) t on true \
               left join lateral (select id, name, body from comment \
                   where receipt = new.receipt limit 1) e on true \
               left join lateral (select thread_id from comment where id = new.parent \
                   and parent_id is null and status = 'approved' limit 1) p on true \
               order by new.place";
    let values: [Value<'_>; 7] = [
        &column(comments, |new| new.receipt.as_slice()),
        &column(comments, |new| new.submission.thread.site.as_str()),
        &column(comments, |new| new.submission.thread.object.as_str()),
        &column(comments, |new| new.submission.parent.map(|parent| parent.0)),
        &column(comments, |new| new.likeness),
        &column(comments, |new| new.alike_since.as_millisecond()),
        &column(comments, |new| new.submission.name.as_str()),
    ];
    db.all(sql, &values).await?.iter().map(found).collect()
}

fn found(row: &Row) -> Result<Found> {
    let thread = match rows::get(row, "thread")? {
        Some(id) => Some((ThreadId(id), rows::get(row, "open")?)),
        None => None,
    };
    let earlier = match rows::get(row, "earlier")? {
        Some(id) => {
            let (name, body) = (rows::get(row, "name")?, rows::get(row, "body")?);
            Some(Earlier { id: CommentId(id), name, body })
        }
        None => None,
    };
    let (has_parent, is_repeated) = (rows::get(row, "has_parent")?, rows::get(row, "is_repeated")?);
    Ok(Found { thread, earlier, has_parent, is_repeated })
}

/// Makes the threads whose first comments these are, unless another instance does.
async fn add_threads(db: &Db<'_>, first: &[&Submission]) -> Result<()> {
    // What the earliest of them says of its article.
    let articles: BTreeMap<_, _> =
        first.iter().rev().map(|sent| ((&sent.thread.site, &sent.thread.object), *sent)).collect();
    let articles: Vec<_> = articles.into_values().collect();
    let sql = "insert into thread (site, object, url, title) \
               select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) \
               order by 1, 2 on conflict do nothing";
    let values: [Value<'_>; 4] = [
        &column(&articles, |sent| sent.thread.site.as_str()),
        &column(&articles, |sent| sent.thread.object.as_str()),
        &column(&articles, |sent| sent.url.as_str()),
        &column(&articles, |sent| sent.title.as_str()),
    ];
    db.run(sql, &values).await.map(drop)
}

/// What is concluded about a submission, also from those that are kept with it.
fn conclusion<'a>(
    new: &'a NewComment,
    thread: ThreadId,
    found: &Found,
    with: &[Kept<'_>],
) -> Cow<'a, Verdict> {
    let like_it = |other: &Kept<'_>| {
        new.likeness.is_some()
            && other.new.likeness == new.likeness
            && other.new.at >= new.alike_since
            && (other.new.submission.name != new.submission.name || other.thread != thread)
    };
    if found.is_repeated || with.iter().any(like_it) {
        return Cow::Owned(new.verdict.clone().with(Flag::Repeated));
    }
    Cow::Borrowed(&new.verdict)
}

/// Inserts comments, in their order, with where they came from; says under which number each is kept
/// from now on, by its receipt. Those that somebody else kept in the meantime are left out.
async fn insert(
    db: &Db<'_>,
    comments: &[Kept<'_>],
    staff: Option<ModeratorId>,
) -> Result<HashMap<TokenHash, CommentId>> {
    if comments.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = "with kept as (
            insert into comment (thread_id, parent_id, name, email, consent, body, folded, lane,
                class, missing_share, confidence, spans, flags, hold, matches, likeness,
                receipt, submitted_at, staff_id, to_staff)
            select new.*, $21::bigint, new.parent_id is not null and exists (
                select 1 from comment beside
                where (beside.id = new.parent_id or beside.parent_id = new.parent_id)
                and beside.staff_id is not null and beside.status = 'approved')
            from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::boolean[],
                $6::text[], $7::text[], $8::bigint[], $9::text[], $10::real[], $11::real[],
                $12::text[], $13::text[], $14::bigint[], $15::text[], $16::bigint[],
                $17::bytea[], $18::bigint[])
                as new (thread_id, parent_id, name, email, consent, body, folded, lane, class,
                    missing_share, confidence, spans, flags, hold, matches, likeness,
                    receipt, submitted_at)
            on conflict (receipt) do nothing
            returning id, receipt, submitted_at
        ), traced as (
            insert into origin_trace (comment_id, address, user_agent, submitted_at)
            select kept.id, new.address, new.user_agent, kept.submitted_at
            from kept join unnest($17::bytea[], $19::text[], $20::text[])
                as new (receipt, address, user_agent) using (receipt)
            where $21::bigint is null
        )
        select id, receipt from kept";
    let values: [Value<'_>; 21] = [
        &column(comments, |kept| kept.thread.0),
        &column(comments, |kept| kept.new.submission.parent.map(|parent| parent.0)),
        &column(comments, |kept| kept.new.submission.name.as_str()),
        &column(comments, |kept| kept.new.submission.email.as_deref()),
        &column(comments, |kept| kept.new.submission.consent),
        &column(comments, |kept| kept.new.submission.body.as_str()),
        &column(comments, |kept| folded_of(&kept.new.submission)),
        &column(comments, |kept| kept.new.lane.place()),
        &column(comments, |kept| kept.verdict.class.as_str()),
        &column(comments, |kept| kept.verdict.missing_share),
        &column(comments, |kept| kept.verdict.confidence),
        &column(comments, |kept| spans_column(&kept.verdict.spans)),
        &column(comments, |kept| flags_column(&kept.verdict)),
        &column(comments, |kept| kept.verdict.hold().number()),
        &column(comments, |kept| matches::column(&kept.verdict.matches)),
        &column(comments, |kept| kept.new.likeness),
        &column(comments, |kept| kept.new.receipt.as_slice()),
        &column(comments, |kept| kept.new.at.as_millisecond()),
        &column(comments, |kept| kept.new.origin.address.as_str()),
        &column(comments, |kept| kept.new.origin.user_agent.as_str()),
        &staff.map(|moderator| moderator.0),
    ];
    let found = db.all(sql, &values).await?;
    let kept = |row: &_| Ok((rows::bytes(row, "receipt")?, CommentId(rows::get(row, "id")?)));
    found.iter().map(kept).collect()
}
