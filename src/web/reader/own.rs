//! What a reader does by their receipt's link: `/receipts/{token}/revision`, another text in the
//! place of the first; `/receipts/{token}/withdrawal`, taking the comment back. Whoever has the
//! link can do both, from these pages alone.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form::field_errors;
use super::nudge::Nudge;
use super::receipt::{Link, keep_private};
use crate::domain::{Comment, Fields, Status};
use crate::moderation::{self, Again, Resubmitted};
use crate::web::error::{Kind, WebError};
use crate::web::locale::Lang;
use crate::web::text::Moment;
use crate::web::{App, access, address, throttle};

/// The form of another text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    version: i64,
    body: String,
    answer: String,
}

#[derive(Template)]
#[template(path = "revision.html", config = "src/web/askama.toml")]
struct RevisionPage {
    lang: Lang,
    link: Link,
    /// Why the newsroom sent it back, and what it asks to change.
    asked: Vec<String>,
    body: String,
    error: Option<String>,
    /// Whether it is too late: then the text is there to be copied.
    late: bool,
}

#[derive(Template)]
#[template(path = "withdrawal.html", config = "src/web/askama.toml")]
struct WithdrawalPage {
    lang: Lang,
    link: Link,
    /// Whether everyone can read it.
    published: bool,
    sent: Moment,
}

/// The form with the reader's own text in it.
pub(in crate::web) async fn revision(
    app: web::Data<App>,
    token: web::Path<String>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let link = Link::follow(&app, &token).await?;
    if !link.takes_another_text(&app) {
        return Ok(link.to_receipt());
    }
    let own = app.store.own_comment(&link.hash()).await?;
    render(StatusCode::OK, RevisionPage::new(lang, link, own.body))
}

/// Another text comes in.
pub(in crate::web) async fn revise(
    request: HttpRequest,
    app: web::Data<App>,
    token: web::Path<String>,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    // Whatever happens, what was typed comes back.
    let revised = revise_as(&request, &app, &token, &form, lang);
    revised.await.map_err(|error| error.keeping(form.body.clone()))
}

async fn revise_as(
    request: &HttpRequest,
    app: &App,
    token: &str,
    form: &Form,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    admit(request, app).await?;
    let link = Link::follow(app, token).await?;
    let page = |link, body: &str| RevisionPage::new(lang, link, body.to_owned());
    if !link.takes_another_text(app) {
        let page = RevisionPage { late: true, ..page(link, &form.body) };
        return render(StatusCode::CONFLICT, page);
    }
    match form.answer.as_str() {
        "retype" => return render(StatusCode::OK, page(link, &form.body)),
        "restore" => return nudge(app, lang, &link, form, true),
        _ => {}
    }
    let site = app.site(&link.receipt.thread.key.site).ok_or(Kind::Origin)?;
    let now = app.now();
    let rules = app.screener.rules(app.store.as_ref(), now).await?;
    let again = Again {
        receipt: &link.token,
        version: form.version,
        body: &form.body,
        policy: site.policy,
        rules: &rules,
        insisted: form.answer == "insist",
    };
    let (store, limits) = (app.store.as_ref(), app.config.limits);
    match moderation::resubmit(store, app.language, again, limits, now).await? {
        Resubmitted::Queued | Resubmitted::Same => Ok(link.to_receipt()),
        Resubmitted::Nudged => nudge(app, lang, &link, form, false),
        Resubmitted::Invalid(invalid) => {
            let fields = Fields { body: form.body.clone(), ..Fields::default() };
            let error = field_errors(lang, &[invalid], &fields).pop().map(|error| error.message);
            let page = RevisionPage { error, ..page(link, &form.body) };
            render(StatusCode::UNPROCESSABLE_ENTITY, page)
        }
        Resubmitted::Changed(now) => changed(app, lang, token, &now, form).await,
    }
}

/// The comment is no longer what the reader saw: as it is now, with what was typed.
async fn changed(
    app: &App,
    lang: Lang,
    token: &str,
    now: &Comment,
    form: &Form,
) -> Result<HttpResponse, WebError> {
    let link = Link::follow(app, token).await?;
    let late = !now.status.takes_another_text() || !link.takes_another_text(app);
    let error = (!late).then(|| lang.t("revision-changed").into_owned());
    let page = RevisionPage { late, error, ..RevisionPage::new(lang, link, form.body.clone()) };
    render(StatusCode::CONFLICT, page)
}

fn nudge(
    app: &App,
    lang: Lang,
    link: &Link,
    form: &Form,
    restore: bool,
) -> Result<HttpResponse, WebError> {
    let version = form.version.to_string();
    let nudge = Nudge {
        lang,
        newspaper: &link.newspaper,
        article: link.article.as_deref(),
        action: &link.path("revision"),
        hidden: &[("version", &version)],
        body: &form.body,
    };
    let mut response = nudge.page(app.language, restore)?;
    keep_private(&mut response);
    Ok(response)
}

impl RevisionPage {
    fn new(lang: Lang, link: Link, body: String) -> RevisionPage {
        let reason = link.receipt.reason.as_ref().map(|reason| reason.sentence.clone());
        let message = Some(link.receipt.message.clone()).filter(|message| !message.is_empty());
        let asked = reason.into_iter().chain(message).collect();
        RevisionPage { lang, link, asked, body, error: None, late: false }
    }
}

/// The question whether it is to be taken back.
pub(in crate::web) async fn withdrawal(
    app: web::Data<App>,
    token: web::Path<String>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let link = Link::follow(&app, &token).await?;
    if !link.receipt.status.can_be_withdrawn() {
        return Ok(link.to_receipt());
    }
    let published = link.receipt.status == Status::Approved;
    let sent = Moment::new(link.receipt.submitted_at, &app.config.time_zone);
    render(StatusCode::OK, WithdrawalPage { lang, link, published, sent })
}

/// It is taken back.
pub(in crate::web) async fn withdraw(
    request: HttpRequest,
    app: web::Data<App>,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    admit(&request, &app).await?;
    let link = Link::follow(&app, &token).await?;
    moderation::withdraw(app.store.as_ref(), &link.token, app.now()).await?;
    Ok(link.to_receipt())
}

/// Lets only the forms of these pages pass, and not too many of them.
async fn admit(request: &HttpRequest, app: &App) -> Result<(), WebError> {
    if !access::from_here(request, app) {
        return Err(Kind::Origin.into());
    }
    if let Some(client) = address::client(request, &app.config.trusted_proxies) {
        let keys = [(&app.posts, address::block(client))];
        throttle::admit_all(app.store.as_ref(), keys).await.map_err(Kind::TooFast)?;
    }
    Ok(())
}

fn render(status: StatusCode, page: impl Template) -> Result<HttpResponse, WebError> {
    let mut response = HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(page.render()?);
    keep_private(&mut response);
    Ok(response)
}
