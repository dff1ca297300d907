//! Many comments decided together.

use codau::domain::{Action, CommentId, Status};
use codau::store::{BulkId, Mark, NewBulk, QueueFilter, Selection, StoreError};

use crate::support::{Opened, comment, decision, hour, listed, opened};

async fn with(count: i64) -> Opened {
    let at = opened();
    for n in 0..count {
        at.insert(comment("1", &format!("Đò số {n}."), hour(n))).await;
    }
    at
}

async fn new(at: &Opened, selection: Selection) -> NewBulk {
    let moderator = at.moderator().await.id;
    let (action, note) = (Action::Approve, "cùng một lượt".to_owned());
    NewBulk { moderator, action, reason: None, note, selection, at: hour(50) }
}

/// Decides on everything that is left, in parts of two.
async fn carry_out(at: &Opened, id: BulkId) {
    let by = at.moderator().await.id;
    loop {
        let left = at.store.bulk_left(id, 2).await.unwrap();
        if left.is_empty() {
            return;
        }
        let decided =
            left.iter().map(|(id, version)| decision(*id, *version, by, Action::Approve, hour(51)));
        at.store.decide_in_bulk(id, decided.collect(), vec![], hour(51)).await.unwrap();
    }
}

async fn counts(at: &Opened, id: BulkId) -> (i64, i64, i64, bool) {
    let bulk = at.store.bulk(id).await.unwrap();
    (bulk.total, bulk.done, bulk.skipped, bulk.finished)
}

#[tokio::test]
async fn a_bulk_decides_what_was_ticked_and_passes_over_what_was_decided_meanwhile() {
    let at = with(5).await;
    let ticked = [1, 2, 3, 4, 4].map(|id| (CommentId(id), 1)).to_vec();
    let bulk = new(&at, Selection::These(ticked)).await;
    let id = at.store.begin_bulk(bulk, 100).await.unwrap();
    assert_eq!(counts(&at, id).await, (4, 0, 0, false));
    at.decide(CommentId(2), Action::Spam, hour(50)).await;
    carry_out(&at, id).await;
    assert_eq!(counts(&at, id).await, (4, 3, 1, true));
    assert_eq!(at.status(CommentId(2)).await, Status::Spam);
    assert_eq!(at.status(CommentId(5)).await, Status::Pending);
    let history = at.store.history(CommentId(1)).await.unwrap();
    assert_eq!(history.len(), 1, "a decision of its own");
    let found = at.store.bulk(id).await.unwrap();
    assert_eq!((found.action, found.name.as_str()), (Action::Approve, "Bình"));
    assert_eq!((found.note.as_str(), found.started_at), ("cùng một lượt", hour(50)));
    let latest = at.store.bulks(found.moderator, 5).await.unwrap();
    assert_eq!(latest, [found]);
    assert!(matches!(at.store.bulk(BulkId(77)).await, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn what_came_in_or_was_decided_after_the_page_was_made_is_not_swept_in() {
    let at = with(4).await;
    at.decide(CommentId(1), Action::Approve, hour(5)).await;
    let mark = at.store.mark().await.unwrap();
    assert_eq!(mark, Mark { comment: 4, decision: 1 });
    // Then one more comes in, one is decided, and one is decided and waits again.
    at.insert(comment("1", "Đò số sau.", hour(6))).await;
    at.decide(CommentId(2), Action::Spam, hour(7)).await;
    at.decide(CommentId(3), Action::Spam, hour(7)).await;
    at.decide(CommentId(3), Action::Reopen, hour(8)).await;
    for words in ["", "do so"] {
        let filter = QueueFilter { words: words.into(), ..listed(Status::Pending) };
        let bulk = new(&at, Selection::Matching(Box::new(filter), mark)).await;
        let id = at.store.begin_bulk(bulk, 100).await.unwrap();
        assert_eq!(counts(&at, id).await, (2, 0, 1, false), "{words}");
        assert_eq!(at.store.bulk_left(id, 9).await.unwrap(), [(CommentId(4), 1)]);
    }
    let everything = Selection::Matching(Box::new(listed(Status::Pending)), mark);
    let id = at.store.begin_bulk(new(&at, everything).await, 1).await.unwrap();
    assert_eq!(counts(&at, id).await.0, 1, "no more than asked for");
}

#[tokio::test]
async fn a_bulk_is_undone_once_and_only_what_it_decided() {
    let at = with(3).await;
    let ticked = vec![(CommentId(1), 1), (CommentId(2), 1), (CommentId(3), 9)];
    let id = at.store.begin_bulk(new(&at, Selection::These(ticked)).await, 9).await.unwrap();
    carry_out(&at, id).await;
    let undo = new(&at, Selection::DecidedBy(id)).await;
    let undoing = at.store.begin_bulk(undo.clone(), 9).await.unwrap();
    let left = at.store.bulk_left(undoing, 9).await.unwrap();
    assert_eq!(left, [(CommentId(1), 2), (CommentId(2), 2)]);
    assert_eq!(at.store.bulk(id).await.unwrap().undone_by, Some(undoing));
    assert_eq!(at.store.bulk(undoing).await.unwrap().undoes, Some(id));
    assert!(matches!(at.store.begin_bulk(undo, 9).await, Err(StoreError::Conflict)));
    let nothing = new(&at, Selection::These(vec![])).await;
    let empty = at.store.begin_bulk(nothing, 9).await.unwrap();
    assert_eq!(counts(&at, empty).await, (0, 0, 0, true));
}

#[tokio::test]
async fn an_unfinished_bulk_is_taken_over_once_nobody_works_at_it() {
    let at = with(3).await;
    let ticked = [1, 2, 3].map(|id| (CommentId(id), 1)).to_vec();
    let id = at.store.begin_bulk(new(&at, Selection::These(ticked)).await, 9).await.unwrap();
    let take = async |before, now| at.store.take_over_bulk(hour(before), hour(now)).await.unwrap();
    assert_eq!(take(50, 60).await, None, "it is being worked at");
    assert_eq!(take(51, 60).await, Some(id));
    assert_eq!(take(51, 60).await, None, "somebody has just taken it");
    at.store.decide_in_bulk(id, vec![], vec![CommentId(1)], hour(70)).await.unwrap();
    assert_eq!(take(65, 80).await, None);
    // Two at once settle each comment once.
    carry_out(&at, id).await;
    let by = at.moderator().await.id;
    let late = decision(CommentId(2), 1, by, Action::Spam, hour(80));
    at.store.decide_in_bulk(id, vec![late], vec![CommentId(1)], hour(80)).await.unwrap();
    assert_eq!(counts(&at, id).await, (3, 2, 1, true));
    assert_eq!(take(99, 99).await, None);
}
