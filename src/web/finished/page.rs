//! A finished answer: its bytes as they are and compressed, and the headers that go with them.

use std::convert::Infallible;
use std::sync::OnceLock;

use actix_http::RequestHead;
use actix_web::HttpResponse;
use actix_web::http::header::{self, ContentEncoding, HeaderMap, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use sha2::{Digest, Sha256};

use super::{Plains, State};
use crate::web::compress;
use crate::web::tag::Tag;

/// A CDN may keep an answer for a moment; if the service is away, for longer.
const CACHE_CONTROL: HeaderValue =
    HeaderValue::from_static("public, max-age=5, stale-while-revalidate=10, stale-if-error=300");
/// What the answer depends on beside its address.
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding, origin");
/// Of 11: the step above costs twice the time for a hundredth of the bytes.
const BROTLI: i32 = 5;
/// Of 9.
const GZIP: u32 = 6;

type Headers = Vec<(HeaderName, HeaderValue)>;

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
    headers: Headers,
    /// Those of the headers that one gets who has the page already (RFC 9110, section 15.4.5): what
    /// else was said with it still holds.
    unchanged: Headers,
    tag: Tag,
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
        let tag = Tag::new(&Sha256::digest(&made.body))?;
        let unchanged = vec![
            (header::CACHE_CONTROL, CACHE_CONTROL),
            (header::VARY, VARY),
            (header::ETAG, tag.value().clone()),
        ];
        let mut headers = unchanged.clone();
        headers.push((header::CONTENT_TYPE, HeaderValue::from_static(made.content_type)));
        headers.extend(common.iter().map(|(name, value)| (name.clone(), value.clone())));
        let length = made.body.len();
        let (gzip, brotli) = (OnceLock::new(), OnceLock::new());
        let plain = match made.lasting {
            true => Plain::Packed(compress::lz4(made.body.as_bytes())),
            false => Plain::Whole(made.body.into()),
        };
        Some(Page { headers, unchanged, tag, length, plain, gzip, brotli, of, state })
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
    pub(super) fn answer(&self, request: &RequestHead, plains: &Plains) -> HttpResponse {
        if self.tag.is_known(&request.headers) {
            return with(&self.unchanged, HttpResponse::NotModified().finish());
        }
        let encoding = compress::accepted(&request.headers, self.length);
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
        let mut response = with(&self.headers, HttpResponse::Ok().body(body));
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
        plains.get_or_insert_with(self.tag.value(), unpack).unwrap_or_else(|never| match never {})
    }
}

/// A response with these headers: put into the ones it has room for already, which costs less than
/// to give it others.
fn with(headers: &Headers, mut response: HttpResponse) -> HttpResponse {
    for (name, value) in headers {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
}
