//! `/moderation/settings/reasons`: the newsroom's reasons for not publishing.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::{Errors, SECTIONS, section};
use crate::domain::{Invalid, Reason, ReasonKey, check_reason, moved};
use crate::web::App;
use crate::web::desk::frame::{Frame, Tab};
use crate::web::error::{Kind, WebError};
use crate::web::home::see_other;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;

/// The page's own address.
pub(super) const HERE: &str = "/moderation/settings/reasons";

/// A form of the page: a new reason's, or one reason's with what to do.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    csrf: String,
    label: String,
    sentence: String,
    /// `save`, `up`, `down`, `set-aside` or `offer`.
    action: String,
}

/// What stands in a form, and what is wrong with it.
#[derive(Clone)]
struct Filled {
    /// The reason's key; of a new one, nothing.
    key: String,
    label: String,
    sentence: String,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "reasons.html", config = "src/web/askama.toml")]
struct ReasonsPage {
    lang: Lang,
    frame: Frame,
    offered: Vec<Reason>,
    set_aside: Vec<Reason>,
    refused: Option<Filled>,
}

impl ReasonsPage {
    /// Whether the form of `key` was not accepted.
    fn is_refused(&self, key: &str) -> bool {
        self.refused.as_ref().is_some_and(|refused| refused.key == key)
    }

    /// The form of a reason, or of a new one: as typed if it was not accepted.
    fn form(&self, reason: Option<&Reason>) -> Filled {
        let key = reason.map_or("", |reason| reason.key.as_str());
        match &self.refused {
            Some(refused) if refused.key == key => refused.clone(),
            _ => Filled {
                key: key.to_owned(),
                label: reason.map(|reason| reason.label.clone()).unwrap_or_default(),
                sentence: reason.map(|reason| reason.sentence.clone()).unwrap_or_default(),
                errors: Errors::default(),
            },
        }
    }
}

impl Filled {
    /// What the fields' ids end with.
    fn id(&self) -> &str {
        if self.key.is_empty() { "new" } else { &self.key }
    }

    /// What is to be said about a field, if it is bad.
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.of(field)
    }
}

pub(in crate::web) async fn show(
    app: web::Data<App>,
    desk: AtDesk,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    desk.require_admin()?;
    render(&app, &desk, lang, None).await
}

async fn render(
    app: &App,
    desk: &AtDesk,
    lang: Lang,
    refused: Option<Filled>,
) -> Result<HttpResponse, WebError> {
    let reasons = app.store.reasons().await?;
    let (offered, set_aside) = reasons.into_iter().partition(|reason| reason.active);
    let is_refused = refused.is_some();
    let frame = Frame::new(app, desk, Tab::Settings).await?;
    let html = ReasonsPage { lang, frame, offered, set_aside, refused }.render()?;
    Ok(section(html, is_refused))
}

/// `POST /moderation/settings/reasons`: another reason.
pub(in crate::web) async fn add(
    app: web::Data<App>,
    desk: AtDesk,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    desk.require_admin()?;
    let reasons = app.store.reasons().await?;
    match check_reason(&form.label, &form.sentence, &reasons.iter().collect::<Vec<_>>()) {
        Ok((label, sentence)) => {
            let key = ReasonKey::of_label(&label, &reasons);
            let reason = Reason { key: key.clone(), label, sentence, active: true };
            app.store.add_reason(reason).await?;
            Ok(back_to(&key))
        }
        Err(invalid) => {
            render(&app, &desk, lang, Some(refused(lang, String::new(), &form, &invalid))).await
        }
    }
}

/// `POST /moderation/settings/reasons/{key}`: a reason is reworded, moved, set aside or offered
/// again.
pub(in crate::web) async fn change(
    app: web::Data<App>,
    desk: AtDesk,
    key: web::Path<String>,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    desk.require_admin()?;
    let reasons = app.store.reasons().await?;
    let reason = reasons.iter().find(|reason| reason.key.as_str() == *key).ok_or(Kind::NotFound)?;
    match form.action.as_str() {
        "up" | "down" => {
            if let Some(order) = moved(&reasons, &reason.key, form.action == "up") {
                app.store.order_reasons(order).await?;
            }
        }
        "set-aside" | "offer" => {
            let active = form.action == "offer";
            app.store.change_reason(Reason { active, ..reason.clone() }).await?;
        }
        "save" => {
            let others: Vec<_> = reasons.iter().filter(|other| other.key != reason.key).collect();
            match check_reason(&form.label, &form.sentence, &others) {
                Ok((label, sentence)) => {
                    let changed = Reason { label, sentence, ..reason.clone() };
                    app.store.change_reason(changed).await?;
                }
                Err(invalid) => {
                    let refused = refused(lang, key.into_inner(), &form, &invalid);
                    return render(&app, &desk, lang, Some(refused)).await;
                }
            }
        }
        _ => return Err(Kind::BadRequest.into()),
    }
    Ok(back_to(&reason.key))
}

fn back_to(key: &ReasonKey) -> HttpResponse {
    see_other(format!("{HERE}#{}", key.as_str()))
}

fn refused(lang: Lang, key: String, form: &Form, invalid: &[Invalid]) -> Filled {
    let sentence = |bad: &Invalid| format!("reason-{}-{}", bad.field, bad.rule.as_str());
    Filled {
        key,
        label: form.label.clone(),
        sentence: form.sentence.clone(),
        errors: Errors::said(lang, invalid, sentence),
    }
}
