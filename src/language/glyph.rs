//! A text sign by sign, as it is meant to be read: for matching words that hide.

use super::letters::{Mark, letter, mark};
use super::lookalike::{LookAlike, is_hidden, look_alike};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// What a sign of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A letter: small and without marks, with what was taken off it as numbers (0: nothing).
    Letter {
        /// The base letter; `đ` is `d`.
        base: char,
        /// Circumflex, breve, horn or stroke.
        shape: u8,
        /// One of the five written tones.
        tone: u8,
    },
    /// A digit, a punctuation mark, a symbol.
    Other(char),
    /// White space.
    Blank,
}

/// A sign and its bytes in the text as sent, with all that is stacked on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// What it is.
    pub sign: Sign,
    /// Where it stands.
    pub bytes: Range<usize>,
}

/// Reads a text sign by sign: hidden characters are passed over, look-alike letters are the Latin
/// ones they stand for, combining marks belong to their letter.
///
/// ```
/// use codau::language::{Sign, glyphs};
///
/// let read = glyphs("Ｄ\u{200B}e\u{323}");
/// assert_eq!(read[0].sign, Sign::Letter { base: 'd', shape: 0, tone: 0 });
/// assert_eq!(read[1].sign, Sign::Letter { base: 'e', shape: 0, tone: 5 });
/// ```
#[must_use]
pub fn glyphs(text: &str) -> Vec<Glyph> {
    let mut read: Vec<Glyph> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if is_hidden(c) {
            continue;
        }
        if is_combining_mark(c) {
            if let Some(last) = read.last_mut() {
                combine(&mut last.sign, c);
                last.bytes.end = end;
            }
            continue;
        }
        let sign = match c {
            _ if c.is_whitespace() => Sign::Blank,
            _ => of(c),
        };
        read.push(Glyph { sign, bytes: start..end });
    }
    read
}

fn of(c: char) -> Sign {
    let latin = match look_alike(c) {
        Some(LookAlike::Styled(latin) | LookAlike::Foreign(latin)) => latin,
        None => c,
    };
    match letter(latin) {
        Some(l) => {
            Sign::Letter { base: char::from(b'a' - 1 + l.base), shape: l.shape, tone: l.tone }
        }
        None if latin.is_alphabetic() => {
            let base = latin.to_lowercase().next().unwrap_or(latin);
            Sign::Letter { base, shape: 0, tone: 0 }
        }
        None => Sign::Other(latin),
    }
}

/// Sets a combining mark on the sign before it; a second of its kind is passed over.
fn combine(sign: &mut Sign, c: char) {
    if let Sign::Letter { shape, tone, .. } = sign {
        match mark(c) {
            Some(Mark::Tone(number)) if *tone == 0 => *tone = number,
            Some(Mark::Shape(kind)) if *shape == 0 => *shape = kind as u8,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_letters_read_alike_and_cover_their_bytes() {
        let signs = |text| glyphs(text).into_iter().map(|g| g.sign).collect::<Vec<_>>();
        assert_eq!(signs("Đường"), signs("đu\u{31B}o\u{31B}\u{300}ng"));
        let read = glyphs("a\u{302}\u{301} đ");
        let covered: Vec<_> = read.iter().map(|glyph| glyph.bytes.clone()).collect();
        assert_eq!(covered, [0..5, 5..6, 6..8]);
    }

    #[test]
    fn a_mark_with_nothing_under_it_is_passed_over() {
        assert!(glyphs("\u{301}\u{200B}").is_empty());
        assert_eq!(glyphs("!\u{301}")[0].sign, Sign::Other('!'));
    }
}
