//! What the desk sets apart of what waits: held by a rule, suspected of being spam, an answer to
//! the newsroom, without its marks.

use std::str::FromStr;

use super::{Comment, Flag, Verdict};
use crate::language::Class;

/// Whether something holds a comment back, to be looked at apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hold {
    /// Nothing.
    #[default]
    None,
    /// A rule of the newsroom's.
    Rule,
    /// It looks like spam.
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

impl Verdict {
    /// What holds the comment back, if anything does; suspected spam before a rule.
    #[must_use]
    pub fn hold(&self) -> Hold {
        if self.flags.contains(&Flag::Trapped) {
            Hold::Spam
        } else if self.flags.contains(&Flag::Links) {
            Hold::Rule
        } else {
            Hold::None
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn flagged(flags: &[Flag]) -> Hold {
        let flags = flags.to_vec();
        let (class, spans) = (Class::Marked, vec![]);
        Verdict { class, missing_share: 0.0, confidence: 1.0, spans, flags }.hold()
    }

    #[test]
    fn spam_is_told_before_a_rule_and_missing_marks_hold_nothing_back() {
        assert_eq!(flagged(&[Flag::Links, Flag::Trapped]), Hold::Spam);
        assert_eq!(flagged(&[Flag::Links]), Hold::Rule);
        assert_eq!(flagged(&[Flag::Unmarked, Flag::Disguised]), Hold::None);
        for (number, hold) in (0..).zip(Hold::ALL) {
            assert_eq!(hold.number(), number);
        }
    }
}
