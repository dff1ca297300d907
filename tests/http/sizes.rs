//! What article pages load, as it is served.

use reqwest::header::{ACCEPT_ENCODING, IF_NONE_MATCH};

use crate::support::App;

/// Bytes of a file as it is served to a browser that takes `encoding`.
async fn served(app: &App, path: &str, encoding: &str) -> usize {
    let request = app.get(path).header(ACCEPT_ENCODING, encoding);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], encoding, "{path}");
    assert_eq!(answer.headers()["vary"], "accept-encoding", "{path}");
    answer.bytes().await.unwrap().len()
}

#[tokio::test]
async fn the_widget_weighs_at_most_12_kb_with_all_it_ever_loads_16() {
    let app = App::start().await;
    let parts = ["/widget.js", "/static/nudge.js", "/static/typing.js", "/static/proof.js"];
    for encoding in ["br", "gzip"] {
        let mut sizes = Vec::new();
        for path in parts {
            sizes.push(served(&app, path, encoding).await);
        }
        assert!(sizes[0] <= 12_000, "{encoding}: {sizes:?}");
        assert!(sizes.iter().sum::<usize>() <= 16_000, "{encoding}: {sizes:?}");
    }
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let app = App::start().await;
    for path in ["/widget.js", "/static/comments.css"] {
        let first = app.get(path).send().await.unwrap();
        assert!(first.headers()["cache-control"].to_str().unwrap().starts_with("public, max-age="));
        let tag = first.headers()["etag"].clone();
        let again = app.get(path).header(IF_NONE_MATCH, &tag).header(ACCEPT_ENCODING, "br");
        let again = again.send().await.unwrap();
        assert_eq!(again.status(), 304);
        assert_eq!(again.headers()["etag"], tag);
        assert!(again.bytes().await.unwrap().is_empty());
        let other = app.get(path).header(IF_NONE_MATCH, "\"x\"").send().await.unwrap();
        assert_eq!(other.status(), 200);
    }
}
