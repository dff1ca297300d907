//! What moderators do.

use codau::accounts::Passwords;
use codau::domain::{Order, Part, Role, Start, Thread, ThreadKey};
use codau::server::clock;
use reqwest::header::{COOKIE, ORIGIN};
use tokio::sync::OnceCell;

use super::{Answer, App, Ask, Page};

/// Every moderator's password in these tests.
pub(crate) const PASSWORD: &str = "con đò chở sách về cồn";

/// Its hash, made once: hashing is slow on purpose.
static HASH: OnceCell<String> = OnceCell::const_new();

async fn hash() -> &'static str {
    let make = || async {
        let file = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", file.path().join("codau.db").display());
        let store = codau::store::open(&url).unwrap();
        let passwords = Passwords::new().unwrap();
        let added = passwords.add(store.as_ref(), "x", Role::Moderator, PASSWORD, clock());
        added.await.unwrap();
        store.credentials("x").await.unwrap().1
    };
    HASH.get_or_init(make).await
}

/// A moderator's browser.
pub(crate) struct Desk {
    /// The session's cookie, `name=value`.
    pub(crate) cookie: String,
    /// What the session's forms carry.
    pub(crate) csrf: String,
}

impl App {
    /// The cookie that a login answers with.
    pub(crate) fn cookie_of(answer: &Answer) -> String {
        let cookie = answer.header("set-cookie");
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Sends the login's form, as a browser on that page does.
    pub(crate) async fn log_in_with(&self, name: &str, password: &str) -> Answer {
        let fields = [("name", name), ("password", password)];
        let request = self.post("/moderation/login").header(ORIGIN, &self.url);
        request.form(&fields).ask().await
    }

    /// Adds a moderator who is not logged in yet.
    pub(crate) async fn hire(&self, name: &str, role: Role) {
        let added = self.store.add_moderator(name, role, hash().await, clock());
        added.await.unwrap();
    }

    /// Adds a moderator and logs them in.
    pub(crate) async fn log_in_as(&self, name: &str, role: Role) -> Desk {
        self.hire(name, role).await;
        let answer = self.log_in_with(name, PASSWORD).await.expect(303);
        self.desk_with(App::cookie_of(&answer)).await
    }

    /// The desk in the browser that has this cookie.
    pub(crate) async fn desk_with(&self, cookie: String) -> Desk {
        let request = self.get("/moderation/").header(COOKIE, &cookie);
        let csrf = request.ask().await.expect(200).page().field("csrf");
        Desk { cookie, csrf }
    }

    /// The desk of Bình, a moderator, who does whatever is not about who does it.
    pub(crate) async fn log_in(&self) -> &Desk {
        let log_in = || self.log_in_as("Bình", Role::Moderator);
        self.desk.get_or_init(log_in).await
    }

    /// The desk of an admin, who does whatever only admins may.
    pub(crate) async fn admin(&self) -> &Desk {
        let log_in = || self.log_in_as("Chủ bút", Role::Admin);
        self.admin.get_or_init(log_in).await
    }

    /// A page of the desk.
    pub(crate) async fn page(&self, desk: &Desk, path: &str) -> Answer {
        let request = self.get(path).header(COOKIE, &desk.cookie);
        request.ask().await
    }

    /// A form of the desk, sent from the desk.
    pub(crate) async fn send(&self, desk: &Desk, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.post(path).header(COOKIE, &desk.cookie);
        let fields = [&[("csrf", desk.csrf.as_str())], fields].concat();
        request.header(ORIGIN, &self.url).form(&fields).ask().await
    }

    /// A comment's own page.
    pub(crate) async fn comment_page(&self, id: i64) -> Page {
        let path = format!("/moderation/comments/{id}");
        let answer = self.page(self.log_in().await, &path).await;
        answer.expect(200).page()
    }

    /// The names on the queue's cards, or with a query on any list's.
    pub(crate) async fn queue(&self, query: &str) -> Vec<String> {
        let path = format!("/moderation/{query}");
        let answer = self.page(self.log_in().await, &path).await;
        answer.expect(200).page().texts(".card .about b")
    }

    /// Sends a decision on a comment as it is now.
    pub(crate) async fn decide(&self, id: i64, fields: &[(&str, &str)]) -> Answer {
        let version = self.comment_page(id).await.field("version");
        let desk = self.log_in().await;
        self.decide_at(desk, id, &version, fields).await
    }

    /// Sends a decision on a comment as `desk` saw it at `version`.
    pub(crate) async fn decide_at(
        &self,
        desk: &Desk,
        id: i64,
        version: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let path = format!("/moderation/comments/{id}/decision");
        let fields = [&[("version", version)], fields].concat();
        self.send(desk, &path, &fields).await
    }

    /// Marks comments that nobody has decided on as spam, all at once, and waits until it is done;
    /// the number of the bulk.
    pub(crate) async fn bulk(&self, desk: &Desk, ids: &[i64]) -> i64 {
        let ticked: Vec<_> = ids.iter().map(|id| format!("{id}.1")).collect();
        let mut fields = vec![("action", "spam")];
        fields.extend(ticked.iter().map(|one| ("comment", one.as_str())));
        let begun = self.send(desk, "/moderation/decisions", &fields).await.expect(303);
        while self.page(desk, begun.location()).await.headers.contains_key("refresh") {}
        let address = begun.location().split(['/', '?']).find_map(|part| part.parse().ok());
        address.expect("its number")
    }

    pub(crate) async fn approve(&self, id: i64) {
        self.decide(id, &[("action", "approve")]).await.expect(303);
    }

    pub(crate) async fn edit(&self, id: i64, body: &str) {
        let fields = [("action", "edit"), ("body", body)];
        self.decide(id, &fields).await.expect(303);
    }

    pub(crate) async fn reject(&self, id: i64, reason: &str) {
        let fields = [("action", "reject"), ("reason", reason)];
        self.decide(id, &fields).await.expect(303);
    }

    pub(crate) async fn spam(&self, id: i64) {
        self.decide(id, &[("action", "spam")]).await.expect(303);
    }

    pub(crate) async fn reopen(&self, id: i64) {
        self.decide(id, &[("action", "reopen")]).await.expect(303);
    }

    /// A comment that is on the article's page.
    pub(crate) async fn published(&self, form: super::Form) -> super::Sent {
        let sent = self.sent(form).await;
        self.approve(sent.id).await;
        sent
    }

    /// An article of `bao` as the store has it.
    pub(crate) async fn article(&self, object: &str) -> Thread {
        let key = ThreadKey { site: "bao".into(), object: object.into() };
        let first = Part { order: Order::Oldest, start: Start::Beginning, limit: 1 };
        self.store.published(&key, first).await.unwrap().thread
    }

    /// Closes an article for comments, as an admin does.
    pub(crate) async fn close(&self, object: &str) {
        let admin = self.log_in_as("Chủ bút", Role::Admin).await;
        let thread = self.article(object).await.id;
        let path = format!("/moderation/threads/{thread}/opening");
        let answer = self.send(&admin, &path, &[("open", "no")]).await;
        answer.expect(303);
    }
}
