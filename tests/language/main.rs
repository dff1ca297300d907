//! The language library against data: cases with a reason each, sentences with an accuracy floor, properties.

#![expect(clippy::unwrap_used, reason = "a broken table must stop the tests")]

mod cases;
mod commands;
mod floor;
mod properties;
mod training;

use codau::language::Class;

/// A line of one of the tables beside this file: class, text, a second text, and what follows.
struct Row {
    number: usize,
    class: Class,
    text: String,
    other: String,
    rest: String,
}

/// Reads a table: a heading, then lines of columns between tabs. `\u{200B}` stands for a character that would
/// not be seen.
fn rows(table: &str) -> Vec<Row> {
    let row = |(number, line): (usize, &str)| {
        let columns: Vec<&str> = line.split('\t').collect();
        Row {
            number: number + 1,
            class: columns[0].parse().unwrap(),
            text: unescape(columns[1]),
            other: unescape(columns[2]),
            rest: columns.get(3).map_or(String::new(), |c| (*c).to_owned()),
        }
    };
    table.lines().enumerate().skip(1).map(row).collect()
}

fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        out.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        out.push_str(rest);
    }
    out
}
