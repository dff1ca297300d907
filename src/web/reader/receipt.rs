//! `GET /receipts/{token}`: what became of a submission, as a page or as JSON. It shows no text
//! but where the newspaper wants its readers to see what was changed: a link can be shared.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use jiff::ToSpan;
use serde_json::json;

use super::part::permalink;
use crate::domain::{Receipt, Status};
use crate::moderation::token_hash;
use crate::store::TokenHash;
use crate::web::App;
use crate::web::error::{Kind, WebError, wants_json};
use crate::web::home::{page, see_other};
use crate::web::locale::Lang;
use crate::web::text::{Moment, Piece, decode_token, difference, encode_token, lapse};

/// A receipt with the link that led to it.
pub(super) struct Link {
    pub(super) token: Vec<u8>,
    pub(super) receipt: Receipt,
    /// The newspaper's name.
    pub(super) newspaper: String,
    /// The article's address, if the newspaper still lists its origin.
    pub(super) article: Option<String>,
}

impl Link {
    /// What a link's token leads to.
    pub(super) async fn follow(app: &App, token: &str) -> Result<Link, WebError> {
        let token = decode_token(token).ok_or(Kind::NotFound)?;
        let receipt = app.store.receipt(&token_hash(&token)).await?;
        let site = app.site(&receipt.thread.key.site);
        let newspaper = site.map(|site| site.name.clone()).unwrap_or_default();
        let listed = site.filter(|site| site.lists_url(&receipt.thread.url));
        let article = listed.map(|_| receipt.thread.url.clone());
        Ok(Link { token, receipt, newspaper, article })
    }

    pub(super) fn hash(&self) -> TokenHash {
        token_hash(&self.token)
    }

    /// The address of one of its pages; of the receipt itself without a name.
    pub(super) fn path(&self, name: &str) -> String {
        let slash = if name.is_empty() { "" } else { "/" };
        format!("/receipts/{}{slash}{name}", encode_token(&self.token))
    }

    /// Back to the receipt, which says how things stand.
    pub(super) fn to_receipt(&self) -> HttpResponse {
        see_other(self.path(""))
    }

    /// Until when another text is taken: for a while after the last one came in.
    fn open_until(&self, app: &App) -> Option<jiff::Timestamp> {
        let since = self.receipt.decided_at.unwrap_or(self.receipt.submitted_at);
        since.checked_add(i64::from(app.config.edit_minutes).minutes()).ok()
    }

    /// Whether another text is taken now.
    pub(super) fn takes_another_text(&self, app: &App) -> bool {
        match self.receipt.status {
            Status::Returned => true,
            Status::Pending => self.open_until(app).is_some_and(|until| app.now() < until),
            _ => false,
        }
    }
}

#[derive(Template)]
#[template(path = "receipt.html", config = "src/web/askama.toml")]
struct ReceiptPage {
    lang: Lang,
    /// `waiting`, `published`, `edited`, `rejected`, `returned`, `withdrawn` or `expired`.
    state: &'static str,
    /// What the newsroom says about why.
    reason: Option<String>,
    days: u32,
    sent: Moment,
    decided: Option<Moment>,
    /// About how long others waited lately.
    usual_wait: Option<String>,
    /// Whether another text is taken.
    editable: bool,
    /// Until when, where that is limited.
    until: Option<Moment>,
    /// What was changed, where the newspaper shows it.
    changes: Vec<Piece>,
    link: Link,
}

pub(in crate::web) async fn receipt(
    request: HttpRequest,
    app: web::Data<App>,
    token: web::Path<String>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let link = Link::follow(&app, &token).await?;
    let receipt = &link.receipt;
    let state = state(receipt);
    if wants_json(&request) {
        let waits = matches!(receipt.status, Status::Pending | Status::Returned);
        let published = receipt.status == Status::Approved;
        let mut response =
            HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(json!({
                "state": state, "decided": !waits,
                "message": lang.t(format!("receipt-{state}-title")),
                "comment": published.then(|| permalink(&app.config, receipt.comment)),
            }));
        keep_private(&mut response);
        return Ok(response);
    }
    let moment = |at| Moment::new(at, &app.config.time_zone);
    let waiting = receipt.status == Status::Pending;
    let editable = link.takes_another_text(&app);
    let html = ReceiptPage {
        lang,
        state,
        // A reader learns that it is spam as little as a spammer does.
        reason: receipt.reason.as_ref().map(|reason| reason.sentence.clone()),
        days: app.config.retention.pending_days,
        sent: moment(receipt.submitted_at),
        decided: receipt.decided_at.filter(|_| !waiting).map(moment),
        usual_wait: if waiting { usual_wait(&app, lang, receipt).await? } else { None },
        editable,
        until: link.open_until(&app).filter(|_| editable && waiting).map(moment),
        changes: changes(&app, &link).await?,
        link,
    }
    .render()?;
    let mut response = page(html);
    keep_private(&mut response);
    Ok(response)
}

/// Days whose waits tell of today's.
const LATELY: i64 = 7;

/// About how long half of the newspaper's readers waited lately, in words.
async fn usual_wait(app: &App, lang: Lang, receipt: &Receipt) -> Result<Option<String>, WebError> {
    let since = app.now().checked_sub((24 * LATELY).hours()).unwrap_or(jiff::Timestamp::MIN);
    let median = app.store.usual_wait(&receipt.thread.key.site, since).await?;
    Ok(median.map(|median| lapse(lang, median)))
}

/// What was changed of the reader's text, where the newspaper lets its readers see it.
async fn changes(app: &App, link: &Link) -> Result<Vec<Piece>, WebError> {
    let shows = app.site(&link.receipt.thread.key.site).is_some_and(|site| site.show_edit);
    if !shows || link.receipt.status != Status::Approved || !link.receipt.edited {
        return Ok(Vec::new());
    }
    let own = app.store.own_comment(&link.hash()).await?;
    Ok(difference(&own.body, own.published_body.as_deref().unwrap_or_default()))
}

/// Nobody learns of the link from us: not a search engine, not another site. The pages' own forms
/// must be able to say where they come from.
pub(super) fn keep_private(response: &mut HttpResponse) {
    let headers = response.headers_mut();
    headers.insert(
        header::HeaderName::from_static("x-robots-tag"),
        header::HeaderValue::from_static("noindex"),
    );
    headers.insert(header::REFERRER_POLICY, header::HeaderValue::from_static("same-origin"));
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
