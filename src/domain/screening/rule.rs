//! A rule as the newsroom writes it down.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use validator::ValidateEmail;

use super::RuleId;
use super::canon::spellings;
use crate::domain::{Invalid, Rule, clean_text};

/// What a rule looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// Words or phrases, in the text or the author's name.
    Words,
    /// More links than a number.
    Links,
    /// An author's whole name.
    Name,
    /// An e-mail address, or every one of a host's (`@host`).
    Email,
    /// A network address, or a network.
    Address,
}

impl RuleKind {
    /// Every kind, in the order the desk offers them.
    pub const ALL: [RuleKind; 5] =
        [RuleKind::Words, RuleKind::Links, RuleKind::Name, RuleKind::Email, RuleKind::Address];

    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            RuleKind::Words => "words",
            RuleKind::Links => "links",
            RuleKind::Name => "name",
            RuleKind::Email => "email",
            RuleKind::Address => "address",
        }
    }
}

impl FromStr for RuleKind {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        RuleKind::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or(())
    }
}

/// What a rule asks for. Nothing is rejected without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The comment waits in the lane of what is held by rule.
    Hold,
    /// The comment waits in the lane of suspected spam.
    Spam,
}

impl Effect {
    /// Both effects, in the order the desk offers them.
    pub const ALL: [Effect; 2] = [Effect::Hold, Effect::Spam];

    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Hold => "hold",
            Effect::Spam => "spam",
        }
    }
}

impl FromStr for Effect {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Effect::ALL.into_iter().find(|effect| effect.as_str() == name).ok_or(())
    }
}

/// A rule as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreeningRule {
    /// Its number.
    pub id: RuleId,
    /// What moderators read beside what it found.
    pub name: String,
    /// What it looks for.
    pub kind: RuleKind,
    /// What it asks for.
    pub effect: Effect,
    /// Words, names, addresses; of a limit of links, its number alone.
    pub entries: Vec<String>,
    /// Whether it is switched on.
    pub active: bool,
}

/// A rule that was written down and is acceptable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRule {
    /// Its name.
    pub name: String,
    /// What it looks for.
    pub kind: RuleKind,
    /// What it asks for.
    pub effect: Effect,
    /// Its entries.
    pub entries: Vec<String>,
    /// Whether it is switched on.
    pub active: bool,
}

/// Most characters of a rule's name.
const MAX_NAME: usize = 80;
/// Most entries of a rule.
pub const MAX_ENTRIES: usize = 5_000;
/// Most characters of an entry.
const MAX_ENTRY: usize = 200;
/// Most links that a limit may allow.
const MAX_LINKS: usize = 99;

/// Checks a rule as it was written down: its name and its entries, a line each.
///
/// # Errors
/// Every bad field with the rule it breaks, in the form's order.
pub fn check_rule(
    name: &str,
    kind: RuleKind,
    effect: Effect,
    entries: &str,
    active: bool,
) -> Result<NewRule, Vec<Invalid>> {
    let name = clean_text(name);
    let entries: Vec<String> = lines(entries);
    let mut invalid = Vec::new();
    let mut refuse = |field, rule| invalid.push(Invalid { field, rule });
    if name.is_empty() {
        refuse("name", Rule::Missing);
    } else if name.chars().count() > MAX_NAME {
        refuse("name", Rule::TooLong(MAX_NAME));
    }
    if entries.is_empty() {
        refuse("entries", Rule::Missing);
    } else if entries.len() > MAX_ENTRIES {
        refuse("entries", Rule::TooLong(MAX_ENTRIES));
    } else if !entries.iter().all(|entry| is_entry(kind, entry))
        || (kind == RuleKind::Links && entries.len() > 1)
    {
        refuse("entries", Rule::Malformed);
    }
    if invalid.is_empty() {
        Ok(NewRule { name, kind, effect, entries, active })
    } else {
        Err(invalid)
    }
}

/// The lines with something in them, each once.
fn lines(text: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in clean_text(text).lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !entries.iter().any(|known| known == line) {
            entries.push(line.to_owned());
        }
    }
    entries
}

fn is_entry(kind: RuleKind, entry: &str) -> bool {
    entry.chars().count() <= MAX_ENTRY
        && match kind {
            RuleKind::Words => !spellings(quoted(entry).0).is_empty(),
            RuleKind::Links => entry.parse::<usize>().is_ok_and(|most| most <= MAX_LINKS),
            RuleKind::Name => !crate::language::fold(entry).is_empty(),
            RuleKind::Email => match entry.strip_prefix('@') {
                Some(host) => format!("x@{host}").validate_email(),
                None => entry.validate_email(),
            },
            RuleKind::Address => network(entry).is_some(),
        }
}

/// An entry without its quotation marks, and whether it had any: then it means its letters with
/// just the marks they have, though they have none.
pub(super) fn quoted(entry: &str) -> (&str, bool) {
    let inside = [('"', '"'), ('“', '”'), ('«', '»')].into_iter().find_map(|(open, close)| {
        entry.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
    });
    (inside.unwrap_or(entry), inside.is_some())
}

/// A network, or the network of one address alone.
pub(super) fn network(entry: &str) -> Option<IpNet> {
    entry.parse().ok().or_else(|| entry.parse::<IpAddr>().ok().map(IpNet::from))
}
