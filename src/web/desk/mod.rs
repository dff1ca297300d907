//! The moderation desk: the queue, a comment's own page, decisions, and the way in.

pub(super) mod answer;
pub(super) mod bulk;
pub(super) mod claim;
pub(super) mod comment;
pub(super) mod decision;
pub(super) mod draft;
pub(super) mod events;
pub(super) mod frame;
pub(super) mod login;
pub(super) mod query;
pub(super) mod queue;
pub(super) mod recent;
pub(super) mod settings;
pub(super) mod setup;
pub(super) mod thread;
pub(super) mod views;
