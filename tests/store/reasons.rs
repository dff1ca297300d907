//! The newsroom's reasons: in its order, never lost to a decision that gave one.

use codau::domain::{Action, Reason, ReasonKey};
use codau::store::StoreError;

use crate::support::{comment, hour, opened, reason};

fn new(key: &str) -> Reason {
    let (label, sentence) = (format!("Tên {key}"), format!("Câu {key}."));
    Reason { key: reason(key), label, sentence, active: true }
}

fn keys(reasons: &[Reason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.key.as_str()).collect()
}

#[tokio::test]
async fn a_new_store_has_nine_reasons_and_others_are_added_behind_them() {
    let at = opened();
    let first = at.store.reasons().await.unwrap();
    let expected = [
        "insult",
        "language",
        "advert",
        "off-topic",
        "unverified",
        "personal-data",
        "unmarked",
        "duplicate",
        "other",
    ];
    assert_eq!(keys(&first), expected);
    assert!(first.iter().all(|reason| reason.active && reason.sentence.ends_with('.')));
    at.store.add_reason(new("xa-bai")).await.unwrap();
    let taken = at.store.add_reason(new("insult")).await;
    assert!(matches!(taken, Err(StoreError::Conflict)));
    let all = at.store.reasons().await.unwrap();
    assert_eq!(all.len(), 10);
    assert_eq!(all[9], new("xa-bai"));
    assert_eq!(all[..9], first);
}

#[tokio::test]
async fn a_reason_that_is_renamed_or_set_aside_stays_with_the_decisions_that_gave_it() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    at.decide(id, Action::Reject, hour(1)).await;
    let changed = Reason { active: false, ..new("insult") };
    at.store.change_reason(changed.clone()).await.unwrap();
    let history = at.store.history(id).await.unwrap();
    assert_eq!(history[0].reason, Some(changed.clone()));
    assert_eq!(at.receipt("Một.").await.unwrap().reason, Some(changed.clone()));
    let (recent, _) = at.store.recent(at.moderator().await.id, 1).await.unwrap().remove(0);
    assert_eq!(recent.reason, Some(changed));
    let unknown = at.store.change_reason(new("khong-co")).await;
    assert!(matches!(unknown, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn reasons_are_put_in_an_order_that_names_each_of_them_once() {
    let at = opened();
    let all = at.store.reasons().await.unwrap();
    let reversed: Vec<ReasonKey> = all.iter().rev().map(|one| one.key.clone()).collect();
    at.store.order_reasons(reversed.clone()).await.unwrap();
    let now = at.store.reasons().await.unwrap();
    assert_eq!(now.iter().map(|one| one.key.clone()).collect::<Vec<_>>(), reversed);
    let mut twice = reversed.clone();
    twice[0] = twice[1].clone();
    let mut unknown = reversed.clone();
    unknown[0] = reason("khong-co");
    for bad in [vec![], reversed[1..].to_vec(), twice, unknown] {
        let refused = at.store.order_reasons(bad.clone()).await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{bad:?}");
    }
    assert_eq!(at.store.reasons().await.unwrap(), now);
}
