//! Several instances of the service on one database.

use std::time::Duration;

use codau::cleanup;
use codau::domain::{Action, CommentId};
use codau::store::{self, Change, StoreError, Sweep};
use futures_util::future::join_all;
use tokio::time::timeout;

use crate::support::{Opened, comment, hour, key, opened};

/// Longest wait for what an instance must hear.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server's database; nothing where a file is, which one service alone holds.
fn on_a_server() -> Option<Opened> {
    Some(opened()).filter(|at| !at.database.is_sqlite())
}

#[tokio::test]
async fn what_one_instance_does_the_others_hear_and_each_once() {
    let Some(at) = on_a_server() else { return };
    let other = store::open(&at.database.url()).unwrap();
    let (mut here, mut there) = (at.store.changes(), other.changes());
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    at.decide(id, Action::Approve, hour(1)).await;
    let all = [Change::Received(id), Change::Decided(id), Change::Published(key("1"))];
    for expected in &all {
        // Here by the time of the answer, there soon after.
        assert_eq!(here.try_recv().as_ref(), Ok(expected));
        assert_eq!(timeout(PATIENCE, there.recv()).await.unwrap().as_ref(), Ok(expected));
    }
    other.set_thread_open(other.comment(id).await.unwrap().thread.id, false).await.unwrap();
    let closed = Change::Published(key("1"));
    assert_eq!(there.try_recv().as_ref(), Ok(&closed));
    // Nothing of our own came back in between.
    assert_eq!(timeout(PATIENCE, here.recv()).await.unwrap(), Ok(closed));
}

#[tokio::test]
async fn when_every_connection_is_cut_anything_may_have_changed_and_work_goes_on() {
    let Some(at) = on_a_server() else { return };
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    let mut told = at.store.changes();
    for n in 0..3 {
        let cut = "select pg_terminate_backend(pid) from pg_stat_activity \
                   where datname = current_database() and pid <> pg_backend_pid()";
        at.database.sql(cut).unwrap();
        // Whoever reads at that very moment notices nothing.
        for found in join_all((0..20).map(|_| at.store.comment(id))).await {
            found.unwrap();
        }
        assert_eq!(timeout(PATIENCE, told.recv()).await.unwrap(), Ok(Change::Anything));
        at.store.comment(id).await.unwrap();
        at.insert(comment("1", &format!("Lần {n}."), hour(1))).await;
        at.decide(id, [Action::Approve, Action::Reject][n % 2], hour(2)).await;
        while told.try_recv().is_ok() {}
    }
    assert_eq!(at.store.history(id).await.unwrap().len(), 3);
}

#[tokio::test]
async fn the_cleanup_of_three_instances_at_once_does_each_thing_once() {
    let at = opened();
    let mut ids = Vec::new();
    for n in 0..60 {
        let id = at.insert(comment("1", &format!("Số {n}."), hour(0))).await;
        if n % 2 == 0 {
            at.decide(id, Action::Spam, hour(1)).await;
        }
        ids.push(id);
    }
    let open = || store::open(&at.database.url()).unwrap();
    let instances = [open(), open(), open()];
    let cutoffs = Sweep::ALL.map(|sweep| (sweep, hour(50)));
    let runs = instances.iter().map(|store| cleanup::run(store.as_ref(), &cutoffs, 7, hour(60)));
    let mut done = 0;
    for run in futures_util::future::join_all(runs).await {
        let of = |sweep| move |swept: &&cleanup::Swept| swept.sweep == sweep;
        done += run.unwrap().iter().find(of(Sweep::ExpirePending)).unwrap().count;
    }
    assert_eq!(done, 30);
    for (n, id) in ids.iter().enumerate() {
        let history = at.store.history(*id).await.unwrap();
        assert_eq!(history.len(), 1, "{n}");
        let gone = matches!(at.store.comment(*id).await, Err(StoreError::NotFound));
        assert_eq!(gone, n % 2 == 0, "{n}");
    }
    // One that slept through it finds nothing to do, with its own older cutoffs.
    let late = cleanup::run(instances[0].as_ref(), &cutoffs, 7, hour(61)).await.unwrap();
    assert!(late.iter().all(|swept| swept.count == 0));
}

#[tokio::test]
async fn of_many_who_would_be_the_first_admin_at_several_instances_one_is() {
    let at = opened();
    let other = store::open(&at.database.url()).unwrap();
    let names: Vec<_> = (0..8).map(|n| format!("Quản trị {n}")).collect();
    let tries = names.iter().enumerate().map(|(n, name)| {
        let store = if n % 2 == 0 { &at.store } else { &other };
        store.add_first_admin(name, "hash", hour(0))
    });
    let all = futures_util::future::join_all(tries).await;
    assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1);
    assert_eq!(at.store.moderators().await.unwrap().len(), 1);
    assert!(matches!(at.store.comment(CommentId(1)).await, Err(StoreError::NotFound)));
}
