//! Atom feeds: what was published last, of an article and of a newspaper.

use roxmltree::{Document, Node};

use crate::support::{App, Ask, comment};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// The text of an element's child.
#[track_caller]
fn text<'a>(of: Node<'a, '_>, name: &str) -> &'a str {
    let child = of.children().find(|child| child.has_tag_name((ATOM, name)));
    child.unwrap_or_else(|| panic!("no {name}")).text().unwrap_or_default()
}

fn link<'a>(of: Node<'a, '_>, rel: &str) -> &'a str {
    let mut links = of.children().filter(|child| child.has_tag_name((ATOM, "link")));
    let found = links.find(|link| link.attribute("rel") == Some(rel)).expect("a link");
    found.attribute("href").unwrap()
}

/// Holds a feed to what RFC 4287 asks of every feed and entry; returns the texts.
fn valid(xml: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap();
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    let time = |of, name| text(of, name).parse::<jiff::Timestamp>().unwrap();
    let entries: Vec<_> =
        feed.children().filter(|child| child.has_tag_name((ATOM, "entry"))).collect();
    let mut ids = vec![text(feed, "id")];
    assert!(url::Url::parse(text(feed, "id")).is_ok() && !text(feed, "title").is_empty());
    assert_eq!(link(feed, "self"), text(feed, "id"));
    let updated = time(feed, "updated");
    for entry in &entries {
        assert!(url::Url::parse(text(*entry, "id")).is_ok());
        assert!(!ids.contains(&text(*entry, "id")), "ids are unique");
        ids.push(text(*entry, "id"));
        assert!(time(*entry, "updated") <= updated);
        assert!(time(*entry, "published") <= time(*entry, "updated"));
        assert_eq!(link(*entry, "alternate"), text(*entry, "id"));
        let author = entry.children().find(|child| child.has_tag_name((ATOM, "author")));
        assert!(!text(author.unwrap(), "name").is_empty());
        assert!(!text(*entry, "title").is_empty());
    }
    entries.iter().map(|entry| text(*entry, "content").to_owned()).collect()
}

#[tokio::test]
async fn a_feed_has_the_last_published_first_and_nothing_else() {
    let app = App::start().await;
    let early = app.sent(comment().body("Gửi trước, đăng sau.")).await;
    let late = app.published(comment().name("Lê <Bình>").body("Dòng một.\n]]> & <b>")).await;
    app.approve(early.id).await;
    let reply = app.published(comment().body("Trả lời.").reply_to(early.id)).await;
    app.sent(comment().body("canary đang chờ")).await;
    let rejected = app.published(comment().body("canary bị gỡ")).await;
    app.reject(rejected.id, "insult").await;
    app.published(comment().on("2").with("title", "Bài hai").body("Ở bài khác.")).await;
    // One step a second, so that their order is one of time.
    app.sql("update comment set decided_at = submitted_at + 600000 + 1000 * id");
    app.sql(&format!("update comment set decided_at = decided_at + 9000 where id = {}", early.id));
    let _ = (late, reply);

    let answer = app.get("/threads/bao/1.atom").ask().await.expect(200);
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    assert_eq!(valid(&answer.text), ["Gửi trước, đăng sau.", "Trả lời.", "Dòng một.\n]]> & <b>"]);
    let document = Document::parse(&answer.text).unwrap();
    let feed = document.root_element();
    assert_eq!(text(feed, "title"), "Bình luận về bài Bài một");
    assert_eq!(link(feed, "alternate"), "https://bao.example/bai-1.html");
    let to = document.descendants().find(|node| node.tag_name().name() == "in-reply-to");
    let parent = format!("{}/comments/{}", app.url, early.id);
    assert_eq!(to.unwrap().attribute("ref"), Some(parent.as_str()));

    let answer = app.get("/threads/bao.atom").ask().await.expect(200);
    assert_eq!(valid(&answer.text)[1], "Ở bài khác.");
    assert_eq!(valid(&answer.text).len(), 4);
    assert!(answer.text.contains("về bài Bài hai"));
    let other = app.get("/threads/songhau.atom").ask().await.expect(200);
    assert_eq!(valid(&other.text), [""; 0]);
}

#[tokio::test]
async fn a_feed_can_be_read_whatever_people_send() {
    let app = App::start().await;
    let odd = "\u{1}\u{b}\u{fffe} \u{202e}ngược ]]> &#0; <?xml?> \u{1f}";
    app.published(comment().with("title", odd).name("\u{7}Kẻ <phá>").body(odd)).await;
    for path in ["/threads/bao/1.atom", "/threads/bao.atom"] {
        valid(&app.get(path).ask().await.expect(200).text);
    }
}

#[tokio::test]
async fn a_newspaper_or_an_article_that_is_not_there_has_no_feed() {
    let app = App::start().await;
    app.get("/threads/bao/1.atom").ask().await.expect(404);
    app.get("/threads/khac/1.atom").ask().await.expect(403);
    app.get("/threads/khac.atom").ask().await.expect(403);
    app.sent(comment()).await;
    let empty = app.get("/threads/bao/1.atom").ask().await.expect(200);
    assert_eq!(valid(&empty.text), [""; 0]);
}
