//! A text as word lists read it: syllables in their plainest spelling, so that what was written
//! to slip by (teencode, digits for letters, letters kept apart, doubled or disguised) is spelt
//! like the entry it means. Every letter remembers where it stands in the text as sent.

use std::ops::Range;

use crate::language::{Sign, glyphs, links};

/// Stands before and after each syllable.
const EDGE: u8 = 0x1F;
/// Stands before and after each letter of a word that was spelt out, letter by letter.
const SPELT: u8 = 0x1E;
/// Letters that stand alone between blanks, so many in a row, are one word spelt out.
const SPELT_FROM: usize = 3;

/// A letter or digit, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    base: char,
    shape: u8,
    tone: u8,
    start: usize,
    end: usize,
}

/// Letters without anything between them.
type Word = Vec<Unit>;

/// What stands between two blanks.
#[derive(Default)]
struct Chunk {
    /// Its words: runs of letters and digits.
    words: Vec<Word>,
    /// The same without what parts them, digits and signs read as the letters they stand for.
    joined: Word,
    is_link: bool,
}

/// A text as it is searched: bytes, and for each the unit it came from.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) bytes: Vec<u8>,
    units: Vec<Option<Unit>>,
}

/// The marks of some letters: the shape of each, and the tones in their order (`hòa` and `hoà`
/// are one word).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marks {
    shapes: Vec<u8>,
    tones: Vec<u8>,
}

impl Marks {
    fn of(units: impl Iterator<Item = Unit> + Clone) -> Marks {
        Marks {
            shapes: units.clone().map(|unit| unit.shape).collect(),
            tones: units.map(|unit| unit.tone).filter(|tone| *tone != 0).collect(),
        }
    }

    pub(super) fn are_any(&self) -> bool {
        !self.tones.is_empty() || self.shapes.iter().any(|shape| *shape != 0)
    }
}

/// One way to write an entry of a word list, with the marks it has then.
pub(super) type Spelling = (Vec<u8>, Marks);

/// The ways an entry of a word list may be written: in syllables, in one word, letter by letter;
/// none if there is no letter or digit in it.
pub(super) fn spellings(entry: &str) -> Vec<Spelling> {
    let words: Vec<Word> = chunks(entry).into_iter().flat_map(|chunk| chunk.words).collect();
    let joined = plain(&words.concat());
    if joined.is_empty() {
        return Vec::new();
    }
    let mut syllables = Reading::default();
    for word in &words {
        syllables.edge();
        syllables.push(&plain(word));
    }
    syllables.edge();
    let mut ways = vec![syllables];
    if words.len() > 1 {
        let mut whole = Reading::default();
        whole.edge();
        whole.push(&joined);
        whole.edge();
        ways.push(whole);
    }
    if joined.len() >= SPELT_FROM {
        let mut spelt = Reading::default();
        spelt.spelt(&joined);
        ways.push(spelt);
    }
    let marks = |way: &Reading| Marks::of(way.units.iter().copied().flatten());
    ways.into_iter().map(|way| (marks(&way), way.bytes)).map(|(marks, way)| (way, marks)).collect()
}

impl Reading {
    /// Reads a text: as it stands, then again with every chunk in one piece, then what is spelt
    /// out. At most some four times as long as the text.
    pub(super) fn of(text: &str) -> Reading {
        let chunks = chunks(text);
        let mut reading = Reading::default();
        for chunk in &chunks {
            for word in &chunk.words {
                reading.edge();
                reading.push(&plain(word));
            }
        }
        reading.edge();
        reading.read_joined(&chunks);
        reading
    }

    fn read_joined(&mut self, chunks: &[Chunk]) {
        self.edge();
        let mut rest = chunks;
        while let Some((chunk, after)) = rest.split_first() {
            let alone = rest.iter().take_while(|chunk| chunk.joined.len() == 1).count();
            if alone >= SPELT_FROM {
                let (letters, after) = rest.split_at(alone);
                let word: Word = letters.iter().flat_map(|chunk| chunk.joined.clone()).collect();
                self.push(&plain(&word));
                rest = after;
            } else {
                if !chunk.is_link {
                    self.push(&plain(&chunk.joined));
                }
                rest = after;
            }
            self.edge();
        }
        for run in chunks.split(|chunk| chunk.is_link || chunk.joined.len() != 1) {
            if run.len() >= SPELT_FROM {
                let word: Word = run.iter().flat_map(|chunk| chunk.joined.clone()).collect();
                self.spelt(&plain(&word));
            }
        }
    }

    fn edge(&mut self) {
        self.bytes.push(EDGE);
        self.units.push(None);
    }

    fn push(&mut self, units: &[Unit]) {
        for unit in units {
            let mut buffer = [0; 4];
            let bytes = unit.base.encode_utf8(&mut buffer).as_bytes();
            self.bytes.extend_from_slice(bytes);
            self.units.extend(bytes.iter().map(|_| Some(*unit)));
        }
    }

    fn spelt(&mut self, units: &[Unit]) {
        for unit in units {
            self.bytes.push(SPELT);
            self.units.push(None);
            self.push(&[*unit]);
        }
        self.bytes.push(SPELT);
        self.units.push(None);
    }

    /// The marks of what was found.
    pub(super) fn marks(&self, found: Range<usize>) -> Marks {
        Marks::of(self.units[found].iter().copied().flatten())
    }

    /// Where what was found stands in the text.
    pub(super) fn span(&self, found: Range<usize>) -> Range<usize> {
        let units = || self.units[found.clone()].iter().flatten();
        let start = units().map(|unit| unit.start).min().unwrap_or_default();
        start..units().map(|unit| unit.end).max().unwrap_or_default()
    }
}

/// Takes a text apart at its blanks.
fn chunks(text: &str) -> Vec<Chunk> {
    let links = links(text);
    let mut links = links.iter().peekable();
    let mut chunks = vec![Chunk::default()];
    let mut apart = true;
    // Signs since the last letter: they count only between letters.
    let mut waiting: Vec<Unit> = Vec::new();
    for glyph in glyphs(text) {
        let (start, end) = (glyph.bytes.start, glyph.bytes.end);
        let unit = |base, shape, tone| Unit { base, shape, tone, start, end };
        while links.next_if(|link| link.end <= start).is_some() {}
        let Some(chunk) = chunks.last_mut() else { break };
        chunk.is_link |= links.peek().is_some_and(|link| link.contains(&start));
        let (unit, meant) = match glyph.sign {
            Sign::Blank => {
                chunks.push(Chunk::default());
                waiting.clear();
                apart = true;
                continue;
            }
            Sign::Letter { base, shape, tone } => (unit(base, shape, tone), base),
            Sign::Other(c) if c.is_alphanumeric() => (unit(c, 0, 0), digit_letter(c)),
            Sign::Other(c) => {
                waiting.extend(sign_letter(c).map(|letter| unit(letter, 0, 0)));
                apart = true;
                continue;
            }
        };
        if !chunk.joined.is_empty() {
            chunk.joined.append(&mut waiting);
        }
        waiting.clear();
        chunk.joined.push(Unit { base: meant, ..unit });
        match chunk.words.last_mut() {
            Some(word) if !apart => word.push(unit),
            _ => chunk.words.push(vec![unit]),
        }
        apart = false;
    }
    chunks.retain(|chunk| !chunk.joined.is_empty());
    for chunk in &mut chunks {
        // A number is a number; only beside letters are digits read as such.
        if chunk.words.iter().flatten().all(|unit| unit.base.is_numeric()) {
            chunk.joined = chunk.words.concat();
        }
    }
    chunks
}

/// The letter that a digit stands for inside a word.
fn digit_letter(digit: char) -> char {
    match digit {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '6' | '9' => 'g',
        '7' => 't',
        '8' => 'b',
        other => other,
    }
}

/// The letter that another sign stands for between letters.
fn sign_letter(sign: char) -> Option<char> {
    Some(match sign {
        '@' => 'a',
        '$' => 's',
        '!' | '|' | '¡' => 'i',
        '€' => 'e',
        _ => return None,
    })
}

/// Letters in their plainest spelling: one way to write each sound that people write in several
/// (`ph f`, `c k q`, `qu w`, `d z dz`, `i y j`, `ch ck`, `g gh`), and no letter twice in a row.
fn plain(word: &[Unit]) -> Word {
    let mut spelt = Word::with_capacity(word.len());
    let mut rest = word.iter().copied().peekable();
    while let Some(unit) = rest.next() {
        let next = rest.peek().map(|next| next.base);
        let (letters, takes_next): (&[char], bool) = match (unit.base, next) {
            ('f', _) => (&['p', 'h'], false),
            ('w', _) => (&['c', 'u'], false),
            ('c', Some('k')) => (&['c', 'h'], true),
            ('d', Some('z')) => (&['d'], true),
            ('g', Some('h')) => (&['g'], true),
            ('z', _) => (&['d'], false),
            ('j' | 'y', _) => (&['i'], false),
            ('k', Some('h')) => (&['k'], false),
            ('k' | 'q', _) => (&['c'], false),
            (other, _) => (&[other], false),
        };
        for letter in letters {
            push(&mut spelt, Unit { base: *letter, ..unit });
        }
        if takes_next {
            rest.next();
        }
    }
    spelt
}

/// Adds a letter, unless it only draws out the one before it.
fn push(word: &mut Word, unit: Unit) {
    match word.last_mut() {
        Some(last)
            if last.base == unit.base
                && last.shape == unit.shape
                && unit.base.is_alphabetic()
                && (last.tone == 0 || unit.tone == 0 || last.tone == unit.tone) =>
        {
            last.end = unit.end;
            last.tone = last.tone.max(unit.tone);
        }
        _ => word.push(unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelling(text: &str) -> String {
        let joined: Word = chunks(text).into_iter().flat_map(|chunk| chunk.joined).collect();
        plain(&joined).iter().map(|unit| unit.base).collect()
    }

    #[test]
    fn what_sounds_alike_is_spelt_alike() {
        for (written, plain) in [
            ("phò", "fò"),
            ("kon", "con"),
            ("quen", "wen"),
            ("zậy", "dzậy"),
            ("chj", "chi"),
            ("lý", "lí"),
            ("thíck", "thích"),
            ("ghét", "gét"),
            ("nguuuu", "ngu"),
            ("ng0c", "ngọc"),
            ("v1@gr@x", "viagrax"),
        ] {
            assert_eq!(spelling(written), spelling(plain), "{written}");
        }
        assert_ne!(spelling("khi"), spelling("chi"));
        assert_ne!(spelling("hưu"), spelling("hư"));
    }

    #[test]
    fn a_reading_is_never_many_times_its_text() {
        for text in ["a ", "a.", "w", "!", "1", "ứ ", "\u{301}", "a\u{301}\u{200B}b "] {
            let text = text.repeat(2_000);
            let reading = Reading::of(&text);
            assert!(reading.bytes.len() <= 6 * text.len() + 6, "{}", reading.bytes.len());
        }
    }
}
