//! Decisions: recorded with what follows from them, on the version they were made on.

use codau::domain::{Action, CommentId, Status};
use codau::store::StoreError;

use crate::support::{comment, decision, hour, opened, reason};

#[tokio::test]
async fn a_decision_is_recorded_with_the_texts_before_and_after() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    at.decide(id, Action::Edit, hour(1)).await;
    at.decide(id, Action::Approve, hour(2)).await;
    at.decide(id, Action::Reject, hour(3)).await;
    let history = at.store.history(id).await.unwrap();
    let texts: Vec<_> = history
        .iter()
        .map(|record| (record.action, record.body_before.as_deref(), record.body_after.as_deref()))
        .collect();
    assert_eq!(
        texts,
        [
            (Action::Edit, None, Some("bản 1")),
            (Action::Approve, Some("bản 1"), Some("bản 2")),
            (Action::Reject, Some("bản 2"), None),
        ]
    );
    assert_eq!(history[2].reason.as_ref().unwrap().key, reason("insult"));
    assert_eq!(history[2].moderator.as_deref(), Some("Bình"));
    assert_eq!((history[2].note.as_str(), history[2].at), ("ghi chú 3", hour(3)));
    let kept = at.store.comment(id).await.unwrap();
    assert_eq!((kept.body.as_str(), kept.status, kept.version), ("Một.", Status::Rejected, 4));
    let receipt = at.receipt("Một.").await.unwrap();
    assert_eq!(receipt.reason.unwrap().sentence, "Ý kiến có lời lẽ xúc phạm cá nhân.");
    assert_eq!(receipt.decided_at, Some(hour(3)));
}

#[tokio::test]
async fn a_decision_on_another_version_is_a_conflict_and_changes_nothing() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    let by = at.moderator().await.id;
    at.decide(id, Action::Approve, hour(1)).await;
    for version in [0, 1, 3] {
        let late = at.store.decide(decision(id, version, by, Action::Spam, hour(2))).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{version}");
    }
    let nowhere = decision(CommentId(4_711), 1, by, Action::Spam, hour(2));
    assert!(matches!(at.store.decide(nowhere).await, Err(StoreError::NotFound)));
    assert_eq!(at.status(id).await, Status::Approved);
    assert_eq!(at.store.history(id).await.unwrap().len(), 1);
    assert_eq!(at.published("1").await.unwrap().revision, 1);
}

#[tokio::test]
async fn of_many_decisions_at_once_one_counts_and_the_others_are_conflicts() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    let by = at.moderator().await.id;
    let decide = |_| at.store.decide(decision(id, 1, by, Action::Approve, hour(1)));
    let all = futures_util::future::join_all((0..40).map(decide)).await;
    assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1);
    let conflicts = all.iter().filter(|one| matches!(one, Err(StoreError::Conflict)));
    assert_eq!(conflicts.count(), 39);
    assert_eq!(at.store.comment(id).await.unwrap().version, 2);
}

#[tokio::test]
async fn a_decision_by_nobody_has_no_name() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    let by = at.moderator().await.id;
    let mut expiry = decision(id, 1, by, Action::Expire, hour(1));
    expiry.moderator = None;
    at.store.decide(expiry).await.unwrap();
    assert_eq!(at.store.history(id).await.unwrap()[0].moderator, None);
    assert_eq!(at.status(id).await, Status::Expired);
}

#[tokio::test]
async fn a_moderators_latest_decisions_are_those_nobody_decided_over() {
    let at = opened();
    let by = at.moderator().await.id;
    let other = at.store.add_moderator("Chi", codau::domain::Role::Admin, "h", hour(0));
    let other = other.await.unwrap().id;
    let mut ids = Vec::new();
    for n in 0..4 {
        let id = at.insert(comment("1", &format!("Số {n}."), hour(0))).await;
        at.decide(id, Action::Spam, hour(n)).await;
        ids.push(id);
    }
    let over = decision(ids[1], 2, other, Action::Approve, hour(9));
    at.store.decide(over).await.unwrap();
    let recent = async |by, limit| {
        let recent = at.store.recent(by, limit).await.unwrap();
        recent.into_iter().map(|(_, comment)| comment.id).collect::<Vec<_>>()
    };
    assert_eq!(recent(by, 10).await, [ids[3], ids[2], ids[0]]);
    assert_eq!(recent(by, 2).await, [ids[3], ids[2]]);
    assert_eq!(recent(other, 10).await, [ids[1]]);
    let (record, kept) = at.store.recent(other, 1).await.unwrap().remove(0);
    assert_eq!((record.action, record.status), (Action::Approve, Status::Approved));
    assert_eq!((kept.status, kept.version), (Status::Approved, 3));
}
