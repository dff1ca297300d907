//! Who looks at which comment.

use codau::domain::{Action, CommentId, ModeratorId, Role};
use codau::store::{Change, StoreError};

use crate::support::{Opened, comment, hour, opened};

/// A comment, and two moderators.
async fn set_up() -> (Opened, CommentId, ModeratorId, ModeratorId) {
    let at = opened();
    let id = at.insert(comment("1", "Con đò.", hour(0))).await;
    let binh = at.moderator().await.id;
    let chi = at.store.add_moderator("Chi", Role::Moderator, "hash", hour(0)).await.unwrap().id;
    (at, id, binh, chi)
}

/// Who claims a comment now, by name.
async fn holder(at: &Opened, id: CommentId, now: i64) -> Option<String> {
    let claims = at.store.claims(&[id, CommentId(77)], hour(now)).await.unwrap();
    assert!(!claims.contains_key(&CommentId(77)));
    claims.get(&id).map(|claim| claim.name.clone())
}

#[tokio::test]
async fn the_first_to_look_holds_the_claim_until_it_ends_by_itself() {
    let (at, id, binh, chi) = set_up().await;
    assert_eq!(holder(&at, id, 1).await, None);
    let claim =
        async |by, until, now| at.store.claim(id, by, hour(until), hour(now)).await.unwrap().name;
    assert_eq!(claim(binh, 3, 1).await, "Bình");
    assert_eq!(claim(chi, 9, 2).await, "Bình", "who came second is told who was first");
    assert_eq!(claim(binh, 5, 2).await, "Bình");
    assert_eq!(holder(&at, id, 4).await.as_deref(), Some("Bình"), "renewed");
    assert_eq!(holder(&at, id, 5).await, None);
    assert_eq!(claim(chi, 9, 5).await, "Chi");
    let nowhere = at.store.claim(CommentId(77), chi, hour(9), hour(5)).await;
    assert!(matches!(nowhere, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn a_claim_ends_with_a_decision_and_when_it_is_given_up_by_its_owner() {
    let (at, id, binh, chi) = set_up().await;
    at.store.claim(id, binh, hour(9), hour(1)).await.unwrap();
    at.store.release(id, chi).await.unwrap();
    assert_eq!(holder(&at, id, 2).await.as_deref(), Some("Bình"));
    at.store.release(id, binh).await.unwrap();
    assert_eq!(holder(&at, id, 2).await, None);
    at.store.claim(id, chi, hour(9), hour(2)).await.unwrap();
    at.decide(id, Action::Approve, hour(3)).await;
    assert_eq!(holder(&at, id, 3).await, None);
}

#[tokio::test]
async fn claims_are_told_when_they_begin_and_are_given_up_but_not_when_renewed() {
    let (at, id, binh, chi) = set_up().await;
    let mut changes = at.store.changes();
    at.store.claim(id, binh, hour(9), hour(1)).await.unwrap();
    assert_eq!(changes.try_recv(), Ok(Change::Claimed(id)));
    at.store.claim(id, binh, hour(10), hour(2)).await.unwrap();
    at.store.claim(id, chi, hour(10), hour(2)).await.unwrap();
    at.store.release(id, chi).await.unwrap();
    assert!(changes.try_recv().is_err());
    at.store.release(id, binh).await.unwrap();
    assert_eq!(changes.try_recv(), Ok(Change::Claimed(id)));
}
