//! Articles: what is published under them, and whether they take comments.

use codau::domain::{Action, CommentId, Order, Part, Start};
use codau::store::{Insertion, StoreError};

use crate::support::{comment, hour, key, opened};

#[tokio::test]
async fn a_thread_keeps_the_address_and_title_of_its_first_comment() {
    let at = opened();
    at.insert(comment("1", "Một.", hour(0))).await;
    let mut later = comment("1", "Hai.", hour(1));
    later.submission.title = "Tên khác".into();
    at.insert(later).await;
    let thread = at.published("1").await.unwrap().thread;
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
    let published = at.published("1").await.unwrap();
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
async fn a_thread_is_read_in_parts_by_key_in_both_orders() {
    let at = opened();
    let mut ids = Vec::new();
    for n in 1..=5 {
        let id = at.insert(comment("1", &format!("Ý kiến {n}."), hour(n))).await;
        at.decide(id, Action::Approve, hour(9)).await;
        ids.push(id);
    }
    let mut reply = comment("1", "Trả lời.", hour(6));
    reply.submission.parent = Some(ids[3]);
    let reply = at.insert(reply).await;
    at.decide(reply, Action::Approve, hour(9)).await;
    let elsewhere = at.insert(comment("2", "Bài khác.", hour(7))).await;
    at.decide(elsewhere, Action::Approve, hour(9)).await;
    let part = async |order, start| {
        let part = Part { order, start, limit: 2 };
        let found = at.store.published(&key("1"), part).await?;
        assert_eq!(found.count, 6);
        for comment in &found.comments {
            let expected = if comment.id == ids[3] { vec![reply] } else { vec![] };
            assert_eq!(comment.replies.iter().map(|reply| reply.id).collect::<Vec<_>>(), expected);
        }
        let shown: Vec<_> = found.comments.iter().map(|comment| comment.id).collect();
        Ok::<_, StoreError>((shown, found.next))
    };
    use Order::{Newest, Oldest};
    let found = part(Oldest, Start::Beginning).await.unwrap();
    assert_eq!(found, (ids[..2].to_vec(), Some(ids[1])));
    let found = part(Oldest, Start::After(ids[3])).await.unwrap();
    assert_eq!(found, (vec![ids[4]], None));
    let found = part(Newest, Start::Beginning).await.unwrap();
    assert_eq!(found, (vec![ids[4], ids[3]], Some(ids[3])));
    let found = part(Newest, Start::After(ids[2])).await.unwrap();
    assert_eq!(found, (vec![ids[1], ids[0]], None));
    // A reply stands with its comment.
    for id in [ids[3], reply] {
        let found = part(Oldest, Start::At(id)).await.unwrap();
        assert_eq!(found, (ids[3..].to_vec(), None));
        let found = part(Newest, Start::At(id)).await.unwrap();
        assert_eq!(found, (vec![ids[3], ids[2]], Some(ids[2])));
    }
    for wrong in [elsewhere, CommentId(4_711)] {
        let found = part(Oldest, Start::At(wrong)).await;
        assert!(matches!(found, Err(StoreError::NotFound)));
    }
    // Once that comment is taken back, by itself.
    at.decide(ids[3], Action::Reject, hour(10)).await;
    let whole = at.published("1").await.unwrap();
    let shown: Vec<_> = whole.comments.iter().map(|comment| comment.id).collect();
    assert_eq!(shown, [ids[0], ids[1], ids[2], ids[4], reply]);
    let part = Part { order: Oldest, start: Start::At(reply), limit: 2 };
    assert_eq!(at.store.published(&key("1"), part).await.unwrap().comments[0].id, reply);
}

#[tokio::test]
async fn the_latest_are_those_published_last_of_an_article_and_of_its_site() {
    let at = opened();
    let mut ids = Vec::new();
    for (object, hours) in [("1", 5), ("3", 6), ("1", 7), ("2", 8), ("1", 9)] {
        let id = at.insert(comment(object, &format!("{object} {hours}"), hour(1))).await;
        at.decide(id, Action::Approve, hour(hours)).await;
        ids.push(id);
    }
    ids.reverse();
    at.insert(comment("1", "Đang chờ.", hour(2))).await;
    let mut other = comment("1", "Báo khác.", hour(2));
    other.submission.thread.site = "khac".into();
    let other = at.insert(other).await;
    at.decide(other, Action::Approve, hour(11)).await;

    let of_thread = at.store.latest(&key("1"), 2).await.unwrap();
    let shown: Vec<_> = of_thread.comments.iter().map(|c| (c.id, c.published_at)).collect();
    assert_eq!(shown, [(ids[0], hour(9)), (ids[2], hour(7))]);
    let of_site = async |limit| {
        let found = at.store.latest_of_site("bao", limit).await.unwrap();
        let of = |(thread, comment): (codau::domain::Thread, codau::domain::PublishedComment)| {
            (thread.key.object, comment.id)
        };
        found.into_iter().map(of).collect::<Vec<_>>()
    };
    let all = ["1", "2", "1", "3", "1"].map(str::to_owned).into_iter().zip(ids.iter().copied());
    let all: Vec<_> = all.collect();
    assert_eq!(of_site(9).await, all);
    assert_eq!(of_site(2).await, all[..2]);
    // What is edited again is news; what is taken back is none.
    at.decide(ids[3], Action::Edit, hour(12)).await;
    at.decide(ids[0], Action::Spam, hour(12)).await;
    let shown: Vec<_> = of_site(2).await.into_iter().map(|(_, id)| id).collect();
    assert_eq!(shown, [ids[3], ids[1]]);
    assert!(matches!(at.store.latest(&key("9"), 2).await, Err(StoreError::NotFound)));
    assert!(at.store.latest_of_site("x", 2).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_revision_grows_with_all_that_can_be_seen_and_nothing_else() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    let thread = at.published("1").await.unwrap().thread.id;
    let revision = async || at.published("1").await.unwrap().revision;
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
    let thread = at.published("1").await.unwrap().thread.id;
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
    let thread = async |object| at.published(object).await.unwrap().thread.id;
    let threads = [thread("1").await, thread("2").await];
    let pending = at.store.pending_in(&threads).await.unwrap();
    assert_eq!((pending[&threads[0]], pending[&threads[1]]), (1, 1));
}
