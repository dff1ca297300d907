//! What rules find and what they leave alone.

use super::*;
use crate::domain::Rule;

fn rule(kind: RuleKind, entries: &str) -> ScreeningRule {
    let new = check_rule("Quy tắc", kind, Effect::Hold, entries, true).unwrap();
    ScreeningRule {
        id: RuleId(1),
        name: new.name,
        kind,
        effect: new.effect,
        entries: new.entries,
        active: true,
    }
}

/// What of a text the words of a list find.
fn found(list: &str, text: &str) -> Vec<String> {
    let screening = Screening::new(&[rule(RuleKind::Words, list)]);
    let matches = screening.matches(&Subject { body: text, ..Subject::default() });
    let piece = |found: &Match| match &found.place {
        Place::Body(bytes) => text[bytes.clone()].to_owned(),
        other => panic!("{other:?}"),
    };
    matches.iter().map(piece).collect()
}

#[test]
fn a_word_is_found_however_it_hides_and_where_it_stands() {
    for (entry, text, expected) in [
        ("đồ ngu", "Đúng là ĐỒ NGU thật", "ĐỒ NGU"),
        ("đồ ngu", "Đúng là đồ nguuuu!", "đồ nguuuu"),
        ("đồ ngu", "Đúng là đ.ồ n-g-u thật", "đ.ồ n-g-u"),
        ("đồ ngu", "Đúng là đ ồ n g u thật", "đ ồ n g u"),
        ("đồ ngu", "đ ồ n g u q u á", "đ ồ n g u"),
        ("đồ ngu", "Đúng là đồngu.", "đồngu"),
        ("đồ ngu", "Đúng là đ\u{200B}ồ n\u{AD}gu", "đ\u{200B}ồ n\u{AD}gu"),
        ("đồ ngu", "Đúng là đo\u{302}\u{300} ngu", "đo\u{302}\u{300} ngu"),
        ("phò", "bọn fò này", "fò"),
        ("con quỷ", "kon wỷ", "kon wỷ"),
        ("viagra", "bán v1@gr4 giá rẻ", "v1@gr4"),
        ("viagra", "bán ｖіagrа giá rẻ", "ｖіagrа"),
        ("hòa", "bài hoà này", "hoà"),
        ("xoilac.tv", "vào xoilac . tv", "xoilac . tv"),
        ("188bet", "vào 188BET ngay", "188BET"),
    ] {
        assert_eq!(found(entry, text), [expected], "{entry} in {text}");
    }
}

#[test]
fn whole_syllables_are_found_and_no_pieces_of_them() {
    for (entry, text) in [
        ("ngu", "Nguyễn Văn Ngung đi ngủ"),
        ("ngu", "nguyen"),
        ("địt", "đít địtt0n"),
        ("đồ ngu", "đồ. Ngủ đi, đồng ngu"),
        ("188bet", "188 bet1"),
        ("an", "a n"),
    ] {
        let entry = format!("\"{entry}\"");
        assert_eq!(found(&entry, text), Vec::<String>::new(), "{entry} in {text}");
    }
}

#[test]
fn marks_count_as_the_entry_says() {
    // With marks: just these.
    assert_eq!(found("cặc", "các cạc cac cặc"), ["cặc"]);
    // Without: any, unless it is quoted.
    assert_eq!(found("cac", "các cạc cac cặc").len(), 4);
    assert_eq!(found("\"cac\"", "các cạc cac cặc"), ["cac"]);
}

#[test]
fn two_lists_may_have_one_word_and_a_rule_that_is_off_finds_nothing() {
    let second = ScreeningRule { id: RuleId(2), ..rule(RuleKind::Words, "ngu") };
    let off = ScreeningRule { id: RuleId(3), active: false, ..second.clone() };
    let screening = Screening::new(&[rule(RuleKind::Words, "ngu\nđồ ngu"), second, off]);
    let found = screening.matches(&Subject { body: "đồ ngu", ..Subject::default() });
    let found: Vec<_> = found.iter().map(|found| (found.rule.0, found.entry.as_str())).collect();
    assert_eq!(found, [(1, "đồ ngu"), (1, "ngu"), (2, "ngu")]);
}

#[test]
fn links_are_found_only_beyond_the_limit() {
    let screening = Screening::new(&[rule(RuleKind::Links, "1")]);
    let places = |body| {
        let found = screening.matches(&Subject { body, ..Subject::default() });
        found.into_iter().map(|found| found.place).collect::<Vec<_>>()
    };
    assert_eq!(places("xem https://a.example/b"), []);
    let two = places("xem a.vn, b.com.");
    assert_eq!(two, [Place::Body(4..8), Place::Body(10..15)]);
}

#[test]
fn names_addresses_and_networks_are_blocked_whole() {
    let screening = Screening::new(&[
        rule(RuleKind::Name, "Trần Văn Quảng"),
        ScreeningRule { id: RuleId(2), ..rule(RuleKind::Email, "An@x.example\n@y.example") },
        ScreeningRule { id: RuleId(3), ..rule(RuleKind::Address, "192.0.2.0/24\n2001:db8::1") },
    ]);
    let rules = |name, email, address| {
        let found = screening.matches(&Subject { body: "", name, email, address });
        found.into_iter().map(|found| found.rule.0).collect::<Vec<_>>()
    };
    assert_eq!(rules("TRAN VAN QUANG", "an@X.example", "192.0.2.7"), [1, 2, 3]);
    assert_eq!(rules("Trần Văn Quảng An", "b@y.example", "2001:db8::1"), [2, 3]);
    assert_eq!(rules("Văn Quảng", "an@x.example.org", "192.0.3.7"), Vec::<i64>::new());
}

#[test]
fn a_hostile_text_is_read_in_one_go() {
    let list: Vec<_> = (1..60).map(|n| "a ".repeat(n)).collect();
    let screening = Screening::new(&[rule(RuleKind::Words, &list.join("\n"))]);
    for text in ["a ", "a.", "a", "đ ồ ", "1a", "\u{301}"] {
        let body = text.repeat(20_000);
        let found = screening.matches(&Subject { body: &body, ..Subject::default() });
        assert!(found.len() <= MOST);
        for found in found {
            let Place::Body(bytes) = found.place else { panic!("{found:?}") };
            assert!(body.get(bytes).is_some());
        }
    }
}

#[test]
fn what_is_no_entry_of_its_kind_is_refused() {
    for (kind, entries, rule) in [
        (RuleKind::Words, "", Rule::Missing),
        (RuleKind::Words, "ngu\n…", Rule::Malformed),
        (RuleKind::Links, "hai", Rule::Malformed),
        (RuleKind::Links, "1\n2", Rule::Malformed),
        (RuleKind::Email, "an", Rule::Malformed),
        (RuleKind::Address, "192.0.2", Rule::Malformed),
    ] {
        let refused = check_rule("A", kind, Effect::Hold, entries, true).unwrap_err();
        let found: Vec<_> = refused.iter().map(|bad| (bad.field, bad.rule)).collect();
        assert_eq!(found, [("entries", rule)], "{entries}");
    }
    let nameless = check_rule(" ", RuleKind::Links, Effect::Spam, "3", true).unwrap_err();
    assert_eq!(nameless, [crate::domain::Invalid { field: "name", rule: Rule::Missing }]);
}
