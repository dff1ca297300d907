//! What the desk sets apart of what waits: held by a rule, suspected of being spam, an answer to
//! the newsroom, without its marks.

use std::str::FromStr;

use super::{Comment, Hold};
use crate::language::Class;

/// A part of a list that the desk sets apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Without its marks, or without a good part of them.
    Unmarked,
    /// Suspected of being spam.
    Spam,
    /// Held by a rule.
    Rule,
    /// An answer to a comment of the newsroom's own.
    Staff,
}

impl View {
    /// Every view, in the order the desk shows them.
    pub const ALL: [View; 4] = [View::Unmarked, View::Spam, View::Rule, View::Staff];

    /// The name in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            View::Unmarked => "unmarked",
            View::Spam => "spam",
            View::Rule => "rule",
            View::Staff => "staff",
        }
    }

    /// Whether a comment of this class, held like this, replying to the newsroom or not, is in it.
    #[must_use]
    pub fn takes(self, class: Class, hold: Hold, to_staff: bool) -> bool {
        match self {
            View::Unmarked => matches!(class, Class::Unmarked | Class::PartlyMarked),
            View::Spam => hold == Hold::Spam,
            View::Rule => hold == Hold::Rule,
            View::Staff => to_staff,
        }
    }

    /// Whether a comment is in it.
    #[must_use]
    pub fn shows(self, comment: &Comment) -> bool {
        self.takes(comment.verdict.class, comment.verdict.hold(), comment.to_staff)
    }
}

impl FromStr for View {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        View::ALL.into_iter().find(|view| view.as_str() == name).ok_or(())
    }
}
