//! Judging a text: is it Vietnamese, and does it lack marks?

use super::Language;
use super::class::{Assessment, Class, Cleaning, Span};
use super::mixture::{Lattice, may_lack};
use super::reading::{Capitals, Kind, TONE_SHIFT, Token, even_capitals, flag, read};
use super::restore::spell;

/// What judging looks at, in figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// Words that can be read.
    pub words: f32,
    /// Those that are syllables of the lexicon.
    pub known: f32,
    /// Those that carry marks and are forms of the lexicon.
    pub marked: f32,
    /// Words with marks or letters that Vietnamese does not have.
    pub odd: f32,
    /// Log odds that the words, marks aside, are Vietnamese.
    pub vietnamese: f32,
    /// Words that could lack a mark, names aside.
    pub open: f32,
    /// Of these, how many surely do.
    pub sure: f32,
    /// The sum of their probabilities to lack one.
    pub lacking: f32,
    /// Logarithm of the probability that none does.
    pub none: f32,
    /// Words in the middle of a sentence that begin with a capital.
    pub names: f32,
    pub max2: f32,
}

impl Language {
    /// Gathers the figures.
    #[must_use]
    pub fn evidence(&self, text: &str) -> (Evidence, Vec<Span>) {
        let mut tokens = read(text);
        even_capitals(&mut tokens);
        self.weigh(text, &tokens)
    }

    fn weigh(&self, text: &str, tokens: &[Token]) -> (Evidence, Vec<Span>) {
        let mut evidence = Evidence::default();
        let mut local = vec![0.0; tokens.len()];
        let mut toned = 0.0f32;
        let model = &self.model;
        for (at, token) in tokens
            .iter()
            .enumerate()
            .filter(|(_, t)| t.kind == Kind::Word)
        {
            evidence.words += 1.0;
            local[at] = model.bare.word(&model.bytes, tokens, at);
            evidence.vietnamese += local[at];
            if token.marks >> TONE_SHIFT != 0 {
                toned += 1.0;
            }
            let key = model.lexicon.key_of(token);
            if key.is_some_and(|k| k.syllable) {
                evidence.known += 1.0;
            }
            let form = key.is_some_and(|k| {
                model
                    .lexicon
                    .forms(k)
                    .iter()
                    .any(|f| f.marks == token.marks)
            });
            if token.marks != 0 && form {
                evidence.marked += 1.0;
            } else if token.has(flag::ALIEN) || (token.marks != 0 && key.is_none()) {
                evidence.odd += 1.0;
            }
        }
        let toneless = toned < 0.1 * evidence.words;
        let lattice = Lattice::new(model, tokens, 0.0, |at| {
            let t = &tokens[at];
            may_lack(t)
                && !t.has(flag::GLUED)
                && (t.marks == 0
                    || toneless
                    || model.lexicon.key_of(t).is_some_and(|k| {
                        !model.lexicon.forms(k).iter().any(|f| f.marks == t.marks)
                    }))
        });
        let mut spans = Vec::new();
        let mut doubts = Vec::with_capacity(tokens.len());
        lattice.quick(tokens, |at, best, right| {
            let token = &tokens[at];
            let first = at == 0 || tokens[at - 1].kind == Kind::Boundary;
            let near = |i: usize| local.get(i).copied().unwrap_or(0.0);
            let home = near(at) + 0.5 * (near(at + 1) + if at > 0 { near(at - 1) } else { 0.0 });
            let name = token.capitals != Capitals::None && !first;
            if name {
                evidence.names += 1.0;
            }
            let weight = if home < 0.0 {
                0.0
            } else if name {
                0.3
            } else {
                1.0
            };
            evidence.open += weight;
            let lack = (1.0 - right) * weight;
            evidence.lacking += lack;
            if lack > SURE {
                evidence.sure += 1.0;
            }
            if weight > 0.0 {
                doubts.push((right.max(FLOOR), weight));
            }
            if lack > 0.5 || (name && right < 0.5) {
                spans.push(Span {
                    bytes: token.bytes.clone(),
                    chars: token.chars.clone(),
                    suggestion: spell(
                        &text[token.bytes.clone()],
                        token,
                        lattice.at(at)[best].marks,
                    ),
                    confidence: 1.0 - right,
                });
            }
        });
        let ratio = |drop: f32| -> f32 {
            let kept = evidence.marked * (1.0 - drop).max(0.005).ln();
            kept + doubts
                .iter()
                .map(|&(right, weight)| {
                    let (right, lack) = (right, 1.0 - right);
                    weight * ((right + lack * drop) / (right + lack * SLIP)).ln()
                })
                .sum::<f32>()
        };
        evidence.none = if evidence.marked == 0.0 {
            ratio(1.0)
        } else {
            [0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9]
                .into_iter()
                .map(ratio)
                .fold(f32::MIN, f32::max)
        };
        (evidence, spans)
    }

    /// Judges a text.
    #[must_use]
    pub fn assess(&self, text: &str) -> Assessment {
        let mut tokens = read(text);
        even_capitals(&mut tokens);
        let (e, mut spans) = self.weigh(text, &tokens);
        let class = classify(&e);
        if !class.lacks_marks() {
            spans.clear();
        }
        let foreign = if class == Class::Foreign {
            whatlang::detect_lang(text).map(|l| l.code())
        } else {
            None
        };
        Assessment {
            class,
            missing_share: if class.lacks_marks() {
                e.lacking / e.words.max(1.0)
            } else {
                0.0
            },
            confidence: 1.0,
            spans,
            foreign,
            cleaned: cleaned(&tokens),
        }
    }
}

const SURE: f32 = 0.95;
const FLOOR: f32 = 0.003;
const SLIP: f32 = 0.005;

fn classify(e: &Evidence) -> Class {
    if e.words == 0.0 {
        return Class::Undetermined;
    }
    let vi = e.vietnamese + 2.0 * e.marked - 3.0 * e.odd;
    if vi < 0.0 {
        return if e.words > 1.0 && vi < -2.0 {
            Class::Foreign
        } else {
            Class::Undetermined
        };
    }
    if e.marked == 0.0 {
        if e.none > 4.0 && vi > 1.0 {
            Class::Unmarked
        } else if e.open > 1.0 {
            Class::Marked
        } else {
            Class::Undetermined
        }
    } else if e.none > 3.5 {
        Class::PartlyMarked
    } else {
        Class::Marked
    }
}

fn cleaned(tokens: &[Token]) -> Vec<Cleaning> {
    let flags = tokens.iter().fold(0, |flags, t| flags | t.flags);
    [
        (flag::HIDDEN, Cleaning::HiddenCharacters),
        (flag::STACKED, Cleaning::StackedMarks),
        (flag::LOOK_ALIKE, Cleaning::LookAlikes),
        (flag::DECOMPOSED, Cleaning::Decomposed),
    ]
    .into_iter()
    .filter_map(|(flag, cleaning)| (flags & flag != 0).then_some(cleaning))
    .collect()
}
