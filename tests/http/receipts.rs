//! A reader's link says where the comment stands, and shows no text.

use crate::support::{App, Ask, comment};

const TEXT: &str = "doan van ban cua toi";

#[tokio::test]
async fn a_receipt_tells_every_state_of_a_comment() {
    let app = App::start().await;
    let sent = app.sent(comment().body(TEXT)).await;
    let told = async |expected: &str| {
        let answer = app.receipt(&sent.receipt).await.expect(200);
        assert!(!answer.text.contains(TEXT) && !answer.text.contains("Nguyễn Văn An"));
        assert_eq!(answer.header("x-robots-tag"), "noindex");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
        let page = answer.page();
        assert_eq!(page.text("h1"), expected);
        page
    };
    told("Ý kiến của bạn đang chờ biên tập").await;
    app.approve(sent.id).await;
    told("Ý kiến của bạn đã được đăng").await;
    app.edit(sent.id, "đoạn văn bản của tôi").await;
    told("Ý kiến của bạn đã được biên tập và đăng").await;
    app.reject(sent.id, "unmarked").await;
    let page = told("Ý kiến của bạn không được đăng").await;
    assert!(page.text(".notice").contains("viết không dấu"));
    app.spam(sent.id).await;
    let page = told("Ý kiến của bạn không được đăng").await;
    assert!(!page.has(".notice"), "a spammer learns nothing");
    app.reopen(sent.id).await;
    told("Ý kiến của bạn đang chờ biên tập").await;
    app.sql("update comment set status = 'expired'");
    told("Ý kiến của bạn đã hết hạn chờ").await;
}

#[tokio::test]
async fn a_note_for_the_record_is_not_on_the_receipt() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    let fields = [("action", "reject"), ("reason", "other"), ("note", "người quen cũ")];
    app.decide(sent.id, &fields).await.expect(303);
    let receipt = app.receipt(&sent.receipt).await.expect(200);
    assert!(!receipt.text.contains("người quen cũ"));
}

#[tokio::test]
async fn a_receipt_leads_back_only_to_an_origin_that_the_site_lists() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    let back = async || {
        let page = app.receipt(&sent.receipt).await.expect(200).page();
        let links = page.attributes("a", "href");
        links.into_iter().filter(|link| link.starts_with("http")).collect::<Vec<_>>()
    };
    let links = back().await;
    assert!(!links.is_empty());
    assert!(links.iter().all(|link| link == "https://bao.example/bai-1.html"));
    // The newspaper moved since: nobody vouches for the old address any more.
    app.sql("update thread set url = 'https://cu.example/bai-1.html'");
    assert_eq!(back().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_receipt_cannot_be_guessed_or_reached_by_the_comments_number() {
    let app = App::start().await;
    let sent = app.sent(comment()).await;
    let token = sent.receipt.rsplit('/').next().unwrap();
    assert!(token.len() >= 27, "160 bits");
    let other = format!("{}A", &token[..token.len() - 1]);
    for wrong in [sent.id.to_string(), other, "%00".into(), "..%2f".into(), "A".into()] {
        if wrong != token {
            app.receipt(&format!("/receipts/{wrong}")).await.expect(404);
        }
    }
    app.get("/receipts/").ask().await.expect(404);
}
