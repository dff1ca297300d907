//! The newsroom's own rules: word lists, a limit of links, blocks. They hold a comment or call it
//! suspected spam, and say why; a person decides.

mod canon;
mod rule;

use std::collections::HashMap;
use std::net::IpAddr;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use ipnet::IpNet;

use self::canon::{Marks, Reading, spellings};
pub use self::rule::{Effect, MAX_ENTRIES, NewRule, RuleKind, ScreeningRule, check_rule};
use crate::language::{fold, links};

/// A rule's number, never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub i64);

/// What of a submission a rule objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Bytes of the text as sent.
    Body(Range<usize>),
    /// The author's name.
    Name,
    /// The author's e-mail address.
    Email,
    /// The network address it came from.
    Address,
}

/// A rule that applies, and to what. It outlives the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The rule.
    pub rule: RuleId,
    /// The rule's name then.
    pub name: String,
    /// What it asked for then.
    pub effect: Effect,
    /// What it objects to.
    pub place: Place,
    /// The entry of its list; nothing for a network, which is forgotten sooner than this.
    pub entry: String,
}

/// What rules look at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// The text.
    pub body: &'a str,
    /// The author's name.
    pub name: &'a str,
    /// The author's e-mail address, or nothing.
    pub email: &'a str,
    /// The network address, or nothing.
    pub address: &'a str,
}

/// Matches on one text at most: past them nothing more is learnt.
const MOST: usize = 50;

/// Whose entry a spelling is, and the marks it must have, if they count.
struct Entry {
    rule: usize,
    text: String,
    marks: Option<Marks>,
}

/// The rules that are switched on, made ready: a text is read once, whatever their number.
#[derive(Default)]
pub struct Screening {
    rules: Vec<(RuleId, String, Effect)>,
    /// All spellings of all words; none if there are none.
    words: Option<AhoCorasick>,
    /// The entries of each spelling.
    entries: Vec<Vec<Entry>>,
    /// The most links that each rule allows.
    links: Vec<(usize, usize)>,
    names: HashMap<String, Vec<(usize, String)>>,
    /// Whole addresses, and `@host` for all of a host's.
    emails: HashMap<String, Vec<usize>>,
    networks: Vec<(usize, IpNet)>,
}

impl Screening {
    /// Makes rules ready.
    #[must_use]
    pub fn new(rules: &[ScreeningRule]) -> Screening {
        let mut screening = Screening::default();
        let mut known = HashMap::<Vec<u8>, usize>::new();
        let mut patterns: Vec<Vec<u8>> = Vec::new();
        for rule in rules.iter().filter(|rule| rule.active) {
            let index = screening.rules.len();
            screening.rules.push((rule.id, rule.name.clone(), rule.effect));
            for entry in &rule.entries {
                match rule.kind {
                    RuleKind::Words => screening.add_word(index, entry, &mut known, &mut patterns),
                    RuleKind::Links => screening.links.extend(entry.parse().map(|n| (index, n))),
                    RuleKind::Name => {
                        let names = screening.names.entry(fold(entry)).or_default();
                        names.push((index, entry.clone()));
                    }
                    RuleKind::Email => {
                        screening.emails.entry(entry.to_lowercase()).or_default().push(index);
                    }
                    RuleKind::Address => {
                        screening.networks.extend(rule::network(entry).map(|net| (index, net)));
                    }
                }
            }
        }
        if !patterns.is_empty() {
            // It fails only beyond 2³¹ states; the entries are far fewer.
            screening.words = AhoCorasick::new(&patterns).ok();
        }
        screening
    }

    fn add_word(
        &mut self,
        rule: usize,
        line: &str,
        known: &mut HashMap<Vec<u8>, usize>,
        patterns: &mut Vec<Vec<u8>>,
    ) {
        let (text, exactly) = rule::quoted(line);
        let spellings = spellings(text);
        let marks_count =
            exactly || spellings.first().is_some_and(|(_, marks): &(_, Marks)| marks.are_any());
        for (spelling, marks) in spellings {
            let at = *known.entry(spelling).or_insert_with_key(|spelling| {
                patterns.push(spelling.clone());
                self.entries.push(Vec::new());
                patterns.len() - 1
            });
            let marks = Some(marks).filter(|_| marks_count);
            self.entries[at].push(Entry { rule, text: line.to_owned(), marks });
        }
    }

    /// Every rule that applies, in the order of the text.
    #[must_use]
    pub fn matches(&self, subject: &Subject<'_>) -> Vec<Match> {
        let mut found = Vec::new();
        self.find_words(subject.body, &mut found, Place::Body);
        self.find_words(subject.name, &mut found, |_| Place::Name);
        self.find_links(subject.body, &mut found);
        for (rule, entry) in self.names.get(&fold(subject.name)).into_iter().flatten() {
            found.push(self.found(*rule, Place::Name, entry));
        }
        let email = subject.email.to_lowercase();
        let host = email.rfind('@').map_or("", |at| &email[at..]);
        for key in [email.as_str(), host] {
            for rule in self.emails.get(key).into_iter().flatten() {
                found.push(self.found(*rule, Place::Email, key));
            }
        }
        if let Ok(address) = subject.address.parse::<IpAddr>() {
            for (rule, _) in self.networks.iter().filter(|(_, net)| net.contains(&address)) {
                found.push(self.found(*rule, Place::Address, ""));
            }
        }
        found.sort_by_key(|found| match &found.place {
            Place::Body(bytes) => (0, bytes.start, bytes.end),
            Place::Name => (1, 0, 0),
            Place::Email => (2, 0, 0),
            Place::Address => (3, 0, 0),
        });
        found.truncate(MOST);
        found
    }

    fn found(&self, rule: usize, place: Place, entry: &str) -> Match {
        let (id, name, effect) = &self.rules[rule];
        Match { rule: *id, name: name.clone(), effect: *effect, place, entry: entry.to_owned() }
    }

    fn find_words(
        &self,
        text: &str,
        found: &mut Vec<Match>,
        place: impl Fn(Range<usize>) -> Place,
    ) {
        let Some(words) = &self.words else {
            return;
        };
        let reading = Reading::of(text);
        for hit in words.find_overlapping_iter(&reading.bytes) {
            for entry in &self.entries[hit.pattern().as_usize()] {
                let fits = |marks: &Marks| *marks == reading.marks(hit.range());
                if !entry.marks.as_ref().is_none_or(fits) {
                    continue;
                }
                let new = self.found(entry.rule, place(reading.span(hit.range())), &entry.text);
                // Read in two ways, it is found twice.
                if !found.contains(&new) {
                    found.push(new);
                }
                if found.len() >= MOST {
                    return;
                }
            }
        }
    }

    fn find_links(&self, text: &str, found: &mut Vec<Match>) {
        if self.links.is_empty() {
            return;
        }
        let links = links(text);
        for (rule, most) in self.links.iter().filter(|(_, most)| links.len() > *most) {
            let entry = most.to_string();
            let places = links.iter().cloned().map(Place::Body);
            found.extend(places.map(|place| self.found(*rule, place, &entry)));
        }
    }
}

#[cfg(test)]
mod tests;
