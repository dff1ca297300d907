//! The newsroom replies to a reader: a comment of a moderator's, published by a decision of theirs
//! in the same step.

use jiff::Timestamp;

use super::{ReceiptKey, token_hash};
use crate::domain::{CommentId, Lane, Manner, Moderator, OriginTrace, Submission, conclude};
use crate::language::Language;
use crate::store::{Insertion, NewComment, Store, StoreError};

/// What became of a reply of the newsroom's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// It is published, now or since its form was sent the first time.
    Published(CommentId),
    /// What it replies to is no longer published.
    NoSuchParent,
    /// The form's key was used for another text.
    KeyReused,
}

/// Publishes a reply of `moderator`'s, on a closed thread too.
///
/// # Errors
/// The store's; then nothing was published.
pub async fn answer(
    store: &dyn Store,
    language: &Language,
    receipts: &ReceiptKey,
    moderator: &Moderator,
    submission: Submission,
    now: Timestamp,
) -> Result<Answered, StoreError> {
    let assessment = language.assess(&submission.body);
    let verdict = conclude(&submission, assessment, Vec::new(), Manner::default());
    let origin = OriginTrace::default();
    let form = submission.key.clone().unwrap_or_else(|| receipts.key_of(&submission, &origin));
    // A key counts for its moderator alone.
    let key = format!("staff {}\n{form}", moderator.id.0);
    let reply = NewComment {
        verdict,
        lane: Lane::Together,
        likeness: None,
        alike_since: now,
        receipt: token_hash(&receipts.token(&key)),
        submission,
        origin,
        at: now,
    };
    Ok(match store.publish_own(reply, moderator.id).await? {
        Insertion::Stored(reply) | Insertion::AlreadyStored(reply) => Answered::Published(reply),
        Insertion::KeyReused => Answered::KeyReused,
        Insertion::NoSuchParent | Insertion::ThreadClosed => Answered::NoSuchParent,
    })
}
