//! What a reader does by their receipt's link: another text, or taking the comment back.

use reqwest::header::ORIGIN;

use crate::support::{Answer, App, Ask, Sent, comment};

const FIRST: &str = "Bài viết hay, canarymot cảm ơn.";
const SECOND: &str = "Bài viết rất hay, canaryhai cảm ơn tòa soạn.";

/// Sends a form of the receipt's pages, as a browser on them does.
async fn send(app: &App, sent: &Sent, page: &str, fields: &[(&str, &str)]) -> Answer {
    let request = app.post(&format!("{}/{page}", sent.receipt)).header(ORIGIN, &app.url);
    request.form(fields).ask().await
}

/// Sends another text as the page that takes it has it now.
async fn revise(app: &App, sent: &Sent, body: &str, answer: &str) -> Answer {
    let page = app.get(&format!("{}/revision", sent.receipt)).ask().await.expect(200).page();
    let version = page.field("version");
    send(app, sent, "revision", &[("version", &version), ("body", body), ("answer", answer)]).await
}

/// What the receipt says in its heading, and the names of the pages it leads to.
async fn receipt(app: &App, sent: &Sent) -> (String, Vec<String>) {
    let answer = app.receipt(&sent.receipt).await.expect(200);
    assert!(!answer.text.contains("canary"), "a receipt shows no text");
    let page = answer.page();
    let links = page.attributes("a[href^='/receipts/']", "href");
    let name = |link: &String| link.rsplit('/').next().unwrap().to_owned();
    (page.text("h1"), links.iter().map(name).collect())
}

async fn back(app: &App, id: i64) {
    let fields = [("action", "return"), ("reason", "insult"), ("message", "Xin bớt câu cuối.")];
    app.decide(id, &fields).await.expect(303);
}

#[tokio::test]
async fn a_text_that_waits_can_be_changed_for_a_while_by_its_reader() {
    let app = App::start().await;
    let sent = app.sent(comment().body(FIRST)).await;
    let (_, pages) = receipt(&app, &sent).await;
    assert_eq!(pages, ["revision", "withdrawal"]);
    let form = app.get(&format!("{}/revision", sent.receipt)).ask().await.expect(200);
    assert_eq!(form.header("cache-control"), "no-store");
    assert_eq!(form.header("x-robots-tag"), "noindex");
    assert_eq!(form.page().field("body"), FIRST);
    let answer = revise(&app, &sent, SECOND, "").await.expect(303);
    assert_eq!(format!("{}{}", app.url, answer.location()), sent.receipt);
    assert!(app.comment_page(sent.id).await.text(".original").contains("canaryhai"));

    // The time for changes is over; what is typed all the same is handed back.
    app.sql("update comment set submitted_at = submitted_at - 3600000, decided_at = decided_at - 3600000");
    assert_eq!(receipt(&app, &sent).await.1, ["withdrawal"]);
    app.get(&format!("{}/revision", sent.receipt)).ask().await.expect(303);
    let fields = [("version", "2"), ("body", "Bản thứ ba.")];
    let late = send(&app, &sent, "revision", &fields).await.expect(409).page();
    assert_eq!(late.text("textarea"), "Bản thứ ba.");
    assert!(app.comment_page(sent.id).await.text(".original").contains("canaryhai"));
}

#[tokio::test]
async fn a_newspaper_may_let_nothing_be_changed_while_it_waits() {
    let app = App::with(&[("receipt.edit_minutes", "0")]).await;
    let sent = app.sent(comment().body(FIRST)).await;
    assert_eq!(receipt(&app, &sent).await.1, ["withdrawal"]);
}

#[tokio::test]
async fn what_the_newsroom_sends_back_is_changed_and_sent_again_from_the_receipt() {
    let app = App::with(&[("receipt.edit_minutes", "0")]).await;
    let sent = app.sent(comment().body(FIRST)).await;
    back(&app, sent.id).await;
    let (title, pages) = receipt(&app, &sent).await;
    assert_eq!(title, "Tòa soạn nhờ bạn sửa ý kiến");
    assert_eq!(pages, ["revision", "withdrawal"]);
    let form = app.get(&format!("{}/revision", sent.receipt)).ask().await.expect(200).page();
    assert_eq!(form.texts(".notice").last().unwrap(), "Xin bớt câu cuối.");
    assert_eq!(form.field("body"), FIRST);
    let json = app.get(&sent.receipt).header("accept", "application/json").ask().await.json();
    assert_eq!((&json["state"], &json["decided"]), (&"returned".into(), &false.into()));

    revise(&app, &sent, "", "").await.expect(422);
    revise(&app, &sent, SECOND, "").await.expect(303);
    assert_eq!(receipt(&app, &sent).await.0, "Ý kiến của bạn đang chờ biên tập");
    assert_eq!(app.queue("").await, ["Nguyễn Văn An"]);
    app.approve(sent.id).await;
    assert!(app.thread("1").await.text.contains("canaryhai"));
}

#[tokio::test]
async fn another_text_without_marks_meets_the_nudge_too() {
    let app = App::with(&[("policy.unmarked", "nudge")]).await;
    let sent = app.sent(comment().body(FIRST)).await;
    let bare = "bai viet rat hay, toi rat thich doc";
    let nudge = revise(&app, &sent, bare, "").await.expect(422).page();
    assert_eq!(nudge.text("h1"), "Ý kiến của bạn thiếu dấu");
    assert!(nudge.attributes("form", "action")[0].ends_with("/revision"));
    let restored = revise(&app, &sent, bare, "restore").await.expect(422).page();
    assert!(restored.field("body").trim().starts_with("bài viết rất hay"));
    let again = revise(&app, &sent, bare, "retype").await.expect(200).page();
    assert_eq!(again.field("body").trim(), bare);
    assert!(app.comment_page(sent.id).await.text(".original").contains("canarymot"));
    revise(&app, &sent, bare, "insist").await.expect(303);
    assert_eq!(app.comment_page(sent.id).await.text(".original"), bare);
}

#[tokio::test]
async fn a_change_that_meets_a_decision_is_refused_and_handed_back() {
    let app = App::start().await;
    let sent = app.sent(comment().body(FIRST)).await;
    app.approve(sent.id).await;
    let fields = [("version", "1"), ("body", SECOND)];
    let late = send(&app, &sent, "revision", &fields).await.expect(409).page();
    assert_eq!(late.text("textarea"), SECOND);
    assert!(app.thread("1").await.text.contains("canarymot"));
    // Sent back meanwhile: it may be sent again, once it is looked over.
    back(&app, sent.id).await;
    let page = send(&app, &sent, "revision", &fields).await.expect(409).page();
    assert_eq!(page.field("body").trim(), SECOND);
    assert_eq!(page.field("version"), "3");
}

#[tokio::test]
async fn a_comment_is_taken_back_after_a_question_and_gone_from_everywhere() {
    let app = App::start().await;
    for published in [false, true] {
        let text = format!("{FIRST} {published}");
        let sent = app.sent(comment().body(&text)).await;
        if published {
            app.approve(sent.id).await;
            assert!(app.thread("1").await.text.contains("canarymot"));
        }
        let question = app.get(&format!("{}/withdrawal", sent.receipt)).ask().await.expect(200);
        assert!(!question.text.contains("canary"));
        assert_eq!(question.page().attributes("form", "method"), ["post"]);
        let answer = send(&app, &sent, "withdrawal", &[]).await.expect(303);
        assert_eq!(format!("{}{}", app.url, answer.location()), sent.receipt);
        assert_eq!(receipt(&app, &sent).await, ("Bạn đã rút lại ý kiến".into(), vec![]));
        for path in ["/threads/bao/1", "/threads/bao/1.json", "/threads/bao/1.atom"] {
            assert!(!app.get(path).ask().await.text.contains("canary"), "{path}");
        }
        app.get(&format!("/comments/{}", sent.id)).ask().await.expect(404);
        // Once more does no harm.
        send(&app, &sent, "withdrawal", &[]).await.expect(303);
        app.get(&format!("{}/withdrawal", sent.receipt)).ask().await.expect(303);
        app.get(&format!("{}/revision", sent.receipt)).ask().await.expect(303);
    }
    assert_eq!(app.thread("1").await.page().text(".codau-count"), "0 bình luận");
}

#[tokio::test]
async fn only_the_receipts_own_pages_change_anything() {
    let app = App::start().await;
    let sent = app.sent(comment().body(FIRST)).await;
    let before = app.dump();
    for origin in ["https://bao.example", "https://evil.example", "null", ""] {
        for page in ["revision", "withdrawal"] {
            let mut request = app.post(&format!("{}/{page}", sent.receipt));
            if !origin.is_empty() {
                request = request.header(ORIGIN, origin);
            }
            let answer = request.form(&[("version", "1"), ("body", SECOND)]).ask().await;
            assert_eq!(answer.status, 403, "{page} {origin}");
            assert_eq!(page == "revision", answer.text.contains("canaryhai"), "{page}");
        }
    }
    for page in ["revision", "withdrawal"] {
        app.get(&format!("{}/{page}", sent.receipt)).ask().await.expect(200);
        let request = app.post(&format!("/receipts/AAAA/{page}")).header(ORIGIN, &app.url);
        request.form(&[("version", "1"), ("body", SECOND)]).ask().await.expect(404);
    }
    assert!(app.dump() == before);
}

#[tokio::test]
async fn a_receipt_tells_how_long_others_waited_once_enough_did() {
    let app = App::start().await;
    let told = async |sent: &Sent| {
        let page = app.receipt(&sent.receipt).await.expect(200).page();
        page.texts("p").into_iter().find(|text| text.contains("một nửa"))
    };
    let waiting = app.sent(comment().body("Đang chờ.").on("9")).await;
    for n in 0..5 {
        assert_eq!(told(&waiting).await, None);
        let sent = app.sent(comment().body(&format!("Ý kiến {n}."))).await;
        app.approve(sent.id).await;
    }
    app.sql("update comment set submitted_at = submitted_at - 7100000 where status = 'approved'");
    let expected = "Mấy ngày nay, một nửa số ý kiến có kết quả trong vòng 2 giờ.";
    assert_eq!(told(&waiting).await.as_deref(), Some(expected));
}

#[tokio::test]
async fn a_receipt_shows_what_was_changed_only_where_the_newspaper_wants_it() {
    let app = App::start().await;
    let edited = async |site: &str, url: &str| {
        let form = comment().with("site", site).with("url", url).with("consent", "1");
        let sent = app.sent(form.body("Bài hay quá trời luôn.")).await;
        app.edit(sent.id, "Bài rất hay.").await;
        app.receipt(&sent.receipt).await.expect(200).page()
    };
    assert!(!edited("bao", "https://bao.example/1").await.has(".difference"));
    let page = edited("songhau", "https://songhau.example/1").await;
    assert_eq!(page.text(".difference ins").rsplit(' ').next(), Some("rất"));
}
