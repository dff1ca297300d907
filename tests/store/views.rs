//! Saved views.

use codau::domain::Role;
use codau::store::StoreError;

use crate::support::{hour, opened};

#[tokio::test]
async fn a_view_is_its_owners_or_everyones_and_one_of_the_same_name_replaces_it() {
    let at = opened();
    let binh = at.moderator().await.id;
    let chi = at.store.add_moderator("Chi", Role::Moderator, "hash", hour(0)).await.unwrap().id;
    let save = async |owner, name, query| {
        at.store.save_view(owner, name, query, hour(0)).await.unwrap();
    };
    save(Some(binh), "Cồn Bần", "thread=1").await;
    save(Some(binh), "Cồn Bần", "thread=2").await;
    save(Some(chi), "Cồn Bần", "thread=3").await;
    save(None, "An toàn", "view=spam").await;
    let of = async |moderator| {
        let views = at.store.saved_views(moderator).await.unwrap();
        views.into_iter().map(|view| (view.name, view.query, view.shared)).collect::<Vec<_>>()
    };
    let shared = ("An toàn".to_owned(), "view=spam".to_owned(), true);
    assert_eq!(of(binh).await, [shared.clone(), ("Cồn Bần".into(), "thread=2".into(), false)]);
    assert_eq!(of(chi).await, [shared.clone(), ("Cồn Bần".into(), "thread=3".into(), false)]);

    let own = at.store.saved_views(chi).await.unwrap().into_iter().find(|view| !view.shared);
    let own = own.unwrap().id;
    for other in [Some(binh), None] {
        let removed = at.store.remove_view(other, own).await;
        assert!(matches!(removed, Err(StoreError::NotFound)));
    }
    at.store.remove_view(Some(chi), own).await.unwrap();
    assert_eq!(of(chi).await, [shared]);
}
