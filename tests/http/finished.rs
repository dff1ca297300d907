//! Pages kept in memory: they say what the store says, at once.

use std::collections::BTreeMap;

use reqwest::header::{ACCEPT_ENCODING, ORIGIN};

use crate::support::{App, Ask, comment};

const PUBLIC: [&str; 3] = ["/threads/bao/1", "/threads/bao/1.json", "/counts?site=bao&thread=1"];

#[tokio::test]
async fn an_answer_from_memory_says_what_the_first_one_said() {
    let app = App::start().await;
    app.published(comment()).await;
    for path in PUBLIC {
        for encoding in ["", "gzip", "br"] {
            let ask = async || {
                let request = app.get(path).header(ORIGIN, "https://bao.example");
                let answer = request.header(ACCEPT_ENCODING, encoding).ask().await.expect(200);
                // The first one went through more layers, which say `vary` again.
                let own = |name: &str| !["date", "vary"].contains(&name);
                let headers = answer.headers.iter().filter(|(name, _)| own(name.as_str()));
                let headers: BTreeMap<_, _> =
                    headers.map(|(name, value)| (name.to_string(), value.clone())).collect();
                (headers, answer.text)
            };
            assert_eq!(ask().await, ask().await, "{path} {encoding}");
        }
    }
}

#[tokio::test]
async fn the_next_read_shows_what_was_decided() {
    let app = App::start().await;
    let shown = async || {
        let page = app.thread("1").await.page().texts(".codau-body");
        let json = app.thread_json("1").await;
        let bodies = json["comments"].as_array().unwrap().iter();
        let bodies: Vec<_> = bodies.map(|c| c["body"].as_str().unwrap().to_owned()).collect();
        assert_eq!(page, bodies);
        let counts = app.get(PUBLIC[2]).ask().await.expect(200).json();
        assert_eq!(counts["counts"]["1"], bodies.len());
        bodies
    };
    let sent = app.sent(comment().body("Một.")).await;
    assert_eq!(shown().await, [""; 0]);
    app.approve(sent.id).await;
    assert_eq!(shown().await, ["Một."]);
    app.edit(sent.id, "Hai.").await;
    assert_eq!(shown().await, ["Hai."]);
    app.reject(sent.id, "insult").await;
    assert_eq!(shown().await, [""; 0]);
    app.approve(sent.id).await;
    assert_eq!(shown().await, ["Một."]);
    assert!(app.thread("1").await.page().has("form"));
    app.close("1").await;
    assert!(!app.thread("1").await.page().has("form"));
}

#[tokio::test]
async fn the_first_comment_makes_the_page_of_its_article() {
    let app = App::start().await;
    let title = "/threads/bao/1?title=Khác";
    assert_eq!(app.get(title).ask().await.expect(200).page().field("title"), "Khác");
    app.published(comment()).await;
    let page = app.get(title).ask().await.expect(200).page();
    assert_eq!((page.field("title").as_str(), page.texts(".codau-body").len()), ("Bài một", 1));
}
