//! `POST /comments`: a reader's form comes in and waits in the queue.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde_json::json;

use super::form::{self, FormPage, Quote, field_errors};
use crate::domain::{CommentId, Fields, Invalid, Manner, OriginTrace, Rule, Site, Submission};
use crate::moderation::{self, Incoming, PROOF_BITS, Proof, Received};
use crate::web::error::{Kind, WebError, wants_json};
use crate::web::home::see_other;
use crate::web::locale::Lang;
use crate::web::{App, access, address, text, throttle};

/// A submission that is being answered.
pub(super) struct Exchange<'a> {
    pub(super) request: &'a HttpRequest,
    pub(super) app: &'a App,
    pub(super) lang: Lang,
    pub(super) site: &'a Site,
    pub(super) fields: Fields,
    /// Whether much came from the networks around lately.
    crowded: bool,
}

pub(in crate::web) async fn submit(
    request: HttpRequest,
    app: web::Data<App>,
    body: web::Bytes,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let sent = form::read(&request, body).await?;
    let Some(site) = app.site(sent.fields.site.trim()) else {
        return Err(WebError::from(Kind::Origin).handing_back(sent.fields));
    };
    let fields = sent.for_site(site);
    let keep = |error: WebError| error.handing_back(fields.clone());
    access::check_origin(&request, &app, site).map_err(keep)?;
    let client = address::client(&request, &app.config.trusted_proxies);
    let mut crowded = false;
    if let Some(client) = client {
        let too_fast = |wait| keep(Kind::TooFast(wait).into());
        let keys =
            [(&app.posts, address::block(client)), (&app.network_posts, address::network(client))];
        let [_, around] = throttle::admit_all(app.store.as_ref(), keys).await.map_err(too_fast)?;
        crowded = around.is_much();
    }
    let exchange = Exchange { request: &request, app: &app, lang, site, fields, crowded };
    let submission = match Submission::parse(&exchange.fields, site, app.config.limits) {
        Ok(submission) => submission,
        Err(invalid) => return exchange.refuse(&invalid).await,
    };
    match exchange.fields.answer.as_str() {
        "restore" => return exchange.nudge(true),
        "retype" => return exchange.refuse(&[]).await,
        _ => {}
    }
    let origin = OriginTrace {
        address: client.map(|client| client.to_string()).unwrap_or_default(),
        user_agent: form::user_agent(&request),
    };
    exchange.receive(submission, origin).await
}

impl Exchange<'_> {
    /// Hands an acceptable submission to the desk.
    async fn receive(
        self,
        submission: Submission,
        origin: OriginTrace,
    ) -> Result<HttpResponse, WebError> {
        let app = self.app;
        let insisted = self.fields.answer == "insist";
        let (store, now) = (app.store.as_ref(), app.now());
        let manner = Manner {
            seconds: app.receipts.seconds_since(&self.fields.stamp, now),
            strokes: self.fields.strokes.parse().ok(),
            crowded: self.crowded,
        };
        let proof = Proof::of(&self.fields.proof);
        let policy = self.site.policy;
        let incoming = Incoming { submission, policy, insisted, origin, manner, proof };
        let rules = match app.screener.rules(store, now).await {
            Ok(rules) => rules,
            Err(error) => return Err(WebError::from(error).handing_back(self.fields)),
        };
        let received =
            moderation::receive(store, app.language, &app.receipts, &rules, incoming, now);
        match received.await {
            Ok(Received::Nudged) => self.nudge(false),
            Ok(Received::ProofWanted { challenge }) => Ok(self.ask_for_work(&challenge)),
            Ok(Received::Queued { comment, receipt }) => Ok(self.accept(comment, &receipt)),
            Ok(Received::NoSuchParent) => {
                self.refuse(&[Invalid { field: "parent", rule: Rule::Malformed }]).await
            }
            // Sent again from here, under a key of its own, it is a comment of its own.
            Ok(Received::KeyReused) => {
                let fields = Fields { submission: text::new_token(), ..self.fields };
                Err(WebError::from(Kind::Duplicate).handing_back(fields))
            }
            Ok(Received::ThreadClosed) => {
                Err(WebError::from(Kind::Closed).handing_back(self.fields))
            }
            Err(error) => Err(WebError::from(error).handing_back(self.fields)),
        }
    }

    /// It is suspected: the script that sent it is asked for a second's work, and sends it again.
    fn ask_for_work(&self, challenge: &str) -> HttpResponse {
        HttpResponse::UnprocessableEntity().insert_header((header::CACHE_CONTROL, "no-store")).json(
            json!({
                "error": "proof", "message": self.lang.t("proof-wanted"),
                "challenge": challenge, "bits": PROOF_BITS,
                "form": form::handed_back(&self.fields),
            }),
        )
    }

    /// It is on disk: on to the receipt.
    fn accept(&self, comment: CommentId, receipt: &[u8]) -> HttpResponse {
        let token = text::encode_token(receipt);
        let receipt = format!("{}/receipts/{token}", self.app.config.public_url);
        if wants_json(self.request) {
            return HttpResponse::Accepted()
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .json(json!({ "comment": comment.0, "status": "pending", "receipt": receipt }));
        }
        see_other(receipt)
    }

    /// Every bad field at once, and everything that was typed.
    async fn refuse(self, invalid: &[Invalid]) -> Result<HttpResponse, WebError> {
        let errors = field_errors(self.lang, invalid, &self.fields);
        let mut response = HttpResponse::UnprocessableEntity();
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if wants_json(self.request) {
            let errors: Vec<_> = errors
                .iter()
                .map(|e| json!({ "field": e.field, "rule": e.rule, "message": e.message }))
                .collect();
            let message = self.lang.t("invalid-title");
            let form = form::handed_back(&self.fields);
            return Ok(response.json(json!({
                "error": "invalid", "message": message, "fields": errors, "form": form,
            })));
        }
        let parent = match self.fields.parent.trim().parse() {
            Ok(id) => self.app.store.comment(CommentId(id)).await.ok(),
            Err(_) => None,
        };
        let page = FormPage {
            lang: self.lang,
            site: self.site,
            fields: &self.keyed_fields(),
            errors,
            parent: parent.and_then(|comment| Quote::of(&comment)),
        };
        Ok(response.content_type("text/html; charset=utf-8").body(page.render()?))
    }

    /// The form with a key of its own, where it had none: from here on, sending it twice makes
    /// one comment.
    pub(super) fn keyed_fields(&self) -> Fields {
        let mut fields = self.fields.clone();
        if fields.submission.is_empty() {
            fields.submission = text::new_token();
        }
        fields
    }
}
