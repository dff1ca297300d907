//! `GET /counts?site=S&thread=A&thread=B`: how many comments each of many articles has.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, json};

use crate::web::App;
use crate::web::error::{Kind, WebError};

/// Articles in one call at most: a long front page has fewer.
const MAX_THREADS: usize = 200;

pub(in crate::web) async fn counts(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, WebError> {
    let (mut site, mut objects) = (String::new(), Vec::new());
    for (name, value) in url::form_urlencoded::parse(request.query_string().as_bytes()) {
        match name.as_ref() {
            "site" => site = value.into_owned(),
            "thread" => objects.push(value.into_owned()),
            _ => {}
        }
    }
    app.site(&site).ok_or(Kind::Origin)?;
    if objects.len() > MAX_THREADS {
        return Err(Kind::BadRequest.into());
    }
    let found = app.store.published_counts(&site, &objects).await?;
    let counts: Map<_, _> = objects
        .into_iter()
        .map(|object| {
            let count = found.get(&object).copied().unwrap_or_default();
            (object, count.into())
        })
        .collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=10"))
        .json(json!({ "counts": counts })))
}
