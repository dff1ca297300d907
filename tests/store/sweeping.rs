//! What the cleanup forgets: in batches, nothing younger than the cutoff, harmless twice.

use codau::cleanup;
use codau::domain::{Action, CommentId, Status};
use codau::store::{QueueFilter, StoreError, Sweep};

use crate::support::{Opened, comment, hash, hour, listed, opened};

/// Five comments that came in at the hours 0 to 4, decided ten hours later.
async fn five(action: Option<Action>) -> (Opened, Vec<CommentId>) {
    let at = opened();
    let mut ids = Vec::new();
    for n in 0..5 {
        let id = at.insert(comment("1", &format!("Số {n}."), hour(n))).await;
        if let Some(action) = action {
            at.decide(id, action, hour(10 + n)).await;
        }
        ids.push(id);
    }
    (at, ids)
}

/// Sweeps to the end in batches of two; says how much each batch did.
async fn swept(at: &Opened, sweep: Sweep, cutoff: i64) -> Vec<usize> {
    let due = at.store.count_sweep(sweep, hour(cutoff)).await.unwrap();
    let mut batches = Vec::new();
    loop {
        let done = at.store.sweep(sweep, hour(cutoff), 2, hour(100)).await.unwrap();
        batches.push(done);
        assert!(batches.len() < 10, "it does not come to an end: {batches:?}");
        if done == 0 {
            assert_eq!(batches.iter().sum::<usize>(), due, "the rehearsal said so");
            assert_eq!(at.store.count_sweep(sweep, hour(cutoff)).await.unwrap(), 0);
            return batches;
        }
    }
}

#[tokio::test]
async fn undecided_comments_expire_by_a_decision_of_nobodys() {
    let (at, ids) = five(None).await;
    assert_eq!(swept(&at, Sweep::ExpirePending, 3).await, [2, 1, 0]);
    for (n, id) in ids.iter().enumerate() {
        let expected = if n < 3 { Status::Expired } else { Status::Pending };
        assert_eq!(at.status(*id).await, expected, "{n}");
    }
    let history = at.store.history(ids[0]).await.unwrap();
    assert_eq!((history[0].action, history[0].at), (Action::Expire, hour(100)));
    assert_eq!(history[0].moderator, None);
    assert_eq!(at.receipt("Số 0.").await.unwrap().status, Status::Expired);
}

#[tokio::test]
async fn a_reopened_comment_waits_anew() {
    let (at, ids) = five(Some(Action::Reject)).await;
    at.decide(ids[0], Action::Reopen, hour(50)).await;
    assert_eq!(swept(&at, Sweep::ExpirePending, 50).await, [0]);
    assert_eq!(swept(&at, Sweep::ExpirePending, 51).await, [1, 0]);
}

#[tokio::test]
async fn comments_that_wait_for_their_readers_expire_like_those_that_wait_for_the_desk() {
    let (at, ids) = five(Some(Action::Return)).await;
    at.resubmit(ids[0], 2, "Số khác.", hour(50)).await.unwrap();
    assert_eq!(swept(&at, Sweep::ExpirePending, 13).await, [2, 0]);
    assert_eq!(at.status(ids[1]).await, Status::Expired);
    assert_eq!(at.status(ids[3]).await, Status::Returned);
    assert_eq!(at.status(ids[0]).await, Status::Pending);
}

#[tokio::test]
async fn rejected_withdrawn_expired_and_spam_comments_go_with_their_texts_and_decisions_stay() {
    for (action, sweep) in [
        (Action::Reject, Sweep::DeleteRejected),
        (Action::Withdraw, Sweep::DeleteRejected),
        (Action::Expire, Sweep::DeleteRejected),
        (Action::Spam, Sweep::DeleteSpam),
    ] {
        let (at, ids) = five(None).await;
        let filter = QueueFilter { words: "so".into(), ..listed(Status::Pending) };
        assert_eq!(at.list(&filter, 9).await.len(), 5);
        for (n, id) in ids.iter().enumerate() {
            at.resubmit(*id, 1, &format!("Số khác {n}."), hour(9)).await.unwrap();
            at.decide(*id, action, hour(10 + n as i64)).await;
        }
        assert_eq!(swept(&at, sweep, 13).await, [2, 1, 0], "{action:?}");
        for (n, id) in ids.iter().enumerate() {
            let gone = matches!(at.store.comment(*id).await, Err(StoreError::NotFound));
            assert_eq!(gone, n < 3, "{action:?} {n}");
            let history = at.store.history(*id).await.unwrap();
            assert_eq!(history[1].action, action);
            assert_eq!(history[1].note.is_empty(), gone);
            assert_eq!(at.store.revisions(*id).await.unwrap().is_empty(), gone);
        }
        assert!(matches!(at.receipt("Số 0.").await, Err(StoreError::NotFound)));
        let next = at.insert(comment("1", "Sau đó.", hour(9))).await;
        assert!(next > ids[4], "a number is never given twice");
        if at.database.is_sqlite() {
            let sql = "select count(*) from comment_search where comment_search match 'so'";
            assert_eq!(at.database.rows(sql), [["2"]], "what is gone is not found");
            let sql = "select count(*) from search_due where folded is not null";
            assert_eq!(at.database.rows(sql), [["0"]], "nor is its text kept to be taken out");
        }
    }
}

#[tokio::test]
async fn a_sweep_touches_no_comment_of_another_status() {
    let actions = [Action::Approve, Action::Spam, Action::Reject, Action::Return, Action::Withdraw];
    for action in actions.map(Some).into_iter().chain([None]) {
        let (at, _) = five(action).await;
        let waits = matches!(action, None | Some(Action::Return));
        let is_deleted = matches!(action, Some(Action::Reject | Action::Withdraw));
        let untouched = |sweep| match sweep {
            Sweep::ExpirePending => !waits,
            Sweep::DeleteRejected => !is_deleted,
            Sweep::DeleteSpam => action != Some(Action::Spam),
            Sweep::CloseReceipts => waits,
            Sweep::ForgetOrigins => false,
            Sweep::DeleteSessions => true,
        };
        for sweep in Sweep::ALL.into_iter().filter(|sweep| untouched(*sweep)) {
            assert_eq!(swept(&at, sweep, 1_000).await, [0], "{action:?} {sweep:?}");
        }
    }
}

#[tokio::test]
async fn addresses_are_forgotten_by_age_whatever_was_decided() {
    let (at, _) = five(Some(Action::Approve)).await;
    assert_eq!(swept(&at, Sweep::ForgetOrigins, 3).await, [2, 1, 0]);
    assert_eq!(at.database.rows("select count(*) from origin_trace"), [["2"]]);
    assert_eq!(at.list(&crate::support::listed(Status::Approved), 9).await.len(), 5);
}

#[tokio::test]
async fn receipts_of_decided_comments_close_and_the_comments_stay() {
    let (at, ids) = five(Some(Action::Approve)).await;
    assert_eq!(swept(&at, Sweep::CloseReceipts, 12).await, [2, 0]);
    assert!(matches!(at.receipt("Số 1.").await, Err(StoreError::NotFound)));
    assert_eq!(at.receipt("Số 2.").await.unwrap().comment, ids[2]);
    assert_eq!(at.status(ids[0]).await, Status::Approved);
}

#[tokio::test]
async fn sessions_that_nobody_uses_are_deleted() {
    let at = opened();
    let moderator = at.moderator().await.id;
    for n in 0..5 {
        let id = hash(&n.to_string());
        at.store.open_session(&id, moderator, hour(n)).await.unwrap();
    }
    at.store.touch_session(&hash("0"), hour(9)).await.unwrap();
    assert_eq!(swept(&at, Sweep::DeleteSessions, 3).await, [2, 0]);
    at.store.session(&hash("0")).await.unwrap();
    at.store.session(&hash("3")).await.unwrap();
    assert!(at.store.session(&hash("1")).await.is_err());
}

#[tokio::test]
async fn the_cleanup_does_what_its_rehearsal_says_and_nothing_when_run_again() {
    let (at, ids) = five(Some(Action::Spam)).await;
    at.decide(ids[4], Action::Reopen, hour(20)).await;
    let cutoffs: Vec<_> = Sweep::ALL.into_iter().map(|sweep| (sweep, hour(13))).collect();
    let store = at.store.as_ref();
    let rehearsed = cleanup::rehearse(store, &cutoffs).await.unwrap();
    let done = cleanup::run(store, &cutoffs, 2, hour(30)).await.unwrap();
    let counts = |swept: &[cleanup::Swept]| -> Vec<usize> {
        swept.iter().map(|swept| swept.count).collect()
    };
    assert_eq!(counts(&rehearsed), [0, 0, 3, 5, 3, 0]);
    // What is deleted with its comment need not be forgotten again.
    assert_eq!(counts(&done), [0, 0, 3, 2, 0, 0]);
    let twice = cleanup::run(store, &cutoffs, 2, hour(31)).await.unwrap();
    assert_eq!(counts(&twice), [0; 6]);
    assert_eq!(at.status(ids[3]).await, Status::Spam);
}
