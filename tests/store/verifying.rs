//! A check of the whole database finds whatever was changed behind the store's back.

use codau::domain::Action;
use codau::store::{self, Verified};

use crate::support::{Opened, comment, hour, opened};

/// A used database; nothing where a server keeps it, which its own tools check.
async fn with_decisions() -> Option<Opened> {
    let at = opened();
    if !at.database.is_sqlite() {
        return None;
    }
    for (n, body) in ["Một.", "Hai.", "Ba."].into_iter().enumerate() {
        let id = at.insert(comment(&n.to_string(), body, hour(0))).await;
        at.decide(id, Action::Approve, hour(1)).await;
        at.decide(id, Action::Reject, hour(2)).await;
        at.decide(id, Action::Edit, hour(3)).await;
    }
    let id = at.insert(comment("0", "Đang chờ.", hour(4))).await;
    at.resubmit(id, 1, "Gửi lại.", hour(5)).await.unwrap();
    at.resubmit(id, 2, "Gửi lại nữa.", hour(6)).await.unwrap();
    Some(at)
}

fn verified(at: &Opened) -> Verified {
    store::verify(&at.database.url()).unwrap()
}

#[tokio::test]
async fn a_database_that_was_only_used_is_sound_and_its_head_tells_it_from_a_shorter_one() {
    let Some(at) = with_decisions().await else {
        return;
    };
    let found = verified(&at);
    assert_eq!((found.comments, found.decisions, found.faults.as_slice()), (4, 11, &[][..]));
    assert_eq!(found.head.len(), 32);
    at.database.sql("drop trigger decision_stays; delete from decision where id = 11").unwrap();
    assert_ne!(verified(&at).head, found.head);
}

/// What keeps a statement from altering what the check is to find.
const TRIGGERS: [&str; 4] =
    ["decision_stays", "decision_is_not_edited", "comment_body_stays", "revision_is_not_edited"];

#[tokio::test]
async fn whatever_is_altered_is_found_and_named() {
    for (statement, fault) in [
        (
            "update decision set note = 'khác' where id = 2",
            "a text on record was altered: decision 2",
        ),
        ("update decision set body_after = 'khác' where id = 1", "a text on record was altered"),
        (
            "update decision set at = at + 1 where id = 5",
            "the chain of decisions is broken: decision 5",
        ),
        ("update decision set action = 'spam' where id = 2", "the chain of decisions is broken"),
        (
            "update decision set moderator_id = null where id = 2",
            "the chain of decisions is broken",
        ),
        (
            "update decision set hash = x'00' where id = 11",
            "the chain of decisions is broken: decision 11",
        ),
        ("update comment set body = 'khác' where id = 4", "a reader's text was altered: comment 4"),
        ("update revision set body = 'khác'", "a reader's earlier text was altered: comment 4"),
        (
            "update comment set published_body = 'khác' where id = 1",
            "a published text was altered: comment 1",
        ),
        ("delete from decision where id = 2", "the chain of decisions is broken: decision 3"),
        (
            "delete from decision where id = 11",
            "a comment's status is not what was decided last: 4",
        ),
        (
            "update comment set version = 1 where id = 1",
            "a comment's status is not what was decided",
        ),
        ("update comment set status = 'approved' where id = 4", "a comment's status is not what"),
        ("update comment set published_body = null where id = 1", "a comment is published without"),
        (
            "update tally set count = count + 1",
            "a count of the tally is not what is counted: approved",
        ),
        (
            "delete from tally where status = 'pending'",
            "a count of the tally is not what is counted",
        ),
        ("update thread set pending_count = 0 where id = 1", "an article's counts are not what"),
        ("update thread set published_count = 9 where id = 2", "an article's counts are not what"),
        (
            "delete from origin_trace; pragma foreign_keys = off; delete from moderator",
            "something belongs to what is not there: decision 1 of moderator",
        ),
        (
            "insert into comment_search (rowid, folded) values (77, 'lạ')",
            "a comment cannot be found by its words: 1",
        ),
        (
            "pragma foreign_keys = off; update comment set id = 257 where id = 4; \
             insert into comment_search (comment_search) values ('delete-all')",
            "a comment cannot be found by its words: 1",
        ),
        (
            "insert into comment_search (rowid, folded) values (77, 'lạ')",
            "a comment that is gone can still be found by its words: 77",
        ),
    ] {
        let Some(at) = with_decisions().await else {
            return;
        };
        for trigger in TRIGGERS {
            at.database.sql(&format!("drop trigger {trigger}")).unwrap();
        }
        at.database.sql(statement).unwrap();
        let faults = verified(&at).faults;
        assert!(faults.iter().any(|found| found.starts_with(fault)), "{statement}: {faults:?}");
    }
}

#[tokio::test]
async fn a_forgotten_text_is_no_fault() {
    let Some(at) = with_decisions().await else {
        return;
    };
    let forget = "update decision set message = null, note = null, body_after = null";
    at.database.sql(forget).unwrap();
    assert_eq!(verified(&at).faults, [""; 0]);
}
