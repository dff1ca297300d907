//! A word while it is being read, letter by letter.

use super::letters::{Letter, Mark, is_vowel, mark};
use super::lookalike::is_european;
use super::token::{Capitals, Kind, PACKED_LETTERS, TONE_SHIFT, Token, flag, mix, tone_of};

/// Marks a key that is a hash.
const HASHED: u64 = 1 << 63;
/// The apostrophe of an elided word, as a base letter.
pub(super) const APOSTROPHE: u8 = 27;

/// A word while it is being read.
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) latin: bool,
    upper: u32,
    first_upper: bool,
    last: Option<Letter>,
    hash: u64,
    pub(super) hidden: bool,
}

impl Word {
    pub(super) fn new(byte: usize, char: usize, glued: bool) -> Word {
        Word {
            token: Token {
                kind: Kind::Word,
                bytes: byte..byte,
                chars: char..char,
                key: 0,
                marks: 0,
                letters: 0,
                capitals: Capitals::None,
                flags: if glued { flag::GLUED } else { 0 },
                entry: 0,
            },
            latin: false,
            upper: 0,
            first_upper: false,
            last: None,
            hash: 0,
            hidden: false,
        }
    }

    pub(super) fn end(&mut self, byte: usize, char: usize) {
        self.token.bytes.end = byte;
        self.token.chars.end = char;
        if self.hidden {
            self.token.flags |= flag::HIDDEN;
        }
    }

    pub(super) fn push(&mut self, l: Letter) {
        let at = self.token.letters;
        self.token.letters += 1;
        self.hash = mix(self.hash ^ u64::from(l.base) ^ u64::from(l.shape) << 8);
        if l.upper {
            self.upper += 1;
            self.first_upper |= at == 0;
        }
        if at < PACKED_LETTERS {
            self.token.key |= u64::from(l.base) << (5 * at);
            self.token.marks |= u64::from(l.shape) << (3 * at);
        } else {
            self.token.flags |= flag::IRREGULAR;
        }
        self.last = Some(l);
        if l.tone != 0 {
            self.tone(l.tone);
        }
    }

    fn tone(&mut self, tone: u8) {
        if tone_of(self.token.marks) != 0 {
            self.token.flags |= flag::IRREGULAR;
        } else {
            self.token.marks |= u64::from(tone) << TONE_SHIFT;
        }
    }

    /// A letter of no alphabet we pack.
    pub(super) fn push_alien(&mut self, c: char) {
        self.token.letters += 1;
        self.token.flags |= flag::ALIEN;
        self.hash = mix(self.hash ^ u64::from(u32::from(c)));
        self.last = None;
    }

    pub(super) fn combine(&mut self, c: char) {
        let at = self.token.letters.wrapping_sub(1);
        match (mark(c), self.last) {
            (Some(Mark::Tone(tone)), Some(l)) if is_vowel(l.base) => {
                self.token.flags |= flag::DECOMPOSED;
                if tone_of(self.token.marks) == tone {
                    self.token.flags |= flag::STACKED;
                } else {
                    self.tone(tone);
                }
            }
            (Some(Mark::Shape(shape)), Some(l)) if takes(l, shape as u8) && at < PACKED_LETTERS => {
                self.token.flags |= flag::DECOMPOSED;
                self.token.marks |= (shape as u64) << (3 * at);
                self.last = Some(Letter { shape: shape as u8, ..l });
            }
            (Some(_), Some(l)) if !is_vowel(l.base) => self.token.flags |= flag::ALIEN,
            (None, _) if is_european(c) => self.token.flags |= flag::ALIEN,
            _ => self.token.flags |= flag::STACKED,
        }
    }

    pub(super) fn finish(mut self) -> Token {
        if self.token.has(flag::LOOK_ALIKE) && !self.latin {
            self.token.flags = (self.token.flags & !flag::LOOK_ALIKE) | flag::ALIEN;
        }
        if self.token.has(flag::UNREADABLE) {
            self.token.key = self.hash | HASHED;
            self.token.marks = 0;
        }
        self.token.capitals = match self.upper {
            0 => Capitals::None,
            n if n > 1 && n == self.token.letters => Capitals::All,
            _ if self.first_upper => Capitals::First,
            _ => Capitals::None,
        };
        self.token
    }
}

/// Whether a plain letter can take a shape.
fn takes(l: Letter, shape: u8) -> bool {
    l.shape == 0
        && matches!(
            (l.base + b'a' - 1, shape),
            (b'a' | b'e' | b'o', 1) | (b'a', 2) | (b'o' | b'u', 3)
        )
}
