//! Decisions as they are recorded, each chained to the one before it.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Action, CommentId, EditReasons, ModeratorId, Outcome, Reason, ReasonKey, Status};

/// A decision to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The comment.
    pub comment: CommentId,
    /// The version it was made on.
    pub version: i64,
    /// Who decided; nobody where the reader or the cleanup did.
    pub moderator: Option<ModeratorId>,
    /// What follows.
    pub outcome: Outcome,
    /// When.
    pub at: Timestamp,
}

/// A decision on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRecord {
    /// Who decided, by name; nobody where the reader or the cleanup did.
    pub moderator: Option<String>,
    /// Its kind.
    pub action: Action,
    /// The status it led to.
    pub status: Status,
    /// The reason, if the comment was rejected or sent back.
    pub reason: Option<Reason>,
    /// What the reader was asked to change.
    pub message: String,
    /// The note.
    pub note: String,
    /// What an edit was for.
    pub edits: EditReasons,
    /// The text published before it, if any was.
    pub body_before: Option<String>,
    /// The text published after it, if any is.
    pub body_after: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// The hash that chains a decision to the one recorded before it.
///
/// Texts (note, message, the reader's own, published before and after) go in as their own hashes,
/// so that retention can forget the texts and the chain still holds.
#[must_use]
pub fn chain_hash(previous: &[u8], decision: &Decision, text_hashes: [&[u8]; 5]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    part(previous);
    part(&decision.comment.0.to_be_bytes());
    part(&decision.version.to_be_bytes());
    part(&decision.moderator.map_or(0, |id| id.0).to_be_bytes());
    part(decision.outcome.action.as_str().as_bytes());
    part(decision.outcome.status.as_str().as_bytes());
    part(decision.outcome.reason.as_ref().map_or("", ReasonKey::as_str).as_bytes());
    part(decision.outcome.edits.column().as_bytes());
    part(&decision.at.as_millisecond().to_be_bytes());
    for text_hash in text_hashes {
        part(text_hash);
    }
    hash.finalize().into()
}
