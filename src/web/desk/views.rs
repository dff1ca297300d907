//! Saved views: a moderator gives a filter of the queue a name, and finds it again in a list.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::query::Query;
use crate::domain::ModeratorId;
use crate::web::App;
use crate::web::error::{Kind, WebError};
use crate::web::session::AtDesk;

/// Most characters of a view's name.
const MAX_NAME: usize = 60;

/// The form that saves a view or removes it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    csrf: String,
    name: String,
    /// The filter.
    query: String,
    /// Anything, if it is everyone's.
    shared: String,
}

impl Form {
    /// Whose view it is: everyone's only where an admin says so.
    fn owner(&self, desk: &AtDesk) -> Result<Option<ModeratorId>, WebError> {
        if self.shared.is_empty() {
            return Ok(Some(desk.moderator.id));
        }
        desk.require_admin().map(|()| None)
    }

    fn query(&self) -> Query {
        Query { after: String::new(), ..Query::parsed(&self.query) }
    }
}

/// `POST /moderation/views`
pub(in crate::web) async fn save(
    app: web::Data<App>,
    desk: AtDesk,
    form: web::Form<Form>,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    let name = form.name.trim();
    let plain = !name.is_empty() && !name.chars().any(char::is_control);
    if !plain || name.chars().count() > MAX_NAME {
        return Err(Kind::BadRequest.into());
    }
    let query = form.query();
    app.store.save_view(form.owner(&desk)?, name, &query.with(&[]), app.now()).await?;
    Ok(to_list(&query))
}

/// `POST /moderation/views/{id}/removal`
pub(in crate::web) async fn remove(
    app: web::Data<App>,
    desk: AtDesk,
    id: web::Path<i64>,
    form: web::Form<Form>,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    app.store.remove_view(form.owner(&desk)?, *id).await?;
    Ok(to_list(&form.query()))
}

fn to_list(query: &Query) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, query.address(&[]))).finish()
}
