//! Vietnamese or another language, marks aside: a linear model over hashed pieces of the bare words.

use super::lexicon::feature_key;
use super::model::{Model, ModelError, Reader};
use super::token::{Kind, PACKED_LETTERS, Token, flag, mix};

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
            return Err(ModelError::Damaged("the language weights are not a power of two"));
        }
        Ok(Bare { bits: length.ilog2(), table: bytes.range() })
    }

    /// Log odds of each token that it is Vietnamese; 0 for those that are no words.
    pub(super) fn odds(&self, model: &Model, tokens: &[Token]) -> Vec<f32> {
        (0..tokens.len()).map(|at| self.word(model, tokens, at)).collect()
    }

    fn word(&self, model: &Model, tokens: &[Token], at: usize) -> f32 {
        let Some(token) = tokens.get(at).filter(|t| t.kind == Kind::Word) else {
            return 0.0;
        };
        let table = model.bytes.get(self.table.clone()).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|i| tokens.get(i));
        let own = match model.lexicon.key_of(token) {
            Some(key) => key.odds,
            None => self.alone(table, token.key, token.flags),
        };
        own + STEP * weight(table, pair_piece(token.key, before, self.bits)) as f32
    }

    /// Log odds of a key by itself.
    pub(super) fn of_key(&self, model: &[u8], key: u64) -> f32 {
        self.alone(model.get(self.table.clone()).unwrap_or_default(), key, 0)
    }

    fn alone(&self, table: &[u8], key: u64, flags: u16) -> f32 {
        let mut sum = 0;
        pieces(key, flags, self.bits, |index| sum += weight(table, index));
        STEP * sum as f32
    }
}

fn weight(table: &[u8], index: usize) -> i32 {
    table.get(index).map_or(0, |&q| i32::from(q as i8))
}

/// The piece that is a word with the one before it.
pub(super) fn pair_piece(key: u64, before: Option<&Token>, bits: u32) -> usize {
    let hash = key.rotate_left(29) ^ feature_key(before).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mix(hash) >> (64 - bits)) as usize
}

/// Hands each piece of a word by itself to `with`: the word, and its letters in runs of one to four, edges
/// included.
pub(super) fn pieces(key: u64, flags: u16, bits: u32, mut with: impl FnMut(usize)) {
    let mut emit = |hash: u64| with((mix(hash) >> (64 - bits)) as usize);
    let odd = u64::from(flags & flag::UNREADABLE);
    emit(key ^ 1 << 60);
    if odd != 0 {
        emit(odd | 1 << 61);
        return;
    }
    let mut run: u64 = 31;
    for i in 0..=PACKED_LETTERS {
        let letter = if i < PACKED_LETTERS { (key >> (5 * i)) & 31 } else { 0 };
        run = run << 5 | if letter == 0 { 31 } else { letter };
        for length in 1..=4u64.min(u64::from(i) + 2) {
            emit(run & ((1 << (5 * length)) - 1) | length << 40);
        }
        if letter == 0 {
            break;
        }
    }
}
