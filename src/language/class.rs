//! What an assessment says.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// What a text is, as far as marks go.
///
/// ```
/// use codau::language::Class;
///
/// assert_eq!(Class::PartlyMarked.as_str(), "partly_marked");
/// assert_eq!("unmarked".parse(), Ok(Class::Unmarked));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Vietnamese with its marks, or rightly without any.
    Marked,
    /// Vietnamese whose marks are missing throughout.
    Unmarked,
    /// Vietnamese of whose marks a good part is missing.
    PartlyMarked,
    /// Another language.
    Foreign,
    /// Too little to say.
    Undetermined,
}

impl Class {
    /// Every class.
    pub const ALL: [Class; 5] =
        [Class::Marked, Class::Unmarked, Class::PartlyMarked, Class::Foreign, Class::Undetermined];

    /// The name it has in files and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Class::Marked => "marked",
            Class::Unmarked => "unmarked",
            Class::PartlyMarked => "partly_marked",
            Class::Foreign => "foreign",
            Class::Undetermined => "undetermined",
        }
    }

    /// Whether marks are missing.
    #[must_use]
    pub const fn lacks_marks(self) -> bool {
        matches!(self, Class::Unmarked | Class::PartlyMarked)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that is none of the classes'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchClass;

impl fmt::Display for NoSuchClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a class of text (marked, unmarked, partly_marked, foreign, undetermined)")
    }
}

impl std::error::Error for NoSuchClass {}

impl FromStr for Class {
    type Err = NoSuchClass;

    fn from_str(name: &str) -> Result<Class, NoSuchClass> {
        Class::ALL.into_iter().find(|class| class.as_str() == name).ok_or(NoSuchClass)
    }
}

/// What was found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// What the text is.
    pub class: Class,
    /// How many of its syllables lack their mark, 0 to 1.
    pub missing_share: f32,
    /// How sure the class is, 0 to 1.
    pub confidence: f32,
    /// The syllables that lack their mark, in order; none unless the class says that some do.
    pub spans: Vec<Span>,
    /// What had to be cleaned before the text could be judged.
    pub cleaned: Vec<Cleaning>,
}

/// A syllable that lacks its mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Where it stands in the text as sent, in bytes.
    pub bytes: Range<usize>,
    /// The same in characters (Unicode scalar values).
    pub chars: Range<usize>,
    /// What was probably meant.
    pub suggestion: String,
    /// How sure it is that a mark is missing here, 0 to 1.
    pub confidence: f32,
}

/// Something in a text that hides its words from filters, or is a leftover of an old way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cleaning {
    /// Characters inside words that are not drawn.
    HiddenCharacters,
    /// Marks over or through letters that Vietnamese does not know.
    StackedMarks,
    /// Letters of other scripts or styles that look Latin.
    LookAlikes,
    /// Letters and marks sent as separate characters.
    Decomposed,
    /// An encoding of before Unicode.
    Encoding,
    /// Keys of an input method that was switched off.
    Typing,
}

impl Cleaning {
    /// The name it has in files and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Cleaning::HiddenCharacters => "hidden_characters",
            Cleaning::StackedMarks => "stacked_marks",
            Cleaning::LookAlikes => "look_alikes",
            Cleaning::Decomposed => "decomposed",
            Cleaning::Encoding => "encoding",
            Cleaning::Typing => "typing",
        }
    }
}
