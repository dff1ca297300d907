//! What several databases keep alike: lists as text, the text that is searched, and the hashes of
//! the record.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::domain::{Decision, Flag, OffendingSpan, Submission, Verdict, chain_hash};
use crate::language;

/// The offending spans as they are kept.
pub(super) fn spans_column(spans: &[OffendingSpan]) -> String {
    let row = |span: &OffendingSpan| {
        serde_json::json!([span.bytes.start, span.bytes.end, span.suggestion])
    };
    Value::Array(spans.iter().map(row).collect()).to_string()
}

/// The offending spans of a column.
pub(super) fn spans(column: &str) -> Vec<OffendingSpan> {
    let rows: Vec<(usize, usize, String)> = serde_json::from_str(column).unwrap_or_default();
    rows.into_iter()
        .map(|(start, end, suggestion)| OffendingSpan { bytes: start..end, suggestion })
        .collect()
}

/// A verdict's flags as they are kept.
pub(super) fn flags_column(verdict: &Verdict) -> String {
    let flags: Vec<_> = verdict.flags.iter().copied().map(Flag::as_str).collect();
    flags.join(" ")
}

/// The flags of a column.
pub(super) fn flags(column: &str) -> Vec<Flag> {
    column.split(' ').filter_map(Flag::named).collect()
}

/// What is searched of a submission.
pub(super) fn folded_of(sent: &Submission) -> String {
    folded(&sent.body, &sent.name, &sent.title)
}

/// What is searched of a comment.
pub(super) fn folded(body: &str, name: &str, title: &str) -> String {
    language::fold(&format!("{body}\n{name}\n{title}"))
}

/// The hashes that a decision is recorded with.
pub(super) struct Chained {
    /// Of its message, its note, the reader's own text, the texts published before and after.
    pub(super) texts: [[u8; 32]; 5],
    /// Of the whole decision and the one before it.
    pub(super) hash: [u8; 32],
}

/// The hashes of a decision on a comment with the reader's text `sent`, which was `published` as
/// one text before and as another after it.
pub(super) fn chained(
    previous: Option<&[u8]>,
    decision: &Decision,
    sent: &str,
    published: [Option<&str>; 2],
) -> Chained {
    let [before, after] = published.map(Option::unwrap_or_default);
    let outcome = &decision.outcome;
    let texts = [outcome.message.as_str(), &outcome.note, sent, before, after];
    let texts: [[u8; 32]; 5] = texts.map(|text| Sha256::digest(text).into());
    let hashes = texts.each_ref().map(<[u8; 32]>::as_slice);
    let hash = chain_hash(previous.unwrap_or_default(), decision, hashes);
    Chained { texts, hash }
}
