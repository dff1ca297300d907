//! A finished answer: its bytes as they are and compressed, and the headers that go with them.

use std::convert::Infallible;
use std::sync::OnceLock;

use actix_web::http::header::{
    self, ContentEncoding, EntityTag, Header, HeaderMap, HeaderValue, IfNoneMatch,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};

use super::{Plains, State};
use crate::web::compress;
use crate::web::text::encode_token;

/// A CDN may keep an answer for a moment; if the service is away, for longer.
const CACHE_CONTROL: HeaderValue =
    HeaderValue::from_static("public, max-age=5, stale-while-revalidate=10, stale-if-error=300");
/// What the answer depends on beside its address.
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding, origin");
/// Of 11: the step above costs twice the time for a hundredth of the bytes.
const BROTLI: i32 = 5;
/// Of 9.
const GZIP: u32 = 6;

/// What a handler made.
pub(in crate::web) struct Made {
    pub(in crate::web) content_type: &'static str,
    pub(in crate::web) body: String,
    /// Whether it is a page of a thread with comments, asked for in the one way there is.
    pub(in crate::web) lasting: bool,
}

/// The body as it is.
enum Plain {
    Whole(Bytes),
    /// Of a thread's page: a fifth of its length, so that thousands of threads find room, and
    /// unpacked in less time than it takes to send.
    Packed(Vec<u8>),
}

/// A finished answer.
pub(super) struct Page {
    headers: HeaderMap,
    tag: EntityTag,
    /// Bytes of the body as it is.
    length: usize,
    plain: Plain,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
    /// Where the threads it shows are counted, and their state when it was begun.
    pub(super) of: Box<[usize]>,
    pub(super) state: State,
}

impl Page {
    pub(super) fn new(
        made: Made,
        common: &HeaderMap,
        of: Box<[usize]>,
        state: State,
    ) -> Option<Page> {
        let hash = Sha256::digest(&made.body);
        let tag = EntityTag::new_weak(encode_token(&hash[..12]));
        let mut headers = common.clone();
        headers.insert(header::CACHE_CONTROL, CACHE_CONTROL);
        headers.insert(header::VARY, VARY);
        headers.insert(header::ETAG, HeaderValue::try_from(tag.to_string()).ok()?);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(made.content_type));
        let length = made.body.len();
        let (gzip, brotli) = (OnceLock::new(), OnceLock::new());
        let plain = match made.lasting {
            true => Plain::Packed(compress::lz4(made.body.as_bytes())),
            false => Plain::Whole(made.body.into()),
        };
        Some(Page { headers, tag, length, plain, gzip, brotli, of, state })
    }

    /// Bytes it takes, with room for what is packed later.
    pub(super) fn weight(&self) -> usize {
        let plain = match &self.plain {
            Plain::Whole(plain) => plain.len(),
            Plain::Packed(packed) => packed.len(),
        };
        plain + self.length / 5 + self.of.len() * 8 + 1024
    }

    /// The answer to a request; `plains` keeps what was unpacked lately.
    pub(super) fn answer(&self, request: &HttpRequest, plains: &Plains) -> HttpResponse {
        if self.is_known_to(request) {
            let mut response = HttpResponse::NotModified().finish();
            *response.headers_mut() = self.headers.clone();
            response.headers_mut().remove(header::CONTENT_TYPE);
            return response;
        }
        let encoding = compress::accepted(request, self.length);
        let plain = || self.plain(plains);
        let body = match encoding {
            ContentEncoding::Brotli => {
                self.brotli.get_or_init(|| compress::brotli(&plain(), BROTLI)).clone()
            }
            ContentEncoding::Gzip => {
                self.gzip.get_or_init(|| compress::gzip(&plain(), GZIP)).clone()
            }
            _ => plain(),
        };
        let mut response = HttpResponse::Ok().body(body);
        *response.headers_mut() = self.headers.clone();
        if encoding != ContentEncoding::Identity {
            let name = HeaderValue::from_static(encoding.as_str());
            response.headers_mut().insert(header::CONTENT_ENCODING, name);
        }
        response
    }

    fn plain(&self, plains: &Plains) -> Bytes {
        let packed = match &self.plain {
            Plain::Whole(plain) => return plain.clone(),
            Plain::Packed(packed) => packed,
        };
        let unpack = || Ok::<_, Infallible>(compress::unlz4(packed, self.length));
        // What a tag names never changes.
        plains.get_or_insert_with(self.tag.tag(), unpack).unwrap_or_else(|never| match never {})
    }

    fn is_known_to(&self, request: &HttpRequest) -> bool {
        if !request.headers().contains_key(header::IF_NONE_MATCH) {
            return false;
        }
        match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(&self.tag)),
            Ok(IfNoneMatch::Any) => true,
            Err(_) => false,
        }
    }
}
