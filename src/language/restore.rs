//! Putting marks back.

use super::Language;
use super::assess::home;
use super::letters::{Letter, character, letter};
use super::lexicon::MOST_CANDIDATES;
use super::lookalike::{LookAlike, is_combining, look_alike};
use super::mixture::{Lattice, SHOWN, may_lack};
use super::reading::even_capitals;
use super::repair::{Repair, repair};
use super::syllable::tone_position;
use super::token::{Kind, TONE_SHIFT, Token, flag, tone_of, unpack};
use std::ops::Range;

/// A text with its marks put back.
#[derive(Clone, Debug, PartialEq)]
pub struct Restoration {
    /// The text.
    pub text: String,
    /// What was changed, in order.
    pub changes: Vec<Change>,
    /// The text as it was probably meant, where it was typed with an input method switched off or comes in an
    /// old encoding. It changes letters, so it is offered beside `text` and is no part of it.
    pub repaired: Option<(Repair, String)>,
}

/// One syllable that got marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where it stands in the text as sent.
    pub bytes: Range<usize>,
    /// What it became.
    pub to: String,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// What else it might be, the likeliest first.
    pub alternatives: Vec<String>,
}

/// A candidate so far (in nats) behind the best one before n-grams are asked is left out: at 7 the development
/// texts come out as with all candidates.
const HOPELESS: f32 = 7.0;
/// Words whose log odds of standing among Vietnamese words are lower are left as they are.
const ELSEWHERE: f32 = -3.0;
/// So few letters beside a digit are a unit (`5d`, `2tr`) or a key of an input method, and stay.
const LONGEST_UNIT: u32 = 2;
/// Share of the words of running text that carry marks.
const USUAL_SHARE: f32 = 0.7;
/// Least share of marks that even a careful writer is taken to leave out.
const CARELESS: f32 = 0.02;

impl Language {
    /// Puts the marks of a text back. Letters, case, blanks, numbers and links stay as they are, and so does a
    /// word that carries its tone already: without marks, the text is the same as before
    /// (`strip(restore(x).text) == strip(x)`).
    ///
    /// ```
    /// use codau::language::{Language, Repair};
    ///
    /// let language = Language::embedded();
    /// let restored = language.restore("BAI VIET rat hay https://baomau.vn");
    /// assert_eq!(restored.text, "BÀI VIẾT rất hay https://baomau.vn");
    /// assert_eq!(restored.changes[0].to, "BÀI");
    ///
    /// let restored = language.restore("Tieengs Vieetj raats ddejp");
    /// assert_eq!(restored.repaired, Some((Repair::Telex, "Tiếng Việt rất đẹp".to_owned())));
    /// ```
    #[must_use]
    pub fn restore(&self, text: &str) -> Restoration {
        let mut tokens = self.model.text(text);
        even_capitals(&mut tokens);
        let stay = stay(&tokens);
        let (evidence, odds, _) = self.look(&tokens);
        let lattice = Lattice::new(&self.model, &tokens, (stay, HOPELESS), |at| {
            let unit = tokens[at].has(flag::GLUED) && tokens[at].letters <= LONGEST_UNIT;
            may_lack(&tokens[at]) && !unit && !evidence.is_foreign() && home(&odds, at) > ELSEWHERE
        });
        let path = lattice.best();
        let mut out = String::with_capacity(text.len() * 5 / 4);
        let (mut done, mut changes) = (0, Vec::new());
        let mut probabilities = [0.0; MOST_CANDIDATES];
        for (at, token) in tokens.iter().enumerate() {
            let here = lattice.at(at);
            let chosen = here[path[at]].marks;
            if token.kind != Kind::Word || chosen == token.marks || token.has(flag::LOOK_ALIKE) {
                continue;
            }
            lattice.probabilities(at, &path, SHOWN, &mut probabilities[..here.len()]);
            let sent = &text[token.bytes.clone()];
            let to = spell(sent, token, chosen);
            let mut order: Vec<usize> = (0..here.len()).filter(|&i| i != path[at]).collect();
            order.sort_by(|&x, &y| probabilities[y].total_cmp(&probabilities[x]));
            let alternatives =
                order.iter().take(3).map(|&i| spell(sent, token, here[i].marks)).collect();
            out.push_str(&text[done..token.bytes.start]);
            out.push_str(&to);
            done = token.bytes.end;
            changes.push(Change {
                bytes: token.bytes.clone(),
                to,
                confidence: probabilities[path[at]],
                alternatives,
            });
        }
        out.push_str(&text[done..]);
        Restoration {
            text: out,
            changes,
            repaired: repair(&self.model, text).map(|r| (r.repair, r.text)),
        }
    }
}

/// How much likelier a word is to be as it was typed than it is to have lost marks: nothing where no marks are
/// typed at all, much where most words have theirs.
fn stay(tokens: &[Token]) -> f32 {
    let words = || tokens.iter().filter(|t| t.kind == Kind::Word && !t.has(flag::UNREADABLE));
    let (all, marked) = (words().count() as f32, words().filter(|t| t.marks != 0).count() as f32);
    -(1.0 - marked / all.max(1.0) / USUAL_SHARE).clamp(CARELESS, 1.0).ln()
}

/// Writes a word as sent with other marks: its letters, their case and what is hidden between them stay, but
/// look-alikes become the letters they look like.
pub(super) fn spell(sent: &str, token: &Token, marks: u64) -> String {
    let shapes = unpack(token.key, marks & ((1 << TONE_SHIFT) - 1));
    let toned = tone_position(&shapes);
    let mut out = String::with_capacity(sent.len() + 4);
    let mut at = 0;
    for c in sent.chars() {
        let plain = match look_alike(c) {
            Some(LookAlike::Styled(latin) | LookAlike::Foreign(latin)) => latin,
            None => c,
        };
        if let Some(l) = letter(plain) {
            let shape = shapes.get(at).map_or(l.shape, |s| s.shape);
            let tone = if toned == Some(at) { tone_of(marks) } else { 0 };
            out.push(character(Letter { shape, tone, ..l }));
            at += 1;
        } else if !is_combining(c) {
            out.push(c);
        }
    }
    out
}
