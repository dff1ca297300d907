//! Reading a text: words taken apart into letters, shapes and tone, each with its place in the text as sent.
//!
//! Composed and decomposed text read alike; hidden characters, stacked marks and look-alike letters are folded
//! on the way and remembered as flags. Links, e-mail addresses, @names and #tags are read as boundaries.

use super::letters::{Letter, Mark, is_vowel, letter, mark};
use super::lookalike::{LookAlike, is_combining, is_european, is_hidden, look_alike};
use std::ops::Range;

/// Longest word that is packed letter by letter; longer ones are known by a hash only.
pub(super) const PACKED_LETTERS: u32 = 12;
/// Where the tone stands in packed marks, after twelve shapes of three bits.
pub(super) const TONE_SHIFT: u32 = 3 * PACKED_LETTERS;
/// A one in each of the thirteen three-bit places of packed marks.
const PLACES: u64 = 0o1_111_111_111_111;
const HASHED: u64 = 1 << 63;
const APOSTROPHE: u8 = 27;

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
        .map(|(base, shape)| Letter {
            base,
            shape,
            tone: 0,
            upper: false,
        })
        .collect()
}

/// A word while it is being read.
struct Word {
    token: Token,
    latin: bool,
    upper: u32,
    first_upper: bool,
    last: Option<Letter>,
    hash: u64,
    hidden: bool,
}

impl Word {
    fn new(byte: usize, char: usize, glued: bool) -> Word {
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

    fn end(&mut self, byte: usize, char: usize) {
        self.token.bytes.end = byte;
        self.token.chars.end = char;
        if self.hidden {
            self.token.flags |= flag::HIDDEN;
        }
    }

    fn push(&mut self, l: Letter) {
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
    fn push_alien(&mut self, c: char) {
        self.token.letters += 1;
        self.token.flags |= flag::ALIEN;
        self.hash = mix(self.hash ^ u64::from(u32::from(c)));
        self.last = None;
    }

    fn combine(&mut self, c: char) {
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
                self.last = Some(Letter {
                    shape: shape as u8,
                    ..l
                });
            }
            (Some(_), Some(l)) if !is_vowel(l.base) => self.token.flags |= flag::ALIEN,
            (None, _) if is_european(c) => self.token.flags |= flag::ALIEN,
            _ => self.token.flags |= flag::STACKED,
        }
    }

    fn finish(mut self) -> Token {
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

/// The finaliser of splitmix64.
#[inline]
pub(super) const fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Reads a text into tokens. Two boundaries never follow each other.
pub(super) fn read(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4 + 4);
    let mut word: Option<Word> = None;
    let mut chunk_end = 0; // end of the whitespace-delimited chunk last looked at
    let mut after_digit = false;
    let mut chars = text.char_indices().enumerate().peekable();
    while let Some((at, (byte, c))) = chars.next() {
        let end = byte + c.len_utf8();
        if byte >= chunk_end && !c.is_whitespace() {
            chunk_end = byte + chunk_length(&text[byte..]);
            if is_link(&text[byte..chunk_end]) {
                let mut last = at;
                while let Some(&(i, (b, _))) = chars.peek() {
                    if b >= chunk_end {
                        break;
                    }
                    last = i;
                    chars.next();
                }
                tokens.extend(word.take().map(Word::finish));
                boundary(&mut tokens, byte..chunk_end, at..last + 1);
                after_digit = false;
                continue;
            }
        }
        if let Some(l) = letter(c) {
            let word = word.get_or_insert_with(|| Word::new(byte, at, after_digit));
            word.latin = true;
            word.push(l);
            word.end(end, at + 1);
        } else if word.is_some() && is_hidden(c) {
            if let Some(word) = &mut word {
                word.hidden = true;
            }
            continue;
        } else if word.is_some() && is_combining(c) {
            if let Some(word) = &mut word {
                word.combine(c);
                word.end(end, at + 1);
            }
        } else if matches!(c, '\'' | '’')
            && word.is_some()
            && chars
                .peek()
                .is_some_and(|&(_, (_, next))| letter(next).is_some())
        {
            if let Some(word) = &mut word {
                word.push(Letter {
                    base: APOSTROPHE,
                    shape: 0,
                    tone: 0,
                    upper: false,
                });
                word.token.flags |= flag::ELIDED;
            }
        } else if let Some(alike) = look_alike(c) {
            let word = word.get_or_insert_with(|| Word::new(byte, at, after_digit));
            let (LookAlike::Styled(latin) | LookAlike::Foreign(latin)) = alike;
            word.latin |= matches!(alike, LookAlike::Styled(_));
            word.token.flags |= flag::LOOK_ALIKE;
            if let Some(l) = letter(latin) {
                word.push(l);
            }
            word.end(end, at + 1);
        } else if c.is_alphabetic() {
            let word = word.get_or_insert_with(|| Word::new(byte, at, after_digit));
            word.push_alien(c);
            word.end(end, at + 1);
        } else {
            let digit = c.is_numeric();
            if let Some(mut word) = word.take() {
                if digit {
                    word.token.flags |= flag::GLUED;
                }
                tokens.push(word.finish());
            }
            if digit {
                number(&mut tokens, byte..end, at..at + 1);
            } else if matches!(c, '.' | ',' | ':' | '/' | '-' | '%')
                && after_digit
                && chars
                    .peek()
                    .is_some_and(|&(_, (_, next))| next.is_numeric())
            {
                continue; // inside a number: 2.500, 17-5
            } else if c == '\n' || !(c.is_whitespace() || is_hidden(c) || is_combining(c)) {
                boundary(&mut tokens, byte..end, at..at + 1);
            }
            after_digit = digit;
            continue;
        }
        after_digit = false;
    }
    tokens.extend(word.map(Word::finish));
    tokens
}

/// In a text that is mostly capitals they tell nothing: forgets them.
pub(super) fn even_capitals(tokens: &mut [Token]) {
    let words = tokens
        .iter()
        .filter(|t| t.kind == Kind::Word && t.letters > 1)
        .count();
    let shouted = tokens
        .iter()
        .filter(|t| t.capitals == Capitals::All)
        .count();
    if shouted * 2 > words {
        for token in tokens {
            token.capitals = Capitals::None;
        }
    }
}

fn plain(kind: Kind, bytes: Range<usize>, chars: Range<usize>) -> Token {
    let (key, marks, letters, flags) = (0, 0, 0, 0);
    Token {
        kind,
        bytes,
        chars,
        key,
        marks,
        letters,
        capitals: Capitals::None,
        flags,
        entry: 0,
    }
}

fn boundary(tokens: &mut Vec<Token>, bytes: Range<usize>, chars: Range<usize>) {
    if tokens.last().is_none_or(|t| t.kind != Kind::Boundary) {
        tokens.push(plain(Kind::Boundary, bytes, chars));
    }
}

fn number(tokens: &mut Vec<Token>, bytes: Range<usize>, chars: Range<usize>) {
    match tokens.last_mut() {
        Some(t) if t.kind == Kind::Number && bytes.start <= t.bytes.end + 1 => {
            t.bytes.end = bytes.end;
            t.chars.end = chars.end;
        }
        _ => tokens.push(plain(Kind::Number, bytes, chars)),
    }
}

fn chunk_length(text: &str) -> usize {
    text.bytes()
        .position(|b| b.is_ascii_whitespace())
        .unwrap_or(text.len())
}

/// Endings that make `word.word` an address.
const DOMAINS: [&str; 14] = [
    "com", "vn", "net", "org", "info", "ly", "tv", "io", "edu", "gov", "gl", "be", "shop", "xyz",
];

/// Whether a chunk between blanks is a link, an e-mail address, an @name or a #tag.
pub(super) fn is_link(chunk: &str) -> bool {
    let bytes = chunk.as_bytes();
    if bytes.len() < 2 {
        return false;
    }
    if matches!(bytes[0], b'@' | b'#') {
        return chunk.chars().nth(1).is_some_and(char::is_alphanumeric);
    }
    let Some(at) = bytes.iter().position(|&b| matches!(b, b'.' | b'@' | b':')) else {
        return false;
    };
    if chunk[at..].starts_with("://") || chunk.starts_with("www.") {
        return true;
    }
    if let Some(at) = chunk.find('@') {
        return at > 0
            && chunk[..at].bytes().all(|b| b.is_ascii_graphic())
            && chunk[at + 1..].find('.').is_some_and(|dot| dot > 0);
    }
    // A bare address: letters, digits, hyphens and dots up to a slash, with a known ending.
    let host = chunk
        .split(['/', '?', ':'])
        .next()
        .unwrap_or(chunk)
        .trim_end_matches(['.', ',', ')', '!']);
    host.bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        && host.rsplit_once('.').is_some_and(|(name, ending)| {
            !name.is_empty() && DOMAINS.iter().any(|d| ending.eq_ignore_ascii_case(d))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        read(text).into_iter().map(|t| &text[t.bytes]).collect()
    }

    #[test]
    fn words_numbers_and_boundaries_have_their_place() {
        assert_eq!(
            words("Anh ơi, 2.500đ nhé!!! 😂"),
            ["Anh", "ơi", ",", "2.500", "đ", "nhé", "!"]
        );
        assert_eq!(
            words("xem https://a.vn/b ở abc@gmail.com"),
            ["xem", "https://a.vn/b", "ở", "abc@gmail.com"]
        );
        let text = "Bài viê\u{323}t ba\u{200B}n";
        assert_eq!(words(text), ["Bài", "viê\u{323}t", "ba\u{200B}n"]);
    }

    #[test]
    fn both_spellings_of_a_tone_read_alike() {
        let forms = |text| {
            read(text)
                .into_iter()
                .map(|t| (t.key, t.marks))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            forms("hòa Việt đường"),
            forms("hoà Vie\u{302}\u{323}t đu\u{31B}o\u{31B}\u{300}ng")
        );
    }

    #[test]
    fn marks_left_out_are_compatible() {
        let marks = |text| read(text)[0].marks;
        assert!(
            could_be(marks("duong"), marks("đường")) && could_be(marks("đương"), marks("đường"))
        );
        assert!(
            !could_be(marks("đương"), marks("dương")) && !could_be(marks("dường"), marks("đương"))
        );
    }
}
