//! `GET /receipts/{token}`: what became of a submission, as a page or as JSON. It shows no text: a
//! link can be shared.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde_json::json;

use crate::domain::{Receipt, Status};
use crate::moderation::token_hash;
use crate::web::App;
use crate::web::error::{Kind, WebError, wants_json};
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::text::{Moment, decode_token};

#[derive(Template)]
#[template(path = "receipt.html", config = "src/web/askama.toml")]
struct ReceiptPage {
    lang: Lang,
    site_name: String,
    /// `waiting`, `published`, `edited`, `rejected`, `returned`, `withdrawn` or `expired`.
    state: &'static str,
    /// What the newsroom says about why.
    reason: Option<String>,
    /// What the reader is asked to change.
    message: String,
    days: u32,
    comment: i64,
    title: String,
    /// The article's address, if the site still lists its origin.
    article: Option<String>,
    sent: Moment,
    decided: Option<Moment>,
}

pub(in crate::web) async fn receipt(
    request: HttpRequest,
    app: web::Data<App>,
    token: web::Path<String>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let token = decode_token(&token).ok_or(Kind::NotFound)?;
    let receipt = app.store.receipt(&token_hash(&token)).await?;
    let site = app.site(&receipt.thread.key.site);
    let moment = |at| Moment::new(at, &app.config.time_zone);
    if wants_json(&request) {
        let state = state(&receipt);
        let mut response =
            HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(json!({
                "state": state, "decided": receipt.status != Status::Pending,
                "message": lang.t(format!("receipt-{state}-title")),
            }));
        keep_private(&mut response);
        return Ok(response);
    }
    let html = ReceiptPage {
        lang,
        site_name: site.map(|site| site.name.clone()).unwrap_or_default(),
        state: state(&receipt),
        // A reader learns that it is spam as little as a spammer does.
        reason: receipt.reason.map(|reason| reason.sentence),
        message: receipt.message,
        days: app.config.retention.pending_days,
        comment: receipt.comment.0,
        article: site
            .filter(|site| site.lists_url(&receipt.thread.url))
            .map(|_| receipt.thread.url.clone()),
        title: receipt.thread.title,
        sent: moment(receipt.submitted_at),
        decided: receipt.decided_at.filter(|_| receipt.status != Status::Pending).map(moment),
    }
    .render()?;
    let mut response = page(html);
    keep_private(&mut response);
    Ok(response)
}

/// Nobody learns of the link from us.
fn keep_private(response: &mut HttpResponse) {
    let headers = response.headers_mut();
    headers.insert(
        header::HeaderName::from_static("x-robots-tag"),
        header::HeaderValue::from_static("noindex"),
    );
    headers.insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
}

fn state(receipt: &Receipt) -> &'static str {
    match receipt.status {
        Status::Pending => "waiting",
        Status::Approved if receipt.edited => "edited",
        Status::Approved => "published",
        Status::Rejected | Status::Spam => "rejected",
        Status::Returned => "returned",
        Status::Withdrawn => "withdrawn",
        Status::Expired => "expired",
    }
}
