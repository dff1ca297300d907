//! Near-misses: text typed with an input method switched off, or written in an encoding of before Unicode.
//!
//! Each way of reading a text is tried where its telltale characters occur, and offered only if nearly all of
//! what it changes turns into words of the lexicon.

use super::encoding::{tcvn3, vni_font};
use super::model::Model;
use super::token::Kind;
use super::typing::{telex, viqr, vni};
use std::ops::Range;

/// What went wrong with a text that can be repaired as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repair {
    /// Telex keys left unconverted: `tieengs Vieetj`.
    Telex,
    /// VNI keys left unconverted: `d9u7o75c`.
    Vni,
    /// VIQR: `dd+o+.c`.
    Viqr,
    /// The bytes of a TCVN3 (ABC) font seen as Latin-1.
    Tcvn3,
    /// The bytes of a VNI font seen as Latin-1.
    VniFont,
}

impl Repair {
    /// The name it has in files and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Repair::Telex => "telex",
            Repair::Vni => "vni",
            Repair::Viqr => "viqr",
            Repair::Tcvn3 => "tcvn3",
            Repair::VniFont => "vni_font",
        }
    }
}

/// A text read in another way, and the pieces of the text as sent that change.
pub(super) struct Repaired {
    pub(super) repair: Repair,
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
}

/// One word, before and after.
pub(super) struct Piece {
    pub(super) bytes: Range<usize>,
    pub(super) to: String,
}

/// Least share of the changed words, and of all words, that must be in the lexicon afterwards.
const CHANGED_KNOWN: f32 = 0.9;
const ALL_KNOWN: f32 = 0.75;
/// Least share of the words that must change.
const CHANGED: f32 = 0.25;
/// Least log odds a word that the repaired text is Vietnamese.
const VIETNAMESE: f32 = 1.0;

/// Reads a run of characters between blanks; gives it back as it is where it makes no sense.
type Way = fn(&str) -> String;

/// The repair that a text calls for, if one clearly does.
pub(super) fn repair(model: &Model, text: &str) -> Option<Repaired> {
    let mut ways: Vec<(Repair, Way)> = Vec::new();
    if !text.is_ascii() && text.chars().any(old_font) {
        ways.push((Repair::Tcvn3, tcvn3));
        ways.push((Repair::VniFont, vni_font));
    }
    if text.chars().any(|c| !c.is_ascii() && c.is_alphabetic()) && ways.is_empty() {
        return None; // where marks are typed, the input method is switched on
    }
    let bytes = text.as_bytes();
    let pair = |test: fn(u8, u8) -> bool| bytes.windows(2).any(|w| test(w[0] | 0x20, w[1]));
    if pair(|a, b| a.is_ascii_lowercase() && b.is_ascii_digit()) {
        ways.push((Repair::Vni, vni));
    }
    if pair(|a, b| is_vowel(a) && matches!(b, b'^' | b'(' | b'+' | b'`' | b'\'' | b'~')) {
        ways.push((Repair::Viqr, viqr));
    }
    if pair(|a, b| telltale(a, b | 0x20)) {
        ways.push((Repair::Telex, telex));
    }
    ways.into_iter().find_map(|(repair, way)| judge(model, text, repair, way))
}

/// Characters of Latin-1 that Vietnamese text does not have, and text in an old font is full of.
const fn old_font(c: char) -> bool {
    matches!(c, '¡'..='¯' | '±'..='¶' | '¸'..='º' | '¼'..='¾' | 'Ä'..='Ç' | 'Ë' | 'Î' | 'Ï' | 'Ñ' | 'Ö'..='Ø'
        | 'Û' | 'Ü' | 'Þ' | 'ß' | 'ä'..='ç' | 'ë' | 'î' | 'ï' | 'ñ' | 'ö'..='ø' | 'û' | 'ü' | 'þ')
}

const fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether two letters beside each other are common in Telex and never stand so in Vietnamese.
fn telltale(a: u8, b: u8) -> bool {
    (is_vowel(a) || matches!(a, b'n' | b'g' | b'c' | b't' | b'h' | b'm' | b'p'))
        && matches!(b, b's' | b'f' | b'r' | b'x' | b'j' | b'w')
        && (a, b) != (b't', b'r')
        || a == b && matches!(a, b'a' | b'e' | b'o' | b'd')
}

/// Applies a way of reading to each run of characters between blanks, and asks the lexicon what it thinks.
fn judge(model: &Model, text: &str, repair: Repair, way: Way) -> Option<Repaired> {
    let known = |text: &str| -> (f32, f32, f32) {
        let tokens = model.text(text);
        let odds: f32 = model.bare.odds(model, &tokens).iter().sum();
        let words = || tokens.iter().filter(|t| t.kind == Kind::Word);
        let (all, known) =
            (words().count() as f32, words().filter(|t| model.lexicon.has(t)).count() as f32);
        (all, known, odds)
    };
    let mut pieces = Vec::new();
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    let (mut changed, mut right) = (0.0, 0.0);
    for chunk in text.split_ascii_whitespace() {
        let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        if super::link::is_link(chunk) || !chunk.bytes().any(|b| b.is_ascii_alphabetic()) {
            continue;
        }
        let to = way(chunk);
        if to == chunk {
            continue;
        }
        let (words, good, _) = known(&to);
        changed += words;
        right += good;
        if good < words {
            continue;
        }
        out.push_str(text.get(done..start)?);
        out.push_str(&to);
        done = start + chunk.len();
        pieces.push(Piece { bytes: start..done, to });
    }
    out.push_str(text.get(done..)?);
    let (all, good, odds) = known(&out);
    let enough = pieces.len() >= 2 || (pieces.len() == 1 && all <= 2.0 && repair != Repair::Telex);
    let likely = right >= CHANGED_KNOWN * changed
        && good >= ALL_KNOWN * all
        && right >= CHANGED * all
        && odds > VIETNAMESE * all;
    (enough && likely).then_some(Repaired { repair, text: out, pieces })
}
