//! The description of what answers in JSON, held against the service.

use std::collections::BTreeSet;

use codau::accounts::make_token;
use codau::domain::Role;
use codau::server::clock;
use reqwest::header::{ACCEPT, AUTHORIZATION};
use serde_json::{Value, json};

use crate::support::{Answer, App, Ask, comment};

/// What a schema says of a value and does not hold; nothing, if it does.
fn broken(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = document.pointer(name.trim_start_matches('#')).expect("a schema");
        return broken(document, schema, value, at);
    }
    if let Some(any) = schema["oneOf"].as_array() {
        let fits = any.iter().any(|schema| broken(document, schema, value, at).is_empty());
        return if fits { Vec::new() } else { vec![format!("{at} fits none: {value}")] };
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.clone(),
        one => vec![one.clone()],
    };
    let fits = kinds.iter().any(|one| one == kind || (one == "number" && kind == "integer"));
    if !fits {
        return vec![format!("{at} is {kind}, not {kinds:?}")];
    }
    let mut found = Vec::new();
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        found.push(format!("{at} is {value}, not one of {allowed:?}"));
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(broken(document, &schema["items"], item, &format!("{at}[{n}]")));
    }
    if let Some(members) = value.as_object() {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let missing = required.iter().filter(|name| value.get(name.as_str().unwrap()).is_none());
        found.extend(missing.map(|name| format!("{at} lacks {name}")));
        for (name, member) in members {
            let at = format!("{at}.{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Object(_)) => {
                    found.extend(broken(document, &schema["additionalProperties"], member, &at));
                }
                (Value::Null, _) => found.push(format!("{at} is not described")),
                (schema, _) => found.extend(broken(document, schema, member, &at)),
            }
        }
    }
    found
}

/// Fails unless an answer is one that the document has for this call.
#[track_caller]
fn check(document: &Value, path: &str, method: &str, answer: &Answer) {
    let call = &document["paths"][path][method];
    let described = &call["responses"][answer.status.to_string()];
    assert!(described.is_object(), "{method} {path} answers {}: {}", answer.status, answer.text);
    let schema = &described["content"]["application/json"]["schema"];
    let faults = broken(document, schema, &answer.json(), &answer.status.to_string());
    assert!(faults.is_empty(), "{method} {path}: {faults:#?}");
}

async fn document(app: &App) -> Value {
    app.get("/openapi.json").ask().await.expect(200).json()
}

#[tokio::test]
async fn every_call_answers_as_it_is_described() {
    let app = App::with(&[("policy.unmarked", "nudge")]).await;
    let document = document(&app).await;
    app.hire("Chi", Role::Moderator).await;
    let token = make_token(app.store.as_ref(), "Chi", "bot", clock()).await.unwrap();
    let published = app.published(comment().with("email", "an@example.com")).await;
    app.published(comment().reply_to(published.id).body("Đúng vậy.")).await;
    let waiting = app.sent(comment().body("Còn đang chờ.")).await;
    let id = waiting.id;
    let mut called = BTreeSet::new();
    let mut checked = |path: &'static str, method: &'static str, answer: Answer| {
        check(&document, path, method, &answer);
        called.insert((path, method, answer.status));
    };

    let submit = async |form: Value| app.post("/comments").json(&form).ask().await;
    let form = comment().body("Một ý kiến khác.").key("k").json();
    checked("/comments", "post", submit(form.clone()).await);
    checked("/comments", "post", submit(comment().body("Khác nữa.").key("k").json()).await);
    checked("/comments", "post", submit(comment().name("").json()).await);
    checked(
        "/comments",
        "post",
        submit(comment().body("bai viet rat hay cam on toa soan").json()).await,
    );
    checked("/comments", "post", submit(comment().with("site", "khac").json()).await);
    checked("/comments", "post", submit(json!({ "site": [] })).await);
    for question in
        [json!({ "text": "bai viet rat hay, cam on tac gia", "site": "bao" }), json!({})]
    {
        let request = app.post("/assessments").json(&question);
        checked("/assessments", "post", request.ask().await);
    }
    let get = async |path: &str| app.get(path).header(ACCEPT, "application/json").ask().await;
    let thread = "/threads/{site}/{object}.json";
    for path in ["/threads/bao/1.json", "/threads/bao/none.json", "/threads/khac/1.json"] {
        checked(thread, "get", get(path).await);
    }
    checked("/counts", "get", get("/counts?site=bao&thread=1&thread=2").await);
    checked("/counts", "get", get("/counts?site=khac").await);
    checked("/receipts/{token}", "get", get(&published.receipt).await);
    checked("/receipts/{token}", "get", get("/receipts/AAAA").await);

    let bearer = format!("Bearer {token}");
    let ask = async |path: &str| {
        let request = app.get(path).header(ACCEPT, "application/json");
        request.header(AUTHORIZATION, &bearer).ask().await
    };
    checked("/api/v1/queue", "get", ask("/api/v1/queue?limit=1").await);
    checked("/api/v1/queue", "get", ask("/api/v1/queue?status=approved").await);
    checked("/api/v1/queue", "get", get("/api/v1/queue").await);
    let one = "/api/v1/comments/{id}";
    for id in [published.id, id, 4711] {
        checked(one, "get", ask(&format!("/api/v1/comments/{id}")).await);
    }
    checked(one, "get", get("/api/v1/comments/1").await);
    let decision = "/api/v1/comments/{id}/decision";
    for (id, decided) in [
        (id, json!({ "version": 1, "action": "reject" })),
        (id, json!({ "version": 1, "action": "edit", "body": "Đã sửa.", "edits": ["cut"] })),
        (id, json!({ "version": 1, "action": "spam" })),
        (id, json!({ "version": 2, "action": "edit", "body": "Đã sửa." })),
        (id, json!({ "version": 2, "action": "fly" })),
        (4711, json!({ "version": 1, "action": "spam" })),
    ] {
        let request = app.post(&format!("/api/v1/comments/{id}/decision")).json(&decided);
        let request = request.header(ACCEPT, "application/json").header(AUTHORIZATION, &bearer);
        checked(decision, "post", request.ask().await);
    }

    let described = document["paths"].as_object().unwrap().iter();
    for (path, method) in described.flat_map(|(path, calls)| {
        calls.as_object().unwrap().keys().map(move |method| (path.clone(), method.clone()))
    }) {
        let tried = called.iter().any(|(p, m, _)| *p == path && *m == method);
        assert!(tried, "{method} {path} was not tried");
    }
}

#[test]
fn every_address_for_programs_is_described() {
    let routes = include_str!("../../src/web/routes.rs");
    let document: Value =
        serde_json::from_str(include_str!("../../src/web/static/openapi.json")).unwrap();
    let api = routes.split("scope(\"/api/v1\")").nth(1).expect("the scope");
    let api = api.split("// Everyone").next().unwrap();
    let mut found = 0;
    for rest in api.split("resource(\"").skip(1) {
        let path = format!("/api/v1{}", rest.split('"').next().unwrap());
        assert!(document["paths"][&path].is_object(), "{path} is not described");
        found += 1;
    }
    assert!(found >= 3, "the scope was not read");
}
