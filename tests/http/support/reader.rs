//! What readers and article pages do.

use serde_json::Value;

use super::{Answer, App, Ask};

/// A comment form, filled in.
#[derive(Clone)]
pub(crate) struct Form(Vec<(String, String)>);

/// A comment on an article of `bao`, as it should be; a test changes what it is about.
pub(crate) fn comment() -> Form {
    let fields = [
        ("site", "bao"),
        ("thread", "1"),
        ("url", "https://bao.example/bai-1.html"),
        ("title", "Bài một"),
        ("name", "Nguyễn Văn An"),
        ("body", "Bài viết rất hay, cảm ơn tòa soạn."),
    ];
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Form(fields.map(own).to_vec())
}

impl Form {
    /// The same with another value in a field.
    pub(crate) fn with(mut self, field: &str, value: impl AsRef<str>) -> Form {
        self.0.retain(|(name, _)| name != field);
        self.0.push((field.to_owned(), value.as_ref().to_owned()));
        self
    }

    pub(crate) fn body(self, body: &str) -> Form {
        self.with("body", body)
    }

    pub(crate) fn name(self, name: &str) -> Form {
        self.with("name", name)
    }

    pub(crate) fn key(self, key: &str) -> Form {
        self.with("submission", key)
    }

    /// The same on another article of the newspaper.
    pub(crate) fn on(self, thread: &str) -> Form {
        self.with("thread", thread)
    }

    pub(crate) fn reply_to(self, id: i64) -> Form {
        self.with("parent", id.to_string())
    }

    /// Its fields with their values.
    pub(crate) fn fields(&self) -> &[(String, String)] {
        &self.0
    }

    /// The same fields as JSON.
    pub(crate) fn json(&self) -> Value {
        let values = self.0.iter().cloned();
        values.map(|(name, value)| (name, Value::String(value))).collect()
    }
}

/// A comment that was taken.
pub(crate) struct Sent {
    pub(crate) id: i64,
    /// The receipt's address.
    pub(crate) receipt: String,
}

impl App {
    /// Keeps what was typed, to look for it in the log.
    fn note(&self, form: &Form) {
        let mut typed = self.typed.lock().unwrap();
        let own =
            form.0.iter().filter(|(name, _)| ["name", "email", "body"].contains(&name.as_str()));
        typed.extend(own.map(|(_, value)| value.clone()));
    }

    /// Sends a form as an article page without any script does.
    pub(crate) async fn submit(&self, form: Form) -> Answer {
        self.note(&form);
        self.post("/comments").form(form.fields()).ask().await
    }

    /// Sends a form as a program does.
    pub(crate) async fn submit_json(&self, form: Form) -> Answer {
        self.note(&form);
        self.post("/comments").json(&form.json()).ask().await
    }

    /// Sends a form that is sure to be taken.
    pub(crate) async fn sent(&self, form: Form) -> Sent {
        let json = self.submit_json(form).await.expect(202).json();
        Sent {
            id: json["comment"].as_i64().unwrap(),
            receipt: json["receipt"].as_str().unwrap().to_owned(),
        }
    }

    /// The piece of HTML that an article page of `bao` includes.
    pub(crate) async fn thread(&self, object: &str) -> Answer {
        let answer = self.get(&format!("/threads/bao/{object}")).ask().await;
        answer.expect(200)
    }

    /// The same as JSON.
    pub(crate) async fn thread_json(&self, object: &str) -> Value {
        let path = format!("/threads/bao/{object}.json");
        self.get(&path).ask().await.expect(200).json()
    }

    /// A reader's receipt.
    pub(crate) async fn receipt(&self, address: &str) -> Answer {
        self.get(address).ask().await
    }
}
