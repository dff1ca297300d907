//! The fuzzers' targets, tried on their seeds, on these with some of it changed, and on bytes of
//! chance. `CODAU_FUZZ_CASES=N` tries each on more.

#![allow(clippy::expect_used, clippy::panic, reason = "a target fails by it")]

mod targets;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use targets::{TARGETS, Target};

/// What a target's fuzzer begins with: a line each.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(name);
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("its seeds").map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{name} has no seeds");
    files.into_iter().map(|file| fs::read(file).expect("a seed")).collect()
}

/// A seed with a piece of it taken out and others put in.
fn changed(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..8),
        any::<String>().prop_map(String::into_bytes),
        prop::sample::select(vec![
            "%00",
            "%0d%0a",
            "\0",
            "\r\n",
            "&",
            "=",
            ";",
            ",",
            "//",
            "..",
            "%",
            "\"",
            "'",
            "[::1]",
            "{",
            "[",
            "9223372036854775808",
            "-1",
            "\u{301}",
            "\u{202e}",
            "ế",
            "--x--",
            "--x\r\n",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    let change = (any::<prop::sample::Index>(), 0..6_usize, piece);
    let changes = prop::collection::vec(change, 0..5);
    (prop::sample::select(seeds), changes).prop_map(|(mut seed, changes)| {
        for (at, out, piece) in changes {
            let at = at.index(seed.len() + 1);
            let end = (at + out).min(seed.len());
            seed.splice(at..end, piece);
        }
        seed
    })
}

#[track_caller]
fn try_out(name: &str) {
    let (_, target): (_, Target) =
        *TARGETS.iter().find(|(known, _)| *known == name).expect("a target");
    let seeds = seeds(name);
    seeds.iter().for_each(|seed| target(seed));
    let cases = std::env::var_os("CODAU_FUZZ_CASES").and_then(|n| n.to_str()?.parse().ok());
    let cases = cases.unwrap_or(300);
    let bytes = prop_oneof![4 => changed(seeds), 1 => prop::collection::vec(any::<u8>(), 0..200)];
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let tried = TestRunner::new(config).run(&bytes, |bytes| {
        target(&bytes);
        Ok(())
    });
    tried.unwrap_or_else(|failed| panic!("{failed}"));
}

#[test]
fn any_bytes_as_a_text_are_assessed_and_restored() {
    try_out("language");
}

#[test]
fn any_bytes_as_a_form_are_answered() {
    try_out("form");
}

#[test]
fn no_bytes_as_a_cookie_let_anybody_in() {
    try_out("cookie");
}

#[test]
fn any_bytes_as_an_address_lead_nowhere_else() {
    try_out("address");
}

#[test]
fn no_bytes_in_forwarding_headers_count_from_a_stranger() {
    try_out("forwarded");
}

#[test]
fn every_target_has_a_fuzzer() {
    let manifest = include_str!("Cargo.toml");
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
