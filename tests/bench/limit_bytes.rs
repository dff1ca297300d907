//! The limit of reading: a web server that only returns finished bytes.
//!
//! `limit-bytes ADDRESS FOLDER`: a GET answers with the file of the folder that the path names; with
//! `If-None-Match`, 304.
#![expect(clippy::unwrap_used, reason = "a tool of the benchmark")]

use std::collections::HashMap;

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH};
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

type Files = HashMap<String, Bytes>;

async fn file(request: HttpRequest, files: Data<Files>) -> HttpResponse {
    let tag = (ETAG, HeaderValue::from_static("\"finished\""));
    if request.headers().contains_key(IF_NONE_MATCH) {
        return HttpResponse::NotModified().insert_header(tag).finish();
    }
    let Some(bytes) = files.get(request.path().trim_start_matches('/')) else {
        return HttpResponse::NotFound().finish();
    };
    let mut answer = HttpResponse::Ok();
    answer.insert_header(tag).insert_header((CONTENT_TYPE, "text/html; charset=utf-8"));
    if let Some((_, encoding)) = request.path().rsplit_once('.') {
        answer.insert_header((CONTENT_ENCODING, encoding));
    }
    answer.body(bytes.clone())
}

#[actix_web::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let entries = std::fs::read_dir(&arguments[1]).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, Bytes::from(std::fs::read(path).unwrap()))
    };
    let files: Data<Files> = Data::new(entries.map(named).collect());
    let server =
        HttpServer::new(move || App::new().app_data(files.clone()).default_service(web::to(file)));
    server.bind(arguments[0].as_str()).unwrap().run().await.unwrap();
}
