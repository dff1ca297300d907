//! One whole and valid request for each route that changes something.

use codau::accounts::make_token;
use codau::domain::{Effect, NewRule, RuleKind};
use codau::server::clock;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, ORIGIN};
use reqwest::{RequestBuilder, multipart};
use serde_json::{Value, json};

use crate::support::{App, PASSWORD, comment};

/// Who sends a request, which says where it may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// A reader, from the newspaper's article pages or from ours.
    Reader,
    /// Whoever has a receipt's link, from its own pages.
    Receipt,
    /// Somebody at the desk, or on the way to it, from its own pages.
    Desk,
    /// A program with a token, from anywhere.
    Program,
    /// Whoever asks, from anywhere: nothing of it is kept.
    Anybody,
}

/// How a form goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Urlencoded,
    Multipart,
    /// What any page can send anywhere, without asking first.
    Plain,
    Json,
    Unsaid,
}

impl Kind {
    pub(crate) const ALL: [Kind; 5] =
        [Kind::Urlencoded, Kind::Multipart, Kind::Plain, Kind::Json, Kind::Unsaid];
}

/// What a request carries.
enum Content {
    Form(Vec<(String, String)>),
    Json(Value),
    /// Its address says it all.
    Nothing,
}

/// A request that changes something.
pub(crate) struct Change {
    pub(crate) path: String,
    pub(crate) by: By,
    /// Whether the database differs afterwards.
    pub(crate) kept: bool,
    /// Whether its form is made for one session.
    pub(crate) sealed: bool,
    content: Content,
    /// What proves who sends it, as a header.
    proof: Option<(&'static str, String)>,
}

impl Change {
    /// The ways to send it that are taken.
    pub(crate) fn kinds(&self) -> &'static [Kind] {
        match (&self.content, self.by) {
            (Content::Form(_), By::Reader) => &[Kind::Urlencoded, Kind::Multipart, Kind::Json],
            (Content::Form(_), _) => &[Kind::Urlencoded],
            (Content::Json(_), _) => &[Kind::Json],
            (Content::Nothing, _) => &Kind::ALL,
        }
    }

    /// The request, as a browser would send it that says of itself what `site` and `origin` are.
    pub(crate) fn request(
        &self,
        app: &App,
        kind: Kind,
        site: Option<&str>,
        origin: Option<&str>,
    ) -> RequestBuilder {
        let mut request = self.carrying(app.post(&self.path), kind);
        if let Some((name, value)) = &self.proof {
            request = request.header(*name, value);
        }
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        request
    }

    fn carrying(&self, request: RequestBuilder, kind: Kind) -> RequestBuilder {
        let text = match &self.content {
            Content::Form(fields) => serialized(fields),
            Content::Json(value) => value.to_string(),
            Content::Nothing => String::new(),
        };
        match kind {
            Kind::Urlencoded => {
                request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(text)
            }
            Kind::Multipart => request.multipart(parts(&self.content)),
            Kind::Plain => request.header(CONTENT_TYPE, "text/plain").body(text),
            Kind::Json => request.json(&members(&self.content)),
            Kind::Unsaid => request.body(text),
        }
    }

    /// The same with another value in a field of its form.
    pub(crate) fn with(mut self, field: &str, value: &str) -> Change {
        if let Content::Form(fields) = &mut self.content {
            fields.retain(|(name, _)| name != field);
            fields.push((field.to_owned(), value.to_owned()));
        }
        self
    }

    /// What it carries, as part of an address.
    pub(crate) fn query(&self) -> String {
        match &self.content {
            Content::Form(fields) => serialized(fields),
            Content::Json(_) | Content::Nothing => String::new(),
        }
    }
}

fn serialized(fields: &[(String, String)]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields).finish()
}

fn parts(content: &Content) -> multipart::Form {
    let members = members(content);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let members = members.as_object().unwrap().iter();
    members
        .fold(multipart::Form::new(), |parts, (name, value)| parts.text(name.clone(), text(value)))
}

fn members(content: &Content) -> Value {
    match content {
        Content::Form(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
        }
        Content::Json(value) => value.clone(),
        Content::Nothing => json!({}),
    }
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A text that nobody has sent before.
fn fresh() -> String {
    format!("Ý kiến riêng của bạn đọc số {}.", rand::random::<u32>())
}

/// A request of the desk's, by an admin.
async fn at_desk(app: &App, path: impl Into<String>, fields: &[(&str, &str)]) -> Change {
    let admin = app.admin().await;
    let mut fields = owned(fields);
    fields.push(("csrf".into(), admin.csrf.clone()));
    Change {
        path: path.into(),
        by: By::Desk,
        kept: true,
        sealed: true,
        content: Content::Form(fields),
        proof: Some((COOKIE.as_str(), admin.cookie.clone())),
    }
}

fn by_reader(path: &str, fields: Vec<(String, String)>) -> Change {
    Change {
        path: path.into(),
        by: By::Reader,
        kept: true,
        sealed: false,
        content: Content::Form(fields),
        proof: None,
    }
}

/// A reader's form in the names of WordPress's.
fn by_theme(path: &str) -> Change {
    let (body, article) = (fresh(), "https://bao.example/bai-7.html");
    let fields = [
        ("author", "Nguyễn Văn An"),
        ("comment", body.as_str()),
        ("comment_post_ID", "7"),
        ("redirect_to", article),
    ];
    by_reader(path, owned(&fields))
}

async fn by_receipt(app: &App, page: &str, content: Content) -> Change {
    let sent = app.sent(comment().body(&fresh())).await;
    let path = format!("{}/{page}", sent.receipt);
    Change { path, by: By::Receipt, kept: true, sealed: false, content, proof: None }
}

async fn by_program(app: &App) -> Change {
    let name = format!("Máy {}", rand::random::<u32>());
    app.hire(&name, codau::domain::Role::Moderator).await;
    let token = make_token(app.store.as_ref(), &name, "bot", clock()).await.unwrap();
    let id = app.sent(comment().body(&fresh())).await.id;
    Change {
        path: format!("/api/v1/comments/{id}/decision"),
        by: By::Program,
        kept: true,
        sealed: false,
        content: Content::Json(json!({ "version": 1, "action": "approve" })),
        proof: Some((AUTHORIZATION.as_str(), format!("Bearer {token}"))),
    }
}

/// Reading a text, of which nothing is kept.
fn assessing() -> Change {
    let content = Content::Json(json!({ "text": "bai viet rat hay" }));
    let path = "/assessments".into();
    Change { path, by: By::Anybody, kept: false, sealed: false, content, proof: None }
}

/// A valid request for a route. What it is about is made first.
pub(crate) async fn change(app: &App, route: &str) -> Change {
    let pending = async || app.sent(comment().body(&fresh())).await.id;
    let published = async || app.published(comment().body(&fresh())).await.id;
    let on_comment = |id: i64, what: &str| format!("/moderation/comments/{id}/{what}");
    let rule = [("name", "Lời nặng"), ("kind", "words"), ("entries", "vớ vẩn"), ("effect", "hold")];
    let reason =
        [("label", "Lý do riêng"), ("sentence", "Ý kiến có chi tiết riêng của người khác.")];
    match route {
        "/comments" => by_reader(route, comment().body(&fresh()).fields().to_vec()),
        "/wp-comments-post.php" => by_theme("/wp-comments-post.php?site=bao"),
        "/{site}/wp-comments-post.php" => by_theme("/bao/wp-comments-post.php"),
        "/assessments" => assessing(),
        "/receipts/{token}/revision" => {
            let fields = owned(&[("version", "1"), ("body", "Bản khác của bạn đọc.")]);
            by_receipt(app, "revision", Content::Form(fields)).await
        }
        "/receipts/{token}/withdrawal" => by_receipt(app, "withdrawal", Content::Nothing).await,
        "/api/v1/comments/{id}/decision" => by_program(app).await,
        "/moderation/setup" => {
            let link = app.setup_link.as_ref().expect("nobody is there yet");
            let fields = [
                ("token", link.rsplit('=').next().unwrap()),
                ("name", "Người đầu tiên"),
                ("password", PASSWORD),
                ("password_again", PASSWORD),
            ];
            let content = Content::Form(owned(&fields));
            let path = route.into();
            Change { path, by: By::Desk, kept: true, sealed: false, content, proof: None }
        }
        "/moderation/login" => {
            let fields = [("name", "Chủ bút"), ("password", PASSWORD)];
            Change { sealed: false, ..at_desk(app, route, &fields).await }
        }
        "/moderation/logout" => at_desk(app, route, &[]).await,
        "/moderation/comments/{id}/decision" => {
            let fields = [("version", "1"), ("action", "approve")];
            at_desk(app, on_comment(pending().await, "decision"), &fields).await
        }
        "/moderation/comments/{id}/reply" => {
            let fields = [("name", "Thu Hà"), ("body", "Cảm ơn bạn.")];
            at_desk(app, on_comment(published().await, "reply"), &fields).await
        }
        "/moderation/comments/{id}/draft" => {
            let fields = [("body", "bai viet rat hay"), ("action", "marks")];
            let path = on_comment(pending().await, "draft");
            Change { kept: false, ..at_desk(app, path, &fields).await }
        }
        "/moderation/comments/{id}/claim" => {
            at_desk(app, on_comment(pending().await, "claim"), &[]).await
        }
        "/moderation/decisions" => {
            let ticked = format!("{}.1", pending().await);
            at_desk(app, route, &[("action", "spam"), ("comment", &ticked)]).await
        }
        "/moderation/decisions/{id}/reversal" => {
            let bulk = app.bulk(app.admin().await, &[pending().await]).await;
            at_desk(app, format!("/moderation/decisions/{bulk}/reversal"), &[]).await
        }
        "/moderation/views" => {
            at_desk(app, route, &[("name", "Của tôi"), ("query", "class=marked")]).await
        }
        "/moderation/views/{id}/removal" => {
            let shared = [("name", "Chung"), ("query", "class=marked"), ("shared", "yes")];
            app.send(app.admin().await, "/moderation/views", &shared).await.expect(303);
            let moderator = app.store.credentials("Chủ bút").await.unwrap().0.id;
            let views = app.store.saved_views(moderator).await.unwrap();
            let view = views.iter().find(|view| view.shared).expect("it is saved").id;
            let path = format!("/moderation/views/{view}/removal");
            at_desk(app, path, &[("shared", "yes")]).await
        }
        "/moderation/settings/reasons" => at_desk(app, route, &reason).await,
        "/moderation/settings/reasons/{key}" => {
            let fields = [&reason[..1], &[("sentence", "Câu khác."), ("action", "save")]].concat();
            at_desk(app, "/moderation/settings/reasons/insult", &fields).await.with("label", "Khác")
        }
        "/moderation/settings/rules" => at_desk(app, route, &rule).await,
        "/moderation/settings/rules/{id}" => {
            let (name, entries) = ("Cũ".into(), vec!["linh tinh".into()]);
            let (kind, effect) = (RuleKind::Words, Effect::Hold);
            let old = NewRule { name, kind, effect, entries, active: true };
            let id = app.store.add_rule(old, clock()).await.unwrap().0;
            let fields = [&rule[..], &[("action", "save")]].concat();
            at_desk(app, format!("/moderation/settings/rules/{id}"), &fields).await
        }
        "/moderation/settings/rules/trial" => {
            Change { kept: false, ..at_desk(app, route, &[("text", "Vớ vẩn!")]).await }
        }
        "/moderation/threads/{id}/opening" => {
            let object = rand::random::<u32>().to_string();
            app.sent(comment().on(&object).body(&fresh())).await;
            let thread = app.article(&object).await.id;
            at_desk(app, format!("/moderation/threads/{thread}/opening"), &[("open", "no")]).await
        }
        new => panic!("how is a valid request sent to {new}? Say so here."),
    }
}
