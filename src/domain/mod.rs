//! The desk's own words as values and pure rules: submissions, comments, verdicts, decisions,
//! moderators. No SQL, no web, no clock: «now» is always an argument.

mod comment;
mod decision;
mod moderator;
mod policy;
mod reason;
mod site;
mod submission;
mod verdict;

pub use comment::{
    Comment, CommentId, OriginTrace, PublishedComment, PublishedThread, Receipt, Status, Thread,
    ThreadId, ThreadKey,
};
pub use decision::{
    Action, Choice, Decision, DecisionRecord, MAX_NOTE, Outcome, Refused, chain_hash, outcome_of,
};
pub use moderator::{MIN_PASSWORD, Moderator, ModeratorId, Role, check_new_moderator};
pub use policy::{Caution, Lane, Policy, Stance};
pub use reason::RejectReason;
pub use site::{Site, origin_of};
pub use submission::{Fields, Invalid, Limits, Rule, Submission, clean_text};
pub use verdict::{Flag, OffendingSpan, Verdict, conclude};
