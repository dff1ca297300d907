//! Reading a text: words taken apart into letters, shapes and tone, each with its place in the text as sent.
//!
//! Composed and decomposed text read alike; hidden characters, stacked marks and look-alike letters are folded
//! on the way and remembered as flags. Links, e-mail addresses, @names and #tags are read as boundaries.

use super::letters::{Letter, letter};
use super::link::is_link;
use super::lookalike::{LookAlike, is_combining, is_hidden, look_alike};
use super::token::{Capitals, Kind, Token, flag};
use super::word::{APOSTROPHE, Word};
use std::ops::Range;

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
            && chars.peek().is_some_and(|&(_, (_, next))| letter(next).is_some())
        {
            if let Some(word) = &mut word {
                word.push(Letter { base: APOSTROPHE, shape: 0, tone: 0, upper: false });
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
                && chars.peek().is_some_and(|&(_, (_, next))| next.is_numeric())
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
    let words = tokens.iter().filter(|t| t.kind == Kind::Word && t.letters > 1).count();
    let shouted = tokens.iter().filter(|t| t.capitals == Capitals::All).count();
    if shouted * 2 > words {
        for token in tokens {
            token.capitals = Capitals::None;
        }
    }
}
fn plain(kind: Kind, bytes: Range<usize>, chars: Range<usize>) -> Token {
    let (key, marks, letters, flags) = (0, 0, 0, 0);
    Token { kind, bytes, chars, key, marks, letters, capitals: Capitals::None, flags, entry: 0 }
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
    text.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(text.len())
}
#[cfg(test)]
mod tests {
    use super::super::token::could_be;
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        read(text).into_iter().map(|t| &text[t.bytes]).collect()
    }

    #[test]
    fn words_numbers_and_boundaries_have_their_place() {
        assert_eq!(words("Anh ơi, 2.500đ nhé!!! 😂"), ["Anh", "ơi", ",", "2.500", "đ", "nhé", "!"]);
        assert_eq!(
            words("xem https://a.vn/b ở abc@gmail.com"),
            ["xem", "https://a.vn/b", "ở", "abc@gmail.com"]
        );
        let text = "Bài viê\u{323}t ba\u{200B}n";
        assert_eq!(words(text), ["Bài", "viê\u{323}t", "ba\u{200B}n"]);
    }

    #[test]
    fn both_spellings_of_a_tone_read_alike() {
        let forms = |text| read(text).into_iter().map(|t| (t.key, t.marks)).collect::<Vec<_>>();
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
