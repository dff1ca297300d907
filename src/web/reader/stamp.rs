//! `GET /stamp`: when a form was made, for a script on a page that was kept for many. It says
//! nothing of whose form it is.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use crate::web::App;

pub(in crate::web) async fn stamp(app: web::Data<App>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(app.receipts.stamp(app.now()))
}
