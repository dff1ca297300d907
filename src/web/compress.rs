//! Answers compressed: what a request takes, and the packing.

use std::io::Write;

use actix_web::http::header::{ACCEPT_ENCODING, ContentEncoding, HeaderMap};
use actix_web::web::Bytes;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Shorter answers are sent as they are.
const WORTH_COMPRESSING: usize = 512;
/// The window is 2 to this many bytes: a page, and little memory while it is packed.
const BROTLI_WINDOW: i32 = 18;

/// The best encoding that a request with these headers takes for so many bytes.
pub(super) fn accepted(headers: &HeaderMap, bytes: usize) -> ContentEncoding {
    let Some(accepted) = headers.get(ACCEPT_ENCODING) else {
        return ContentEncoding::Identity;
    };
    let accepted = accepted.to_str().unwrap_or_default();
    let takes = |wanted: &str| {
        accepted.split(',').any(|choice| {
            let mut parts = choice.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
            let refused =
                |part: &str| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0));
            named && !parts.any(refused)
        })
    };
    match () {
        () if bytes < WORTH_COMPRESSING => ContentEncoding::Identity,
        () if takes("br") => ContentEncoding::Brotli,
        () if takes("gzip") => ContentEncoding::Gzip,
        () => ContentEncoding::Identity,
    }
}

/// Packs with gzip, as hard as `level` of 9.
pub(super) fn gzip(plain: &[u8], level: u32) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    // Writing to memory does not fail.
    let written = encoder.write_all(plain).and_then(|()| encoder.finish());
    written.unwrap_or_default().into()
}

/// Packs with Brotli, as hard as `quality` of 11.
pub(super) fn brotli(plain: &[u8], quality: i32) -> Bytes {
    let mut packed = Vec::new();
    let settings = BrotliEncoderParams {
        quality,
        lgwin: BROTLI_WINDOW,
        size_hint: plain.len(),
        ..Default::default()
    };
    let _ = brotli::BrotliCompress(&mut &plain[..], &mut packed, &settings);
    packed.into()
}

/// Packs with LZ4: not for the wire, but quick to unpack.
pub(super) fn lz4(plain: &[u8]) -> Vec<u8> {
    let mut packed = lz4_flex::block::compress(plain);
    packed.shrink_to_fit();
    packed
}

/// Unpacks the `length` bytes that [`lz4`] packed.
pub(super) fn unlz4(packed: &[u8], length: usize) -> Bytes {
    // What was packed here unpacks here.
    lz4_flex::block::decompress(packed, length).unwrap_or_default().into()
}
