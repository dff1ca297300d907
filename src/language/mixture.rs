//! N-grams and log-linear weights together: which form each word of a text stands for.

use super::lexicon::{BOUNDARY, Form, MOST_CANDIDATES, NUMBER, UNSEEN, feature_key, form_hash};
use super::model::Model;
use super::ngram::{BACKOFF, Found, after, after_two};
use super::token::{Capitals, Kind, Token, flag, tone_of};
use super::weights::Context;

/// Weights of the two parts, chosen on the development texts by their syllables right.
const LOG_LINEAR: f32 = 1.1;
const NGRAM: f32 = 0.8;
/// Scores are sharper than the truth: the probabilities that people are shown are taken of scores times this.
pub(super) const SHOWN: f32 = 0.7;
/// To judge by they are better a little sharper: fewer short texts are misjudged.
const JUDGED: f32 = 1.1;
/// Once so many nats speak against a text, its further words are only glanced at.
const ENOUGH: f32 = 15.0;
/// A word so surely meant as typed need not be asked again.
const SETTLED: f32 = 0.9;
/// A path so far (in nats) behind the best one cannot catch up any more.
const LOST: f32 = 10.0;

/// One form that a word may stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) marks: u64,
    hash: u64,
    unigram: f32,
    /// What the log-linear part and the way of typing say, before any n-gram.
    own: f32,
}

/// A text laid out for the mixture: candidates of all tokens, one after another.
pub(super) struct Lattice<'a> {
    model: &'a Model,
    candidates: Vec<Candidate>,
    /// First candidate of each token, and one end.
    starts: Vec<u32>,
    /// What features and n-grams know each token by.
    keys: Vec<u64>,
}

impl<'a> Lattice<'a> {
    /// Lays a text out. `stay` is the bonus of a form for being what was typed; candidates that lie `hopeless`
    /// behind before n-grams are asked are left out; `open` says which words may change.
    pub(super) fn new(
        model: &'a Model,
        tokens: &[Token],
        (stay, hopeless): (f32, f32),
        open: impl Fn(usize) -> bool,
    ) -> Lattice<'a> {
        let mut lattice = Lattice {
            model,
            candidates: Vec::with_capacity(tokens.len() * 4),
            starts: Vec::with_capacity(tokens.len() + 1),
            keys: tokens.iter().map(|t| feature_key(Some(t))).collect(),
        };
        for at in 0..tokens.len() {
            lattice.starts.push(lattice.candidates.len() as u32);
            lattice.lay(tokens, at, (stay, hopeless), open(at));
        }
        lattice.starts.push(lattice.candidates.len() as u32);
        lattice
    }

    fn lay(&mut self, tokens: &[Token], at: usize, (stay, hopeless): (f32, f32), open: bool) {
        let token = &tokens[at];
        let lexicon = &self.model.lexicon;
        let single = |marks, hash, unigram| Candidate { marks, hash, unigram, own: 0.0 };
        let key = match token.kind {
            Kind::Boundary => return self.candidates.push(single(0, BOUNDARY, lexicon.boundary)),
            Kind::Number => return self.candidates.push(single(0, NUMBER, lexicon.number)),
            Kind::Word => lexicon.key_of(token),
        };
        let as_typed = form_hash(token.key, token.marks);
        let Some(key) = key else {
            return self.candidates.push(single(token.marks, as_typed, UNSEEN));
        };
        let forms = lexicon.forms(key);
        let typed = forms.iter().find(|f| f.marks == token.marks);
        let compatible = forms.iter().filter(|f| token.could_be(f.marks)).count();
        if !open || compatible == 0 || (compatible == 1 && typed.is_some()) {
            let unigram = typed.map_or(UNSEEN, |f| f.unigram);
            return self.candidates.push(single(token.marks, as_typed, unigram));
        }
        let mut own = [0.0; MOST_CANDIDATES];
        if compatible > 1 {
            let context = context(tokens, at);
            self.model.weights.add(&self.model.bytes, &context, &mut own[..forms.len()]);
        }
        let possible = || forms.iter().zip(own).filter(|(f, _)| token.could_be(f.marks));
        let alone = |form: &Form, own: f32| LOG_LINEAR * own + NGRAM * form.unigram;
        let least = possible().map(|(f, own)| alone(f, own)).fold(f32::MIN, f32::max) - hopeless;
        for (form, own) in possible() {
            if alone(form, own) < least && form.marks != token.marks {
                continue;
            }
            self.candidates.push(Candidate {
                marks: form.marks,
                hash: form.hash,
                unigram: form.unigram,
                own: LOG_LINEAR * own + if form.marks == token.marks { stay } else { 0.0 },
            });
        }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn at(&self, token: usize) -> &[Candidate] {
        let range = self.starts[token] as usize..self.starts[token + 1] as usize;
        &self.candidates[range]
    }

    /// Looks up the forms of the token at `at` in a context.
    #[inline(always)]
    fn find(&self, context: u64, at: usize) -> Found {
        let key = self.keys.get(at).copied().unwrap_or(BOUNDARY << 48);
        self.model.ngrams.find(&self.model.bytes, context, key)
    }

    fn edge(&self) -> Candidate {
        Candidate { marks: 0, hash: BOUNDARY, unigram: self.model.lexicon.boundary, own: 0.0 }
    }

    /// The best path (Viterbi over pairs of forms): for each token the index of its candidate.
    pub(super) fn best(&self) -> Vec<usize> {
        let edge = [self.edge()];
        let mut scores = vec![0.0]; // of the best path that ends in each pair of forms
        let mut next = Vec::new();
        let mut back: Vec<u8> = Vec::with_capacity(self.candidates.len() * 4);
        let mut starts = Vec::with_capacity(self.len());
        let (mut two, mut one): (&[Candidate], &[Candidate]) = (&edge, &edge);
        for at in 0..self.len() {
            let here = self.at(at);
            starts.push(back.len());
            back.resize(back.len() + one.len() * here.len(), 0);
            let chosen = back.get_mut(starts[at]..).unwrap_or_default();
            next.clear();
            next.resize(one.len() * here.len(), f32::NEG_INFINITY);
            let lost = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max) - LOST;
            for (j, b) in one.iter().enumerate() {
                let row = j * here.len()..(j + 1) * here.len();
                let (next, chosen) = (&mut next[row.clone()], &mut chosen[row]);
                let after_one = self.find(after(b.hash), at);
                let short: [f32; MOST_CANDIDATES] = std::array::from_fn(|k| match here.get(k) {
                    Some(c) => BACKOFF + after_one.score(c.hash).unwrap_or(BACKOFF + c.unigram),
                    None => 0.0,
                });
                for (i, a) in two.iter().enumerate() {
                    let before = scores[i * one.len() + j];
                    if before < lost {
                        continue;
                    }
                    let found = self.find(after_two(a.hash, b.hash), at);
                    for (k, c) in here.iter().enumerate() {
                        let score =
                            before + c.own + NGRAM * found.score(c.hash).unwrap_or(short[k]);
                        if score > next[k] {
                            (next[k], chosen[k]) = (score, i as u8);
                        }
                    }
                }
            }
            std::mem::swap(&mut scores, &mut next);
            (two, one) = (one, here);
        }
        self.trace(&scores, &back, &starts)
    }

    /// Follows the best path back from its end.
    fn trace(&self, scores: &[f32], back: &[u8], starts: &[usize]) -> Vec<usize> {
        let mut path = vec![0; self.len()];
        let Some(last) = self.len().checked_sub(1) else {
            return path;
        };
        let end = argmax(scores.iter().copied());
        let width = self.at(last).len();
        path[last] = end % width;
        if last > 0 {
            path[last - 1] = end / width;
        }
        for at in (2..=last).rev() {
            let pair = path[at - 1] * self.at(at).len() + path[at];
            path[at - 2] = usize::from(back[starts[at] + pair]);
        }
        path
    }

    /// Judges each open word in much less time than [`Lattice::best`] takes: by itself, then among its
    /// neighbours as guessed, then among them as typed. Hands on the token, its best candidate, and the
    /// probability that it was meant as it was typed, the higher of the two.
    pub(super) fn quick(&self, tokens: &[Token], mut with: impl FnMut(usize, usize, f32)) {
        let mut path = Vec::with_capacity(self.len());
        let mut typed = Vec::with_capacity(self.len());
        for (at, token) in tokens.iter().enumerate() {
            let here = self.at(at);
            let best = if here.len() < 2 {
                0
            } else {
                argmax(here.iter().map(|c| c.own + NGRAM * c.unigram))
            };
            path.push(best);
            typed.push(if here.len() < 2 {
                Some(0)
            } else {
                here.iter().position(|c| c.marks == token.marks)
            });
        }
        let as_typed: Vec<usize> =
            path.iter().zip(&typed).map(|(&best, typed)| typed.unwrap_or(best)).collect();
        let mut probabilities = [0.0; MOST_CANDIDATES];
        let mut doubt = 0.0;
        for at in 0..self.len() {
            let here = self.at(at);
            let probabilities = &mut probabilities[..here.len()];
            if here.len() == 1 {
                if here[0].marks != tokens[at].marks {
                    with(at, 0, 0.0);
                }
                continue;
            }
            if doubt < ENOUGH {
                self.probabilities(at, &path, JUDGED, probabilities);
            } else {
                self.glance(at, &path, probabilities);
            }
            path[at] = argmax(probabilities.iter().copied());
            let best = path[at];
            let Some(own) = typed[at] else {
                with(at, best, 0.0);
                continue;
            };
            let mut right = probabilities[own];
            let near = at.saturating_sub(2)..(at + 3).min(self.len());
            if right < SETTLED && doubt < ENOUGH && path[near.clone()] != as_typed[near] {
                self.probabilities(at, &as_typed, JUDGED, probabilities);
                right = right.max(probabilities[own]);
            }
            doubt -= right.max(0.01).ln();
            with(at, best, right);
        }
    }

    /// Probabilities of the candidates of a token among neighbours taken from a path.
    pub(super) fn probabilities(&self, at: usize, path: &[usize], sharpness: f32, out: &mut [f32]) {
        let edge = self.edge();
        let near = |offset: isize| {
            at.checked_add_signed(offset)
                .filter(|&i| i < self.len())
                .and_then(|i| self.at(i).get(path[i]))
                .unwrap_or(&edge)
        };
        let (a, b, d, e) = (near(-2), near(-1), near(1), near(2));
        let fall = |found: Option<f32>, last: &Candidate| {
            BACKOFF + found.unwrap_or(BACKOFF + last.unigram)
        };
        let (long, short) =
            (self.find(after_two(a.hash, b.hash), at), self.find(after(b.hash), at));
        let far = self.find(after(d.hash), at + 2);
        // All look-ups before any score: so they wait for memory together, not one after another.
        let here = self.at(at);
        let mut found = [[Found::NOTHING; 3]; MOST_CANDIDATES];
        for (found, c) in found.iter_mut().zip(here) {
            *found = [
                self.find(after_two(b.hash, c.hash), at + 1),
                self.find(after(c.hash), at + 1),
                self.find(after_two(c.hash, d.hash), at + 2),
            ];
        }
        let far = fall(far.score(e.hash), e);
        for ((out, c), [next, next_short, last]) in out.iter_mut().zip(here).zip(&found) {
            let own = long.score(c.hash).unwrap_or_else(|| fall(short.score(c.hash), c));
            let next = next.score(d.hash).unwrap_or_else(|| fall(next_short.score(d.hash), d));
            *out = c.own + NGRAM * (own + next + last.score(e.hash).unwrap_or(far));
        }
        normalise(out, sharpness);
    }

    /// The same by what stands before it only: a quarter of the work.
    fn glance(&self, at: usize, path: &[usize], out: &mut [f32]) {
        let edge = self.edge();
        let near = |back: usize| {
            let before = at.checked_sub(back);
            before.and_then(|i| self.at(i).get(path[i])).unwrap_or(&edge)
        };
        let (a, b) = (near(2), near(1));
        let long = self.find(after_two(a.hash, b.hash), at);
        let short = self.find(after(b.hash), at);
        for (out, c) in out.iter_mut().zip(self.at(at)) {
            let short = || BACKOFF + short.score(c.hash).unwrap_or(BACKOFF + c.unigram);
            *out = c.own + NGRAM * long.score(c.hash).unwrap_or_else(short);
        }
        normalise(out, JUDGED);
    }
}

/// Makes probabilities of scores.
fn normalise(scores: &mut [f32], sharpness: f32) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = ((*score - most) * sharpness).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

fn argmax(scores: impl Iterator<Item = f32>) -> usize {
    let mut best = (0, f32::MIN);
    for (i, score) in scores.enumerate() {
        if score > best.1 {
            best = (i, score);
        }
    }
    best.0
}

/// What the log-linear part sees at a token.
fn context(tokens: &[Token], at: usize) -> Context {
    let near = |offset: isize| at.checked_add_signed(offset).and_then(|i| tokens.get(i));
    let capitals = |offset| near(offset).map_or(Capitals::None, |t| t.capitals);
    Context {
        keys: [-2, -1, 0, 1, 2].map(|offset| feature_key(near(offset))),
        capitals: [-1, 0, 1].map(capitals),
    }
}

/// A probability that was judged by, as people are shown it.
pub(super) fn soften(probability: f32) -> f32 {
    probability.powf(SHOWN / JUDGED)
}

/// Whether a word may be short of marks: it is bare, or has shapes but no tone.
pub(super) fn may_lack(token: &Token) -> bool {
    token.kind == Kind::Word && !token.has(flag::UNREADABLE) && tone_of(token.marks) == 0
}
