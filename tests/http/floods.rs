//! What tells a flood from a reader, without asking the reader anything.

use codau::domain::{Effect, NewRule, RuleKind};
use codau::server::clock;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::{App, Ask, Form, comment};

/// A comment that looks like a flood's: three links.
fn suspect() -> Form {
    comment().body("Xem thêm ở https://a.example, https://b.example và https://c.example.")
}

/// The names in a lane of the queue.
async fn lane(app: &App, view: &str) -> Vec<String> {
    app.queue(&format!("?view={view}")).await
}

/// Does the work that a challenge asks for.
fn work(challenge: &str, bits: u64) -> String {
    let fits = |text: &String| {
        let hash = Sha256::digest(text);
        let first = u64::from_be_bytes(hash[..8].try_into().unwrap());
        u64::from(first.leading_zeros()) >= bits
    };
    (0..u64::MAX).map(|nonce| format!("{challenge}:{nonce}")).find(fits).unwrap()
}

#[tokio::test]
async fn a_suspect_without_a_script_waits_in_the_lane_of_suspected_spam_and_is_told_nothing() {
    let app = App::start().await;
    let answer = app.submit(suspect()).await.expect(303);
    assert!(answer.location().contains("/receipts/"));
    assert_eq!(lane(&app, "spam").await, ["Nguyễn Văn An"]);
    let receipt = app.receipt(answer.location()).await.expect(200).page();
    assert!(!receipt.text("main").to_lowercase().contains("spam"));
}

#[tokio::test]
async fn a_suspect_whose_machine_can_is_asked_for_work_and_waits_with_the_others_after_it() {
    let app = App::start().await;
    let asked = app.submit_json(suspect().with("proof", "able")).await.expect(422).json();
    assert_eq!(asked["error"], json!("proof"));
    assert_eq!(asked["form"]["body"].as_str().unwrap(), suspect().json()["body"]);
    assert!(app.queue("").await.is_empty());
    let challenge = asked["challenge"].as_str().unwrap();
    let proof = work(challenge, asked["bits"].as_u64().unwrap());
    // It is good for this text alone.
    let other = suspect().body("https://a.example https://b.example https://d.example");
    let refused = app.submit_json(other.with("proof", &proof)).await.expect(422).json();
    assert_ne!(refused["challenge"], asked["challenge"].clone());
    let guessed = format!("{challenge}:x");
    app.submit_json(suspect().with("proof", guessed)).await.expect(422);
    let sent = app.sent(suspect().with("proof", &proof)).await;
    assert!(lane(&app, "spam").await.is_empty());
    let page = app.comment_page(sent.id).await;
    assert!(page.text("main").contains("phép tính chống gửi tự động"));
}

#[tokio::test]
async fn who_is_no_suspect_is_asked_for_nothing() {
    let app = App::start().await;
    app.submit_json(comment().with("proof", "able")).await.expect(202);
}

#[tokio::test]
async fn a_form_sent_at_once_and_pasted_whole_is_suspected_and_either_alone_is_not() {
    let app = App::start().await;
    let body = |n: usize| {
        format!(
            "Bài {n} rất hay, cảm ơn tòa soạn đã kể chuyện con đò chở sách về cồn Bần cho trẻ con."
        )
    };
    let stamp = app.get("/stamp").ask().await.expect(200);
    assert_eq!(stamp.header("cache-control"), "no-store");
    assert_eq!(stamp.header("set-cookie"), "");
    let stamp = stamp.text;
    let made = [(stamp.as_str(), "1"), (stamp.as_str(), "90"), ("", "1"), ("9.forged", "1")];
    for (n, (stamp, strokes)) in made.into_iter().enumerate() {
        let form = comment().name(&format!("Bạn {n}")).body(&body(n));
        app.sent(form.with("stamp", stamp).with("strokes", strokes)).await;
    }
    assert_eq!(lane(&app, "spam").await, ["Bạn 0"]);
}

#[tokio::test]
async fn pages_of_the_service_hand_on_when_their_form_was_made() {
    let app = App::start().await;
    let sent = app.published(comment()).await;
    let reply = app.get(&format!("/comments/{}/reply", sent.id)).ask().await.expect(200).page();
    let stamp = reply.field("stamp");
    assert!(!stamp.is_empty());
    let form = comment().with("stamp", &stamp).with("strokes", "3").name("");
    let page = app.submit(form.clone()).await.expect(422).page();
    assert_eq!((page.field("stamp"), page.field("strokes")), (stamp, "3".into()));
}

#[tokio::test]
async fn the_same_text_from_others_is_suspected_however_it_is_dressed_up() {
    let app = App::start().await;
    let text = "Nhận cho vay nhanh, lãi suất thấp, liên hệ anh Bảy ở chợ nhé các bạn";
    app.sent(comment().name("Một").body(text)).await;
    app.sent(comment().name("Hai").body(&text.to_uppercase())).await;
    app.sent(comment().name("Một").on("2").body(&format!("{text}!!!"))).await;
    app.sent(comment().name("Ba").body("Bài viết hay quá!")).await;
    app.sent(comment().name("Bốn").body("Bài viết hay quá!")).await;
    assert_eq!(lane(&app, "spam").await, ["Hai", "Một"]);
}

#[tokio::test]
async fn a_network_is_suspected_beyond_half_of_its_limit_and_refused_beyond_it() {
    let limits =
        [("limits.network_posts_per_minute", "4"), ("server.trusted_proxies", "127.0.0.1")];
    let app = App::with(&limits).await;
    let send = async |n: usize, from: &str| {
        let form = comment().name(&format!("Bạn {n}")).body(&format!("Ý kiến thứ {n}."));
        let post = app.post("/comments").header("x-forwarded-for", from);
        post.form(form.fields()).ask().await
    };
    for n in 0..4 {
        send(n, &format!("192.0.2.{n}")).await.expect(303);
    }
    let refused = send(4, "192.0.2.200").await.expect(429);
    assert_eq!(refused.page().field("body"), "Ý kiến thứ 4.");
    send(5, "192.0.3.1").await.expect(303);
    for n in 6..10 {
        send(n, &format!("2001:db8:1:{n}::1")).await.expect(303);
    }
    send(10, "2001:db8:1:ffff::1").await.expect(429);
    assert_eq!(lane(&app, "spam").await, ["Bạn 2", "Bạn 3", "Bạn 8", "Bạn 9"]);
}

#[tokio::test]
async fn a_rule_holds_a_comment_and_its_card_shows_what_it_found_and_why() {
    let app = App::start().await;
    let rule = NewRule {
        name: "Lời nặng".into(),
        kind: RuleKind::Words,
        effect: Effect::Hold,
        entries: vec!["đồ ngu".into()],
        active: true,
    };
    app.store.add_rule(rule, clock()).await.unwrap();
    let body = "Người viết bài này đúng là đ.ồ n.g.u, cảm ơn.";
    app.submit(comment().name("Nóng").body(body)).await.expect(303);
    app.submit(comment().name("Nguội")).await.expect(303);
    assert_eq!(lane(&app, "rule").await, ["Nóng"]);
    let page = app.page(app.log_in().await, "/moderation/?view=rule").await.page();
    assert_eq!(page.texts(".card mark.by-rule"), ["đ.ồ n.g.u"]);
    let title = page.attributes(".card mark.by-rule", "title");
    assert!(title[0].contains("Lời nặng"));
    assert!(page.text(".card .flags").contains("Quy tắc “Lời nặng”: đồ ngu"));
}
