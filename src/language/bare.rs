//! Vietnamese or another language, marks aside: a linear model over hashed pieces of the bare words.

use super::lexicon::feature_key;
use super::model::{ModelError, Reader};
use super::reading::{Kind, PACKED_LETTERS, Token, flag, mix};

/// One step of a packed weight.
pub(super) const STEP: f32 = 1.0 / 16.0;
/// Largest packed weight.
pub(super) const LARGEST: f32 = 127.0 * STEP;

/// A table inside the model's bytes.
#[derive(Debug)]
pub(super) struct Bare {
    bits: u32,
    table: std::ops::Range<usize>,
}

impl Bare {
    pub(super) fn read(bytes: &Reader<'_>) -> Result<Bare, ModelError> {
        let length = bytes.rest().len();
        if !length.is_power_of_two() || !(10..32).contains(&length.ilog2()) {
            return Err(ModelError::Damaged(
                "the language weights are not a power of two",
            ));
        }
        Ok(Bare {
            bits: length.ilog2(),
            table: bytes.range(),
        })
    }

    /// Log odds that the word at `at` is Vietnamese.
    #[inline]
    pub(super) fn word(&self, model: &[u8], tokens: &[Token], at: usize) -> f32 {
        let table = model.get(self.table.clone()).unwrap_or_default();
        let mut sum = 0;
        pieces(tokens, at, self.bits, |index| {
            sum += table.get(index).map_or(0, |&q| i32::from(q as i8));
        });
        sum as f32 * STEP
    }
}

/// Hands each piece of the word at `at` to `with`: letters in runs of one to four (edges included), the word,
/// and the word with the one before it.
#[inline]
pub(super) fn pieces(tokens: &[Token], at: usize, bits: u32, mut with: impl FnMut(usize)) {
    let Some(token) = tokens.get(at).filter(|t| t.kind == Kind::Word) else {
        return;
    };
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    let mut emit = |hash: u64| with((mix(hash) >> (64 - bits)) as usize);
    let odd = u64::from(token.flags & (flag::ALIEN | flag::IRREGULAR | flag::ELIDED));
    emit(token.key ^ 1 << 60);
    emit(token.key.rotate_left(29) ^ feature_key(before).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    if odd != 0 {
        emit(odd | 1 << 61);
        return;
    }
    let mut run: u64 = 31;
    for i in 0..=PACKED_LETTERS {
        let letter = if i < PACKED_LETTERS {
            (token.key >> (5 * i)) & 31
        } else {
            0
        };
        run = run << 5 | if letter == 0 { 31 } else { letter };
        for length in 1..=4u64.min(u64::from(i) + 2) {
            emit(run & ((1 << (5 * length)) - 1) | length << 40);
        }
        if letter == 0 {
            break;
        }
    }
}
