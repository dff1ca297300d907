//! The n-gram table: scores of pairs and triples of forms, with backoff.
//!
//! A bucketed cuckoo table. An entry is an 18-bit fingerprint and a 6-bit score in three bytes, a bucket four
//! entries. Context and key of the last form choose the two buckets, so that one look finds all its candidates.

use super::model::{ModelError, Reader};
use super::token::mix;

pub(super) const BUCKET: usize = 4;
pub(super) const ENTRY: usize = 3;
const BUCKET_BYTES: usize = BUCKET * ENTRY;
/// One step of a packed score, in nats.
pub(super) const STEP: f32 = 0.25;
/// Logarithm of the factor for falling back to a shorter context (stupid backoff, 0.4).
pub(super) const BACKOFF: f32 = -0.916_290_7;
const PRINT: u32 = 0x3FFFF;

/// The context of a form after one other.
#[inline]
pub(super) const fn after(b: u64) -> u64 {
    b ^ 0x5555_AAAA_5555_AAAA
}

/// The context of a form after two others.
#[inline]
pub(super) const fn after_two(a: u64, b: u64) -> u64 {
    a.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ b.rotate_left(31)
}

/// Where the forms of one key lie in one context.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    print: u32,
    pub(super) first: usize,
    pub(super) second: usize,
}

impl Place {
    #[inline]
    pub(super) const fn of(context: u64, key: u64, buckets: usize) -> Place {
        let hash = mix(context ^ key.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        let other = hash.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
        Place {
            print: hash as u32,
            first: (((hash >> 32) * buckets as u64) >> 32) as usize,
            second: (((other >> 32) * buckets as u64) >> 32) as usize,
        }
    }

    /// The fingerprint of a form here; never 0, which marks an empty entry.
    #[inline]
    pub(super) const fn print(self, form: u64) -> u32 {
        let print = (self.print ^ (form >> 40) as u32) & PRINT;
        if print == 0 { 1 } else { print }
    }
}

/// A table inside the model's bytes.
#[derive(Debug)]
pub(super) struct Ngrams {
    buckets: usize,
    table: std::ops::Range<usize>,
}

/// What is kept in one context for the forms of one key: two buckets, unpacked.
#[derive(Clone, Copy)]
pub(super) struct Found {
    place: Place,
    entries: [u32; 2 * BUCKET],
}

impl Ngrams {
    pub(super) fn read(bytes: &Reader<'_>) -> Result<Ngrams, ModelError> {
        let length = bytes.rest().len();
        if length < 4 * BUCKET_BYTES || !length.is_multiple_of(BUCKET_BYTES) {
            return Err(ModelError::Damaged("the n-gram table has a wrong size"));
        }
        Ok(Ngrams { buckets: length / BUCKET_BYTES, table: bytes.range() })
    }

    /// Looks up the forms of a key in a context.
    #[inline(always)]
    pub(super) fn find(&self, model: &[u8], context: u64, key: u64) -> Found {
        let place = Place::of(context, key, self.buckets);
        let table = model.get(self.table.clone()).unwrap_or_default();
        let mut entries = [0; 2 * BUCKET];
        for (half, number) in entries.chunks_exact_mut(BUCKET).zip([place.first, place.second]) {
            let bucket =
                table.get(number * BUCKET_BYTES..).and_then(<[u8]>::first_chunk::<BUCKET_BYTES>);
            let [a, b, c, d, e, f, g, h, i, j, k, l] = *bucket.unwrap_or(&[0; BUCKET_BYTES]);
            half[0] = u32::from_le_bytes([a, b, c, 0]);
            half[1] = u32::from_le_bytes([d, e, f, 0]);
            half[2] = u32::from_le_bytes([g, h, i, 0]);
            half[3] = u32::from_le_bytes([j, k, l, 0]);
        }
        Found { place, entries }
    }
}

impl Found {
    /// What is found where nothing is kept.
    pub(super) const NOTHING: Found =
        Found { place: Place { print: 0, first: 0, second: 0 }, entries: [0; 2 * BUCKET] };

    /// The score of a form, if it is kept.
    #[inline(always)]
    pub(super) fn score(&self, form: u64) -> Option<f32> {
        let print = self.place.print(form);
        // Every entry is looked at: that is quicker than to stop at the right one.
        let found =
            self.entries.iter().fold(0, |found, &e| if e & PRINT == print { e } else { found });
        (found != 0).then(|| -STEP * (found >> 18) as f32)
    }
}
