//! What readers and article pages use: comments in, threads and counts out, receipts.

pub(super) mod assess;
pub(super) mod counts;
pub(super) mod feed;
pub(super) mod form;
mod fragment;
pub(super) mod nudge;
pub(super) mod own;
mod part;
pub(super) mod permalink;
pub(super) mod receipt;
pub(super) mod reply;
pub(super) mod stamp;
pub(super) mod submit;
pub(super) mod thread;

/// Most bytes of a form: the longest comment in any script, and the fields around it.
pub(super) const MAX_FORM: usize = 64 * 1024;
/// The same, for people.
pub(super) const MAX_FORM_TEXT: &str = "64 kB";
