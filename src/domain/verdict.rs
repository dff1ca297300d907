//! What the machine concludes about a submission. It orders and flags the queue; it decides
//! nothing.

use std::ops::Range;

use super::Submission;
use crate::language::{Assessment, Class, Span};

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
    /// The field that people do not see was filled in.
    Trapped,
    /// More links than a comment needs.
    Links,
}

impl Flag {
    /// Every flag, in the order the desk shows them.
    pub const ALL: [Flag; 5] =
        [Flag::Unmarked, Flag::PartlyMarked, Flag::Disguised, Flag::Trapped, Flag::Links];

    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Flag::Unmarked => "unmarked",
            Flag::PartlyMarked => "partly-marked",
            Flag::Disguised => "disguised",
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
    let raised = |flag: &Flag| match flag {
        Flag::Unmarked => assessment.class == Class::Unmarked,
        Flag::PartlyMarked => assessment.class == Class::PartlyMarked,
        Flag::Disguised => !assessment.cleaned.is_empty(),
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

    #[test]
    fn links_are_counted_wherever_a_word_begins_with_one() {
        assert_eq!(links_in("xem https://a.example và (HTTP://b.example) www.c.example"), 3);
        assert_eq!(links_in("giá vàng tăng, http là gì?"), 0);
        assert_eq!(links_in("wwwđ"), 0);
    }
}
