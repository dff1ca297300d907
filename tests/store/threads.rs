//! Articles: what is published under them, and whether they take comments.

use codau::domain::Action;
use codau::store::{Insertion, StoreError};

use crate::support::{comment, hour, key, opened};

#[tokio::test]
async fn a_thread_keeps_the_address_and_title_of_its_first_comment() {
    let at = opened();
    at.insert(comment("1", "Một.", hour(0))).await;
    let mut later = comment("1", "Hai.", hour(1));
    later.submission.title = "Tên khác".into();
    at.insert(later).await;
    let thread = at.store.published(&key("1")).await.unwrap().thread;
    assert_eq!((thread.title.as_str(), thread.open), ("Bài 1", true));
    assert_eq!(thread.url, "https://bao.example/1");
}

#[tokio::test]
async fn what_is_published_is_the_decisions_text_in_the_order_it_came_in() {
    let at = opened();
    let one = at.insert(comment("1", "Một.", hour(0))).await;
    let two = at.insert(comment("1", "Hai.", hour(1))).await;
    let other = at.insert(comment("2", "Ba.", hour(2))).await;
    for id in [two, one, other] {
        at.decide(id, Action::Edit, hour(3)).await;
    }
    let published = at.store.published(&key("1")).await.unwrap();
    let ids: Vec<_> = published.comments.iter().map(|comment| comment.id).collect();
    assert_eq!(ids, [one, two]);
    assert_eq!(published.comments[0].body, "bản 1");
    assert!(published.comments[0].edited);
    let objects = ["1", "2", "3"].map(str::to_owned);
    let counts = at.store.published_counts("bao", &objects).await.unwrap();
    assert_eq!((counts.get("1"), counts.get("2"), counts.get("3")), (Some(&2), Some(&1), None));
    assert!(at.store.published_counts("khac", &objects).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_revision_grows_with_all_that_can_be_seen_and_nothing_else() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    let thread = at.store.published(&key("1")).await.unwrap().thread.id;
    let revision = async || at.store.published(&key("1")).await.unwrap().revision;
    let mut last = revision().await;
    for (action, seen) in [
        (Action::Reject, false),
        (Action::Approve, true),
        (Action::Edit, true),
        (Action::Spam, true),
        (Action::Reopen, false),
    ] {
        at.decide(id, action, hour(1)).await;
        let now = revision().await;
        assert_eq!(now > last, seen, "{action:?}");
        last = now;
    }
    for (open, seen) in [(true, false), (false, true), (false, false), (true, true)] {
        let set = at.store.set_thread_open(thread, open).await.unwrap();
        assert_eq!(set.open, open);
        let now = revision().await;
        assert_eq!(now > last, seen, "{open}");
        last = now;
    }
}

#[tokio::test]
async fn a_closed_thread_takes_no_comment() {
    let at = opened();
    at.insert(comment("1", "Một.", hour(0))).await;
    let thread = at.store.published(&key("1")).await.unwrap().thread.id;
    at.store.set_thread_open(thread, false).await.unwrap();
    let late = at.store.insert(comment("1", "Hai.", hour(1))).await.unwrap();
    assert_eq!(late, Insertion::ThreadClosed);
    at.store.set_thread_open(thread, true).await.unwrap();
    at.insert(comment("1", "Hai.", hour(1))).await;
    let nowhere = at.store.set_thread_open(codau::domain::ThreadId(4_711), false);
    assert!(matches!(nowhere.await, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn only_a_published_comment_of_the_thread_is_replied_to_and_no_reply() {
    let at = opened();
    let parent = at.insert(comment("1", "Một.", hour(0))).await;
    let reply_to = async |object: &str, body: &str, parent| {
        let mut reply = comment(object, body, hour(1));
        reply.submission.parent = Some(parent);
        at.store.insert(reply).await.unwrap()
    };
    assert_eq!(reply_to("1", "a", parent).await, Insertion::NoSuchParent);
    at.decide(parent, Action::Approve, hour(1)).await;
    assert_eq!(reply_to("2", "b", parent).await, Insertion::NoSuchParent);
    let Insertion::Stored(reply) = reply_to("1", "c", parent).await else {
        panic!("it is not kept");
    };
    let kept = at.store.comment(reply).await.unwrap();
    assert_eq!(kept.parent, Some((parent, "An".to_owned())));
    at.decide(reply, Action::Approve, hour(2)).await;
    assert_eq!(reply_to("1", "d", reply).await, Insertion::NoSuchParent);
    at.decide(parent, Action::Reject, hour(2)).await;
    assert_eq!(reply_to("1", "e", parent).await, Insertion::NoSuchParent);
}

#[tokio::test]
async fn pending_comments_are_counted_by_thread() {
    let at = opened();
    let one = at.insert(comment("1", "Một.", hour(0))).await;
    at.insert(comment("1", "Hai.", hour(0))).await;
    at.insert(comment("2", "Ba.", hour(0))).await;
    at.decide(one, Action::Approve, hour(1)).await;
    let thread = async |object| at.store.published(&key(object)).await.unwrap().thread.id;
    let threads = [thread("1").await, thread("2").await];
    let pending = at.store.pending_in(&threads).await.unwrap();
    assert_eq!((pending[&threads[0]], pending[&threads[1]]), (1, 1));
}
