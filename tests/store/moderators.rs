//! Moderators and their sessions.

use codau::domain::Role;
use codau::store::StoreError;

use crate::support::{hash, hour, opened};

#[tokio::test]
async fn moderators_are_added_once_a_name_and_listed_by_name() {
    let at = opened();
    let added = at.store.add_moderator("Chi", Role::Admin, "h1", hour(0)).await.unwrap();
    assert_eq!((added.name.as_str(), added.role, added.enabled), ("Chi", Role::Admin, true));
    for taken in ["Chi", "CHI"] {
        let again = at.store.add_moderator(taken, Role::Moderator, "h2", hour(0)).await;
        assert!(matches!(again, Err(StoreError::Conflict)), "{taken}");
    }
    at.store.add_moderator("An", Role::Moderator, "h3", hour(0)).await.unwrap();
    let all = at.store.moderators().await.unwrap();
    let names: Vec<_> = all.iter().map(|moderator| moderator.name.as_str()).collect();
    assert_eq!(names, ["An", "Chi"]);
    assert_eq!(at.store.credentials("Chi").await.unwrap(), (added, "h1".to_owned()));
    let unknown = at.store.credentials("Dũng").await;
    assert!(matches!(unknown, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn the_first_admin_is_made_once_however_many_ask_at_once() {
    let at = opened();
    let ask = |n: usize| {
        let store = at.store.clone();
        async move { store.add_first_admin(&format!("Số {n}"), "h", hour(0)).await }
    };
    let all = futures_util::future::join_all((0..20).map(ask)).await;
    assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1);
    let conflicts = all.iter().filter(|one| matches!(one, Err(StoreError::Conflict)));
    assert_eq!(conflicts.count(), 19);
    let moderators = at.store.moderators().await.unwrap();
    assert_eq!((moderators.len(), moderators[0].role), (1, Role::Admin));
}

#[tokio::test]
async fn a_session_is_its_moderators_until_it_is_closed() {
    let at = opened();
    let moderator = at.moderator().await;
    let (one, two) = (hash("one"), hash("two"));
    for id in [&one, &two] {
        at.store.open_session(id, moderator.id, hour(1)).await.unwrap();
    }
    at.store.touch_session(&one, hour(3)).await.unwrap();
    at.store.touch_session(&one, hour(2)).await.unwrap();
    let session = at.store.session(&one).await.unwrap();
    assert_eq!((session.opened_at, session.seen_at), (hour(1), hour(3)));
    assert_eq!(session.moderator, moderator);
    at.store.close_session(&one).await.unwrap();
    at.store.close_session(&one).await.unwrap();
    at.store.touch_session(&one, hour(4)).await.unwrap();
    assert!(matches!(at.store.session(&one).await, Err(StoreError::NotFound)));
    at.store.session(&two).await.unwrap();
}

#[tokio::test]
async fn a_new_password_and_being_disabled_end_every_session_of_that_moderator_alone() {
    let at = opened();
    let (moderator, other) = (at.moderator().await, "Chi");
    let other = at.store.add_moderator(other, Role::Admin, "h", hour(0)).await.unwrap();
    let (mine, others) = (hash("mine"), hash("others"));
    at.store.open_session(&others, other.id, hour(0)).await.unwrap();
    for change in ["password", "disable"] {
        at.store.open_session(&mine, moderator.id, hour(0)).await.unwrap();
        match change {
            "password" => at.store.set_password("Bình", "h2").await.unwrap(),
            _ => at.store.set_enabled("Bình", false).await.unwrap(),
        }
        let session = at.store.session(&mine).await;
        assert!(matches!(session, Err(StoreError::NotFound)), "{change}");
        at.store.session(&others).await.unwrap();
    }
    let (disabled, hash) = at.store.credentials("Bình").await.unwrap();
    assert_eq!((disabled.enabled, hash.as_str()), (false, "h2"));
    at.store.set_enabled("Bình", true).await.unwrap();
    assert!(matches!(at.store.session(&mine).await, Err(StoreError::NotFound)));
    for unknown in
        [at.store.set_password("Dũng", "h").await, at.store.set_enabled("Dũng", true).await]
    {
        assert!(matches!(unknown, Err(StoreError::NotFound)));
    }
}
