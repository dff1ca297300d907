//! Counting pairs and triples, choosing those that gain most, and packing them.

use super::super::lexicon::UNSEEN;
use super::super::ngram::{BACKOFF, BUCKET, ENTRY, Place, STEP, after, after_two};
use super::super::token::mix;
use super::corpus::{BOUNDARY_ID, Corpus, Stream, id};
use super::vocabulary::{Vocabulary, Word};

/// How much more a comment's n-gram counts than another text's.
const COMMENT_WEIGHT: f32 = 20.0;
/// N-grams met less often than this (unweighted) are not kept.
const LEAST_MET: u32 = 2;
/// What likelihood counts for beside telling candidates apart.
const LIKELIHOOD: f32 = 0.15;
/// How full the table is packed.
const FILL: f64 = 0.96;
/// Moves in search of a free entry.
const MOST_MOVES: usize = 500;
/// Share of the table's entries given to pairs.
const PAIRS: f64 = 0.36;

/// An n-gram's code is its words' numbers, the last one lowest; pairs are told from triples by the highest bit.
const WORD_BITS: u32 = 20;
const WORD: u64 = (1 << WORD_BITS) - 1;
const LAST_TWO: u64 = (1 << (2 * WORD_BITS)) - 1;
const PAIR: u64 = 1 << 63;

const fn pair_code(b: u32, c: u32) -> u64 {
    PAIR | (b as u64) << WORD_BITS | c as u64
}

const fn triple_code(a: u32, b: u32, c: u32) -> u64 {
    (a as u64) << (2 * WORD_BITS) | (b as u64) << WORD_BITS | c as u64
}

/// N-grams with their count and that of their context, by open addressing.
pub(super) struct Counts {
    slots: Vec<(u64, f32, f32)>,
    mask: usize,
}

impl Counts {
    fn new(capacity: usize) -> Counts {
        let size = (capacity * 2).next_power_of_two().max(16);
        Counts { slots: vec![(u64::MAX, 0.0, 0.0); size], mask: size - 1 }
    }

    fn insert(&mut self, code: u64, count: f32, of: f32) {
        let mut at = mix(code) as usize & self.mask;
        while self.slots[at].0 != u64::MAX {
            at = (at + 1) & self.mask;
        }
        self.slots[at] = (code, count, of);
    }

    #[inline]
    fn get(&self, code: u64) -> Option<(f32, f32)> {
        let mut at = mix(code) as usize & self.mask;
        loop {
            let (found, count, of) = self.slots[at];
            if found == code {
                return Some((count, of));
            }
            if found == u64::MAX {
                return None;
            }
            at = (at + 1) & self.mask;
        }
    }

    /// The score of `c` after `a` and `b`, as the model will give it, with one meeting of `weight` taken out.
    #[inline]
    pub(super) fn score(&self, words: &[Word], [a, b, c]: [u32; 3], weight: f32) -> f32 {
        if let Some((count, of)) =
            self.get(triple_code(a, b, c)).filter(|&(count, _)| count > weight)
        {
            return ((count - weight) / (of - weight)).ln();
        }
        if let Some((count, of)) = self.get(pair_code(b, c)).filter(|&(count, _)| count > weight) {
            return BACKOFF + ((count - weight) / (of - weight)).ln();
        }
        2.0 * BACKOFF + words.get(c as usize).map_or(UNSEEN, |w| w.unigram)
    }
}

/// An n-gram that may be kept: gain, code, count, and count of its context.
type Kept = (f32, u64, f32, f32);

/// Chooses n-grams for a table of `bytes`; gives it packed, and the counts of what is in it.
pub(super) fn build(corpus: &Corpus, vocabulary: &Vocabulary, bytes: usize) -> (Vec<u8>, Counts) {
    let words = &vocabulary.words;
    let buckets = bytes / (BUCKET * ENTRY);
    let room = (buckets as f64 * BUCKET as f64 * FILL) as usize;
    let met = weigh(&triples_of(&corpus.texts), &triples_of(&corpus.comments));
    let (mut chosen, shares) = pairs(words, &pairs_of(&met));
    keep(&mut chosen, (room as f64 * PAIRS) as usize);
    let mut longer = triples(words, &met, &shares);
    drop(met);
    keep(&mut longer, room - chosen.len());
    chosen.append(&mut longer);
    chosen.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut counts = Counts::new(chosen.len());
    for &(_, code, count, of) in &chosen {
        counts.insert(code, count, of);
    }
    (pack(words, &chosen, buckets), counts)
}

/// Weighs all pairs. Also gives, of each, its share in its context and among its rivals there.
fn pairs(words: &[Word], met: &[Met]) -> (Vec<Kept>, Counts) {
    let total: f64 = words.iter().map(|w| f64::from(w.unigram.exp())).sum();
    let (mut kept, mut shares) = (Vec::new(), Counts::new(met.len()));
    for context in met.chunk_by(|x, y| x.context() == y.context()) {
        let of: f32 = context.iter().map(|p| p.count).sum();
        for rivals in context.chunk_by(|x, y| group(words, x.last()) == group(words, y.last())) {
            let among: f32 = rivals.iter().map(|p| p.count).sum();
            for p in rivals {
                shares.insert(p.code, p.count / of, p.count / among);
                let word = words[p.last() as usize];
                let low = f64::from(word.unigram.exp()) / total;
                let share = f64::from(word.unigram.exp()) / rivals_total(words, word);
                if p.met >= LEAST_MET {
                    let gain = gain(p, among, of, share as f32, low as f32);
                    kept.push((gain, PAIR | p.code, p.count, of));
                }
            }
        }
    }
    (kept, shares)
}

/// Weighs all triples against the shares of their last two words.
fn triples(words: &[Word], met: &[Met], shares: &Counts) -> Vec<Kept> {
    let mut kept = Vec::new();
    for context in met.chunk_by(|x, y| x.context() == y.context()) {
        let of: f32 = context.iter().map(|t| t.count).sum();
        for rivals in context.chunk_by(|x, y| group(words, x.last()) == group(words, y.last())) {
            let among: f32 = rivals.iter().map(|t| t.count).sum();
            for t in rivals.iter().filter(|t| t.met >= LEAST_MET) {
                let (low, share) = shares.get(t.code & LAST_TWO).unwrap_or((1.0, 1.0));
                kept.push((gain(t, among, of, share, low), t.code, t.count, of));
            }
        }
    }
    kept
}

/// An n-gram's code (three words of 20 bits), how often it was met, and that with comments weighted.
#[derive(Clone, Copy)]
struct Met {
    code: u64,
    met: u32,
    count: f32,
}

impl Met {
    fn last(&self) -> u32 {
        (self.code & WORD) as u32
    }

    fn context(&self) -> u64 {
        self.code >> WORD_BITS
    }
}

/// How much an n-gram tells beyond the shorter one.
fn gain(ngram: &Met, among: f32, of: f32, share: f32, low: f32) -> f32 {
    let choice = (ngram.count / among / share.max(1e-9)).ln().abs();
    let likelihood = (ngram.count / of / (0.4 * low.max(1e-12))).ln().abs();
    ngram.count * (choice + LIKELIHOOD * likelihood)
}

/// What forms of one key share; words outside the lexicon stand alone.
fn group(words: &[Word], word: u32) -> u64 {
    match words.get(word as usize) {
        Some(w) if w.forms > 0 => u64::from(w.first),
        _ => u64::from(word) | 1 << 32,
    }
}

/// The relative frequency of all forms of a word's key.
fn rivals_total(words: &[Word], word: Word) -> f64 {
    if word.forms == 0 {
        return f64::from(word.unigram.exp());
    }
    let first = word.first as usize;
    words[first..first + usize::from(word.forms)].iter().map(|w| f64::from(w.unigram.exp())).sum()
}

/// The triples of a stream, sorted.
fn triples_of(stream: &Stream) -> Vec<u64> {
    let (mut a, mut b) = (BOUNDARY_ID, BOUNDARY_ID);
    let mut codes = Vec::with_capacity(stream.tokens.len());
    for &token in &stream.tokens {
        let c = id(token);
        codes.push(triple_code(a, b, c));
        (a, b) = (b, c);
    }
    codes.sort_unstable();
    codes
}

/// Puts the triples of both kinds of text together.
fn weigh(texts: &[u64], comments: &[u64]) -> Vec<Met> {
    let mut met: Vec<Met> = Vec::new();
    let mut comments = comments.chunk_by(|a, b| a == b).peekable();
    let push = |code: u64, text: usize, comment: usize, met: &mut Vec<Met>| {
        met.push(Met {
            code,
            met: (text + comment) as u32,
            count: text as f32 + comment as f32 * COMMENT_WEIGHT,
        });
    };
    for run in texts.chunk_by(|a, b| a == b) {
        let code = run[0];
        while let Some(c) = comments.next_if(|c| c[0] < code) {
            push(c[0], 0, c.len(), &mut met);
        }
        let also = comments.next_if(|c| c[0] == code).map_or(0, <[u64]>::len);
        push(code, run.len(), also, &mut met);
    }
    for c in comments {
        push(c[0], 0, c.len(), &mut met);
    }
    met
}

/// Pairs (the last two of each triple), sorted.
fn pairs_of(triples: &[Met]) -> Vec<Met> {
    let mut pairs: Vec<Met> =
        triples.iter().map(|t| Met { code: t.code & LAST_TWO, ..*t }).collect();
    pairs.sort_unstable_by_key(|p| p.code);
    let mut kept = 0;
    for at in 0..pairs.len() {
        if kept > 0 && pairs[kept - 1].code == pairs[at].code {
            pairs[kept - 1].met += pairs[at].met;
            pairs[kept - 1].count += pairs[at].count;
        } else {
            pairs[kept] = pairs[at];
            kept += 1;
        }
    }
    pairs.truncate(kept);
    pairs
}

/// Leaves those that gain most.
fn keep(chosen: &mut Vec<Kept>, most: usize) {
    if chosen.len() > most {
        chosen.select_nth_unstable_by(most, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        chosen.truncate(most);
    }
}

/// An n-gram on its way into the table.
#[derive(Clone, Copy)]
struct Slot {
    place: Place,
    print: u32,
    score: u32,
}

/// Packs n-grams into buckets; one that finds no place after many moves is left out.
fn pack(words: &[Word], chosen: &[Kept], buckets: usize) -> Vec<u8> {
    let mut slots: Vec<Option<Slot>> = vec![None; buckets * BUCKET];
    let mut turn = 0_u64;
    for &(_, code, count, of) in chosen {
        let word = |code: u64| words[(code & WORD) as usize];
        let (b, c) = (word(code >> WORD_BITS).hash, word(code));
        let context = if code & PAIR != 0 {
            after(b)
        } else {
            after_two(word(code >> (2 * WORD_BITS)).hash, b)
        };
        let place = Place::of(context, c.key, buckets);
        let score = ((count / of).ln() / -STEP).round().clamp(0.0, 63.0) as u32;
        let mut slot = Slot { place, print: place.print(c.hash), score };
        let mut bucket = place.first;
        for _ in 0..MOST_MOVES {
            let Place { first, second, .. } = slot.place;
            let free = [first, second]
                .into_iter()
                .flat_map(|b| b * BUCKET..(b + 1) * BUCKET)
                .find(|&at| slots[at].is_none());
            if let Some(free) = free {
                slots[free] = Some(slot);
                break;
            }
            bucket = if bucket == first { second } else { first };
            turn += 1;
            let victim = bucket * BUCKET + (mix(turn) as usize) % BUCKET;
            if let Some(moved) = slots[victim].replace(slot) {
                slot = moved;
            }
        }
    }
    slots
        .into_iter()
        .flat_map(|slot| {
            let packed = slot.map_or(0, |s| s.print | s.score << 18);
            let [a, b, c, _] = packed.to_le_bytes();
            [a, b, c]
        })
        .collect()
}
