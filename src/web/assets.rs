//! Style sheets, scripts and pictures, kept in the binary and compressed as hard as can be, once.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::Embed;

use super::compress;
use super::error::{Kind, WebError};
use super::tag::Tag;

#[derive(Embed)]
#[folder = "src/web/static/"]
struct Files;

/// Of 11 and of 9: it is done once.
const BROTLI: i32 = 11;
const GZIP: u32 = 9;

/// A file as it is served.
struct Asset {
    mime: String,
    tag: Tag,
    plain: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    let read = |name: std::borrow::Cow<'static, str>| {
        let file = Files::get(&name)?;
        let asset = Asset {
            mime: file.metadata.mimetype().to_owned(),
            tag: Tag::new(&file.metadata.sha256_hash())?,
            plain: file.data.into_owned().into(),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        };
        Some((name.into_owned(), asset))
    };
    Files::iter().filter_map(read).collect()
});

impl Asset {
    fn body(&self, encoding: ContentEncoding) -> Bytes {
        match encoding {
            ContentEncoding::Brotli => {
                self.brotli.get_or_init(|| compress::brotli(&self.plain, BROTLI))
            }
            ContentEncoding::Gzip => self.gzip.get_or_init(|| compress::gzip(&self.plain, GZIP)),
            _ => &self.plain,
        }
        .clone()
    }
}

/// `GET /static/{name}`
pub(super) async fn asset(
    request: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    file(&request, &name)
}

/// `GET /widget.js`: puts a thread into an article page.
pub(super) async fn widget(request: HttpRequest) -> Result<HttpResponse, WebError> {
    file(&request, "widget.js")
}

/// `GET /count.js`: puts the numbers of comments at the links of many articles.
pub(super) async fn count(request: HttpRequest) -> Result<HttpResponse, WebError> {
    file(&request, "count.js")
}

/// `GET /openapi.json`: what answers in JSON, described for programs.
pub(super) async fn description(request: HttpRequest) -> Result<HttpResponse, WebError> {
    file(&request, "openapi.json")
}

/// Bytes of widget.js as most browsers get it, and unpacked.
#[must_use]
pub fn widget_weight() -> (usize, usize) {
    let weigh = |asset: &Asset| (asset.body(ContentEncoding::Brotli).len(), asset.plain.len());
    ASSETS.get("widget.js").map(weigh).unwrap_or_default()
}

/// A file of the binary's own.
fn file(request: &HttpRequest, name: &str) -> Result<HttpResponse, WebError> {
    let asset = ASSETS.get(name).ok_or(Kind::NotFound)?;
    let known = asset.tag.is_known(request.headers());
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        // Short, with a validator: a new version of the service is seen within minutes.
        .insert_header((header::CACHE_CONTROL, "public, max-age=300, stale-while-revalidate=86400"))
        .insert_header((header::ETAG, asset.tag.value()))
        .insert_header((header::VARY, "accept-encoding"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"));
    if known {
        return Ok(response.finish());
    }
    let encoding = compress::accepted(request.headers(), asset.plain.len());
    if encoding != ContentEncoding::Identity {
        response.insert_header((header::CONTENT_ENCODING, encoding.as_str()));
    }
    Ok(response.content_type(asset.mime.as_str()).body(asset.body(encoding)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn what_is_packed_is_smaller_and_every_file_has_a_tag_of_its_own() {
        let tags: HashSet<_> = ASSETS.values().map(|asset| asset.tag.value()).collect();
        assert_eq!(tags.len(), ASSETS.len());
        let asset = &ASSETS["widget.js"];
        let size = |encoding| asset.body(encoding).len();
        assert!(size(ContentEncoding::Brotli) < size(ContentEncoding::Gzip));
        assert!(size(ContentEncoding::Gzip) < size(ContentEncoding::Identity));
    }
}
