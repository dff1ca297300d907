//! What the machine concludes about a submission. It orders and flags the queue; it decides
//! nothing.

use std::ops::Range;

use super::Submission;
use crate::language::{Assessment, Class, Cleaning, Span};

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
}

impl Flag {
    /// Every flag, in the order the desk shows them.
    pub const ALL: [Flag; 6] = [
        Flag::Unmarked,
        Flag::PartlyMarked,
        Flag::Disguised,
        Flag::Unconverted,
        Flag::Trapped,
        Flag::Links,
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
        }
    }

    /// The flag of a stored name.
    #[must_use]
    pub fn named(name: &str) -> Option<Flag> {
        Flag::ALL.into_iter().find(|flag| flag.as_str() == name)
    }
}

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
}

/// Links a comment may carry before it is flagged: one source is common, three are a list.
const LINKS_WITHOUT_FLAG: usize = 2;

/// The verdict on a submission whose text was assessed.
#[must_use]
pub fn conclude(submission: &Submission, assessment: Assessment) -> Verdict {
    let cleaned = |ways: &[Cleaning]| assessment.cleaned.iter().any(|way| ways.contains(way));
    let raised = |flag: &Flag| match flag {
        Flag::Unmarked => assessment.class == Class::Unmarked,
        Flag::PartlyMarked => assessment.class == Class::PartlyMarked,
        Flag::Disguised => {
            cleaned(&[Cleaning::HiddenCharacters, Cleaning::StackedMarks, Cleaning::LookAlikes])
        }
        Flag::Unconverted => cleaned(&[Cleaning::Typing, Cleaning::Encoding]),
        Flag::Trapped => submission.trapped,
        Flag::Links => links_in(&submission.body) > LINKS_WITHOUT_FLAG,
    };
    Verdict {
        class: assessment.class,
        missing_share: assessment.missing_share,
        confidence: assessment.confidence,
        flags: Flag::ALL.into_iter().filter(raised).collect(),
        spans: assessment.spans.into_iter().map(OffendingSpan::from).collect(),
    }
}

/// How many words of a text begin like a web address.
fn links_in(text: &str) -> usize {
    let is_link = |word: &&str| {
        ["http://", "https://", "www."].iter().any(|start| {
            word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
        })
    };
    text.split(|c: char| c.is_whitespace() || "([<\"'".contains(c)).filter(is_link).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ThreadKey;
    use crate::language::Language;

    fn flags_of(body: &str) -> Vec<Flag> {
        let submission = Submission {
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
        };
        conclude(&submission, Language::embedded().assess(body)).flags
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
    fn links_are_counted_wherever_a_word_begins_with_one() {
        assert_eq!(links_in("xem https://a.example và (HTTP://b.example) www.c.example"), 3);
        assert_eq!(links_in("giá vàng tăng, http là gì?"), 0);
        assert_eq!(links_in("wwwđ"), 0);
    }
}
