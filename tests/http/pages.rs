//! Long threads: their orders, their pages by key, and the address of every comment.

use crate::support::{App, Ask, Page, comment};

/// A service with three comments on a page, and an article with `count` of them.
async fn long_thread(count: usize) -> (App, Vec<i64>) {
    let app = App::with(&[("comment.per_page", "3")]).await;
    let mut ids = Vec::new();
    for n in 1..=count {
        ids.push(app.published(comment().body(&format!("Ý kiến {n}."))).await.id);
    }
    (app, ids)
}

/// The texts on a page that are no replies.
fn texts(page: &Page) -> Vec<String> {
    page.texts(".codau-comment > .codau-body")
}

/// The texts of all pages, from `path` on along the links to more.
async fn along(app: &App, path: &str) -> Vec<String> {
    let (mut found, mut path) = (Vec::new(), path.to_owned());
    loop {
        let page = app.get(&path).ask().await.expect(200).page();
        assert!(texts(&page).len() <= 3);
        found.extend(texts(&page));
        match page.attributes(".codau-more a", "href").into_iter().next() {
            Some(next) => path = next,
            None => return found,
        }
    }
}

#[tokio::test]
async fn every_comment_is_on_one_page_in_both_orders() {
    let (app, _) = long_thread(8).await;
    let expected: Vec<_> = (1..=8).map(|n| format!("Ý kiến {n}.")).collect();
    assert_eq!(along(&app, "/threads/bao/1").await, expected);
    assert_eq!(along(&app, "/threads/bao/1/page").await, expected);
    let newest: Vec<_> = expected.into_iter().rev().collect();
    assert_eq!(along(&app, "/threads/bao/1?order=newest").await, newest);
    let page = app.thread("1").await.page();
    assert_eq!(page.text(".codau-count"), "8 bình luận");
    assert_eq!(page.texts(".codau-order a"), ["Cũ nhất", "Mới nhất"]);
    let links = page.attributes(".codau-order a", "href");
    assert_eq!(along(&app, &links[1]).await, newest);
    assert_eq!(page.texts(".codau-order [aria-current]"), ["Cũ nhất"]);
}

#[tokio::test]
async fn a_page_loses_and_repeats_nothing_when_others_are_published_or_taken_back_meanwhile() {
    let (app, ids) = long_thread(4).await;
    let first = app.thread("1").await.page();
    let next = first.attributes(".codau-more a", "href").remove(0);
    app.reject(ids[2], "insult").await;
    app.published(comment().body("Ý kiến 5.")).await;
    assert_eq!(along(&app, &next).await, ["Ý kiến 4.", "Ý kiến 5."]);
    // Even where the last one of the first page is gone.
    assert_eq!(along(&app, "/threads/bao/1?order=newest").await.len(), 4);
}

#[tokio::test]
async fn replies_come_with_their_comment_and_do_not_fill_its_page() {
    let (app, ids) = long_thread(3).await;
    for n in 1..=4 {
        let reply = comment().body(&format!("Trả lời {n}.")).reply_to(ids[0]);
        app.published(reply).await;
    }
    for query in ["", "?order=newest"] {
        let page = app.get(&format!("/threads/bao/1{query}")).ask().await.expect(200).page();
        assert_eq!(texts(&page).len(), 3);
        let replies = page.texts(".codau-replies .codau-body");
        assert_eq!(replies, ["Trả lời 1.", "Trả lời 2.", "Trả lời 3.", "Trả lời 4."]);
        assert!(!page.has(".codau-more"));
    }
}

#[tokio::test]
async fn json_has_the_same_pages() {
    let (app, ids) = long_thread(5).await;
    let (mut found, mut path) = (Vec::new(), "/threads/bao/1.json?order=newest".to_owned());
    loop {
        let json = app.get(&path).ask().await.expect(200).json();
        assert_eq!((&json["count"], &json["order"]), (&5.into(), &"newest".into()));
        for comment in json["comments"].as_array().unwrap() {
            found.push(comment["id"].as_i64().unwrap());
            let url = format!("{}/comments/{}", app.url, comment["id"]);
            assert_eq!(comment["url"], url);
        }
        match json["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    let newest: Vec<_> = ids.into_iter().rev().collect();
    assert_eq!(found, newest);
}

#[tokio::test]
async fn the_address_of_a_comment_leads_to_where_it_stands() {
    let (app, ids) = long_thread(7).await;
    let reply = app.published(comment().body("Trả lời.").reply_to(ids[5])).await;
    let early = app.published(comment().body("Trả lời sớm.").reply_to(ids[0])).await;
    let leads_to = async |id: i64| {
        let answer = app.get(&format!("/comments/{id}")).ask().await.expect(302);
        answer.location().to_owned()
    };
    // On the article's own page, while it shows it.
    for id in [ids[0], ids[2], early.id] {
        let expected = format!("https://bao.example/bai-1.html#binh-luan-{id}");
        assert_eq!(leads_to(id).await, expected);
    }
    for id in [ids[3], ids[6], reply.id] {
        let address = leads_to(id).await;
        assert!(address.starts_with(&format!("{}/threads/bao/1/page?at={id}#", app.url)));
        let page = app.get(&address).ask().await.expect(200).page();
        assert!(page.has(&format!("#binh-luan-{id}")), "{address}");
        assert_eq!(page.attributes("h1 ~ p a", "href")[0], "https://bao.example/bai-1.html");
        let first = page.attributes(".codau-order a", "href").pop().unwrap();
        assert_eq!(texts(&app.get(&first).ask().await.page())[0], "Ý kiến 1.");
    }
    // The newspaper moved since: the service's own page has it.
    app.sql("update thread set url = 'https://cu.example/bai-1.html'");
    let address = leads_to(ids[0]).await;
    assert_eq!(address, format!("{}/threads/bao/1/page#binh-luan-{}", app.url, ids[0]));
}

#[tokio::test]
async fn what_is_not_published_has_no_address() {
    let (app, ids) = long_thread(1).await;
    let pending = app.sent(comment().body("Đang chờ.")).await;
    let elsewhere = app.published(comment().on("2")).await;
    app.get(&format!("/comments/{}", pending.id)).ask().await.expect(404);
    app.get("/comments/4711").ask().await.expect(404);
    app.get("/comments/x").ask().await.expect(404);
    for id in [pending.id, elsewhere.id, 4_711] {
        for path in ["/threads/bao/1", "/threads/bao/1/page", "/threads/bao/1.json"] {
            app.get(&format!("{path}?at={id}")).ask().await.expect(404);
        }
    }
    for bad in ["after=x", "at=", "order=best", "after=1&after=2", "after=1&at=1"] {
        app.get(&format!("/threads/bao/1?{bad}")).ask().await.expect(400);
    }
    app.reject(ids[0], "insult").await;
    app.get(&format!("/comments/{}", ids[0])).ask().await.expect(404);
}

#[tokio::test]
async fn search_engines_are_told_who_wrote_what_when() {
    let app = App::start().await;
    let sent = app.published(comment().body("<b>Hay</b> & đúng.")).await;
    app.published(comment().name("Lê Bình").body("Tôi cũng nghĩ vậy.").reply_to(sent.id)).await;
    let page = app.thread("1").await.page();
    let comment = "[itemtype='https://schema.org/Article'] > * > * > [itemprop=comment]";
    let of_comment = |rest: &str| page.texts(&format!("{comment}{rest}"));
    assert_eq!(of_comment(" > [itemprop=text]"), ["<b>Hay</b> & đúng."]);
    assert_eq!(of_comment(" > p > [itemprop=author] [itemprop=name]"), ["Nguyễn Văn An"]);
    let reply = " [itemprop=comment][itemtype='https://schema.org/Comment'] > [itemprop=text]";
    assert_eq!(of_comment(reply), ["Tôi cũng nghĩ vậy."]);
    assert_eq!(page.attributes("[itemprop=commentCount]", "content"), ["2"]);
    assert_eq!(page.attributes("[itemid]", "itemid"), ["https://bao.example/bai-1.html"]);
    assert_eq!(page.attributes("[itemprop=dateCreated]", "datetime").len(), 2);
    let urls = page.attributes("[itemprop=url]", "href");
    assert_eq!(urls[0], format!("{}/comments/{}", app.url, sent.id));
}

#[tokio::test]
async fn what_a_page_says_of_its_article_counts_only_until_the_thread_exists() {
    let (app, _) = long_thread(1).await;
    let plain = app.thread("1").await.text;
    let path = "/threads/bao/1?url=https://bao.example/khac.html&title=Kh%C3%A1c";
    assert_eq!(app.get(path).ask().await.expect(200).text, plain);
}

#[tokio::test]
async fn no_way_of_asking_puts_one_part_in_the_place_of_another() {
    let (app, _) = long_thread(5).await;
    // The first request for a page of this name: whatever it makes is kept.
    app.get("/threads/bao/1?%6frder=newest&%61fter=3").ask().await.expect(200);
    assert_eq!(texts(&app.thread("1").await.page())[0], "Ý kiến 1.");
    let newest = app.get("/threads/bao/1?x=1&order=newest").ask().await.expect(200).page();
    assert_eq!(texts(&newest)[0], "Ý kiến 5.");
    assert_eq!(texts(&app.thread("1").await.page())[0], "Ý kiến 1.");
    let later = app.get("/threads/bao/1?after=1").ask().await.expect(200).page();
    assert_eq!(texts(&later)[0], "Ý kiến 2.");
}
