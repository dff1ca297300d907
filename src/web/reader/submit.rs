//! `POST /comments`: a reader's form comes in and waits in the queue.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde_json::json;

use super::form::{self, FormPage, Quote, field_errors};
use super::nudge::nudge;
use crate::domain::{CommentId, Fields, Invalid, OriginTrace, Rule, Site, Submission};
use crate::moderation::{self, Incoming, Received};
use crate::web::error::{Kind, WebError, wants_json};
use crate::web::locale::Lang;
use crate::web::{App, access, address, text};

pub(in crate::web) async fn submit(
    request: HttpRequest,
    app: web::Data<App>,
    body: web::Bytes,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let fields = form::read(&request, body).await?;
    let keep = |error: WebError| error.handing_back(fields.clone());
    let site = app
        .site(fields.site.trim())
        .ok_or_else(|| keep(Kind::Origin.into()))?;
    access::check_origin(&request, &app, site).map_err(keep)?;
    let client = address::client(&request, &app.config.trusted_proxies);
    if let Some(client) = client {
        let admitted = app.posts.admit(&address::block(client));
        admitted.map_err(|wait| keep(Kind::TooFast(wait).into()))?;
    }
    let submission = match Submission::parse(&fields, site, app.config.limits) {
        Ok(submission) => submission,
        Err(invalid) => return refused(&request, &app, lang, site, fields, &invalid).await,
    };
    match fields.answer.as_str() {
        "restore" => return nudge(&request, &app, lang, site, &keyed(fields), true),
        "retype" => return refused(&request, &app, lang, site, fields, &[]).await,
        _ => {}
    }
    let origin = OriginTrace {
        address: client.map(|client| client.to_string()).unwrap_or_default(),
        user_agent: form::user_agent(&request),
    };
    let incoming = Incoming {
        submission,
        policy: site.policy,
        insisted: fields.answer == "insist",
        origin,
    };
    let received = moderation::receive(
        app.store.as_ref(),
        app.language,
        &app.receipts,
        incoming,
        app.now(),
    );
    match received.await.map_err(|error| keep(error.into()))? {
        Received::Nudged => nudge(&request, &app, lang, site, &keyed(fields), false),
        Received::Queued { comment, receipt } => Ok(accepted(
            &request,
            &app,
            comment,
            &text::encode_token(&receipt),
        )),
        Received::KeyReused => {
            // Sent again from here, under a key of its own, it is a comment of its own.
            let again = Fields {
                submission: text::new_token(),
                ..fields.clone()
            };
            Err(WebError::from(Kind::Duplicate).handing_back(again))
        }
        Received::ThreadClosed => Err(keep(Kind::Closed.into())),
        Received::NoSuchParent => {
            let invalid = [Invalid {
                field: "parent",
                rule: Rule::Malformed,
            }];
            refused(&request, &app, lang, site, fields, &invalid).await
        }
    }
}

/// It is on disk: on to the receipt.
fn accepted(request: &HttpRequest, app: &App, comment: CommentId, receipt: &str) -> HttpResponse {
    let receipt = format!("{}/receipts/{receipt}", app.config.public_url);
    if wants_json(request) {
        return HttpResponse::Accepted()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(json!({ "comment": comment.0, "status": "pending", "receipt": receipt }));
    }
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, receipt))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// Every bad field at once, and everything that was typed.
async fn refused(
    request: &HttpRequest,
    app: &App,
    lang: Lang,
    site: &Site,
    fields: Fields,
    invalid: &[Invalid],
) -> Result<HttpResponse, WebError> {
    let errors = field_errors(lang, invalid, &fields);
    let mut response = HttpResponse::UnprocessableEntity();
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if wants_json(request) {
        let fields: Vec<_> = errors
            .iter()
            .map(|e| json!({ "field": e.field, "rule": e.rule, "message": e.message }))
            .collect();
        return Ok(response.json(json!({
            "error": "invalid", "message": lang.t("invalid-title"), "fields": fields,
        })));
    }
    let parent = match fields.parent.trim().parse() {
        Ok(id) => app
            .store
            .comment(CommentId(id))
            .await
            .ok()
            .and_then(|c| Quote::of(&c)),
        Err(_) => None,
    };
    let fields = keyed(fields);
    let page = FormPage {
        lang,
        site,
        fields: &fields,
        errors,
        parent,
    };
    Ok(response
        .content_type("text/html; charset=utf-8")
        .body(page.render()?))
}

/// The form with a key of its own, where it had none: from here on, sending it twice makes one
/// comment.
fn keyed(fields: Fields) -> Fields {
    let key = Some(fields.submission.clone()).filter(|key| !key.is_empty());
    Fields {
        submission: key.unwrap_or_else(text::new_token),
        ..fields
    }
}
