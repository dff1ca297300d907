//! What a site does about comments whose marks are missing.

use std::str::FromStr;

use crate::language::{Assessment, Class};

/// What happens to a comment of one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    /// It comes back to the reader, who may have the marks put in, type again, or send it anyway.
    Nudge,
    /// It goes to the queue, flagged, in the lane for missing marks.
    Hold,
    /// It goes to the queue like any other.
    Accept,
}

impl FromStr for Stance {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "nudge" => Ok(Stance::Nudge),
            "hold" => Ok(Stance::Hold),
            "accept" => Ok(Stance::Accept),
            other => Err(format!("{other:?} is none of nudge, hold and accept")),
        }
    }
}

/// How sure the machine must be before a reader hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// Only when it is beyond doubt.
    Certain,
    /// When it is likely.
    Likely,
    /// Whenever the text is in the class.
    Any,
}

impl FromStr for Caution {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "certain" => Ok(Caution::Certain),
            "likely" => Ok(Caution::Likely),
            "any" => Ok(Caution::Any),
            other => Err(format!("{other:?} is none of certain, likely and any")),
        }
    }
}

impl Caution {
    /// The least confidence of an assessment, 0 to 1. Of labelled comments that lack all or part
    /// of their marks, 0.98 still nudges 96 and 86 in 100 and one of five that were judged wrongly;
    /// 0.8 nudges 99 and 96, and four of the five (`codau assess` on the development texts).
    fn least(self) -> f32 {
        match self {
            Caution::Certain => 0.98,
            Caution::Likely => 0.8,
            Caution::Any => 0.0,
        }
    }
}

/// Where in the queue comments stand whose marks are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Before all others.
    First,
    /// Among the others, by time.
    Together,
    /// After all others.
    Last,
}

impl Lane {
    /// Every lane, in the order of their reading.
    pub const ALL: [Lane; 3] = [Lane::First, Lane::Together, Lane::Last];

    /// The place of the lane: smaller comes first.
    #[must_use]
    pub fn place(self) -> i64 {
        match self {
            Lane::First => -1,
            Lane::Together => 0,
            Lane::Last => 1,
        }
    }
}

impl FromStr for Lane {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "first" => Ok(Lane::First),
            "together" => Ok(Lane::Together),
            "last" => Ok(Lane::Last),
            other => Err(format!("{other:?} is none of first, together and last")),
        }
    }
}

/// What a site does about missing marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// About comments without any.
    pub unmarked: Stance,
    /// About comments that lack a good part of them.
    pub partly_marked: Stance,
    /// How sure the machine must be to nudge.
    pub nudge_when: Caution,
    /// Where in the queue such comments stand.
    pub lane: Lane,
}

impl Policy {
    fn stance(&self, class: Class) -> Stance {
        match class {
            Class::Unmarked => self.unmarked,
            Class::PartlyMarked => self.partly_marked,
            Class::Marked | Class::Foreign | Class::Undetermined => Stance::Accept,
        }
    }

    /// Whether a text comes back to its reader first.
    #[must_use]
    pub fn nudges(&self, assessment: &Assessment) -> bool {
        self.stance(assessment.class) == Stance::Nudge
            && assessment.confidence >= self.nudge_when.least()
    }

    /// The lane a comment waits in. One that was nudged and sent anyway is held like any other.
    #[must_use]
    pub fn lane(&self, class: Class) -> Lane {
        match self.stance(class) {
            Stance::Accept => Lane::Together,
            Stance::Nudge | Stance::Hold => self.lane,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assessment(class: Class, confidence: f32) -> Assessment {
        Assessment { class, missing_share: 1.0, confidence, spans: vec![], cleaned: vec![] }
    }

    const POLICY: Policy = Policy {
        unmarked: Stance::Nudge,
        partly_marked: Stance::Hold,
        nudge_when: Caution::Likely,
        lane: Lane::Last,
    };

    #[test]
    fn only_a_class_with_that_stance_is_nudged_and_only_when_sure_enough() {
        assert!(POLICY.nudges(&assessment(Class::Unmarked, 0.9)));
        assert!(!POLICY.nudges(&assessment(Class::Unmarked, 0.5)));
        assert!(!POLICY.nudges(&assessment(Class::PartlyMarked, 1.0)));
        assert!(!POLICY.nudges(&assessment(Class::Foreign, 1.0)));
    }

    #[test]
    fn what_is_accepted_waits_among_the_others() {
        assert_eq!(POLICY.lane(Class::PartlyMarked), Lane::Last);
        assert_eq!(POLICY.lane(Class::Marked), Lane::Together);
        let accepting = Policy { unmarked: Stance::Accept, ..POLICY };
        assert_eq!(accepting.lane(Class::Unmarked), Lane::Together);
    }
}
