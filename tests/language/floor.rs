//! How much must be right on sentences of our own, so that a worse model is noticed.

use super::rows;
use codau::language::{Class, Language};

/// Shares that must be reached on `sentences.tsv`.
const CORRECT_ACCUSED_AT_MOST: f64 = 0.0;
const UNMARKED_FOUND: f64 = 0.98;
const PARTLY_CAUGHT: f64 = 0.93;
const SYLLABLES_RESTORED: f64 = 0.92;

#[test]
fn sentences_are_judged_at_least_this_well() {
    let language = Language::embedded();
    let rows = rows(include_str!("sentences.tsv"));
    assert!(rows.len() >= 200);
    let share = |of: &dyn Fn(Class) -> bool, found: &dyn Fn(Class) -> bool| {
        let these: Vec<_> = rows.iter().filter(|row| of(row.class)).collect();
        let hits = these.iter().filter(|row| found(language.assess(&row.text).class)).count();
        hits as f64 / these.len() as f64
    };
    let accused = share(&|c| !c.lacks_marks(), &Class::lacks_marks);
    let unmarked = share(&|c| c == Class::Unmarked, &|c| c == Class::Unmarked);
    let partly = share(&|c| c == Class::PartlyMarked, &Class::lacks_marks);
    assert!(accused <= CORRECT_ACCUSED_AT_MOST, "accused: {accused}");
    assert!(unmarked >= UNMARKED_FOUND, "unmarked found: {unmarked}");
    assert!(partly >= PARTLY_CAUGHT, "partly marked caught: {partly}");
}

#[test]
fn sentences_are_restored_at_least_this_well() {
    let language = Language::embedded();
    let (mut right, mut all) = (0, 0);
    for row in rows(include_str!("sentences.tsv")).iter().filter(|row| row.class == Class::Unmarked)
    {
        let restored = language.restore(&row.text).text;
        for (meant, got) in row.other.split(' ').zip(restored.split(' ')) {
            all += 1;
            right += u32::from(meant == got);
        }
    }
    let share = f64::from(right) / f64::from(all);
    assert!(share >= SYLLABLES_RESTORED, "{share} of {all} syllables");
}

#[test]
fn correct_sentences_are_left_alone() {
    let language = Language::embedded();
    let rows = rows(include_str!("sentences.tsv"));
    let changed: Vec<_> = rows
        .iter()
        .filter(|row| !row.class.lacks_marks())
        .filter(|row| language.restore(&row.text).text != row.text)
        .map(|row| (&row.text, language.restore(&row.text).text))
        .collect();
    assert!(changed.len() * 50 <= rows.len(), "{changed:#?}");
}
