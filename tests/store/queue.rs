//! The desk's lists.

use codau::domain::{Action, CommentId, Hold, Lane, Status, ThreadId, View};
use codau::language::Class;
use codau::store::{Cursor, QueueFilter};
use futures_util::future::join_all;

use crate::support::{Opened, comment, held_by, hour, listed, opened};

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
        at.decide(CommentId(id), Action::Approve, hour(1)).await;
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
    let thread = Some(at.published("1").await.unwrap().thread.id);
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

/// Forty comments of every kind; each is its number in words, in one of three lanes.
async fn forty() -> Opened {
    let at = opened();
    let classes = [Class::Marked, Class::Unmarked, Class::PartlyMarked, Class::Foreign];
    let lanes = [Lane::Together, Lane::Last, Lane::First, Lane::Together, Lane::Last];
    for n in 0..40_usize {
        let mut new = comment(&(n % 3).to_string(), &format!("Đò thứ {n}."), hour(n as i64));
        new.verdict.class = if n % 10 == 9 { Class::Undetermined } else { classes[n % 4] };
        held_by(&mut new.verdict, Hold::ALL[n / 4 % 3]);
        new.lane = lanes[n % 5];
        at.insert(new).await;
    }
    // Some are decided; some of those wait again, from then on.
    for id in [4, 11, 18, 25, 32] {
        at.decide(CommentId(id), Action::Approve, hour(50)).await;
    }
    for id in [11, 25] {
        at.decide(CommentId(id), Action::Reopen, hour(60)).await;
    }
    at
}

#[tokio::test]
async fn any_filter_lists_exactly_the_comments_that_fit_it_in_order() {
    let at = forty().await;
    let mut all = Vec::new();
    for id in 1..=40 {
        all.push(at.store.comment(CommentId(id)).await.unwrap());
    }
    let lane_of = |id: i64| [0, 1, -1, 0, 1][usize::try_from(id - 1).unwrap() % 5];
    for status in [Status::Pending, Status::Approved] {
        for view in [None].into_iter().chain(View::ALL.map(Some)) {
            for class in [None, Some(Class::Unmarked), Some(Class::Foreign)] {
                for thread in [None, Some(ThreadId(2))] {
                    for words in ["", "do thu"] {
                        for newest in [false, true] {
                            let words = words.to_owned();
                            let before = None;
                            let filter =
                                QueueFilter { status, view, class, thread, before, words, newest };
                            let fit = all.iter().filter(|comment| filter.takes(comment));
                            let mut fit: Vec<_> = fit.map(|comment| comment.id.0).collect();
                            if status == Status::Pending && !newest {
                                fit.sort_by_key(|id| (lane_of(*id), *id));
                            } else {
                                fit.reverse();
                            }
                            for limit in [1, 3, 100] {
                                let found = at.list(&filter, limit).await;
                                assert_eq!(found, fit, "{filter:?}");
                            }
                        }
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn old_comments_are_listed_by_how_long_they_have_waited() {
    let at = forty().await;
    let old = |hours| QueueFilter { before: Some(hour(hours)), ..listed(Status::Pending) };
    for limit in [1, 2, 100] {
        assert_eq!(at.list(&old(6), limit).await, [1, 2, 3, 5, 6]);
    }
    assert_eq!(at.store.waiting_since(hour(6), 100).await.unwrap(), 5);
    assert_eq!(at.store.waiting_since(hour(6), 3).await.unwrap(), 3);
    assert_eq!(at.list(&old(61), 3).await.last(), Some(&25), "reopened last");
    let words = QueueFilter { words: "do".into(), ..old(6) };
    assert_eq!(at.sorted(&words).await, [1, 2, 3, 5, 6]);
    let view = QueueFilter { view: Some(View::Unmarked), ..old(6) };
    assert_eq!(at.sorted(&view).await, [2, 3, 6]);

    // The last one read is decided before the next page is: nothing is skipped.
    let first = at.store.queue(&old(6), None, 2).await.unwrap();
    at.decide(CommentId(2), Action::Reject, hour(70)).await;
    at.decide(CommentId(2), Action::Reopen, hour(71)).await;
    let second = at.store.queue(&old(6), first.next, 2).await.unwrap();
    assert_eq!(second.comments.iter().map(|read| read.id.0).collect::<Vec<_>>(), [3, 5]);
}

#[tokio::test]
async fn phrases_and_beginnings_of_words_are_found() {
    let at = opened();
    at.insert(comment("1", "Con đò chở sách", hour(0))).await;
    at.insert(comment("1", "Đò con, sách chở", hour(0))).await;
    let found = async |words: &str| {
        at.sorted(&QueueFilter { words: words.into(), ..listed(Status::Pending) }).await
    };
    assert_eq!(found("con đò").await, [1, 2]);
    assert_eq!(found("\"con đò\"").await, [1]);
    assert_eq!(found("“đò con” sách").await, [2]);
    assert_eq!(found("sa").await, Vec::<i64>::new());
    assert_eq!(found("sa*").await, [1, 2]);
    assert_eq!(found("spending").await, Vec::<i64>::new(), "what lists are narrowed by is no word");
}

#[tokio::test]
async fn a_comment_is_found_where_it_stands_now_and_not_once_it_is_deleted() {
    let at = opened();
    let id = at.insert(comment("1", "Con đò chở sách", hour(0))).await;
    let found = async |status| {
        let filter = QueueFilter { words: "sach".into(), ..listed(status) };
        at.sorted(&filter).await
    };
    at.decide(id, Action::Spam, hour(1)).await;
    assert_eq!(found(Status::Pending).await, Vec::<i64>::new());
    assert_eq!(found(Status::Spam).await, [1]);
    let sweep = codau::store::Sweep::DeleteSpam;
    at.store.sweep(sweep, hour(2), 10, hour(2)).await.unwrap();
    assert_eq!(found(Status::Spam).await, Vec::<i64>::new());
}

/// What a decision leaves of the words in the index has to stand where the comment does, also once
/// the index has been merged; characters that the index has words of its own in change nothing.
#[tokio::test]
async fn words_are_found_however_often_a_comment_is_decided() {
    let at = opened();
    let decisions = [Action::Approve, Action::Reject, Action::Spam];
    for n in 1..=30 {
        let body = format!("Đò \u{e001}số {n} \u{e000} \u{e010}\u{e020} qua sông");
        at.insert(comment(&(n % 3).to_string(), &body, hour(n))).await;
    }
    let mut at_hour = 100;
    for round in 0..6 {
        for id in (1..=30).filter(|id| id % 4 != round % 4) {
            let action = decisions[(id + round) as usize % 3];
            at.decide(CommentId(id), action, hour(at_hour)).await;
            if (id + round) % 5 == 0 {
                at.decide(CommentId(id), Action::Reopen, hour(at_hour + 1)).await;
            }
        }
        at_hour += 10;
        let mut all = Vec::new();
        for id in 1..=30 {
            all.push(at.store.comment(CommentId(id)).await.unwrap());
        }
        for status in [Status::Pending, Status::Approved, Status::Rejected, Status::Spam] {
            for words in ["do qua song", "so", "son*", "so 7", "\u{e001}do"] {
                let filter = QueueFilter { words: words.into(), ..listed(status) };
                let seven = words == "so 7";
                let fit = all.iter().filter(|c| c.status == status && (!seven || c.id.0 == 7));
                let mut fit: Vec<_> = fit.map(|comment| comment.id.0).collect();
                fit.sort_unstable();
                assert_eq!(at.sorted(&filter).await, fit, "{status:?} {words}");
            }
        }
        for id in 1..=30 {
            if all[id as usize - 1].status != Status::Pending {
                at.decide(CommentId(id), Action::Reopen, hour(at_hour)).await;
            }
        }
    }
}

#[test]
fn a_cursor_is_read_as_it_is_written() {
    let cursor = Cursor { place: -1, id: CommentId(7) };
    assert_eq!(cursor.to_string().parse(), Ok(cursor));
    for text in ["", "7", "a.b", "1.", "."] {
        assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
    }
}

#[tokio::test]
async fn a_flood_enters_the_search_index_though_nobody_searches_and_all_is_found_at_once() {
    let at = opened();
    let ids =
        join_all((0..300).map(|n| at.insert(comment("1", &format!("Số {n}."), hour(1))))).await;
    if at.database.is_sqlite() {
        let known = at.database.rows("select count(*) from comment_search_docsize").concat();
        assert!((1..=300).contains(&known[0].parse::<i32>().unwrap()), "{known:?}");
    }
    let found = async |status| {
        let filter = QueueFilter { words: "so".into(), ..listed(status) };
        at.list(&filter, 400).await.len()
    };
    assert_eq!(found(Status::Pending).await, 300);
    at.decide(ids[7], Action::Approve, hour(2)).await;
    assert_eq!([found(Status::Pending).await, found(Status::Approved).await], [299, 1]);
}

#[tokio::test]
async fn a_word_that_few_comments_have_is_found_like_one_that_many_have() {
    let at = opened();
    let text = |n| format!("Bến {} {n}.", if n % 400 == 7 { "đò" } else { "sông" });
    let insert = |n: usize| at.insert(comment(["1", "2"][n % 2], &text(n), hour(1)));
    let mut ids = join_all((0..600).map(insert)).await;
    ids.extend(join_all((600..1_200).map(insert)).await);
    let odd = at.store.comment(ids[1]).await.unwrap().thread.id;
    for n in [7, 8, 9, 407] {
        at.decide(ids[n], Action::Approve, hour(2)).await;
    }
    let check = async |filter: QueueFilter, expected: &[usize]| {
        let mut expected: Vec<_> = expected.iter().map(|n| ids[*n].0).collect();
        expected.sort_unstable();
        assert_eq!(at.sorted(&filter).await, expected, "{filter:?}");
    };
    for (word, approved, of_article) in
        [("bến", &[7, 8, 9, 407][..], &[7, 9, 407][..]), ("đò", &[7, 407], &[7, 407])]
    {
        let of = |status| QueueFilter { words: word.into(), ..listed(status) };
        check(of(Status::Approved), approved).await;
        check(of(Status::Rejected), &[]).await;
        let there = QueueFilter { thread: Some(odd), ..of(Status::Approved) };
        check(there.clone(), of_article).await;
        check(QueueFilter { class: Some(Class::Unmarked), ..there }, &[]).await;
    }
    for newest in [false, true] {
        check(QueueFilter { newest, words: "đò".into(), ..listed(Status::Pending) }, &[807]).await;
    }
}
