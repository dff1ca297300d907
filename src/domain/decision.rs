//! What a moderator may decide, what a reader may do, and what follows from it.

use super::{
    Action, Comment, DecisionRecord, EditReasons, Invalid, Limits, ReasonKey, Rule, Status,
    clean_text,
};

/// A decision that a moderator asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its kind.
    pub action: Action,
    /// The edited text, for [`Action::Edit`].
    pub body: String,
    /// The reason, for [`Action::Reject`] and [`Action::Return`].
    pub reason: Option<ReasonKey>,
    /// What the reader is asked to change, for [`Action::Return`]; the reader reads it.
    pub message: String,
    /// A note for the record; no reader sees it.
    pub note: String,
    /// What the edit is for, for [`Action::Edit`]; if nothing is said, it is read off the changes.
    pub edits: EditReasons,
}

/// What a choice makes of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its kind; an edit that changes nothing is an approval.
    pub action: Action,
    /// The status from now on.
    pub status: Status,
    /// The published text from now on, or the last one if it is not published now.
    pub published_body: Option<String>,
    /// The reason, if it is rejected or sent back.
    pub reason: Option<ReasonKey>,
    /// What the reader is asked to change, if it is sent back.
    pub message: String,
    /// The note.
    pub note: String,
    /// What it was edited for.
    pub edits: EditReasons,
}

/// Why a choice cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It would leave the comment as it is.
    Nothing,
    /// It is the reader's alone: a withdrawn comment, or undoing what the reader did.
    Readers,
    /// A field of the decision is missing or too long.
    Invalid(Vec<Invalid>),
}

/// Most characters of a note, and of what a reader is asked to change.
pub const MAX_NOTE: usize = 1_000;

/// What `choice` makes of `comment`: the transition rule. `history` is the decisions so far, oldest
/// first; only undoing looks at them.
///
/// Any decision may follow any other, unless it would leave the comment as it is; what its reader
/// withdrew stays withdrawn. The reader's own text is never touched: what is published is a second
/// text.
///
/// # Errors
/// [`Refused`] where nothing would change or a field is not acceptable.
pub fn outcome_of(
    comment: &Comment,
    history: &[DecisionRecord],
    choice: &Choice,
    limits: Limits,
) -> Result<Outcome, Refused> {
    if comment.status == Status::Withdrawn {
        return Err(Refused::Readers);
    }
    let edited = clean_text(&choice.body);
    let message = clean_text(&choice.message);
    let note = clean_text(&choice.note);
    let invalid = invalid_fields(choice, [&edited, &message, &note], limits);
    if !invalid.is_empty() {
        return Err(Refused::Invalid(invalid));
    }
    let action = match choice.action {
        Action::Edit if edited == comment.body => Action::Approve,
        action => action,
    };
    let edits = match action {
        Action::Edit if choice.edits == EditReasons::default() => {
            EditReasons::of(&comment.body, &edited)
        }
        Action::Edit => choice.edits,
        _ => EditReasons::default(),
    };
    let published_body = match action {
        Action::Approve => Some(comment.body.clone()),
        Action::Edit => Some(edited),
        _ => comment.published_body.clone(),
    };
    let Some(status) = action.leads_to() else {
        return undone(comment, history, note);
    };
    if status == comment.status && published_body == comment.published_body {
        return Err(Refused::Nothing);
    }
    let gives_reason = matches!(action, Action::Reject | Action::Return);
    Ok(Outcome {
        action,
        status,
        published_body,
        reason: choice.reason.clone().filter(|_| gives_reason),
        message: if action == Action::Return { message } else { String::new() },
        note,
        edits,
    })
}

/// How a comment stood before its last decision; undoing twice is doing it again.
fn undone(comment: &Comment, history: &[DecisionRecord], note: String) -> Result<Outcome, Refused> {
    let Some((last, earlier)) = history.split_last() else {
        return Err(Refused::Nothing);
    };
    if last.action.is_readers() {
        return Err(Refused::Readers);
    }
    let before = earlier.last();
    Ok(Outcome {
        action: Action::Undo,
        status: before.map_or(Status::Pending, |record| record.status),
        published_body: last.body_before.clone().or_else(|| comment.published_body.clone()),
        reason: before.and_then(|record| record.reason.as_ref()).map(|reason| reason.key.clone()),
        message: before.map(|record| record.message.clone()).unwrap_or_default(),
        note,
        edits: EditReasons::default(),
    })
}

/// What follows when a reader sends another text for their comment, or takes the comment back;
/// nothing where it is too late for that, see [`Status::takes_another_text`] and
/// [`Status::can_be_withdrawn`].
#[must_use]
pub fn readers_outcome(comment: &Comment, action: Action) -> Option<Outcome> {
    let possible = match action {
        Action::Resubmit => comment.status.takes_another_text(),
        Action::Withdraw => comment.status.can_be_withdrawn(),
        _ => false,
    };
    let status = action.leads_to().filter(|_| possible)?;
    let published_body = comment.published_body.clone();
    Some(Outcome::plain(action, status, published_body))
}

impl Outcome {
    /// An outcome with nothing to say beside what it does.
    #[must_use]
    pub fn plain(action: Action, status: Status, published_body: Option<String>) -> Outcome {
        Outcome {
            action,
            status,
            published_body,
            reason: None,
            message: String::new(),
            note: String::new(),
            edits: EditReasons::default(),
        }
    }
}

/// The fields of a choice that its action cannot do without, or that are too long.
fn invalid_fields(choice: &Choice, texts: [&str; 3], limits: Limits) -> Vec<Invalid> {
    let [edited, message, note] = texts;
    // An editor may add marks, words and corrections to a comment of the full length.
    let longest_edit = limits.body.saturating_mul(2);
    let mut invalid = Vec::new();
    let mut add = |found: bool, field, rule| {
        if found {
            invalid.push(Invalid { field, rule });
        }
    };
    let edits = choice.action == Action::Edit;
    let rejects = choice.action == Action::Reject;
    let returns = choice.action == Action::Return;
    add(edits && edited.is_empty(), "body", Rule::Missing);
    add(edits && edited.chars().count() > longest_edit, "body", Rule::TooLong(longest_edit));
    add(rejects && choice.reason.is_none(), "reason", Rule::Missing);
    add(
        rejects && choice.reason.as_ref().is_some_and(ReasonKey::needs_note) && note.is_empty(),
        "note",
        Rule::Missing,
    );
    add(returns && choice.reason.is_none() && message.is_empty(), "message", Rule::Missing);
    add(message.chars().count() > MAX_NOTE, "message", Rule::TooLong(MAX_NOTE));
    add(note.chars().count() > MAX_NOTE, "note", Rule::TooLong(MAX_NOTE));
    invalid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CommentId, Reason, Thread, ThreadId, ThreadKey, Verdict};
    use crate::language::Class;
    use jiff::Timestamp;

    const LIMITS: Limits = Limits { name: 60, body: 100 };

    fn comment(status: Status, published_body: Option<&str>) -> Comment {
        Comment {
            id: CommentId(1),
            thread: Thread {
                id: ThreadId(1),
                key: ThreadKey { site: "bao".into(), object: "1".into() },
                url: String::new(),
                title: String::new(),
                open: true,
            },
            parent: None,
            parent_text: None,
            to_staff: false,
            staff: false,
            name: "An".into(),
            email: None,
            body: "bai hay".into(),
            published_body: published_body.map(str::to_owned),
            status,
            verdict: Verdict {
                class: Class::Unmarked,
                missing_share: 1.0,
                confidence: 1.0,
                spans: vec![],
                flags: vec![],
                matches: vec![],
            },
            version: 1,
            submitted_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn key(name: &str) -> ReasonKey {
        name.parse().unwrap()
    }

    fn insult() -> Reason {
        let (label, sentence) = (String::new(), String::new());
        Reason { key: key("insult"), label, sentence, active: false }
    }

    fn choice(action: Action) -> Choice {
        Choice {
            action,
            body: "Bài hay".into(),
            reason: Some(key("insult")),
            message: "Xin bớt số điện thoại.".into(),
            note: String::new(),
            edits: EditReasons::default(),
        }
    }

    #[test]
    fn an_edit_publishes_a_second_text() {
        let outcome =
            outcome_of(&comment(Status::Pending, None), &[], &choice(Action::Edit), LIMITS)
                .unwrap();
        assert_eq!(outcome.published_body.as_deref(), Some("Bài hay"));
        assert_eq!(outcome.reason, None);
    }

    #[test]
    fn an_edit_that_changes_nothing_is_an_approval() {
        let same = Choice { body: "bai hay\r\n".into(), ..choice(Action::Edit) };
        let outcome = outcome_of(&comment(Status::Pending, None), &[], &same, LIMITS).unwrap();
        assert_eq!(outcome.action, Action::Approve);
    }

    #[test]
    fn a_decision_that_changes_nothing_is_refused() {
        for (status, published, action) in [
            (Status::Pending, None, Action::Reopen),
            (Status::Approved, Some("bai hay"), Action::Approve),
            (Status::Approved, Some("Bài hay"), Action::Edit),
            (Status::Rejected, None, Action::Reject),
            (Status::Spam, None, Action::Spam),
            (Status::Returned, None, Action::Return),
        ] {
            let refused = outcome_of(&comment(status, published), &[], &choice(action), LIMITS);
            assert_eq!(refused, Err(Refused::Nothing), "{status:?} {action:?}");
        }
    }

    #[test]
    fn every_other_decision_is_possible_from_every_status_but_withdrawn() {
        let actions = [Action::Edit, Action::Reject, Action::Spam, Action::Return, Action::Reopen];
        for status in Status::ALL {
            for action in actions {
                if status == Status::Withdrawn {
                    let outcome = outcome_of(&comment(status, None), &[], &choice(action), LIMITS);
                    assert_eq!(outcome, Err(Refused::Readers), "{action:?}");
                } else if action.leads_to() != Some(status) || action == Action::Edit {
                    let outcome = outcome_of(&comment(status, None), &[], &choice(action), LIMITS);
                    assert!(outcome.is_ok(), "{status:?} {action:?}");
                }
            }
        }
    }

    #[test]
    fn a_rejection_needs_a_reason_and_another_reason_needs_a_note() {
        let none = Choice { reason: None, ..choice(Action::Reject) };
        let other = Choice { reason: Some(key("other")), ..choice(Action::Reject) };
        for (choice, field) in [(none, "reason"), (other, "note")] {
            let refused = outcome_of(&comment(Status::Pending, None), &[], &choice, LIMITS);
            assert_eq!(
                refused,
                Err(Refused::Invalid(vec![Invalid { field, rule: Rule::Missing }]))
            );
        }
    }

    fn record(action: Action, status: Status, body_before: Option<&str>) -> DecisionRecord {
        DecisionRecord {
            moderator: Some("An".into()),
            action,
            status,
            reason: (status == Status::Rejected).then(insult),
            message: if status == Status::Returned { "Xin bớt.".into() } else { String::new() },
            note: String::new(),
            edits: EditReasons::default(),
            body_before: body_before.map(str::to_owned),
            body_after: None,
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn undoing_brings_back_the_status_the_text_and_the_reason_of_before() {
        let undo = choice(Action::Undo);
        let published = comment(Status::Approved, Some("Hay lắm"));
        let edits = [
            record(Action::Approve, Status::Approved, None),
            record(Action::Edit, Status::Approved, Some("bai hay")),
        ];
        let outcome = outcome_of(&published, &edits, &undo, LIMITS).unwrap();
        assert_eq!(outcome.status, Status::Approved);
        assert_eq!(outcome.published_body.as_deref(), Some("bai hay"));

        let reopened = comment(Status::Pending, None);
        let history = [
            record(Action::Reject, Status::Rejected, None),
            record(Action::Reopen, Status::Pending, None),
        ];
        let outcome = outcome_of(&reopened, &history, &undo, LIMITS).unwrap();
        assert_eq!(outcome.status, Status::Rejected);
        assert_eq!(outcome.reason, Some(key("insult")));

        let first = outcome_of(&reopened, &history[..1], &undo, LIMITS).unwrap();
        assert_eq!((first.status, first.reason), (Status::Pending, None));
        assert_eq!(outcome_of(&reopened, &[], &undo, LIMITS), Err(Refused::Nothing));
    }

    #[test]
    fn sending_back_says_what_to_change_and_nothing_else_does() {
        let pending = comment(Status::Pending, None);
        let back = outcome_of(&pending, &[], &choice(Action::Return), LIMITS).unwrap();
        assert_eq!(
            (back.status, back.message.as_str()),
            (Status::Returned, "Xin bớt số điện thoại.")
        );
        assert_eq!(back.reason, Some(key("insult")));
        let rejected = outcome_of(&pending, &[], &choice(Action::Reject), LIMITS).unwrap();
        assert_eq!(rejected.message, "");
        let silent = Choice { reason: None, message: " \n".into(), ..choice(Action::Return) };
        let refused = outcome_of(&pending, &[], &silent, LIMITS);
        let missing = Invalid { field: "message", rule: Rule::Missing };
        assert_eq!(refused, Err(Refused::Invalid(vec![missing])));
        let reason_alone = Choice { message: String::new(), ..choice(Action::Return) };
        assert!(outcome_of(&pending, &[], &reason_alone, LIMITS).is_ok());
    }

    #[test]
    fn only_an_edit_is_for_something_and_if_nothing_is_said_for_what_it_looks_like() {
        let edits = EditReasons::named(["marks", "cut"]);
        for (action, expected) in [(Action::Edit, edits), (Action::Reject, EditReasons::default())]
        {
            let choice = Choice { edits, ..choice(action) };
            let outcome = outcome_of(&comment(Status::Pending, None), &[], &choice, LIMITS);
            assert_eq!(outcome.unwrap().edits, expected);
        }
        let said_nothing = choice(Action::Edit);
        let outcome = outcome_of(&comment(Status::Pending, None), &[], &said_nothing, LIMITS);
        assert_eq!(outcome.unwrap().edits, EditReasons::named(["spelling", "marks"]));
    }

    #[test]
    fn undoing_a_sending_back_and_undoing_that_asks_for_the_same_change_again() {
        let undo = choice(Action::Undo);
        let history = [
            record(Action::Return, Status::Returned, None),
            record(Action::Undo, Status::Pending, None),
        ];
        let waiting = comment(Status::Pending, None);
        let again = outcome_of(&waiting, &history, &undo, LIMITS).unwrap();
        assert_eq!((again.status, again.message.as_str()), (Status::Returned, "Xin bớt."));
    }

    #[test]
    fn what_a_reader_did_is_not_undone_by_the_desk() {
        let undo = choice(Action::Undo);
        let sent_again = [
            record(Action::Return, Status::Returned, None),
            record(Action::Resubmit, Status::Pending, None),
        ];
        let waiting = comment(Status::Pending, None);
        assert_eq!(outcome_of(&waiting, &sent_again, &undo, LIMITS), Err(Refused::Readers));
        let withdrawn = comment(Status::Withdrawn, None);
        let history = [record(Action::Withdraw, Status::Withdrawn, None)];
        assert_eq!(outcome_of(&withdrawn, &history, &undo, LIMITS), Err(Refused::Readers));
    }

    #[test]
    fn a_reader_sends_another_text_while_it_waits_and_withdraws_what_may_still_be_seen() {
        for (action, statuses, led_to) in [
            (Action::Resubmit, vec![Status::Pending, Status::Returned], Status::Pending),
            (
                Action::Withdraw,
                vec![Status::Pending, Status::Returned, Status::Approved],
                Status::Withdrawn,
            ),
            (Action::Approve, vec![], Status::Approved),
        ] {
            for status in Status::ALL {
                let outcome = readers_outcome(&comment(status, Some("Hay.")), action);
                let found = outcome.map(|outcome| outcome.status);
                let expected = statuses.contains(&status).then_some(led_to);
                assert_eq!(found, expected, "{action:?} {status:?}");
            }
        }
    }
}
