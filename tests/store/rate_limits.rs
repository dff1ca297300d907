//! Limits that several instances share.

use std::time::Duration;

use codau::store::{self, Admission, Store, Use};

use crate::support::opened;

fn once(key: &str, per_minute: u32) -> Use {
    Use { key: key.to_owned(), per_minute }
}

/// Whether all of a request's uses were admitted.
fn is_admitted(counted: &[Admission]) -> bool {
    counted.iter().all(|one| matches!(one, Admission::Admitted(_)))
}

async fn count(store: &dyn Store, uses: &[Use]) -> Vec<Admission> {
    store.count(uses.to_vec()).await.unwrap().unwrap()
}

#[tokio::test]
async fn where_one_instance_alone_may_be_it_counts_for_itself() {
    let at = opened();
    let counted = at.store.count(vec![once("a", 1)]).await.unwrap();
    assert_eq!(counted.is_none(), at.database.is_sqlite());
}

#[tokio::test]
async fn all_instances_together_admit_as_often_as_the_limit_says() {
    let at = opened();
    if at.database.is_sqlite() {
        return;
    }
    let other = store::open(&at.database.url()).unwrap();
    let tries = (0..100).map(|n| {
        let store = if n % 2 == 0 { &at.store } else { &other };
        async move { count(store.as_ref(), &[once("a", 20)]).await }
    });
    let tries = futures_util::future::join_all(tries).await;
    let admitted = tries.iter().filter(|counted| is_admitted(counted)).count();
    // One more is free every three seconds.
    assert!((20..23).contains(&admitted), "{admitted}");
    for counted in tries.iter().filter(|counted| !is_admitted(counted)) {
        let [Admission::Refused(wait)] = counted[..] else { panic!("{counted:?}") };
        assert!(wait > Duration::ZERO && wait <= Duration::from_secs(3), "{wait:?}");
    }
    // Each has its own.
    assert!(is_admitted(&count(other.as_ref(), &[once("b", 20)]).await));
}

#[tokio::test]
async fn who_is_refused_under_one_key_uses_up_nothing_of_the_next() {
    let at = opened();
    if at.database.is_sqlite() {
        return;
    }
    let one = |n: usize| [once(&format!("address {n}"), 1), once("network", 10)];
    let store = at.store.as_ref();
    let tries = (0..50).map(|n| async move { count(store, &one(n / 25)).await });
    let all = futures_util::future::join_all(tries).await;
    assert_eq!(all.iter().filter(|counted| is_admitted(counted)).count(), 2);
    assert!(all.iter().filter(|counted| !is_admitted(counted)).all(|counted| counted.len() == 1));
    let left = |counted: &[Admission]| counted[1];
    assert_eq!(left(&count(store, &one(2)).await), Admission::Admitted(7));
}

#[tokio::test]
async fn a_limit_that_is_whole_again_is_forgotten_and_no_address_is_kept() {
    let at = opened();
    if at.database.is_sqlite() {
        return;
    }
    count(at.store.as_ref(), &[once("address 192.0.2.7", 1)]).await;
    assert!(!at.database.dump().contains("192.0.2.7"));
    assert_eq!(at.database.rows("select count(*) from rate_limit"), [["1"]]);
    at.database.sql("update rate_limit set full_at = full_at - 60000000").unwrap();
    assert!(is_admitted(&count(at.store.as_ref(), &[once("address 192.0.2.7", 1)]).await));
    let again = count(at.store.as_ref(), &[once("address 192.0.2.7", 1)]).await;
    assert!(!is_admitted(&again));
}
