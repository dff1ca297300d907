//! Training the model that tells bare Vietnamese from other languages.

use super::super::bare::{LARGEST, STEP, pair_piece, pieces};
use super::super::reading::read;
use super::super::token::{Kind, Token, mix};

/// Rates of learning, from the first text to the last.
const RATES: (f32, f32) = (0.1, 0.01);
const PASSES: u64 = 3;
/// Log odds beyond which a text teaches nothing.
const CERTAIN: f32 = 4.0;
/// Every text is also seen in pieces of so many words at most, since short comments are the hard ones.
const PIECE: usize = 5;

/// Initials and finals of Mandarin as written in pinyin: the language in Latin letters that looks most like
/// bare Vietnamese is in no usual collection, so words are made of these.
const INITIALS: [&str; 22] = [
    "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r",
    "z", "c", "s", "y",
];
const FINALS: [&str; 29] = [
    "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "i", "ia", "ian", "iang", "iao", "ie",
    "in", "ing", "iong", "iu", "ong", "ou", "u", "ua", "uan", "uang", "ui", "un", "uo", "ue",
];

/// Texts in Vietnamese and in other languages.
#[derive(Default)]
pub(super) struct Examples {
    pub(super) vietnamese: Vec<String>,
    pub(super) others: Vec<String>,
}

pub(super) fn build(mut examples: Examples, bits: u32) -> Vec<u8> {
    let made = examples.others.len() / 12;
    examples.others.extend((0..made as u64).map(pinyin));
    let mut lessons: Vec<(bool, Vec<Token>)> = Vec::new();
    // As many lessons of each kind.
    let most = examples.vietnamese.len().max(examples.others.len());
    for (vietnamese, texts) in [(true, &examples.vietnamese), (false, &examples.others)] {
        for n in 0..most * usize::from(!texts.is_empty()) {
            let tokens = read(&texts[n % texts.len()]);
            let seed = mix(n as u64 * 2 + u64::from(vietnamese));
            let length = 1 + (seed % PIECE as u64) as usize;
            let start = (seed >> 20) as usize % (tokens.len().saturating_sub(length) + 1);
            let piece = tokens[start..(start + length).min(tokens.len())].to_vec();
            lessons.extend([(vietnamese, tokens), (vietnamese, piece)]);
        }
    }
    let mut weights = vec![0.0_f32; 1 << bits];
    let steps = lessons.len() as u64 * PASSES;
    for step in 0..steps {
        let rate = RATES.0 + (RATES.1 - RATES.0) * step as f32 / steps as f32;
        let at = mix(step ^ 0xBA2E) as usize % lessons.len();
        let (vietnamese, tokens) = &lessons[at];
        learn(*vietnamese, tokens, bits, rate, &mut weights);
    }
    weights.into_iter().map(|w| (w.clamp(-LARGEST, LARGEST) / STEP).round() as i8 as u8).collect()
}

fn learn(vietnamese: bool, tokens: &[Token], bits: u32, rate: f32, weights: &mut [f32]) {
    let mut met = Vec::with_capacity(tokens.len() * 24);
    let mut words = 0;
    for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::Word) {
        words += 1;
        met.push(pair_piece(token.key, at.checked_sub(1).and_then(|i| tokens.get(i)), bits));
        pieces(token.key, token.flags, bits, |index| met.push(index));
    }
    let sum: f32 = met.iter().map(|&index| weights[index]).sum();
    let sign = if vietnamese { 1.0 } else { -1.0 };
    if words == 0 || sum * sign > CERTAIN * (words as f32).max(1.0).sqrt() {
        return;
    }
    let wrong = sign / (1.0 + (sum * sign / (words as f32).sqrt()).exp());
    let step = rate * wrong / (words as f32).sqrt();
    for index in met {
        weights[index] += step;
    }
}

/// A made-up line of pinyin, always the same for the same number.
fn pinyin(n: u64) -> String {
    let mut state = mix(n ^ 0x5151);
    let mut next = |below: usize| {
        state = mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
        (state % below as u64) as usize
    };
    let words = 2 + next(14);
    let mut line = String::new();
    for _ in 0..words {
        for _ in 0..=next(3) {
            line.push_str(INITIALS[next(INITIALS.len())]);
            line.push_str(FINALS[next(FINALS.len())]);
        }
        line.push(' ');
    }
    line
}
