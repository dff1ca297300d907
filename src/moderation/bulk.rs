//! Many comments decided together: part by part, so that nobody who reads or decides meanwhile
//! waits long, and so that being killed in between does no harm.

use jiff::{Timestamp, ToSpan};

use crate::domain::{Action, Choice, CommentId, Decision, EditReasons, Limits, outcome_of};
use crate::store::{Bulk, BulkId, Store, StoreError};

/// Comments decided in one transaction.
const PART: usize = 100;
/// Seconds without a part done after which a bulk counts as left by whoever carried it out.
const ABANDONED: i64 = 15;

/// Carries a bulk out from where it stands to its end. Each comment is decided as it was when the
/// bulk began, by the rule of any decision; one that somebody decided in between is passed over.
///
/// # Errors
/// The store's; what was done by then is done, and the rest can be carried out later.
pub async fn carry_out(
    store: &dyn Store,
    id: BulkId,
    limits: Limits,
    clock: fn() -> Timestamp,
) -> Result<(), StoreError> {
    let bulk = store.bulk(id).await?;
    loop {
        let left = store.bulk_left(id, PART).await?;
        if left.is_empty() {
            return Ok(());
        }
        let now = clock();
        let (mut decisions, mut skipped) = (Vec::new(), Vec::new());
        for (comment, version) in left {
            match decision(store, &bulk, comment, version, limits, now).await? {
                Some(decision) => decisions.push(decision),
                None => skipped.push(comment),
            }
        }
        store.decide_in_bulk(id, decisions, skipped, now).await?;
    }
}

/// Carries out what was left unfinished, by a service that stopped in the middle of it.
///
/// # Errors
/// The store's; the rest is carried out later.
pub async fn take_over(
    store: &dyn Store,
    limits: Limits,
    clock: fn() -> Timestamp,
) -> Result<(), StoreError> {
    let now = clock();
    let before = now.checked_sub(ABANDONED.seconds()).unwrap_or(now);
    while let Some(id) = store.take_over_bulk(before, now).await? {
        tracing::info!(bulk = id.0, "going on with what was left unfinished");
        carry_out(store, id, limits, clock).await?;
    }
    Ok(())
}

/// The decision on one comment of a bulk; none if it is gone, was decided in between, or would stay
/// as it is.
async fn decision(
    store: &dyn Store,
    bulk: &Bulk,
    id: CommentId,
    version: i64,
    limits: Limits,
    now: Timestamp,
) -> Result<Option<Decision>, StoreError> {
    let comment = match store.comment(id).await {
        Ok(comment) if comment.version == version => comment,
        Ok(_) | Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let history = match bulk.action {
        Action::Undo => store.history(id).await?,
        _ => Vec::new(),
    };
    let choice = Choice {
        action: bulk.action,
        body: String::new(),
        reason: bulk.reason.clone(),
        message: String::new(),
        note: bulk.note.clone(),
        edits: EditReasons::default(),
    };
    let outcome = outcome_of(&comment, &history, &choice, limits).ok();
    let moderator = Some(bulk.moderator);
    Ok(outcome.map(|outcome| Decision { comment: id, version, moderator, outcome, at: now }))
}
