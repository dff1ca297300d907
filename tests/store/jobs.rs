//! Jobs that go by the clock: whose turn it is, and that each is done once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use codau::server::clock;
use codau::server::jobs::carry_out;
use codau::store::{self, Job, JobRun, Result, Store, Turn};
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::support::{hour, opened};

/// Longest wait for anything here.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a run is its holder's in these tests.
const LEASE: Duration = Duration::from_secs(1);

fn run(slot: i64, holder: i64) -> JobRun {
    JobRun { job: Job::Cleanup, slot: hour(slot), holder }
}

#[tokio::test]
async fn a_run_is_for_one_alone_until_it_is_done_or_its_time_has_run_out() {
    let at = opened();
    let take_on = async |run, until, now| at.store.take_on(run, hour(until), hour(now)).await;
    assert_eq!(at.store.unfinished(Job::Cleanup).await.unwrap(), None);
    assert_eq!(take_on(run(10, 1), 12, 10).await.unwrap(), Turn::Ours);
    assert_eq!(at.store.unfinished(Job::Cleanup).await.unwrap(), Some(hour(10)));
    // Not the same one, nor the next one beside it.
    assert_eq!(take_on(run(10, 2), 13, 11).await.unwrap(), Turn::Others);
    assert_eq!(take_on(run(11, 2), 13, 11).await.unwrap(), Turn::Others);
    // Its holder goes on, and has longer by that.
    assert_eq!(take_on(run(10, 1), 14, 11).await.unwrap(), Turn::Ours);
    assert_eq!(take_on(run(10, 2), 15, 13).await.unwrap(), Turn::Others);
    // Who is late has lost it, and finishes nothing of another's.
    assert_eq!(take_on(run(10, 2), 16, 14).await.unwrap(), Turn::Ours);
    assert_eq!(take_on(run(10, 1), 16, 15).await.unwrap(), Turn::Others);
    at.store.finish(run(10, 1), hour(15)).await.unwrap();
    assert_eq!(at.store.unfinished(Job::Cleanup).await.unwrap(), Some(hour(10)));
    at.store.finish(run(10, 2), hour(15)).await.unwrap();
    assert_eq!(at.store.unfinished(Job::Cleanup).await.unwrap(), None);
    // Once done it stays done, for its holder too, and so does everything before it.
    for (slot, holder) in [(10, 1), (10, 2), (9, 3)] {
        assert_eq!(take_on(run(slot, holder), 90, 80).await.unwrap(), Turn::Over);
    }
    assert_eq!(take_on(run(34, 1), 36, 34).await.unwrap(), Turn::Ours);
    assert_eq!(take_on(run(10, 2), 90, 80).await.unwrap(), Turn::Over);
    // One that nobody came back to gives way to the next.
    assert_eq!(take_on(run(58, 2), 59, 58).await.unwrap(), Turn::Ours);
}

/// Instances on one database; as many views of one store, where only one may have it.
fn instances(at: &crate::support::Opened) -> Vec<Arc<dyn Store>> {
    let another = |_| match at.database.is_sqlite() {
        true => Arc::clone(&at.store),
        false => store::open(&at.database.url()).unwrap(),
    };
    (0..3).map(another).collect()
}

#[tokio::test]
async fn of_three_instances_one_does_a_job_and_the_others_wait_until_it_is_done() {
    let at = opened();
    let done = AtomicUsize::new(0);
    for slot in 0..5 {
        let work = async || -> Result<()> {
            tokio::task::yield_now().await;
            done.fetch_add(1, Ordering::SeqCst);
            Ok(())
        };
        let stores = instances(&at);
        let runs = stores.iter().zip(1..).map(|(store, holder)| {
            carry_out(store.as_ref(), run(slot, holder), LEASE, clock, &work)
        });
        timeout(PATIENCE, futures_util::future::join_all(runs)).await.unwrap();
        assert_eq!(done.load(Ordering::SeqCst), usize::try_from(slot).unwrap() + 1);
    }
}

#[tokio::test]
async fn a_job_whose_instance_dies_in_the_middle_of_it_is_done_by_another_one_and_not_before() {
    let at = opened();
    let stores = instances(&at);
    let begun = Arc::new(Notify::new());
    let (dying, told) = (Arc::clone(&stores[0]), Arc::clone(&begun));
    let dying = tokio::spawn(async move {
        let work = async || -> Result<()> {
            told.notify_one();
            std::future::pending().await
        };
        carry_out(dying.as_ref(), run(1, 1), LEASE, clock, work).await;
    });
    begun.notified().await;
    let done = AtomicUsize::new(0);
    let work = async || -> Result<()> {
        done.fetch_add(1, Ordering::SeqCst);
        Ok(())
    };
    let others = async {
        let one = carry_out(stores[1].as_ref(), run(1, 2), LEASE, clock, &work);
        let other = carry_out(stores[2].as_ref(), run(1, 3), LEASE, clock, &work);
        tokio::join!(one, other)
    };
    tokio::pin!(others);
    // As long as it lives, it keeps it, however long it takes.
    assert!(timeout(LEASE * 3, &mut others).await.is_err());
    assert_eq!(done.load(Ordering::SeqCst), 0);
    dying.abort();
    timeout(PATIENCE, &mut others).await.unwrap();
    assert_eq!(done.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_job_that_fails_is_tried_again_until_it_is_done() {
    let at = opened();
    let tries = AtomicUsize::new(0);
    let work = async || match tries.fetch_add(1, Ordering::SeqCst) {
        0 | 1 => Err(store::StoreError::Unavailable("the disk is full".into())),
        _ => Ok(()),
    };
    let all = carry_out(at.store.as_ref(), run(1, 1), LEASE / 10, clock, work);
    timeout(PATIENCE, all).await.unwrap();
    assert_eq!(tries.load(Ordering::SeqCst), 3);
    assert_eq!(at.store.unfinished(Job::Cleanup).await.unwrap(), None);
}
