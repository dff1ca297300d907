//! Bearer tokens of programs.

use codau::store::{StoreError, TokenHolder};

use crate::support::{hash, hour, opened};

#[tokio::test]
async fn a_token_is_its_moderators_until_it_is_revoked() {
    let at = opened();
    let moderator = at.moderator().await;
    at.store.add_token(moderator.id, "bot", &hash("secret"), hour(0)).await.unwrap();
    let holder = async || at.store.token(&hash("secret")).await;
    let expected = TokenHolder { moderator: moderator.clone(), used_at: None };
    assert_eq!(holder().await.unwrap(), expected);
    let other = at.store.token(&hash("other")).await;
    assert!(matches!(other, Err(StoreError::NotFound)));
    at.store.revoke_token(moderator.id, "bot").await.unwrap();
    assert!(matches!(holder().await, Err(StoreError::NotFound)));
    let again = at.store.revoke_token(moderator.id, "bot").await;
    assert!(matches!(again, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn a_disabled_moderators_token_is_nobodys() {
    let at = opened();
    let moderator = at.moderator().await;
    at.store.add_token(moderator.id, "bot", &hash("secret"), hour(0)).await.unwrap();
    at.store.set_enabled(&moderator.name, false).await.unwrap();
    let disabled = at.store.token(&hash("secret")).await;
    assert!(matches!(disabled, Err(StoreError::NotFound)));
    at.store.set_enabled(&moderator.name, true).await.unwrap();
    at.store.token(&hash("secret")).await.unwrap();
}

#[tokio::test]
async fn tokens_are_listed_with_their_label_and_last_use_and_a_label_is_given_once() {
    let at = opened();
    let moderator = at.moderator().await;
    for label in ["b", "a"] {
        at.store.add_token(moderator.id, label, &hash(label), hour(1)).await.unwrap();
    }
    let taken = at.store.add_token(moderator.id, "a", &hash("c"), hour(2)).await;
    assert!(matches!(taken, Err(StoreError::Conflict)));
    at.store.touch_token(&hash("b"), hour(3)).await.unwrap();
    at.store.touch_token(&hash("b"), hour(2)).await.unwrap();
    let all = at.store.tokens().await.unwrap();
    let found: Vec<_> = all.iter().map(|t| (t.label.as_str(), t.made_at, t.used_at)).collect();
    assert_eq!(found, [("a", hour(1), None), ("b", hour(1), Some(hour(3)))]);
    assert_eq!(all[0].moderator, moderator.name);
    assert_eq!(at.store.token(&hash("b")).await.unwrap().used_at, Some(hour(3)));
}
