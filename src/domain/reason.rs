//! Why a comment is not published.

use std::str::FromStr;

/// Why a comment is not published, in the desk's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RejectReason {
    /// Insults a person.
    Insult,
    /// Language that is not fit to print.
    Language,
    /// Advertises.
    Advert,
    /// Not about the article.
    OffTopic,
    /// States what nobody has verified.
    Unverified,
    /// Gives away personal information.
    PersonalData,
    /// Cannot be read for want of marks.
    Unmarked,
    /// The same as another comment of the reader's.
    Duplicate,
    /// Something else, which the note must say.
    Other,
}

impl RejectReason {
    /// Every reason, in the order the desk offers them.
    pub const ALL: [RejectReason; 9] = [
        RejectReason::Insult,
        RejectReason::Language,
        RejectReason::Advert,
        RejectReason::OffTopic,
        RejectReason::Unverified,
        RejectReason::PersonalData,
        RejectReason::Unmarked,
        RejectReason::Duplicate,
        RejectReason::Other,
    ];

    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            RejectReason::Insult => "insult",
            RejectReason::Language => "language",
            RejectReason::Advert => "advert",
            RejectReason::OffTopic => "off-topic",
            RejectReason::Unverified => "unverified",
            RejectReason::PersonalData => "personal-data",
            RejectReason::Unmarked => "unmarked",
            RejectReason::Duplicate => "duplicate",
            RejectReason::Other => "other",
        }
    }
}

impl FromStr for RejectReason {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        RejectReason::ALL.into_iter().find(|reason| reason.as_str() == name).ok_or(())
    }
}
