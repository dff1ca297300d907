//! The desk for programs: JSON and bearer tokens.

use codau::accounts::make_token;
use codau::domain::Role;
use codau::server::clock;
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::support::{Answer, App, Ask, Clock, comment};

/// A program that acts for a moderator.
struct Program<'a> {
    app: &'a App,
    token: String,
}

impl<'a> Program<'a> {
    async fn of(app: &'a App, name: &str) -> Program<'a> {
        app.hire(name, Role::Moderator).await;
        let token = make_token(app.store.as_ref(), name, "bot", clock()).await.unwrap();
        Program { app, token }
    }

    async fn get(&self, path: &str) -> Answer {
        let request = self.app.get(&format!("/api/v1{path}"));
        request.header(AUTHORIZATION, format!("Bearer {}", self.token)).ask().await
    }

    async fn decide(&self, id: i64, decision: &Value) -> Answer {
        let request = self.app.post(&format!("/api/v1/comments/{id}/decision")).json(decision);
        request.header(AUTHORIZATION, format!("Bearer {}", self.token)).ask().await
    }
}

#[tokio::test]
async fn a_program_works_the_queue_as_a_moderator_does() {
    let app = App::start().await;
    let program = Program::of(&app, "Bình").await;
    for (body, name) in [("Một.", "An"), ("Hai hai.", "Chi"), ("Ba.", "Dũng")] {
        app.sent(comment().body(body).name(name)).await;
    }
    let first = program.get("/queue?limit=2").await.expect(200).json();
    let listed = first["comments"].as_array().unwrap();
    let names: Vec<_> = listed.iter().map(|comment| comment["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["An", "Chi"]);
    let next = first["next"].as_str().unwrap();
    let rest = program.get(&format!("/queue?limit=2&after={next}")).await.expect(200).json();
    assert_eq!((&rest["comments"][0]["name"], &rest["next"]), (&json!("Dũng"), &Value::Null));
    let found = program.get("/queue?q=hai").await.expect(200).json();
    assert_eq!(found["comments"].as_array().unwrap().len(), 1);

    let ids: Vec<_> = listed.iter().map(|comment| comment["id"].as_i64().unwrap()).collect();
    let decided = program.decide(ids[0], &json!({"version": 1, "action": "approve"})).await;
    assert_eq!(decided.expect(200).json(), json!({"comment": ids[0], "version": 2}));
    let edit = json!({"version": 1, "action": "edit", "body": "Hai.", "edits": ["cut"]});
    program.decide(ids[1], &edit).await.expect(200);
    assert_eq!(app.thread("1").await.page().texts(".codau-body"), ["Một.", "Hai."]);
    let undo = json!({"version": 2, "action": "undo"});
    program.decide(ids[0], &undo).await.expect(200);
    assert_eq!(app.thread("1").await.page().texts(".codau-body"), ["Hai."]);

    let comment = program.get(&format!("/comments/{}", ids[1])).await.expect(200).json();
    assert_eq!(
        (&comment["body"], &comment["published_body"]),
        (&json!("Hai hai."), &json!("Hai."))
    );
    assert_eq!((&comment["status"], &comment["version"]), (&json!("approved"), &json!(2)));
    let decision = &comment["decisions"][0];
    assert_eq!((&decision["moderator"], &decision["action"]), (&json!("Bình"), &json!("edit")));
}

#[tokio::test]
async fn a_program_that_decides_on_what_was_decided_meanwhile_is_told_by_whom() {
    let app = App::start().await;
    let program = Program::of(&app, "Máy").await;
    let sent = app.sent(comment()).await;
    app.approve(sent.id).await;
    let spam = json!({"version": 1, "action": "spam"});
    let answer = program.decide(sent.id, &spam).await.expect(409).json();
    assert_eq!((&answer["error"], &answer["version"]), (&json!("conflict"), &json!(2)));
    let decided = &answer["decided"];
    assert_eq!((&decided["moderator"], &decided["action"]), (&json!("Bình"), &json!("approve")));
}

#[tokio::test]
async fn what_is_wrong_with_a_decision_is_said_by_field() {
    let app = App::start().await;
    let program = Program::of(&app, "Máy").await;
    let id = app.sent(comment()).await.id;
    let answer = program.decide(id, &json!({"version": 1, "action": "reject"})).await;
    let answer = answer.expect(422).json();
    assert_eq!(answer["fields"], json!([{"field": "reason", "rule": "missing"}]));
    let answer = program.decide(id, &json!({"version": 1, "action": "reopen"})).await;
    assert_eq!(answer.expect(422).json()["error"], "nothing");
    for bad in [
        json!({"action": "approve"}),
        json!({"version": 1, "action": "expire"}),
        json!({"version": 1, "action": "withdraw"}),
        json!({"version": 1, "action": "approve", "moderator": 7}),
        json!("approve"),
    ] {
        assert_eq!(program.decide(id, &bad).await.expect(400).json()["error"], "bad-request");
    }
    program.decide(4711, &json!({"version": 1, "action": "approve"})).await.expect(404);
    program.get("/comments/4711").await.expect(404);
}

#[tokio::test]
async fn without_a_token_that_is_somebodys_nothing_is_told_or_done() {
    let app = App::start().await;
    let program = Program::of(&app, "Máy").await;
    let desk = app.log_in().await;
    let id = app.sent(comment()).await.id;
    let paths = ["/api/v1/queue".to_owned(), format!("/api/v1/comments/{id}")];
    let refused = async |authorization: &str| {
        for path in &paths {
            // A cookie of the desk does not count here.
            let request = app.get(path).header("cookie", &desk.cookie);
            let answer = request.header(AUTHORIZATION, authorization).ask().await.expect(401);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            assert_eq!(answer.json()["error"], "token");
        }
        let post = app.post(&format!("/api/v1/comments/{id}/decision"));
        let post = post.header(AUTHORIZATION, authorization);
        post.json(&json!({"version": 1, "action": "approve"})).ask().await.expect(401);
    };
    let token = program.token.as_str();
    for authorization in ["", "Bearer", "Bearer codau_x", &format!("Basic {token}"), token] {
        refused(authorization).await;
    }
    program.get("/queue").await.expect(200);
    let moderator = app.store.credentials("Máy").await.unwrap().0.id;
    app.store.revoke_token(moderator, "bot").await.unwrap();
    refused(&format!("Bearer {token}")).await;
    assert_eq!(app.queue("").await.len(), 1);
}

#[tokio::test]
async fn a_disabled_moderators_programs_are_out_at_once() {
    let app = App::start().await;
    let program = Program::of(&app, "Máy").await;
    program.get("/queue").await.expect(200);
    assert!(app.store.tokens().await.unwrap()[0].used_at.is_some());
    app.store.set_enabled("Máy", false).await.unwrap();
    program.get("/queue").await.expect(401);
}

#[tokio::test]
async fn when_a_token_was_last_used_is_known_to_the_minute() {
    static CLOCK: Clock = Clock::new();
    CLOCK.set("2026-03-02T08:00:00+07:00");
    let app = App::at(|| CLOCK.now(), &[]).await;
    let program = Program::of(&app, "Máy").await;
    let used = async || {
        program.get("/queue").await.expect(200);
        app.store.tokens().await.unwrap()[0].used_at.unwrap()
    };
    let first = CLOCK.now();
    assert_eq!(used().await, first);
    for seconds in [30, 30] {
        CLOCK.turn(seconds);
        assert_eq!(used().await, first, "a request seldom costs a write");
    }
    CLOCK.turn(1);
    assert_eq!(used().await, CLOCK.now());
}
