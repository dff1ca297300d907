//! What the machine concludes about a submission. It orders and flags the queue; it decides
//! nothing.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::{Effect, Match, Submission};
use crate::language::{self, Assessment, Class, Cleaning, Span};

/// A syllable the verdict objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffendingSpan {
    /// Where it stands: bytes of the reader's text.
    pub bytes: Range<usize>,
    /// What it was probably meant to be.
    pub suggestion: String,
}

impl From<Span> for OffendingSpan {
    fn from(span: Span) -> OffendingSpan {
        OffendingSpan { bytes: span.bytes, suggestion: span.suggestion }
    }
}

/// A reason to look twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Vietnamese without its marks.
    Unmarked,
    /// Vietnamese with a good part of its marks missing.
    PartlyMarked,
    /// Characters that cannot be seen, stacked or disguised ones.
    Disguised,
    /// Typed with an input method switched off, or in an encoding of before Unicode.
    Unconverted,
    /// The field that people do not see was filled in.
    Trapped,
    /// More links than a comment needs.
    Links,
    /// Others sent the same text lately.
    Repeated,
    /// Sent sooner than anybody reads and writes.
    Hasty,
    /// Put into the box in one piece.
    Pasted,
    /// Much came from the networks around lately.
    Crowded,
    /// A suspect whose machine did the work that was asked of it.
    Proved,
}

impl Flag {
    /// Every flag, in the order the desk shows them.
    pub const ALL: [Flag; 11] = [
        Flag::Unmarked,
        Flag::PartlyMarked,
        Flag::Disguised,
        Flag::Unconverted,
        Flag::Trapped,
        Flag::Links,
        Flag::Repeated,
        Flag::Hasty,
        Flag::Pasted,
        Flag::Crowded,
        Flag::Proved,
    ];

    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Flag::Unmarked => "unmarked",
            Flag::PartlyMarked => "partly-marked",
            Flag::Disguised => "disguised",
            Flag::Unconverted => "unconverted",
            Flag::Trapped => "trapped",
            Flag::Links => "links",
            Flag::Repeated => "repeated",
            Flag::Hasty => "hasty",
            Flag::Pasted => "pasted",
            Flag::Crowded => "crowded",
            Flag::Proved => "proved",
        }
    }

    /// The flag of a stored name.
    #[must_use]
    pub fn named(name: &str) -> Option<Flag> {
        Flag::ALL.into_iter().find(|flag| flag.as_str() == name)
    }
}

/// What keeps a comment out of the common queue; a person decides all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hold {
    /// Nothing.
    #[default]
    None,
    /// A rule of the newsroom's.
    Rule,
    /// Suspected spam.
    Spam,
}

impl Hold {
    /// Every one, in the order of their numbers.
    pub const ALL: [Hold; 3] = [Hold::None, Hold::Rule, Hold::Spam];

    /// The number it is kept under.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Hold::None => 0,
            Hold::Rule => 1,
            Hold::Spam => 2,
        }
    }
}

/// How a submission was made, as far as that is known; unknown says nothing against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// Seconds from the making of its form.
    pub seconds: Option<i64>,
    /// Times that the text in the box changed.
    pub strokes: Option<usize>,
    /// Whether much came from the networks around lately.
    pub crowded: bool,
}

impl Manner {
    /// Whether nobody reads and writes so soon.
    fn is_hasty(self) -> bool {
        self.seconds.is_some_and(|seconds| seconds < HASTY_SECONDS)
    }

    /// Whether a text of some length was not typed, spoken or swiped.
    fn is_pasted(self, body: &str) -> bool {
        let letters = body.chars().count();
        let strokes = self.strokes.map(|strokes| strokes.saturating_mul(LETTERS_A_STROKE));
        letters >= PASTED_LETTERS && strokes.is_some_and(|strokes| strokes < letters)
    }
}

/// Seconds within which nobody reads an article's form and fills it in.
const HASTY_SECONDS: i64 = 4;
/// Letters from which on it is asked whether a text was pasted.
const PASTED_LETTERS: usize = 80;
/// Letters that one change of the text may bring: a swiped or spoken word, not a sentence.
const LETTERS_A_STROKE: usize = 20;

/// What the machine concluded about a submission, with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The class of its text.
    pub class: Class,
    /// The share of syllables that lack their mark, 0 to 1.
    pub missing_share: f32,
    /// How sure the class is, 0 to 1.
    pub confidence: f32,
    /// The syllables that lack their mark.
    pub spans: Vec<OffendingSpan>,
    /// Reasons to look twice.
    pub flags: Vec<Flag>,
    /// Rules that apply, in the order of the text.
    pub matches: Vec<Match>,
}

impl Verdict {
    /// What keeps the comment out of the common queue.
    #[must_use]
    pub fn hold(&self) -> Hold {
        let asked = |effect| self.matches.iter().any(|found| found.effect == effect);
        let surely = self.has(Flag::Trapped) || self.has(Flag::Repeated);
        if surely || asked(Effect::Spam) || (self.is_suspect() && !self.has(Flag::Proved)) {
            Hold::Spam
        } else if asked(Effect::Hold) {
            Hold::Rule
        } else {
            Hold::None
        }
    }

    /// Whether it looks like a program's, though it may be a reader's: work for the sender's
    /// machine, a second of it, tells a reader from a flood.
    #[must_use]
    pub fn is_suspect(&self) -> bool {
        self.has(Flag::Links)
            || self.has(Flag::Crowded)
            || (self.has(Flag::Hasty) && self.has(Flag::Pasted))
    }

    fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }

    /// The same with one reason more to look twice.
    #[must_use]
    pub fn with(mut self, flag: Flag) -> Verdict {
        self.flags = Flag::ALL.into_iter().filter(|own| *own == flag || self.has(*own)).collect();
        self
    }
}

/// Links a comment may carry before it is flagged: one source is common, three are a list.
const LINKS_WITHOUT_FLAG: usize = 2;

/// The verdict on a submission whose text was assessed and held against the rules.
#[must_use]
pub fn conclude(
    submission: &Submission,
    assessment: Assessment,
    matches: Vec<Match>,
    manner: Manner,
) -> Verdict {
    let cleaned = |ways: &[Cleaning]| assessment.cleaned.iter().any(|way| ways.contains(way));
    let raised = |flag: &Flag| match flag {
        Flag::Unmarked => assessment.class == Class::Unmarked,
        Flag::PartlyMarked => assessment.class == Class::PartlyMarked,
        Flag::Disguised => {
            cleaned(&[Cleaning::HiddenCharacters, Cleaning::StackedMarks, Cleaning::LookAlikes])
        }
        Flag::Unconverted => cleaned(&[Cleaning::Typing, Cleaning::Encoding]),
        Flag::Trapped => submission.trapped,
        Flag::Links => language::links(&submission.body).len() > LINKS_WITHOUT_FLAG,
        Flag::Hasty => manner.is_hasty(),
        Flag::Pasted => manner.is_pasted(&submission.body),
        Flag::Crowded => manner.crowded,
        // Known only once it is asked for, or once it is kept.
        Flag::Proved | Flag::Repeated => false,
    };
    Verdict {
        class: assessment.class,
        missing_share: assessment.missing_share,
        confidence: assessment.confidence,
        flags: Flag::ALL.into_iter().filter(raised).collect(),
        spans: assessment.spans.into_iter().map(OffendingSpan::from).collect(),
        matches,
    }
}

/// A number that is alike for texts alike but for marks, case, spaces and signs, to find those
/// sent over and over; none for what many say of themselves («hay quá»).
#[must_use]
pub fn likeness(text: &str) -> Option<i64> {
    let folded = language::fold(text);
    let letters: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    (letters.chars().count() >= LIKENESS_LETTERS).then(|| {
        let hash: [u8; 32] = Sha256::digest(letters).into();
        hash.iter().take(8).fold(0, |number, byte| number << 8 | i64::from(*byte))
    })
}

/// Letters from which on two readers do not say the same by chance.
const LIKENESS_LETTERS: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Place, RuleId, ThreadKey};
    use crate::language::Language;

    fn submission(body: &str) -> Submission {
        Submission {
            thread: ThreadKey { site: "bao".into(), object: "1".into() },
            url: String::new(),
            title: String::new(),
            parent: None,
            name: "An".into(),
            email: None,
            body: body.into(),
            consent: false,
            key: None,
            trapped: false,
        }
    }

    fn verdict(body: &str, matches: &[Match], manner: Manner) -> Verdict {
        let assessment = Language::embedded().assess(body);
        conclude(&submission(body), assessment, matches.to_vec(), manner)
    }

    fn flags_of(body: &str) -> Vec<Flag> {
        verdict(body, &[], Manner::default()).flags
    }

    #[test]
    fn a_flag_is_raised_for_what_is_wrong_and_for_nothing_else() {
        assert_eq!(flags_of("Bài viết rất hay, cảm ơn tác giả."), []);
        assert_eq!(
            flags_of("Bài vi\u{200b}ết rất h\u{200b}ay, cảm ơn tác giả."),
            [Flag::Disguised]
        );
        assert_eq!(flags_of("bai viet rat hay, cam on tac gia"), [Flag::Unmarked]);
        let telex = flags_of("Baif vieets raats hay, camr own tacs giar");
        assert!(telex.contains(&Flag::Unconverted) && !telex.contains(&Flag::Disguised));
    }

    #[test]
    fn what_is_not_known_of_its_making_says_nothing_against_a_comment() {
        let long = "Bài viết rất hay, cảm ơn tác giả đã kể chuyện con đò. ".repeat(2);
        let made = |seconds, strokes| {
            let manner = Manner { seconds, strokes, crowded: false };
            let verdict = verdict(&long, &[], manner);
            (verdict.flags.clone(), verdict.hold())
        };
        assert_eq!(made(None, None), (vec![], Hold::None));
        assert_eq!(made(Some(1), None), (vec![Flag::Hasty], Hold::None));
        assert_eq!(made(Some(60), Some(1)), (vec![Flag::Pasted], Hold::None));
        assert_eq!(made(Some(1), Some(1)), (vec![Flag::Hasty, Flag::Pasted], Hold::Spam));
        // Spoken: a few words at a time.
        assert_eq!(made(Some(60), Some(9)), (vec![], Hold::None));
    }

    #[test]
    fn a_suspect_who_did_the_work_waits_with_the_others_and_a_trapped_one_never() {
        let links = "a.vn b.vn c.vn";
        let suspect = verdict(links, &[], Manner::default());
        assert_eq!(suspect.hold(), Hold::Spam);
        assert_eq!(suspect.with(Flag::Proved).hold(), Hold::None);
        let trapped = conclude(
            &Submission { trapped: true, ..submission("Hay lắm.") },
            Language::embedded().assess("Hay lắm."),
            vec![],
            Manner::default(),
        );
        assert_eq!(trapped.with(Flag::Proved).hold(), Hold::Spam);
    }

    #[test]
    fn a_rule_holds_a_comment_in_the_lane_it_names() {
        let found = |effect| Match {
            rule: RuleId(1),
            name: "Quy tắc".into(),
            effect,
            place: Place::Name,
            entry: "an".into(),
        };
        let hold = |matches: &[Match]| verdict("Hay.", matches, Manner::default()).hold();
        for (number, hold) in (0..).zip(Hold::ALL) {
            assert_eq!(hold.number(), number);
        }
        assert_eq!(hold(&[]), Hold::None);
        assert_eq!(hold(&[found(Effect::Hold)]), Hold::Rule);
        assert_eq!(hold(&[found(Effect::Hold), found(Effect::Spam)]), Hold::Spam);
    }

    #[test]
    fn texts_that_differ_in_marks_and_signs_are_alike_and_short_ones_are_like_nothing() {
        let long = "Nhận cho vay nhanh, lãi suất thấp, liên hệ anh Bảy ở chợ nhé";
        let bare = "NHAN CHO VAY NHANH!!! lai suat thap… lien he anh Bay o cho nhe";
        assert!(likeness(long).is_some());
        assert_eq!(likeness(long), likeness(bare));
        assert_ne!(likeness(long), likeness(&long.replace("Bảy", "Tám")));
        assert_eq!(likeness("Bài viết hay quá!"), None);
    }
}
