//! What goes over the wire.

use serde::Serialize;

use crate::domain::{Comment, DecisionRecord, Flag};

/// A comment as the desk sees it.
#[derive(Serialize)]
pub(super) struct WireComment {
    id: i64,
    /// What a decision on it has to name.
    version: i64,
    status: &'static str,
    site: String,
    thread: String,
    url: String,
    title: String,
    /// The comment it replies to.
    parent: Option<i64>,
    name: String,
    email: Option<String>,
    /// The reader's own text.
    body: String,
    published_body: Option<String>,
    class: &'static str,
    missing_share: f32,
    flags: Vec<&'static str>,
    submitted_at: String,
}

impl From<Comment> for WireComment {
    fn from(comment: Comment) -> WireComment {
        WireComment {
            id: comment.id.0,
            version: comment.version,
            status: comment.status.as_str(),
            site: comment.thread.key.site,
            thread: comment.thread.key.object,
            url: comment.thread.url,
            title: comment.thread.title,
            parent: comment.parent.map(|(id, _)| id.0),
            name: comment.name,
            email: comment.email,
            body: comment.body,
            published_body: comment.published_body,
            class: comment.verdict.class.as_str(),
            missing_share: comment.verdict.missing_share,
            flags: comment.verdict.flags.into_iter().map(Flag::as_str).collect(),
            submitted_at: comment.submitted_at.to_string(),
        }
    }
}

/// A decision on record.
#[derive(Serialize)]
pub(super) struct WireDecision {
    /// Nobody where the reader or the cleanup decided.
    moderator: Option<String>,
    action: &'static str,
    status: &'static str,
    reason: Option<String>,
    message: String,
    note: String,
    body_before: Option<String>,
    body_after: Option<String>,
    at: String,
}

impl From<DecisionRecord> for WireDecision {
    fn from(record: DecisionRecord) -> WireDecision {
        WireDecision {
            moderator: record.moderator,
            action: record.action.as_str(),
            status: record.status.as_str(),
            reason: record.reason.map(|reason| reason.key.as_str().to_owned()),
            message: record.message,
            note: record.note,
            body_before: record.body_before,
            body_after: record.body_after,
            at: record.at.to_string(),
        }
    }
}
