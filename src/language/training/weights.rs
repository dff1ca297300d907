//! Training the log-linear part: what it must add to the n-grams, by stochastic gradient descent.

use super::super::lexicon::MOST_CANDIDATES;
use super::super::token::{Capitals, mix};
use super::super::weights::{Context, LARGEST, MARGIN, pack};
use super::corpus::{BOUNDARY_ID, Corpus, Stream, capitals, id};
use super::ngrams::Counts;
use super::vocabulary::{COMMENT_WEIGHT, Vocabulary};

/// How much of the n-grams' score is already there.
const OFFSET: f32 = 0.7;
/// Tokens that are learnt from in a row.
const BLOCK: usize = 4096;
/// How often comments are seen beside the other texts, and how often again at the end.
const COMMENT_PASSES: usize = 5;
const LAST_PASSES: usize = 6;
/// Rates of learning, from the first block to the last of each round.
const RATES: [(f32, f32); 2] = [(0.1, 0.01), (0.03, 0.003)];
/// A token that is right with this probability teaches nothing.
const CERTAIN: f32 = 0.97;
/// One block in this many is seen without its capitals, since people leave them out too.
const WITHOUT_CAPITALS: u64 = 6;

/// A block: of the comments or not, and where it begins.
type Block = (bool, usize);

pub(super) fn build(
    corpus: &Corpus,
    vocabulary: &Vocabulary,
    counts: &Counts,
    bits: u32,
) -> Vec<u8> {
    let mut weights = vec![0.0_f32; (1 << bits) + MARGIN];
    let blocks = |stream: &Stream, comment: bool| {
        (0..stream.tokens.len()).step_by(BLOCK).map(move |at| (comment, at)).collect::<Vec<Block>>()
    };
    let (texts, comments) = (blocks(&corpus.texts, false), blocks(&corpus.comments, true));
    let mut first = texts.clone();
    first.extend(std::iter::repeat_n(comments.clone(), COMMENT_PASSES).flatten());
    let mut last: Vec<Block> = std::iter::repeat_n(comments, LAST_PASSES).flatten().collect();
    let as_many = last.len();
    let mut some = texts;
    shuffle(&mut some, 3);
    last.extend(some.into_iter().take(as_many));
    for (round, (mut blocks, (from, to))) in [first, last].into_iter().zip(RATES).enumerate() {
        shuffle(&mut blocks, round as u64 + 1);
        let count = blocks.len() as f32;
        for (n, (comment, start)) in blocks.into_iter().enumerate() {
            let rate = from + (to - from) * n as f32 / count;
            let stream = if comment { &corpus.comments } else { &corpus.texts };
            let plain = mix(n as u64 ^ (round as u64) << 40).is_multiple_of(WITHOUT_CAPITALS);
            let lesson =
                Lesson { stream: &stream.tokens, vocabulary, counts, bits, rate, comment, plain };
            for at in start..(start + BLOCK).min(stream.tokens.len()) {
                lesson.learn(at, &mut weights);
            }
        }
    }
    weights.into_iter().map(|w| pack(w) as u8).collect()
}

fn shuffle(blocks: &mut [Block], seed: u64) {
    for i in (1..blocks.len()).rev() {
        blocks.swap(i, (mix(seed << 32 ^ i as u64) % (i as u64 + 1)) as usize);
    }
}

struct Lesson<'a> {
    stream: &'a [u32],
    vocabulary: &'a Vocabulary,
    counts: &'a Counts,
    bits: u32,
    rate: f32,
    comment: bool,
    plain: bool,
}

impl Lesson<'_> {
    fn learn(&self, at: usize, weights: &mut [f32]) {
        let words = &self.vocabulary.words;
        let gold = id(self.stream[at]);
        let word = words[gold as usize];
        if word.forms < 2 {
            return;
        }
        let near = |offset: isize| {
            at.checked_add_signed(offset)
                .and_then(|i| self.stream.get(i))
                .map_or(BOUNDARY_ID, |&t| t)
        };
        let [a, b, d, e] = [near(-2), near(-1), near(1), near(2)].map(id);
        let count = usize::from(word.forms);
        let mut scores = [0.0_f32; MOST_CANDIDATES];
        let weight = if self.comment { COMMENT_WEIGHT as f32 } else { 1.0 };
        for (i, score) in scores[..count].iter_mut().enumerate() {
            let c = word.first + i as u32;
            let own = if c == gold { weight } else { 0.0 };
            *score = OFFSET
                * (self.counts.score(words, [a, b, c], own)
                    + self.counts.score(words, [b, c, d], own)
                    + self.counts.score(words, [c, d, e], own));
        }
        let context = Context {
            keys: [a, b, gold, d, e].map(|w| words[w as usize].key),
            capitals: [near(-1), near(0), near(1)]
                .map(|t| if self.plain { Capitals::None } else { capitals(t) }),
        };
        let features = context.features(self.bits);
        for &first in &features {
            for (score, w) in scores[..count].iter_mut().zip(&weights[first..]) {
                *score += w;
            }
        }
        let most = scores[..count].iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = scores[..count]
            .iter_mut()
            .map(|s| {
                *s = (*s - most).exp();
                *s
            })
            .sum();
        let right = (gold - word.first) as usize;
        if scores[right] / sum > CERTAIN {
            return;
        }
        for &first in &features {
            for (i, w) in weights[first..first + count].iter_mut().enumerate() {
                let target = if i == right { 1.0 } else { 0.0 };
                *w = (*w + self.rate * (target - scores[i] / sum)).clamp(-LARGEST, LARGEST);
            }
        }
    }
}
