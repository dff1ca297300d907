//! What is wrong with a field.

use validator::ValidationError;

/// The rule a field breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Nothing to read in it.
    Missing,
    /// More characters than the limit given.
    TooLong(usize),
    /// Fewer characters than the limit given.
    TooShort(usize),
    /// Not of the form the field needs.
    Malformed,
    /// Taken by somebody else already.
    Taken,
}

impl Rule {
    /// The name used in sentences and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::Missing => "missing",
            Rule::TooLong(_) => "too-long",
            Rule::TooShort(_) => "too-short",
            Rule::Malformed => "malformed",
            Rule::Taken => "taken",
        }
    }

    /// The number in the rule, if it has one.
    #[must_use]
    pub fn limit(self) -> Option<usize> {
        match self {
            Rule::TooLong(limit) | Rule::TooShort(limit) => Some(limit),
            Rule::Missing | Rule::Malformed | Rule::Taken => None,
        }
    }
}

/// A field and the rule it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invalid {
    /// The field's name in the form.
    pub field: &'static str,
    /// What is wrong with it.
    pub rule: Rule,
}

/// The validator's form of a rule; [`rule_of`] turns it back.
pub(super) fn broken(rule: Rule) -> ValidationError {
    let mut error = ValidationError::new(rule.as_str());
    if let Some(limit) = rule.limit() {
        error.add_param("limit".into(), &limit);
    }
    error
}

/// The rule in the validator's form, of those that [`broken`] is given.
pub(super) fn rule_of(error: &ValidationError) -> Rule {
    let limit = error.params.get("limit").and_then(serde_json::Value::as_u64);
    match (error.code.as_ref(), limit.and_then(|n| usize::try_from(n).ok())) {
        ("missing", _) => Rule::Missing,
        ("too-long", Some(limit)) => Rule::TooLong(limit),
        _ => Rule::Malformed,
    }
}
