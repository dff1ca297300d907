//! The texts to learn from, as streams of numbered words.

use super::super::lexicon::{BOUNDARY, NUMBER};
use super::super::reading::{even_capitals, read};
use super::super::token::{Capitals, Kind, mix};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Numbers of the tokens that are not words, in every vocabulary.
pub(super) const BOUNDARY_ID: u32 = 0;
pub(super) const NUMBER_ID: u32 = 1;
/// Words too rare to be numbered.
pub(super) const RARE_ID: u32 = 2;
pub(super) const FIRST_WORD: u32 = 3;

/// A stream's token: number in the low bits, capitals above.
const ID_BITS: u32 = 29;

pub(super) const fn id(token: u32) -> u32 {
    token & ((1 << ID_BITS) - 1)
}

pub(super) const fn capitals(token: u32) -> Capitals {
    match token >> ID_BITS {
        0 => Capitals::None,
        1 => Capitals::First,
        _ => Capitals::All,
    }
}

pub(super) const fn with_id(token: u32, id: u32) -> u32 {
    (token >> ID_BITS << ID_BITS) | id
}

/// Hashes what is already well mixed or small, always in the same way.
#[derive(Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }
    fn write_u64(&mut self, x: u64) {
        self.0 = mix(self.0.rotate_left(7) ^ x);
    }
}

pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;

/// What is read from one kind of text.
#[derive(Default)]
pub(super) struct Stream {
    pub(super) tokens: Vec<u32>,
    /// Where each text ends.
    pub(super) ends: Vec<usize>,
}

/// Everything read so far.
pub(super) struct Corpus {
    numbers: Map<(u64, u64), u32>,
    /// Key and marks of each word.
    pub(super) words: Vec<(u64, u64)>,
    pub(super) texts: Stream,
    pub(super) comments: Stream,
}

impl Corpus {
    pub(super) fn new() -> Corpus {
        let words = vec![(BOUNDARY << 48, 0), (NUMBER << 48, 0), (3 << 60, 0)];
        Corpus {
            numbers: Map::default(),
            words,
            texts: Stream::default(),
            comments: Stream::default(),
        }
    }

    /// Reads a text.
    pub(super) fn add(&mut self, text: &str, comment: bool) {
        let mut tokens = read(text);
        even_capitals(&mut tokens);
        let stream = if comment { &mut self.comments } else { &mut self.texts };
        for token in &tokens {
            let number = match token.kind {
                Kind::Boundary => BOUNDARY_ID,
                Kind::Number => NUMBER_ID,
                Kind::Word => {
                    let next = self.words.len() as u32;
                    *self.numbers.entry((token.key, token.marks)).or_insert_with(|| {
                        self.words.push((token.key, token.marks));
                        next
                    })
                }
            };
            stream.tokens.push(number | (token.capitals as u32) << ID_BITS);
        }
        if stream.tokens.last().is_none_or(|&t| id(t) != BOUNDARY_ID) {
            stream.tokens.push(BOUNDARY_ID);
        }
        stream.ends.push(stream.tokens.len());
    }
}

/// A key is seldom bare if it is so in at most this share of its words in texts.
const SELDOM: f32 = 0.03;
/// Keys met less often than this tell nothing.
const LEAST_MET: u32 = 20;
/// A comment is slovenly with so many bare words that seldom are, and so large a share of them.
const SLOVENLY: (usize, f32) = (2, 0.06);

impl Corpus {
    /// Takes out the comments in which marks are missing: what they teach is wrong. Gives their numbers, in the
    /// order in which comments were added.
    pub(super) fn drop_slovenly(&mut self) -> Vec<usize> {
        let mut met: Map<u64, (u32, u32)> = Map::default();
        for stream in [&self.texts, &self.comments] {
            for &token in stream.tokens.iter().filter(|&&t| id(t) >= FIRST_WORD) {
                let (key, marks) = self.words[id(token) as usize];
                let counts = met.entry(key).or_default();
                counts.0 += 1;
                counts.1 += u32::from(marks == 0);
            }
        }
        let seldom = |&(key, marks): &(u64, u64)| {
            let counts = met.get(&key).filter(|c| c.0 >= LEAST_MET);
            marks == 0 && counts.is_some_and(|&(all, bare)| (bare as f32) < SELDOM * all as f32)
        };
        let seldom: Vec<bool> = self.words.iter().map(seldom).collect();
        let (mut kept, mut dropped) = (Vec::with_capacity(self.comments.tokens.len()), Vec::new());
        let mut start = 0;
        for (number, &end) in self.comments.ends.iter().enumerate() {
            let comment = &self.comments.tokens[start..end];
            let bare = comment.iter().filter(|&&t| seldom[id(t) as usize]).count();
            let words = comment.iter().filter(|&&t| id(t) >= FIRST_WORD).count();
            let few = words <= 3 && bare > 0;
            if few || (bare >= SLOVENLY.0 && bare as f32 > SLOVENLY.1 * words as f32) {
                dropped.push(number);
            } else {
                kept.extend_from_slice(comment);
            }
            start = end;
        }
        self.comments.tokens = kept;
        dropped
    }
}
