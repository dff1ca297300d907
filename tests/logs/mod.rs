//! The look at the log of each service that a test starts: nothing that people wrote is in it.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

/// What people wrote or are known by, wherever a database keeps it; of very many, some.
pub(crate) const WRITTEN: [&str; 6] = [
    "select name, email, body, published_body from comment limit 10000",
    "select body from revision limit 10000",
    "select address, user_agent from origin_trace limit 10000",
    "select message, note, body_before, body_after from decision limit 10000",
    "select note from bulk limit 10000",
    "select name, query from saved_view limit 10000",
];

/// Shorter texts stand in a log by chance.
const TELLING: usize = 8;
/// As much of a text's beginning is looked for.
const BEGINNING: usize = 32;
/// Where every test's requests come from, and every test's service is.
const HERE: &str = "127.0.0.1";

/// Which of the texts are in a log.
pub(crate) fn told(texts: impl IntoIterator<Item = String>, log: &[u8]) -> Vec<String> {
    let telling = |text: &String| text.chars().count() >= TELLING && text != HERE;
    let beginning = |text: String| text.chars().take(BEGINNING).collect();
    let texts: BTreeSet<String> = texts.into_iter().filter(telling).map(beginning).collect();
    let texts: Vec<_> = texts.into_iter().collect();
    let all = AhoCorasick::new(&texts).expect("texts to look for");
    let found: BTreeSet<_> = all.find_iter(log).map(|at| at.pattern()).collect();
    found.into_iter().map(|pattern| texts[pattern].clone()).collect()
}
