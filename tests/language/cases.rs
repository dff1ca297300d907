//! Cases as data: `cases.tsv` says of each text what it is, what it becomes (`=` itself, `-` not said), and why.

use super::{Row, rows};
use codau::language::Language;

#[test]
fn every_case_is_what_its_row_says() {
    let language = Language::embedded();
    let wrong: Vec<String> = rows(include_str!("cases.tsv"))
        .iter()
        .filter_map(|Row { number, class, text, other, rest }| {
            let found = language.assess(text).class;
            let restored = language.restore(text).text;
            let meant = match other.as_str() {
                "=" => text.as_str(),
                "-" => restored.as_str(),
                meant => meant,
            };
            let complaint =
                format!("line {number}: {text:?} is {found}, becomes {restored:?} ({rest})");
            (found != *class || restored != meant).then_some(complaint)
        })
        .collect();
    assert!(wrong.is_empty(), "{} cases are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn there_are_enough_cases_and_each_says_why() {
    let rows = rows(include_str!("cases.tsv"));
    assert!(rows.len() >= 300);
    assert!(rows.iter().all(|row| !row.rest.is_empty()));
}
