//! How long a comment of 100 characters takes, beside whatlang on the same text.
//!
//! `cargo bench --bench language`. Limits, on one core: assess 20 µs, restore 150 µs.

use codau::language::{Language, fold};
use divan::{Bencher, black_box};

/// Comments of 100 characters, as they come: marked, bare, half bare, English.
const COMMENTS: [(&str, &str); 4] = [
    (
        "marked",
        "Con đường này sửa mãi không xong, mưa xuống thì lầy lội, nắng lên thì bụi mù, bà con ở đây khổ lắm ạ",
    ),
    (
        "unmarked",
        "Con duong nay sua mai khong xong, mua xuong thi lay loi, nang len thi bui mu, ba con o day kho lam a",
    ),
    (
        "partly_marked",
        "Con đường này sửa mãi không xong, mưa xuống thì lầy lội, nang len thi bui mu, ba con o day kho lam a",
    ),
    (
        "foreign",
        "They keep repairing this road and never finish it, when it rains everything is mud, we all suffer it",
    ),
];

fn main() {
    let _ = Language::embedded(); // reading the model is not what is measured
    divan::main();
}

fn comment(name: &str) -> &'static str {
    COMMENTS.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text)
}

/// Limit: 20 µs.
#[divan::bench(args = ["marked", "unmarked", "partly_marked", "foreign"])]
fn assess(bencher: Bencher<'_, '_>, name: &str) {
    let text = comment(name);
    bencher.bench(|| Language::embedded().assess(black_box(text)));
}

/// Limit: 150 µs.
#[divan::bench(args = ["marked", "unmarked", "partly_marked", "foreign"])]
fn restore(bencher: Bencher<'_, '_>, name: &str) {
    let text = comment(name);
    bencher.bench(|| Language::embedded().restore(black_box(text)));
}

#[divan::bench(args = ["marked", "unmarked", "partly_marked", "foreign"])]
fn whatlang(bencher: Bencher<'_, '_>, name: &str) {
    let text = comment(name);
    bencher.bench(|| ::whatlang::detect(black_box(text)));
}

/// Marked, bare and half bare comments of about 100 characters, a different one each time, so that less of the
/// model is still near. Limits: assess 20 µs, restore 150 µs.
#[divan::bench(args = ["assess", "restore", "whatlang"], sample_count = 3000)]
fn in_turn(bencher: Bencher<'_, '_>, what: &str) {
    let texts: Vec<&str> = include_str!("../language/sentences.tsv")
        .lines()
        .filter(|line| line.contains("marked\t"))
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    let comments: Vec<String> = texts.chunks(2).map(|pair| pair.join(" ")).collect();
    let mut next = comments.iter().cycle();
    bencher
        .with_inputs(move || next.next().map_or("", String::as_str).to_owned())
        .bench_local_refs(|text| match what {
            "assess" => black_box(Language::embedded().assess(text).missing_share),
            "restore" => black_box(Language::embedded().restore(text).text.len() as f32),
            _ => black_box(::whatlang::detect(text).map_or(0.0, |found| found.confidence() as f32)),
        });
}

#[divan::bench]
fn fold_for_search(bencher: Bencher<'_, '_>) {
    let text = comment("marked");
    bencher.bench(|| fold(black_box(text)));
}
