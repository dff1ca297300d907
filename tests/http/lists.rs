//! The queue and the lists of what was decided.

use crate::support::{App, comment};

#[tokio::test]
async fn the_queue_is_oldest_first_and_decided_lists_newest_first() {
    let app = App::start().await;
    let mut ids = Vec::new();
    for name in ["Một", "Hai", "Ba"] {
        ids.push(app.sent(comment().name(name)).await.id);
    }
    assert_eq!(app.queue("").await, ["Một", "Hai", "Ba"]);
    for id in &ids {
        app.approve(*id).await;
    }
    assert_eq!(app.queue("?status=approved").await, ["Ba", "Hai", "Một"]);
    let page = app.page(app.log_in().await, "/moderation/").await.page();
    assert!(page.text(".empty").contains("Cảm ơn bạn!"));
    assert_eq!(page.texts(".lanes .count"), ["0", "3", "0", "0", "0", "0", "0"]);
}

#[tokio::test]
async fn comments_that_lack_marks_wait_where_the_newspaper_wants_them() {
    for (lane, expected) in [
        ("first", ["Bare", "Một", "Hai"]),
        ("together", ["Một", "Bare", "Hai"]),
        ("last", ["Một", "Hai", "Bare"]),
    ] {
        let app = App::with(&[("policy.lane", lane)]).await;
        app.sent(comment().name("Một")).await;
        app.sent(comment().name("Bare").body("bai viet rat hay, toi rat thich")).await;
        app.sent(comment().name("Hai")).await;
        assert_eq!(app.queue("").await, expected, "{lane}");
    }
}

#[tokio::test]
async fn lists_are_narrowed_by_status_class_and_thread() {
    let app = App::start().await;
    app.sent(comment().name("Có")).await;
    app.sent(comment().name("Không").body("bai viet rat hay, toi rat thich")).await;
    app.sent(comment().name("Bài hai").on("2")).await;
    let rejected = app.sent(comment().name("Từ chối").body("Khác.")).await;
    app.reject(rejected.id, "insult").await;
    let thread = app.article("2").await.id;
    assert_eq!(app.queue("?class=unmarked").await, ["Không"]);
    assert_eq!(app.queue(&format!("?thread={thread}")).await, ["Bài hai"]);
    assert_eq!(app.queue("?status=rejected").await, ["Từ chối"]);
    assert_eq!(app.queue("?status=rejected&class=unmarked").await, Vec::<String>::new());
    // What a form sends when nothing is chosen, and what nobody sends, ask for nothing.
    let unfiltered = app.queue("?status=pending&class=&thread=&q=&after=").await;
    assert_eq!(unfiltered.len(), 3);
    assert_eq!(app.queue("?status=x&class=x&thread=x&after=x").await.len(), 3);
}

#[tokio::test]
async fn search_leaves_marks_aside_and_finds_every_word() {
    let app = App::start().await;
    app.sent(comment().name("Đỗ Ngọc Quyên").body("Con đò chở sách về cồn.")).await;
    app.sent(comment().name("Lê Bình").body("cho sach o bai khac, toi mua nhieu")).await;
    for (words, expected) in [
        ("đò", vec!["Đỗ Ngọc Quyên"]),
        ("do SACH", vec!["Đỗ Ngọc Quyên"]),
        ("sách", vec!["Lê Bình", "Đỗ Ngọc Quyên"]),
        ("ngoc", vec!["Đỗ Ngọc Quyên"]),
        ("sách núi", vec![]),
        ("\" OR 1 --", vec![]),
        ("sách*", vec!["Lê Bình", "Đỗ Ngọc Quyên"]),
        ("%\"'", vec!["Lê Bình", "Đỗ Ngọc Quyên"]),
        ("\"đò chở\"", vec!["Đỗ Ngọc Quyên"]),
        ("\"chở đò\"", vec![]),
        ("ngo*", vec!["Đỗ Ngọc Quyên"]),
    ] {
        let query = url::form_urlencoded::byte_serialize(words.as_bytes());
        let mut found = app.queue(&format!("?q={}", query.collect::<String>())).await;
        found.sort();
        assert_eq!(found, expected, "{words}");
    }
}

#[tokio::test]
async fn paging_neither_skips_nor_repeats_while_comments_come_and_go() {
    let app = App::start().await;
    let mut ids = Vec::new();
    for n in 0..45 {
        ids.push(app.sent(comment().name(&format!("Số {n:02}"))).await.id);
    }
    let desk = app.log_in().await;
    let (mut seen, mut path) = (Vec::new(), "/moderation/".to_owned());
    loop {
        let page = app.page(desk, &path).await.expect(200).page();
        seen.extend(page.texts(".card .about b"));
        let next = page.attributes("a[rel=next]", "href");
        // Meanwhile one that was seen is decided and another comes in.
        app.approve(ids[seen.len() - 2]).await;
        match next.into_iter().next() {
            Some(next) => path = next,
            None => break,
        }
    }
    let expected: Vec<_> = (0..45).map(|n| format!("Số {n:02}")).collect();
    assert_eq!(seen, expected);
}
