//! `GET /counts?site=S&thread=A&thread=B`: how many comments each of many articles has.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, json};

use crate::domain::ThreadKey;
use crate::web::App;
use crate::web::error::{Kind, WebError};
use crate::web::finished::Made;

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
    let keys =
        objects.iter().map(|object| ThreadKey { site: site.clone(), object: object.clone() });
    let keys: Vec<_> = keys.collect();
    let make = || async {
        let found = app.store.published_counts(&site, &objects).await?;
        let counts: Map<_, _> = objects
            .iter()
            .map(|object| (object.clone(), found.get(object).copied().unwrap_or_default().into()))
            .collect();
        let body = json!({ "counts": counts }).to_string();
        Ok(Made { content_type: "application/json", body, lasting: false })
    };
    app.finished.answer(&request, &keys, make).await
}
