//! Judging a text: is it Vietnamese, and does it lack marks?
//!
//! Two accounts of a text are weighed against each other: that its writer sets every mark but for a rare slip,
//! and that its writer leaves out a share of them. Each word that could lack a mark speaks for one or the other
//! by the probability, among its neighbours, that it was meant as it was typed; each word with marks speaks
//! against leaving them out. The class follows from the logarithm of the ratio of the two.

use super::Language;
use super::class::{Assessment, Class, Cleaning, Span};
use super::mixture::{Lattice, may_lack, soften};
use super::reading::even_capitals;
use super::repair::{Repair, Repaired, repair};
use super::restore::spell;
use super::token::{Capitals, Kind, TONE_SHIFT, Token, flag};

// The figures below were chosen with `codau assess` on the development texts, by the fewest correct texts accused
// and then the most that lack marks found.

/// No word is surer than this to lack a mark, or to have been meant as typed: the model errs too.
const FLOOR: f32 = 0.003;
/// How often a careful writer leaves a mark out.
const SLIP: f32 = 0.005;
/// Shares of marks that a careless writer may leave out.
const CARELESS: [f32; 7] = [0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9];
/// What a name (capitalised inside a sentence) counts beside another word: people are sparing with its marks.
const NAME: f32 = 0.3;
/// Log ratio from which a text without any mark lacks them, and one with some.
const UNMARKED_FROM: f32 = 4.5;
const PARTLY_FROM: f32 = 4.0;
/// Below this share of words with a tone, shapes of several words without tone (`viêt`, `đương`) count as lacking it.
const TONELESS: f32 = 0.1;
/// What a word with Vietnamese marks adds to the log odds of being Vietnamese, and one with marks or letters
/// that Vietnamese does not have takes away.
const MARKED_ODDS: f32 = 2.0;
const ODD_ODDS: f32 = 3.0;
/// Log odds from which a text without marks is taken for Vietnamese, and below which it is another language.
const VIETNAMESE_FROM: f32 = 1.0;
const FOREIGN_BELOW: f32 = -2.0;
/// A text of at most so many words that all begin with a capital is a name, and one of so many all in capitals.
const LONGEST_NAME: usize = 5;
const LONGEST_SHOUTED_NAME: usize = 2;
/// A candidate so far (in nats) behind the best one before n-grams are asked is left out.
const HOPELESS: f32 = 5.0;
/// Words that lack a mark with more confidence than this are shown.
const SHOWN: f32 = 0.5;

/// What judging has found.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    words: f32,
    /// Words that carry marks and are forms of the lexicon.
    marked: f32,
    /// Log odds that it is Vietnamese.
    vietnamese: f32,
    /// Words that could lack a mark, names counted less.
    open: f32,
    /// The sum of their probabilities to lack one.
    lacking: f32,
    /// Log ratio of the two accounts.
    ratio: f32,
    /// Holds letters of another script or language.
    alien: bool,
    spans: Vec<Span>,
}

impl Language {
    /// Judges a text. Cannot fail; says [`Class::Undetermined`] where there is too little to judge by.
    ///
    /// ```
    /// use codau::language::{Class, Language};
    ///
    /// let language = Language::embedded();
    /// let text = "Hôm nay troi dep qua";
    /// let found = language.assess(text);
    /// assert_eq!(found.class, Class::PartlyMarked);
    /// assert_eq!(&text[found.spans[0].bytes.clone()], "troi");
    /// assert_eq!(language.assess("Great article, thanks for sharing").class, Class::Foreign);
    /// assert_eq!(language.assess("Nguyen Toan").class, Class::Undetermined);
    /// ```
    #[must_use]
    pub fn assess(&self, text: &str) -> Assessment {
        let mut tokens = self.model.text(text);
        let name = is_name(&tokens);
        even_capitals(&mut tokens);
        let mut cleaned = cleaned(&tokens);
        if let Some(repaired) = repair(&self.model, text) {
            cleaned.push(match repaired.repair {
                Repair::Tcvn3 | Repair::VniFont => Cleaning::Encoding,
                Repair::Telex | Repair::Vni | Repair::Viqr => Cleaning::Typing,
            });
            return of_repaired(text, &tokens, repaired, cleaned);
        }
        let evidence = self.weigh(text, &tokens);
        let class = if name { Class::Undetermined } else { evidence.class() };
        let lacks = class.lacks_marks();
        Assessment {
            class,
            missing_share: if lacks {
                (evidence.lacking / evidence.words.max(1.0)).min(1.0)
            } else {
                0.0
            },
            confidence: evidence.confidence(class),
            spans: if lacks { evidence.spans } else { Vec::new() },
            cleaned,
        }
    }

    fn weigh(&self, text: &str, tokens: &[Token]) -> Evidence {
        let (mut evidence, odds, toneless) = self.look(tokens);
        let lattice = Lattice::new(&self.model, tokens, (0.0, HOPELESS), |at| {
            let token = &tokens[at];
            let as_it_is = || token.marks != 0 && !toneless && self.model.lexicon.has(token);
            may_lack(token) && !token.has(flag::GLUED) && !as_it_is()
        });
        let mut doubts: Vec<(f32, f32)> = Vec::with_capacity(tokens.len());
        lattice.quick(tokens, |at, best, meant| {
            if home(&odds, at) < 0.0 {
                return;
            }
            let token = &tokens[at];
            let begins = at == 0 || tokens[at - 1].kind == Kind::Boundary;
            let weight = if token.capitals != Capitals::None && !begins { NAME } else { 1.0 };
            let lack = 1.0 - meant;
            evidence.open += weight;
            evidence.lacking += lack;
            doubts.push((meant.max(FLOOR), weight));
            let confidence = 1.0 - soften(meant.max(FLOOR));
            if confidence > SHOWN {
                let sent = &text[token.bytes.clone()];
                evidence.spans.push(Span {
                    bytes: token.bytes.clone(),
                    chars: token.chars.clone(),
                    suggestion: spell(sent, token, lattice.at(at)[best].marks),
                    confidence,
                });
            }
        });
        let ratio = |dropped: f32| -> f32 {
            let kept = evidence.marked * (1.0 - dropped).ln();
            let word = |&(meant, weight): &(f32, f32)| {
                let lack = 1.0 - meant;
                weight * ((meant + lack * dropped) / (meant + lack * SLIP)).ln()
            };
            kept + doubts.iter().map(word).sum::<f32>()
        };
        evidence.ratio = if evidence.marked == 0.0 {
            doubts
                .iter()
                .map(|&(meant, weight)| weight * -(meant + (1.0 - meant) * SLIP).ln())
                .sum()
        } else {
            CARELESS.into_iter().map(ratio).fold(f32::MIN, f32::max)
        };
        evidence
    }

    /// Counts words and their marks. Also gives each token's log odds of being Vietnamese, and whether the
    /// text has next to no tones.
    pub(super) fn look(&self, tokens: &[Token]) -> (Evidence, Vec<f32>, bool) {
        let mut evidence = Evidence::default();
        let odds = self.model.bare.odds(&self.model, tokens);
        let (mut toned, mut shaped, mut odd) = (0.0_f32, 0, 0.0);
        for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::Word) {
            evidence.words += 1.0;
            evidence.vietnamese += odds[at];
            if token.marks >> TONE_SHIFT != 0 {
                toned += 1.0;
            } else if token.marks != 0 {
                shaped += 1;
            }
            if token.marks != 0 && self.model.lexicon.has(token) {
                evidence.marked += 1.0;
            } else if token.has(flag::ALIEN)
                || (token.marks != 0 && self.model.lexicon.key_of(token).is_none())
            {
                odd += 1.0;
            }
        }
        evidence.alien = tokens.iter().any(|t| t.has(flag::ALIEN));
        evidence.vietnamese += MARKED_ODDS * evidence.marked - ODD_ODDS * odd;
        let toneless = toned < TONELESS * evidence.words && shaped > 2;
        (evidence, odds, toneless)
    }
}

/// Whether a text is nothing but a name without marks.
fn is_name(tokens: &[Token]) -> bool {
    let (mut words, mut shouted) = (0, 0);
    for token in tokens.iter().filter(|t| t.kind == Kind::Word) {
        if token.capitals == Capitals::None || token.marks != 0 {
            return false;
        }
        words += 1;
        shouted += usize::from(token.capitals == Capitals::All || token.letters == 1);
    }
    words > 0 && words <= if shouted == words { LONGEST_SHOUTED_NAME } else { LONGEST_NAME }
}

/// Log odds that a word stands among Vietnamese words: its own and half its neighbours'.
pub(super) fn home(odds: &[f32], at: usize) -> f32 {
    let odds = |i: usize| odds.get(i).copied().unwrap_or(0.0);
    odds(at) + 0.5 * (odds(at + 1) + at.checked_sub(1).map_or(0.0, odds))
}

impl Evidence {
    pub(super) fn is_foreign(&self) -> bool {
        self.vietnamese < FOREIGN_BELOW && (self.words > 1.0 || self.alien)
    }

    fn class(&self) -> Class {
        if self.words == 0.0 {
            Class::Undetermined
        } else if self.is_foreign() {
            Class::Foreign
        } else if self.vietnamese < 0.0 {
            Class::Undetermined
        } else if self.marked > 0.0 {
            if self.ratio > PARTLY_FROM && !self.spans.is_empty() {
                Class::PartlyMarked
            } else {
                Class::Marked
            }
        } else if self.ratio > UNMARKED_FROM
            && self.vietnamese > VIETNAMESE_FROM
            && !self.spans.is_empty()
        {
            Class::Unmarked
        } else if self.open > 1.0 && self.vietnamese > VIETNAMESE_FROM {
            Class::Marked
        } else {
            Class::Undetermined
        }
    }

    /// How far the figure that decided lies from where another class begins.
    fn confidence(&self, class: Class) -> f32 {
        let distance = match class {
            Class::Unmarked => self.ratio - UNMARKED_FROM,
            Class::PartlyMarked => self.ratio - PARTLY_FROM,
            Class::Marked if self.marked > 0.0 => PARTLY_FROM - self.ratio,
            Class::Marked => UNMARKED_FROM - self.ratio,
            Class::Foreign => -self.vietnamese,
            Class::Undetermined => 0.0,
        };
        1.0 / (1.0 + (-distance).exp())
    }
}

/// A text that was typed with an input method switched off, or in an old encoding, lacks its marks; what it
/// should have become is known.
fn of_repaired(
    text: &str,
    tokens: &[Token],
    repaired: Repaired,
    cleaned: Vec<Cleaning>,
) -> Assessment {
    let words = tokens.iter().filter(|t| t.kind == Kind::Word).count().max(1);
    let (mut byte, mut char) = (0, 0);
    let spans: Vec<Span> = repaired
        .pieces
        .into_iter()
        .map(|piece| {
            let start = char + text[byte..piece.bytes.start].chars().count();
            let end = start + text[piece.bytes.clone()].chars().count();
            (byte, char) = (piece.bytes.end, end);
            Span {
                bytes: piece.bytes,
                chars: start..end,
                suggestion: piece.to,
                confidence: REPAIRED,
            }
        })
        .collect();
    Assessment {
        class: Class::Unmarked,
        missing_share: (spans.len() as f32 / words as f32).min(1.0),
        confidence: REPAIRED,
        spans,
        cleaned,
    }
}

/// How sure a repair is that is offered at all.
const REPAIRED: f32 = 0.95;

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
