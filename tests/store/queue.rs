//! The desk's lists.

use codau::domain::{Action, Lane, Status};
use codau::language::Class;
use codau::store::QueueFilter;

use crate::support::{comment, hour, key, listed, opened};

#[tokio::test]
async fn pending_comments_are_by_lane_and_oldest_first_and_decided_ones_newest_first() {
    let at = opened();
    for (n, lane) in
        [Lane::Last, Lane::Together, Lane::First, Lane::Together].into_iter().enumerate()
    {
        let mut new = comment("1", &format!("Số {n}."), hour(0));
        new.lane = lane;
        at.insert(new).await;
    }
    for limit in [1, 2, 3, 100] {
        assert_eq!(at.list(&listed(Status::Pending), limit).await, [3, 2, 4, 1]);
    }
    for id in [3, 1, 4, 2] {
        at.decide(codau::domain::CommentId(id), Action::Approve, hour(1)).await;
    }
    for limit in [1, 3, 100] {
        assert_eq!(at.list(&listed(Status::Approved), limit).await, [4, 3, 2, 1]);
    }
}

#[tokio::test]
async fn a_list_is_narrowed_by_class_thread_and_words_together() {
    let at = opened();
    for (object, body, class) in [
        ("1", "Con đò chở sách", Class::Marked),
        ("1", "cho sach ve con", Class::Unmarked),
        ("2", "Chợ bán sách cũ", Class::Marked),
    ] {
        let mut new = comment(object, body, hour(0));
        new.verdict.class = class;
        at.insert(new).await;
    }
    let thread = Some(at.store.published(&key("1")).await.unwrap().thread.id);
    let list = async |class, thread, words: &str| {
        let words = words.to_owned();
        let filter = QueueFilter { class, thread, words, ..listed(Status::Pending) };
        let mut ids = at.list(&filter, 1).await;
        ids.sort_unstable();
        ids
    };
    assert_eq!(list(None, None, "").await, [1, 2, 3]);
    assert_eq!(list(Some(Class::Marked), None, "").await, [1, 3]);
    assert_eq!(list(None, thread, "").await, [1, 2]);
    assert_eq!(list(None, None, "SÁCH").await, [1, 2, 3]);
    assert_eq!(list(None, None, "do sach").await, [1]);
    assert_eq!(list(Some(Class::Marked), thread, "sach").await, [1]);
    assert_eq!(list(Some(Class::Foreign), thread, "sach").await, Vec::<i64>::new());
    for odd in ["\"", "*", "AND", "-sach", "a:b", "sach\0", "NEAR(", "'; drop table comment"] {
        list(None, None, odd).await;
    }
}

#[tokio::test]
async fn pages_skip_and_repeat_nothing_while_comments_are_decided() {
    let at = opened();
    for n in 0..50 {
        at.insert(comment("1", &format!("Số {n}."), hour(n))).await;
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = at.store.queue(&listed(Status::Pending), after, 7).await.unwrap();
        for read in &page.comments {
            seen.push(read.id.0);
            at.decide(read.id, Action::Approve, hour(60)).await;
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=50).collect::<Vec<_>>());
}
