//! `/moderation/setup`: the one-time link that makes the first admin.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::AccountError;
use crate::domain::{Invalid, MIN_PASSWORD};
use crate::moderation::token_hash;
use crate::store::StoreError;
use crate::web::error::{Kind, WebError};
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::{App, session};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    token: String,
    name: String,
    password: String,
    password_again: String,
}

#[derive(Template)]
#[template(path = "setup.html", config = "src/web/askama.toml")]
struct SetupPage {
    lang: Lang,
    token: String,
    name: String,
    min: usize,
    /// Bad fields with what is to be said about each.
    errors: Vec<(&'static str, String)>,
}

pub(in crate::web) async fn form(
    app: web::Data<App>,
    query: web::Query<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    check(&app, &query.token).await?;
    let (token, name) = (query.into_inner().token, String::new());
    Ok(page(SetupPage { lang, token, name, min: MIN_PASSWORD, errors: vec![] }.render()?))
}

pub(in crate::web) async fn create(
    app: web::Data<App>,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    check(&app, &form.token).await?;
    let refused = |errors: Vec<(&'static str, String)>| -> Result<HttpResponse, WebError> {
        let (token, name) = (form.token.clone(), form.name.clone());
        let mut response =
            page(SetupPage { lang, token, name, min: MIN_PASSWORD, errors }.render()?);
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(response)
    };
    if form.password != form.password_again {
        let message = lang.t("field-password-mismatch").into_owned();
        return refused(vec![("password-again", message)]);
    }
    let store = app.store.as_ref();
    match app.passwords.add_first_admin(store, &form.name, &form.password, app.now()).await {
        Ok(admin) => Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, "/moderation/"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .cookie(session::open(&app, &admin).await?)
            .finish()),
        Err(AccountError::Invalid(invalid)) => {
            refused(invalid.iter().map(|bad| (bad.field, sentence(lang, bad))).collect())
        }
        Err(AccountError::Store(StoreError::Conflict)) => Err(Kind::NotFound.into()),
        Err(AccountError::Store(error)) => Err(error.into()),
    }
}

/// Whether this is the link that was printed, and nobody has used it.
async fn check(app: &App, token: &str) -> Result<(), WebError> {
    let hash = |token: &str| token_hash(token.as_bytes());
    let right = app.setup_token.as_ref().is_some_and(|known| hash(known) == hash(token));
    let unused = right && app.store.moderators().await?.is_empty();
    if unused { Ok(()) } else { Err(Kind::NotFound.into()) }
}

fn sentence(lang: Lang, bad: &Invalid) -> String {
    let key = format!("field-login-{}-{}", bad.field, bad.rule.as_str());
    lang.with(&key, "limit", bad.rule.limit().unwrap_or_default()).into_owned()
}
