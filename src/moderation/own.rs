//! What a reader does with a comment of their own, by its receipt link: sends another text in its
//! place, or takes it back. Each is a decision on record, of no moderator's.

use jiff::Timestamp;

use super::token_hash;
use crate::domain::{
    Action, Comment, Decision, Flag, Invalid, Limits, Manner, Place, Policy, Screening, Status,
    Subject, Submission, Verdict, conclude, likeness, parse_body, readers_outcome,
};
use crate::language::{Assessment, Language};
use crate::store::{Resubmission, Store, StoreError};

/// Another text on its way in.
pub struct Again<'a> {
    /// The receipt link's token.
    pub receipt: &'a [u8],
    /// The comment's version that the reader saw.
    pub version: i64,
    /// The text as typed.
    pub body: &'a str,
    /// What the comment's site does about missing marks.
    pub policy: Policy,
    /// The newsroom's rules.
    pub rules: &'a Screening,
    /// Whether the reader was nudged and wants it sent as it is.
    pub insisted: bool,
}

/// What became of another text.
#[derive(Debug, Clone, PartialEq)]
pub enum Resubmitted {
    /// It waits in the queue.
    Queued,
    /// Nothing yet: it lacks its marks, and the site wants its reader to hear of it first.
    Nudged,
    /// It is the text that is there already; nothing was done.
    Same,
    /// It is empty or too long.
    Invalid(Invalid),
    /// The comment is no longer what the reader saw, or no longer takes another text: as it is now.
    Changed(Box<Comment>),
}

/// Puts another text in the place of a comment's: assessed and judged like the first.
///
/// # Errors
/// The store's; [`StoreError::NotFound`] if no comment has this receipt.
pub async fn resubmit(
    store: &dyn Store,
    language: &Language,
    again: Again<'_>,
    limits: Limits,
    now: Timestamp,
) -> Result<Resubmitted, StoreError> {
    let receipt = token_hash(again.receipt);
    let comment = store.own_comment(&receipt).await?;
    let outcome = match readers_outcome(&comment, Action::Resubmit) {
        Some(outcome) if comment.version == again.version => outcome,
        _ => return Ok(Resubmitted::Changed(Box::new(comment))),
    };
    let body = match parse_body(again.body, limits) {
        Err(invalid) => return Ok(Resubmitted::Invalid(invalid)),
        Ok(body) if body == comment.body => return Ok(Resubmitted::Same),
        Ok(body) => body,
    };
    let assessment = language.assess(&body);
    if !again.insisted && again.policy.nudges(&assessment) {
        return Ok(Resubmitted::Nudged);
    }
    let verdict = judged_again(&comment, &body, assessment, again.rules);
    let lane = again.policy.lane(verdict.class);
    let (comment, version) = (comment.id, comment.version);
    let decision = Decision { comment, version, moderator: None, outcome, at: now };
    match store
        .resubmit(Resubmission { likeness: likeness(&body), decision, body, verdict, lane })
        .await
    {
        Err(StoreError::Conflict) => {
            Ok(Resubmitted::Changed(Box::new(store.own_comment(&receipt).await?)))
        }
        done => done.map(|()| Resubmitted::Queued),
    }
}

/// The verdict on another text for `comment`. What was against the sender the first time stays:
/// nobody gets out of a lane by sending something else.
fn judged_again(
    comment: &Comment,
    body: &str,
    assessment: Assessment,
    rules: &Screening,
) -> Verdict {
    let before = &comment.verdict;
    let subject = Subject {
        body,
        name: &comment.name,
        email: comment.email.as_deref().unwrap_or_default(),
        address: "",
    };
    let mut matches = rules.matches(&subject);
    let blocked = before.matches.iter().filter(|found| found.place == Place::Address);
    matches.extend(blocked.cloned());
    let submission = sent_again(comment, body.to_owned());
    let verdict = conclude(&submission, assessment, matches, Manner::default());
    let lasting = [Flag::Repeated, Flag::Crowded, Flag::Proved];
    lasting.into_iter().filter(|flag| before.flags.contains(flag)).fold(verdict, Verdict::with)
}

/// The submission that `comment` would be with another text.
fn sent_again(comment: &Comment, body: String) -> Submission {
    Submission {
        thread: comment.thread.key.clone(),
        url: comment.thread.url.clone(),
        title: comment.thread.title.clone(),
        parent: comment.parent.as_ref().map(|(id, _)| *id),
        name: comment.name.clone(),
        email: comment.email.clone(),
        body,
        consent: true,
        key: None,
        trapped: comment.verdict.flags.contains(&Flag::Trapped),
    }
}

/// Takes a comment back; doing it twice does no harm. Whatever a moderator decides at the same
/// moment, a comment that may be seen is gone after it.
///
/// Returns the status from now on: [`Status::Withdrawn`], or where it stands if it was not to be
/// seen anyway.
///
/// # Errors
/// The store's; [`StoreError::NotFound`] if no comment has this receipt.
pub async fn withdraw(
    store: &dyn Store,
    receipt: &[u8],
    now: Timestamp,
) -> Result<Status, StoreError> {
    let receipt = token_hash(receipt);
    loop {
        let comment = store.own_comment(&receipt).await?;
        let Some(outcome) = readers_outcome(&comment, Action::Withdraw) else {
            return Ok(comment.status);
        };
        let (comment, version) = (comment.id, comment.version);
        let decision = Decision { comment, version, moderator: None, outcome, at: now };
        match store.decide(decision).await {
            Err(StoreError::Conflict) => {}
            done => return done.map(|()| Status::Withdrawn),
        }
    }
}
