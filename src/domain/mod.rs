//! The desk's own words as values and pure rules: submissions, comments, verdicts, decisions,
//! moderators. No SQL, no web, no clock: «now» is always an argument.

mod action;
mod author;
mod comment;
mod decision;
mod edits;
mod invalid;
mod moderator;
mod personal;
mod policy;
mod reason;
mod record;
mod screening;
mod site;
mod submission;
mod thread;
mod verdict;
mod view;

pub use action::Action;
pub use author::{Author, AuthorSign};
pub use comment::{
    Comment, CommentId, OriginTrace, Receipt, Revision, Status, Thread, ThreadId, ThreadKey,
};
pub use decision::{Choice, MAX_NOTE, Outcome, Refused, outcome_of, readers_outcome};
pub use edits::{EditReason, EditReasons};
pub use invalid::{Invalid, Rule};
pub use moderator::{MIN_PASSWORD, Moderator, ModeratorId, Role, check_new_moderator};
pub use personal::{HIDDEN, Personal, hide_personal, personal_in};
pub use policy::{Caution, Lane, Policy, Stance};
pub use reason::{Reason, ReasonKey, check_reason, moved};
pub use record::{Decision, DecisionRecord, chain_hash};
pub use screening::{
    Effect, MAX_ENTRIES, Match, NewRule, Place, RuleId, RuleKind, Screening, ScreeningRule,
    Subject, check_rule,
};
pub use site::{Site, origin_of};
pub use submission::{Fields, Limits, Submission, clean_text, parse_body};
pub use thread::{Order, Part, PublishedComment, PublishedThread, Start};
pub use verdict::{Flag, Hold, Manner, OffendingSpan, Verdict, conclude, likeness};
pub use view::View;
