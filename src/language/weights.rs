//! The log-linear part: toneless neighbours, each hashed with the key, weigh its candidates.

use super::model::{ModelError, Reader};
use super::token::{Capitals, mix};

/// Number of features of a position.
pub(super) const FEATURES: usize = 9;
/// Candidates of a feature lie beside each other, so a table has this many weights beyond its power of two.
pub(super) const MARGIN: usize = 16;

/// What a position sees: keys from two before to two after, and how it and its neighbours are capitalised.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) keys: [u64; 5],
    pub(super) capitals: [Capitals; 3],
}

impl Context {
    /// Where the weights of the first candidate lie, one index a feature, in a table of `1 << bits`.
    #[inline]
    pub(super) fn features(&self, bits: u32) -> [usize; FEATURES] {
        let [p2, p1, key, n1, n2] = self.keys;
        let hash = |kind: u64, x: u64, y: u64| {
            let h = x.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
                ^ y.wrapping_mul(0xC2B2_AE3D_27D4_EB4F)
                ^ key.wrapping_mul(0x1656_67B1_9E37_79F9).rotate_left(41)
                ^ (kind << 56);
            (mix(h) >> (64 - bits)) as usize
        };
        let [before, own, after] = self.capitals.map(|c| c as u64);
        [
            hash(1, 0, 0),
            hash(2, p1, 0),
            hash(3, n1, 0),
            hash(4, p2, 0),
            hash(5, n2, 0),
            hash(6, p2, p1),
            hash(7, n1, n2),
            hash(8, p1, n1),
            hash(9, before | own << 2 | after << 4, 0),
        ]
    }
}

/// How an 8-bit weight is read: fine steps near 0, at most [`LARGEST`].
pub(super) const LARGEST: f32 = 6.0;

pub(super) fn unpack(q: i8) -> f32 {
    let x = f32::from(q) / 127.0;
    LARGEST * x * x.abs()
}

pub(super) fn pack(weight: f32) -> i8 {
    let x = (weight.abs().min(LARGEST) / LARGEST).sqrt() * 127.0;
    (x.round() as i8) * if weight < 0.0 { -1 } else { 1 }
}

/// A table inside the model's bytes.
#[derive(Debug)]
pub(super) struct Weights {
    bits: u32,
    table: std::ops::Range<usize>,
    steps: [f32; 256],
}

impl Weights {
    pub(super) fn read(bytes: &Reader<'_>) -> Result<Weights, ModelError> {
        let length = bytes.rest().len().saturating_sub(MARGIN);
        if !length.is_power_of_two() || !(10..32).contains(&length.ilog2()) {
            return Err(ModelError::Damaged("the weights are not a power of two"));
        }
        let steps = std::array::from_fn(|q| unpack(q as u8 as i8));
        Ok(Weights { bits: length.ilog2(), table: bytes.range(), steps })
    }

    /// Adds the weights of the first `scores.len()` candidates to `scores`.
    #[inline]
    pub(super) fn add(&self, model: &[u8], context: &Context, scores: &mut [f32]) {
        let table = model.get(self.table.clone()).unwrap_or_default();
        for first in context.features(self.bits) {
            let weights = table.get(first..first + scores.len()).unwrap_or_default();
            for (score, &q) in scores.iter_mut().zip(weights) {
                *score += self.steps[usize::from(q)];
            }
        }
    }
}
