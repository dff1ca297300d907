//! Why a comment is not published: the newsroom's own list, each with a sentence for the reader.

use std::str::FromStr;

use super::{Invalid, Rule, clean_text};
use crate::language;

/// The short name a reason is kept under, whatever it is called: lower-case letters, digits and
/// hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReasonKey(String);

/// Why a comment is not published, or is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its key; stays.
    pub key: ReasonKey,
    /// What the desk calls it.
    pub label: String,
    /// What the reader's receipt says.
    pub sentence: String,
    /// Whether it is offered; decisions that gave it keep it.
    pub active: bool,
}

/// Most characters of a key.
const MAX_KEY: usize = 60;
/// Most characters of what the desk calls a reason: a line of a short list.
const MAX_LABEL: usize = 60;
/// Most characters of a sentence for the reader.
const MAX_SENTENCE: usize = 300;

impl ReasonKey {
    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a moderator who gives it must say more in the note.
    #[must_use]
    pub fn needs_note(&self) -> bool {
        self.0 == "other"
    }

    /// A key for a new reason with this label, unlike those that are taken.
    #[must_use]
    pub fn of_label(label: &str, taken: &[Reason]) -> ReasonKey {
        let folded = language::fold(label);
        let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        let mut stem = words.collect::<Vec<_>>().join("-");
        stem.truncate(MAX_KEY - 4);
        if stem.is_empty() {
            "reason".clone_into(&mut stem);
        }
        let is_free = |key: &ReasonKey| taken.iter().all(|reason| reason.key != *key);
        let numbered = (2..).map(|n: usize| ReasonKey(format!("{stem}-{n}")));
        let mut keys = std::iter::once(ReasonKey(stem.clone())).chain(numbered);
        keys.find(is_free).unwrap_or(ReasonKey(stem))
    }
}

impl FromStr for ReasonKey {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let is_key = (1..=MAX_KEY).contains(&name.len()) && name.chars().all(fits);
        if is_key { Ok(ReasonKey(name.to_owned())) } else { Err(()) }
    }
}

/// Checks what an admin calls a reason and says to readers; `others` are the reasons beside it.
///
/// # Errors
/// The fields that are not acceptable, each with the rule it breaks.
pub fn check_reason(
    label: &str,
    sentence: &str,
    others: &[&Reason],
) -> Result<(String, String), Vec<Invalid>> {
    let (label, sentence) = (clean_text(label), clean_text(sentence));
    let mut invalid = Vec::new();
    let mut add = |found: bool, field, rule| {
        if found {
            invalid.push(Invalid { field, rule });
        }
    };
    let same = |other: &&Reason| language::fold(&other.label) == language::fold(&label);
    add(label.is_empty(), "label", Rule::Missing);
    add(label.chars().count() > MAX_LABEL, "label", Rule::TooLong(MAX_LABEL));
    add(others.iter().any(same), "label", Rule::Taken);
    add(sentence.is_empty(), "sentence", Rule::Missing);
    add(sentence.chars().count() > MAX_SENTENCE, "sentence", Rule::TooLong(MAX_SENTENCE));
    if invalid.is_empty() { Ok((label, sentence)) } else { Err(invalid) }
}

/// The order that moves the reason `key` a place up or down among those that are offered; those
/// that are not stand behind them. Nothing if it stands at that end already.
#[must_use]
pub fn moved(reasons: &[Reason], key: &ReasonKey, up: bool) -> Option<Vec<ReasonKey>> {
    let (active, idle): (Vec<_>, Vec<_>) = reasons.iter().partition(|reason| reason.active);
    let mut order: Vec<_> = active.into_iter().map(|reason| reason.key.clone()).collect();
    let at = order.iter().position(|one| one == key)?;
    let other = if up { at.checked_sub(1)? } else { at + 1 };
    if other >= order.len() {
        return None;
    }
    order.swap(at, other);
    order.extend(idle.into_iter().map(|reason| reason.key.clone()));
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(label: &str, active: bool) -> Reason {
        let key = ReasonKey::of_label(label, &[]);
        Reason { key, label: label.into(), sentence: "Vì vậy.".into(), active }
    }

    #[test]
    fn a_new_reasons_key_is_its_label_without_marks_and_unlike_the_others() {
        let taken = [reason("Kích động bạo lực", true)];
        assert_eq!(taken[0].key.as_str(), "kich-dong-bao-luc");
        let next = ReasonKey::of_label("Kích động, bạo lực!", &taken);
        assert_eq!(next.as_str(), "kich-dong-bao-luc-2");
        assert_eq!(ReasonKey::of_label("🙂", &[]).as_str(), "reason");
        for label in ["Đường dài", &"rất dài ".repeat(20), "🙂"] {
            let key = ReasonKey::of_label(label, &[]);
            assert_eq!(key.as_str().parse(), Ok(key.clone()), "{label}");
        }
        assert_eq!("thời tiết".parse::<ReasonKey>(), Err(()));
    }

    #[test]
    fn a_reason_has_a_label_of_its_own_and_a_sentence() {
        let other = reason("Lạc đề", true);
        let found = check_reason(" ", "", &[&other]).unwrap_err();
        let missing = |field| Invalid { field, rule: Rule::Missing };
        assert_eq!(found, [missing("label"), missing("sentence")]);
        let found = check_reason("lạc  ĐỀ", &"a".repeat(301), &[&other]).unwrap_err();
        let taken = Invalid { field: "label", rule: Rule::Taken };
        let long = Invalid { field: "sentence", rule: Rule::TooLong(300) };
        assert_eq!(found, [taken, long]);
        let fine = check_reason(" Lạc đề quá ", "Xa bài.", &[&other]);
        assert_eq!(fine, Ok(("Lạc đề quá".into(), "Xa bài.".into())));
    }

    #[test]
    fn a_reason_moves_among_those_that_are_offered() {
        let reasons = [reason("a", true), reason("b", false), reason("c", true), reason("d", true)];
        let order = |key: &str, up| {
            let order = moved(&reasons, &key.parse().unwrap(), up)?;
            Some(order.iter().map(ReasonKey::as_str).collect::<Vec<_>>().concat())
        };
        assert_eq!(order("c", true).as_deref(), Some("cadb"));
        assert_eq!(order("c", false).as_deref(), Some("adcb"));
        for (key, up) in [("a", true), ("d", false), ("b", true), ("x", true)] {
            assert_eq!(order(key, up), None, "{key}");
        }
    }
}
