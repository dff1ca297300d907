//! Submissions, taken in: a statement for all that wait, not for each.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio_postgres::Row;

use super::db::{Db, Value};
use super::group::{Attempt, Done};
use super::rows;
use crate::domain::{CommentId, Flag, ModeratorId, ThreadId, ThreadKey, Verdict};
use crate::store::columns::{flags_column, folded_of, spans_column};
use crate::store::{Change, Insertion, NewComment, Result, StoreError, TokenHash, matches};

/// A comment that the same form brought before.
struct Earlier {
    id: CommentId,
    name: String,
    body: String,
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
    // Asked together, they are one journey to the server.
    let (mut known, mut threads, parents, repeated) = tokio::try_join!(
        earlier(db, comments),
        threads(db, comments),
        parents(db, comments),
        repeated(db, comments)
    )?;
    let (mut kept, mut refused) = (HashSet::new(), HashMap::new());
    let fresh: Vec<_> =
        comments.iter().copied().filter(|new| !known.contains_key(&new.receipt)).collect();
    threads.extend(new_threads(db, &fresh, &threads).await?);
    let mut order: Vec<Kept<'_>> = Vec::new();
    for new in fresh {
        let sent = &new.submission;
        let Some(&(thread, open)) = threads.get(&sent.thread) else {
            return Err(StoreError::Unavailable("a thread was not kept".to_owned()));
        };
        let parent_is_there = |parent| parents.get(&parent) == Some(&thread);
        if !open && staff.is_none() {
            refused.insert(new.receipt, Insertion::ThreadClosed);
        } else if !sent.parent.is_none_or(parent_is_there) {
            refused.insert(new.receipt, Insertion::NoSuchParent);
        } else if kept.insert(new.receipt) {
            order.push(Kept { new, thread, verdict: Cow::Borrowed(&new.verdict) });
        }
    }
    mark_repeated(&repeated, &mut order);
    let mut stored = insert(db, &order, staff).await?;
    let is_unanswered =
        |receipt: &TokenHash| !known.contains_key(receipt) && !refused.contains_key(receipt);
    if comments.iter().map(|new| new.receipt).filter(is_unanswered).count() > stored.len() {
        // The same form twice among these, or stored by another instance in the meantime.
        known = earlier(db, comments).await?;
    }
    let answer = |new: &&NewComment| {
        let receipt = &new.receipt;
        let inserted = match (stored.remove(receipt), known.get(receipt), refused.get(receipt)) {
            (Some(id), _, _) => Insertion::Stored(id),
            (None, Some(earlier), _) => {
                let sent = &new.submission;
                let same = earlier.name == sent.name && earlier.body == sent.body;
                if same { Insertion::AlreadyStored(earlier.id) } else { Insertion::KeyReused }
            }
            (None, None, Some(refused)) => *refused,
            (None, None, None) => {
                return Err(StoreError::Unavailable("a comment was not kept".to_owned()));
            }
        };
        Ok(inserted)
    };
    comments.iter().map(answer).collect()
}

/// The comments that the same forms brought before, by their receipts.
async fn earlier(db: &Db<'_>, comments: &[&NewComment]) -> Result<HashMap<TokenHash, Earlier>> {
    let receipts: Vec<_> = comments.iter().map(|new| new.receipt.as_slice()).collect();
    let sql = "select receipt, id, name, body from comment where receipt = any($1)";
    let earlier = |row: &_| {
        let id = CommentId(rows::get(row, "id")?);
        let earlier = Earlier { id, name: rows::get(row, "name")?, body: rows::get(row, "body")? };
        Ok((rows::bytes(row, "receipt")?, earlier))
    };
    db.all(sql, &[&receipts]).await?.iter().map(earlier).collect()
}

/// The threads of submissions, as far as there are any, and whether they are open.
async fn threads<'a>(
    db: &Db<'_>,
    comments: &[&'a NewComment],
) -> Result<HashMap<&'a ThreadKey, (ThreadId, bool)>> {
    let keys: HashSet<_> = comments.iter().map(|new| &new.submission.thread).collect();
    let keys: Vec<_> = keys.into_iter().collect();
    let (sites, objects) = columns(&keys);
    let sql = "select key.place, t.id, t.open from thread t \
               join unnest($1::text[], $2::text[]) with ordinality as key (site, object, place) \
               on t.site = key.site and t.object = key.object";
    let thread = |row: &_| {
        Ok((keys[place(row)?], (ThreadId(rows::get(row, "id")?), rows::get(row, "open")?)))
    };
    db.all(sql, &[&sites, &objects]).await?.iter().map(thread).collect()
}

/// Where in the arrays that it was asked with a row was.
fn place(row: &Row) -> Result<usize> {
    Ok(usize::try_from(rows::get::<i64>(row, "place")? - 1).unwrap_or_default())
}

/// Sites, and the articles' numbers there.
fn columns<'a>(keys: &[&'a ThreadKey]) -> (Vec<&'a str>, Vec<&'a str>) {
    keys.iter().map(|key| (key.site.as_str(), key.object.as_str())).unzip()
}

/// Makes the threads whose first comments these are, unless they are known.
async fn new_threads<'a>(
    db: &Db<'_>,
    comments: &[&'a NewComment],
    known: &HashMap<&'a ThreadKey, (ThreadId, bool)>,
) -> Result<HashMap<&'a ThreadKey, (ThreadId, bool)>> {
    let first: Vec<_> = comments
        .iter()
        .copied()
        .filter(|new| !known.contains_key(&new.submission.thread))
        .collect();
    if first.is_empty() {
        return Ok(HashMap::new());
    }
    // What the earliest of them says of its article.
    let articles: HashMap<_, _> =
        first.iter().rev().map(|new| (&new.submission.thread, &new.submission)).collect();
    let (keys, said): (Vec<_>, Vec<_>) = articles.into_iter().unzip();
    let (sites, objects) = columns(&keys);
    let (urls, titles): (Vec<_>, Vec<_>) =
        said.iter().map(|sent| (sent.url.as_str(), sent.title.as_str())).unzip();
    let sql = "insert into thread (site, object, url, title) \
               select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) \
               order by 1, 2 on conflict do nothing";
    db.run(sql, &[&sites, &objects, &urls, &titles]).await?;
    threads(db, &first).await
}

/// The parents that may be replied to, each with its thread. Replies are one level deep, and only
/// to what everyone can read.
async fn parents(db: &Db<'_>, comments: &[&NewComment]) -> Result<HashMap<CommentId, ThreadId>> {
    let ids: Vec<_> = comments.iter().filter_map(|new| Some(new.submission.parent?.0)).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = "select id, thread_id from comment where id = any($1) and parent_id is null \
               and status = 'approved'";
    let parent =
        |row: &_| Ok((CommentId(rows::get(row, "id")?), ThreadId(rows::get(row, "thread_id")?)));
    db.all(sql, &[&ids]).await?.iter().map(parent).collect()
}

/// The receipts of those that others sent lately too, or the same reader to another article.
async fn repeated(db: &Db<'_>, comments: &[&NewComment]) -> Result<HashSet<TokenHash>> {
    let alike: Vec<_> = comments.iter().filter(|new| new.likeness.is_some()).collect();
    if alike.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = "select new.place \
               from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[]) \
                   with ordinality as new (likeness, since, name, site, object, place) \
               left join thread t on t.site = new.site and t.object = new.object \
               where exists (select 1 from comment c where c.likeness = new.likeness \
                   and c.submitted_at >= new.since \
                   and (c.name <> new.name or c.thread_id is distinct from t.id))";
    let likenesses: Vec<_> = alike.iter().map(|new| new.likeness).collect();
    let since: Vec<_> = alike.iter().map(|new| new.alike_since.as_millisecond()).collect();
    let names: Vec<_> = alike.iter().map(|new| new.submission.name.as_str()).collect();
    let keys: Vec<_> = alike.iter().map(|new| &new.submission.thread).collect();
    let (sites, objects) = columns(&keys);
    let found = db.all(sql, &[&likenesses, &since, &names, &sites, &objects]).await?;
    found.iter().map(|row| Ok(alike[place(row)?].receipt)).collect()
}

/// Marks those that others sent lately, before these or among them.
fn mark_repeated(before: &HashSet<TokenHash>, comments: &mut [Kept<'_>]) {
    for n in 0..comments.len() {
        let (earlier, rest) = comments.split_at_mut(n);
        let Some(kept) = rest.first_mut() else { break };
        let (new, thread) = (kept.new, kept.thread);
        let like_it = |other: &Kept<'_>| {
            new.likeness.is_some()
                && other.new.likeness == new.likeness
                && other.new.at >= new.alike_since
                && (other.new.submission.name != new.submission.name || other.thread != thread)
        };
        if before.contains(&new.receipt) || earlier.iter().any(like_it) {
            kept.verdict = Cow::Owned(new.verdict.clone().with(Flag::Repeated));
        }
    }
}

/// Inserts comments, in their order, with where they came from; says under which number each is kept
/// from now on, by its receipt. Those that somebody else kept in the meantime are left out.
async fn insert(
    db: &Db<'_>,
    comments: &[Kept<'_>],
    staff: Option<ModeratorId>,
) -> Result<HashMap<TokenHash, CommentId>> {
    /// The values of one column.
    fn column<'a, T>(comments: &'a [Kept<'_>], value: impl Fn(&'a Kept<'_>) -> T) -> Vec<T> {
        comments.iter().map(value).collect()
    }
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
