//! What a text is read into: words, numbers and boundaries, a word as a toneless key and its marks.

use super::letters::Letter;
use std::ops::Range;

/// Longest word that is packed letter by letter; longer ones are known by a hash only.
pub(super) const PACKED_LETTERS: u32 = 12;
/// Where the tone stands in packed marks, after twelve shapes of three bits.
pub(super) const TONE_SHIFT: u32 = 3 * PACKED_LETTERS;
/// A one in each of the thirteen three-bit places of packed marks.
const PLACES: u64 = 0o1_111_111_111_111;

/// Something odd about a word.
pub(super) mod flag {
    /// Holds a letter that is neither Vietnamese nor `a` to `z`.
    pub(in super::super) const ALIEN: u16 = 1;
    pub(in super::super) const LOOK_ALIKE: u16 = 1 << 1;
    pub(in super::super) const HIDDEN: u16 = 1 << 2;
    pub(in super::super) const STACKED: u16 = 1 << 3;
    /// Touches a digit.
    pub(in super::super) const GLUED: u16 = 1 << 4;
    /// Two tones, or more letters than are packed.
    pub(in super::super) const IRREGULAR: u16 = 1 << 5;
    pub(in super::super) const DECOMPOSED: u16 = 1 << 6;
    /// Holds an apostrophe.
    pub(in super::super) const ELIDED: u16 = 1 << 7;
    /// Words with one of these are never looked up.
    pub(in super::super) const UNREADABLE: u16 = ALIEN | IRREGULAR | ELIDED;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    /// Punctuation, a line break, an emoji, a link.
    Boundary,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Capitals {
    None = 0,
    First = 1,
    All = 2,
}

/// A word, number or boundary, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) bytes: Range<usize>,
    pub(super) chars: Range<usize>,
    /// Base letters, five bits each from the lowest; or a hash with the highest bit set.
    pub(super) key: u64,
    /// Shapes, three bits a letter from the lowest, then the tone.
    pub(super) marks: u64,
    pub(super) letters: u32,
    pub(super) capitals: Capitals,
    pub(super) flags: u16,
    /// The number of its key in the lexicon from 1, once it was looked up.
    pub(super) entry: u16,
}

impl Token {
    pub(super) fn has(&self, flags: u16) -> bool {
        self.flags & flags != 0
    }

    /// Whether a word with `marks` could have been typed as this one by leaving marks out.
    pub(super) fn could_be(&self, marks: u64) -> bool {
        could_be(self.marks, marks)
    }
}

/// Whether every mark of `typed` is also in `marks`.
#[inline]
pub(super) fn could_be(typed: u64, marks: u64) -> bool {
    let places = (typed | typed >> 1 | typed >> 2) & PLACES;
    marks & (places * 7) == typed
}

pub(super) const fn tone_of(marks: u64) -> u8 {
    (marks >> TONE_SHIFT) as u8 & 7
}

/// The letters of a packed word, lower case, tone on no letter.
pub(super) fn unpack(key: u64, marks: u64) -> Vec<Letter> {
    (0..PACKED_LETTERS)
        .map(|i| ((key >> (5 * i)) as u8 & 31, (marks >> (3 * i)) as u8 & 7))
        .take_while(|&(base, _)| base != 0)
        .map(|(base, shape)| Letter { base, shape, tone: 0, upper: false })
        .collect()
}
/// The finaliser of splitmix64.
#[inline]
pub(super) const fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}
