//! What a desk hears of the others while its page is open.

use std::time::{Duration, Instant};

use codau::domain::Role;
use reqwest::Response;
use reqwest::header::COOKIE;
use serde_json::{Value, json};

use crate::support::{App, Desk, comment};

/// An open stream.
struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    async fn open(app: &App, desk: &Desk, query: &str) -> Stream {
        let request = app.get(&format!("/moderation/events{query}")).header(COOKIE, &desk.cookie);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        Stream { response, text: String::new() }
    }

    /// The data of the next event of this name; others before it are passed over.
    async fn next(&mut self, name: &str) -> Value {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let lines: Vec<_> = event.lines().map(str::to_owned).collect();
                self.text = rest.to_owned();
                if lines.first() == Some(&format!("event: {name}")) {
                    let data = lines[1].strip_prefix("data: ").unwrap();
                    return serde_json::from_str(data).unwrap();
                }
            }
            let more = self.response.chunk().await.unwrap();
            let more = more.unwrap_or_else(|| panic!("the stream ended before {name}"));
            self.text.push_str(std::str::from_utf8(&more).unwrap());
        }
    }

    /// Reads to the end.
    async fn end(mut self) {
        while self.response.chunk().await.unwrap().is_some() {}
    }
}

#[tokio::test]
async fn a_desk_hears_who_decided_how_and_what_came_in_for_its_list() {
    let app = App::start().await;
    let one = app.sent(comment().name("Một")).await.id;
    let chi = app.log_in_as("Chi", Role::Moderator).await;
    let mut stream = Stream::open(&app, &chi, "?class=marked").await;
    assert_eq!(stream.response.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.response.headers()["x-accel-buffering"], "no");
    assert_eq!(stream.response.headers()["cache-control"], "no-store");
    assert_eq!(stream.next("counts").await["pending"], 1);

    app.approve(one).await;
    let decided = stream.next("decided").await;
    assert_eq!((&decided["id"], &decided["version"]), (&json!(one), &json!(2)));
    let message = decided["message"].as_str().unwrap();
    assert!(message.starts_with("Bình luận này vừa được Bình duyệt lúc "), "{message}");
    let counts = stream.next("counts").await;
    assert_eq!((&counts["pending"], &counts["approved"]), (&json!(0), &json!(1)));

    // Not for this list, and then for it.
    let bare = "bai viet rat hay, toi rat thich";
    app.sent(comment().name("Thiếu").body(bare)).await;
    let two = app.sent(comment().name("Hai")).await.id;
    assert_eq!(stream.next("arrived").await, json!({ "id": two }));
    assert_eq!(stream.next("counts").await["view-unmarked"], 1);
}

#[tokio::test]
async fn a_desk_that_begins_to_listen_hears_what_changed_since_its_page_was_made() {
    let app = App::start().await;
    let ids = [app.sent(comment()).await.id, app.sent(comment().body("Khác.")).await.id];
    let chi = app.log_in_as("Chi", Role::Moderator).await;
    app.spam(ids[0]).await;
    let binh = app.log_in().await;
    let claim = format!("/moderation/comments/{}/claim", ids[1]);
    app.send(binh, &claim, &[]).await.expect(200);
    let cards = format!("?cards={}.1,{}.1,77.1,x,.", ids[0], ids[1]);
    let mut stream = Stream::open(&app, &chi, &cards).await;
    let decided = stream.next("decided").await;
    assert!(decided["message"].as_str().unwrap().contains("bị Bình đánh dấu spam"), "{decided}");
    assert_eq!(stream.next("claimed").await["message"], "Bình đang xem");
}

#[tokio::test]
async fn others_see_who_looks_at_a_card_also_without_a_stream() {
    let app = App::start().await;
    let id = app.sent(comment()).await.id;
    let binh = app.log_in().await;
    let chi = app.log_in_as("Chi", Role::Moderator).await;
    let mut stream = Stream::open(&app, &chi, "").await;
    let path = format!("/moderation/comments/{id}/claim");
    let answer = app.send(binh, &path, &[]).await.expect(200).json();
    assert_eq!(answer, json!({ "by": null }));
    assert_eq!(stream.next("claimed").await, json!({ "id": id, "message": "Bình đang xem" }));
    let answer = app.send(&chi, &path, &[]).await.expect(200).json();
    assert_eq!(answer, json!({ "by": "Bình" }));

    let chip = async |desk: &Desk| app.page(desk, "/moderation/").await.page().text(".claim");
    assert_eq!(chip(&chi).await, "Bình đang xem");
    assert_eq!(chip(binh).await, "");
    app.send(binh, &path, &[("release", "yes")]).await.expect(204);
    assert_eq!(stream.next("claimed").await["message"], Value::Null);
    assert_eq!(chip(&chi).await, "");
    app.send(&chi, "/moderation/comments/77/claim", &[]).await.expect(404);
    let forged = Desk { cookie: chi.cookie.clone(), csrf: "x".into() };
    app.send(&forged, &path, &[]).await.expect(403);
}

#[tokio::test]
async fn a_stream_is_for_moderators_and_says_nothing_after_their_session_ended() {
    let app = App::start().await;
    let stranger = app.get("/moderation/events").send().await.unwrap();
    assert_eq!(stranger.status(), 303, "to the login");
    let chi = app.log_in_as("Chi", Role::Moderator).await;
    let mut stream = Stream::open(&app, &chi, "").await;
    stream.next("counts").await;
    app.send(&chi, "/moderation/logout", &[]).await.expect(303);
    app.sent(comment()).await;
    stream.next("ended").await;
    assert!(!stream.text.contains("arrived"));
    stream.end().await;
}

#[tokio::test]
async fn open_streams_are_bounded_and_do_not_hold_up_a_stop() {
    let app = App::start().await;
    let desk = app.log_in_as("Chi", Role::Moderator).await;
    let mut streams = Vec::new();
    for _ in 0..256 {
        streams.push(Stream::open(&app, &desk, "").await);
    }
    let refused = app.get("/moderation/events").header(COOKIE, &desk.cookie).send().await.unwrap();
    assert_eq!(refused.status(), 503);
    assert!(refused.headers().contains_key("retry-after"));
    let asked = Instant::now();
    drop(app);
    for stream in streams {
        stream.end().await;
    }
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}
