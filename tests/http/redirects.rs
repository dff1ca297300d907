//! Nobody is sent to a page that is not listed.

use url::form_urlencoded::byte_serialize;

use crate::payloads;
use crate::support::{App, Ask, comment};

#[tokio::test]
async fn nobody_is_sent_to_a_page_that_is_not_listed() {
    let app = App::start().await;
    let desk = app.log_in().await;
    let mut all = payloads::list("open-redirect.txt");
    all.extend(payloads::OWN.map(str::to_owned));
    all.extend(
        ["//evil.example", "/\\evil.example", "https:evil.example", "\t//evil.example"]
            .map(str::to_owned),
    );
    for (n, text) in all.iter().enumerate() {
        let sent = app.submit(comment().with("url", text).body(&format!("Số {n}."))).await;
        let listed = sent.location().starts_with(&app.url);
        assert!(sent.status == 422 || (sent.status == 303 && listed), "{text}: {}", sent.status);
        let query: String = byte_serialize(text.as_bytes()).collect();
        let login = app.get(&format!("/moderation/login?return={query}")).ask().await;
        let back = login.page().field("return");
        assert!(back.starts_with("/moderation/"), "{text}: {back}");
        let thread = app.get(&format!("/threads/bao/new-{n}?url={query}")).ask().await.page();
        let url = thread.field("url");
        assert!(url.is_empty() || url.starts_with("https://bao.example"), "{text}: {url}");
    }
    for (n, text) in all.iter().enumerate().filter(|(n, _)| n % 10 == 0) {
        let sent = app.sent(comment().body(&format!("Ý kiến {n}."))).await;
        let fields = [("action", "approve"), ("return", text.as_str())];
        let decided = app.decide_at(desk, sent.id, "1", &fields).await.expect(303);
        assert!(decided.location().starts_with("/moderation/"), "{text}: {}", decided.location());
    }
}
