//! Comments come in: many at once, each once, none lost.

use std::collections::HashSet;
use std::sync::Arc;

use codau::domain::{Action, CommentId, Flag, OffendingSpan, Status};
use codau::language::Class;
use codau::store::{Insertion, StoreError};

use crate::support::{comment, hash, hour, key, opened};

#[tokio::test]
async fn a_comment_is_kept_with_everything_that_is_known_of_it() {
    let at = opened();
    let mut new = comment("1", "Đò chữ\ndễ thương", hour(1));
    new.verdict.class = Class::PartlyMarked;
    new.verdict.flags = vec![Flag::PartlyMarked, Flag::Links];
    let suggestion = "đò \"chữ\"".to_owned();
    new.verdict.spans = vec![OffendingSpan { bytes: 0..4, suggestion }];
    let id = at.insert(new.clone()).await;
    let kept = at.store.comment(id).await.unwrap();
    assert_eq!(kept.verdict, new.verdict);
    assert_eq!((kept.name, kept.email), (new.submission.name, new.submission.email));
    assert_eq!((kept.body, kept.published_body), (new.submission.body, None));
    assert_eq!((kept.status, kept.version, kept.parent), (Status::Pending, 1, None));
    assert_eq!((kept.submitted_at, kept.thread.key), (hour(1), key("1")));
    let receipt = at.receipt("Đò chữ\ndễ thương").await.unwrap();
    assert_eq!((receipt.comment, receipt.status), (id, Status::Pending));
    assert_eq!((receipt.submitted_at, receipt.decided_at), (hour(1), None));
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let at = opened();
    assert!(matches!(at.store.comment(CommentId(1)).await, Err(StoreError::NotFound)));
    assert!(matches!(at.receipt("x").await, Err(StoreError::NotFound)));
    assert!(matches!(at.published("1").await, Err(StoreError::NotFound)));
    assert!(at.store.history(CommentId(1)).await.unwrap().is_empty());
    at.store.check().await.unwrap();
}

#[tokio::test]
async fn the_same_form_is_one_comment_and_another_text_in_it_is_refused() {
    let at = opened();
    let new = comment("1", "Một.", hour(0));
    let id = at.insert(new.clone()).await;
    let again = at.store.insert(new.clone()).await.unwrap();
    assert_eq!(again, Insertion::AlreadyStored(id));
    let mut other = new.clone();
    other.submission.body = "Hai.".into();
    assert_eq!(at.store.insert(other).await.unwrap(), Insertion::KeyReused);
    // However the first one was decided, and though the thread takes no more.
    at.decide(id, Action::Spam, hour(1)).await;
    let thread = at.published("1").await.unwrap().thread.id;
    at.store.set_thread_open(thread, false).await.unwrap();
    let again = at.store.insert(new).await.unwrap();
    assert_eq!(again, Insertion::AlreadyStored(id));
}

#[tokio::test]
async fn many_inserts_at_once_all_land_with_numbers_of_their_own() {
    let at = opened();
    let mut tasks = Vec::new();
    for n in 0..300 {
        let store = Arc::clone(&at.store);
        tasks.push(tokio::spawn(async move {
            let mut new = comment(&format!("{}", n % 7), &format!("Ý kiến {n}."), hour(n));
            // Every tenth cannot be kept: SQLite has no such share, and such a name is too long for an
            // index of PostgreSQL's.
            if n % 10 == 9 {
                new.verdict.missing_share = f32::NAN;
                let name = (0..200).map(|part| format!("{:?}", hash(&part.to_string())));
                new.submission.name = name.collect();
            }
            store.insert(new).await
        }));
    }
    let (mut ids, mut failed) = (HashSet::new(), 0);
    for task in tasks {
        match task.await.unwrap() {
            Ok(Insertion::Stored(id)) => assert!(ids.insert(id)),
            Ok(other) => panic!("{other:?}"),
            Err(StoreError::Unavailable(_)) => failed += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    // Their failures disturbed nobody else's.
    assert_eq!((ids.len(), failed), (270, 30));
    for id in ids {
        at.store.comment(id).await.unwrap();
    }
    assert_eq!(at.store.tally().await.unwrap().of(Status::Pending), 270);
}

#[tokio::test]
async fn the_same_form_many_times_at_once_is_one_comment() {
    let at = opened();
    let inserts = (0..50).map(|_| at.store.insert(comment("1", "Một.", hour(0))));
    let kept = futures_util::future::join_all(inserts).await;
    let stored = kept.iter().filter(|kept| matches!(kept, Ok(Insertion::Stored(_)))).count();
    assert_eq!(stored, 1);
    assert!(kept.iter().all(Result::is_ok));
}

#[tokio::test]
async fn forms_that_come_many_times_in_any_order_are_a_comment_each() {
    let at = opened();
    let numbers: Vec<_> = (0..20).chain((0..20).rev()).cycle().take(200).collect();
    let insert = |n| at.store.insert(comment("1", &format!("Số {n}."), hour(0)));
    let kept = futures_util::future::join_all(numbers.iter().map(insert)).await;
    let mut ids = std::collections::HashMap::new();
    for (n, kept) in numbers.iter().zip(kept) {
        let (Insertion::Stored(id) | Insertion::AlreadyStored(id)) = kept.unwrap() else {
            panic!("form {n} was not kept");
        };
        assert_eq!(*ids.entry(n).or_insert(id), id, "form {n}");
    }
    assert_eq!(at.store.tally().await.unwrap().of(Status::Pending), 20);
}

#[tokio::test]
async fn what_was_answered_is_there_when_the_store_is_opened_again() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    // A second process, while the first still runs.
    let second = codau::store::open(&at.database.url()).unwrap();
    assert_eq!(second.comment(id).await.unwrap().body, "Một.");
    assert_eq!(at.store.secret("a", &[1; 32]).await.unwrap(), [1; 32]);
    assert_eq!(second.secret("a", &[2; 32]).await.unwrap(), [1; 32]);
    assert_eq!(second.secret("b", &[2; 32]).await.unwrap(), [2; 32]);
}

#[test]
fn an_address_of_an_unknown_kind_is_refused() {
    for url in ["", "sqlite:", "mysql://x", "/data/codau.db"] {
        assert!(codau::store::open(url).is_err(), "{url}");
    }
}
