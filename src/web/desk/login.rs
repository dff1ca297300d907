//! `/moderation/login` and `/moderation/logout`.

use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::decision::safe_return;
use crate::web::error::WebError;
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::session::{self, AtDesk};
use crate::web::{App, address, device, throttle};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    name: String,
    password: String,
    r#return: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    r#return: String,
}

#[derive(Template)]
#[template(path = "login.html", config = "src/web/askama.toml")]
struct LoginPage {
    lang: Lang,
    name: String,
    back: String,
    message: Option<String>,
}

pub(in crate::web) async fn form(
    query: web::Query<Query>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let back = safe_return(&query.r#return);
    let login = LoginPage { lang, name: String::new(), back, message: None };
    Ok(page(login.render()?))
}

pub(in crate::web) async fn log_in(
    request: HttpRequest,
    app: web::Data<App>,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    let back = safe_return(&form.r#return);
    let again = |status: StatusCode, message: String| -> Result<HttpResponse, WebError> {
        let (name, message) = (form.name.clone(), Some(message));
        let mut response = page(LoginPage { lang, name, back: back.clone(), message }.render()?);
        *response.status_mut() = status;
        Ok(response)
    };
    if let Err(wait) = admit(&request, &app, &form.name).await {
        let seconds = wait.as_secs().max(1);
        let message = lang.with("login-too-many", "seconds", seconds);
        let mut response = again(StatusCode::TOO_MANY_REQUESTS, message.into_owned())?;
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        return Ok(response);
    }
    match app.passwords.log_in(app.store.as_ref(), &form.name, &form.password).await? {
        Some(moderator) => Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, back.clone()))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .cookie(session::open(&app, &moderator).await?)
            .cookie(device::cookie(&app, &moderator.name))
            .finish()),
        None => again(StatusCode::UNPROCESSABLE_ENTITY, lang.t("login-failed").into_owned()),
    }
}

/// Counts an attempt: for the address and for the name, or for a browser that is known alone.
async fn admit(request: &HttpRequest, app: &App, name: &str) -> Result<(), Duration> {
    let (store, logins) = (app.store.as_ref(), &app.logins);
    if let Some(own) = device::known(request, app, name) {
        let device = (logins, format!("device {own}"));
        return throttle::admit_all(store, [device]).await.map(drop);
    }
    let name = (logins, format!("name {}", device::folded(name)));
    match address::client(request, &app.config.trusted_proxies) {
        Some(client) => {
            let address = (logins, format!("address {}", address::block(client)));
            throttle::admit_all(store, [address, name]).await.map(drop)
        }
        None => throttle::admit_all(store, [name]).await.map(drop),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct LogOut {
    csrf: String,
}

pub(in crate::web) async fn log_out(
    app: web::Data<App>,
    desk: AtDesk,
    form: web::Form<LogOut>,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    app.store.close_session(&desk.session).await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, "/moderation/login"))
        .cookie(session::no_cookie(&app))
        .finish())
}
