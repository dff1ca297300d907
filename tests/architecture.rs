//! The shape of the sources: the layer rule, who owns which library, and that every sentence of
//! the interface is there in both languages. Reads the files; needs no tool.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The layers of src/, each naming only those before it.
const LAYERS: [&str; 11] = [
    "language",
    "domain",
    "config",
    "store",
    "moderation",
    "accounts",
    "cleanup",
    "exchange",
    "logs",
    "web",
    "server",
];

/// Every file below a folder, with its path from the repository's root and its text.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut folders, mut found) = (vec![root.join(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no {extension} in {folder}");
    found.sort();
    found
}

/// The lines that are code, without comments and without the unit tests at a file's end.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let before_tests = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let lines = before_tests.lines().enumerate();
    lines
        .map(|(n, line)| (n + 1, line.split("// ").next().unwrap_or(line)))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The part of src/ that a file belongs to: `web` for src/web/… and for src/web.rs.
fn part(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap();
    inside.split(['/', '.']).next().unwrap()
}

/// What follows each occurrence of `start` in a text.
fn after<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(start).map(move |(at, _)| &text[at + start.len()..])
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Asserts that nothing was found, and lists what was.
#[track_caller]
fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_module_names_only_layers_before_its_own() {
    let mut found = Vec::new();
    for (path, text) in files("src", "rs") {
        let own = LAYERS.iter().position(|layer| *layer == part(&path));
        let above = |named: &str| match (own, LAYERS.iter().position(|layer| *layer == named)) {
            (Some(own), Some(named)) => named > own,
            // Commands and main stand above all layers and are named by none of them.
            (Some(_), None) => named == "commands",
            (None, _) => false,
        };
        // Whole texts, tests and comments left aside: `use crate::{a, b}` may span lines.
        let code: Vec<_> = code(&text).map(|(_, line)| line).collect();
        let code = code.join("\n");
        for rest in after(&code, "crate::") {
            let names = match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap().split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            let bad = names.iter().map(|name| word(name)).find(|name| above(name));
            found.extend(bad.map(|name| format!("{path} names crate::{name}")));
        }
    }
    none(&found);
}

#[test]
fn language_names_nothing_of_the_crate_outside_itself() {
    let mut found = Vec::new();
    for (path, text) in files("src/language", "rs") {
        for (line, code) in code(&text) {
            let outside = after(code, "crate::").any(|rest| word(rest) != "language");
            let touches = ["std::fs", "std::io", "std::env", "std::net", "std::time", "tokio"];
            if outside || touches.iter().any(|name| code.contains(name)) {
                found.push(format!("{path}:{line} {code}"));
            }
        }
    }
    none(&found);
}

#[test]
fn each_library_has_its_owner() {
    let owners: [(&str, &[&str]); 9] = [
        ("rusqlite", &["src/store/sqlite"]),
        ("tokio_postgres", &["src/store/postgres"]),
        ("refinery", &["src/store/"]),
        ("actix_web", &["src/web/", "src/server.rs", "src/logs.rs", "src/commands/serve.rs"]),
        ("askama", &["src/web/"]),
        ("fluent_templates", &["src/web/locale.rs"]),
        ("whatlang", &["src/language/"]),
        ("argon2", &["src/accounts.rs"]),
        ("env::var", &["src/config.rs", "src/main.rs"]),
    ];
    let mut found = Vec::new();
    for (path, text) in files("src", "rs") {
        for (library, owners) in owners {
            let owned = owners.iter().any(|owner| path.starts_with(owner));
            let names = code(&text).filter(|(_, line)| {
                !owned
                    && after(line, library).any(|rest| {
                        rest.starts_with("::")
                            || rest.starts_with('(')
                            || rest.starts_with("s(")
                            || rest.starts_with(';')
                    })
            });
            found.extend(names.map(|(line, code)| format!("{path}:{line} {}", code.trim())));
        }
    }
    none(&found);
}

#[test]
fn only_the_server_reads_the_clock() {
    let mut found = Vec::new();
    for (path, text) in files("src", "rs") {
        let reads = ["Timestamp::now", "Zoned::now", "SystemTime::now"];
        for (line, code) in code(&text) {
            if path != "src/server.rs" && reads.iter().any(|read| code.contains(read)) {
                found.push(format!("{path}:{line} {code}"));
            }
        }
    }
    none(&found);
}

#[test]
fn domain_and_language_are_not_serialised() {
    let mut found = Vec::new();
    for folder in ["src/domain", "src/language"] {
        for (path, text) in files(folder, "rs") {
            let derives = code(&text).filter(|(_, line)| {
                line.contains("Serialize")
                    || line.contains("Deserialize")
                    || line.contains("serde::")
            });
            found.extend(derives.map(|(line, code)| format!("{path}:{line} {code}")));
        }
    }
    none(&found);
}

#[test]
fn every_file_says_what_it_is_and_can_be_read_at_a_sitting() {
    let mut found = Vec::new();
    for (path, text) in [files("src", "rs"), files("tests", "rs")].concat() {
        // The unit tests below the code are another sitting.
        let code = text.split("#[cfg(test)]\nmod tests").next();
        let lines = code.unwrap_or_default().lines().count();
        if !text.starts_with("//!") {
            found.push(format!("{path} does not begin with //!"));
        }
        if lines > 400 {
            found.push(format!("{path} has {lines} lines"));
        }
    }
    none(&found);
}

#[test]
fn no_test_waits_for_a_time_instead_of_a_condition() {
    let mut found = Vec::new();
    let call = concat!("sleep", "(");
    for (path, text) in files("tests", "rs") {
        let sleeps = text.lines().enumerate().filter(|(_, line)| line.contains(call));
        found.extend(sleeps.map(|(n, line)| format!("{path}:{} {line}", n + 1)));
    }
    none(&found);
}

#[test]
fn migrations_are_numbered_without_gaps_and_alike_for_every_database() {
    let mut of_database = BTreeMap::<String, BTreeSet<String>>::new();
    for (path, _) in files("migrations", "sql") {
        let parts: Vec<_> = path.split('/').collect();
        let [_, database, name] = parts[..] else {
            panic!("{path} lies too deep");
        };
        of_database.entry(database.to_owned()).or_default().insert(name.to_owned());
    }
    let first = of_database.values().next().unwrap();
    for (database, names) in &of_database {
        assert_eq!(names, first, "{database}");
    }
    for (n, name) in first.iter().enumerate() {
        assert!(name.starts_with(&format!("V{:04}__", n + 1)), "{name}");
    }
}

#[test]
fn only_the_demo_page_includes_html_as_it_is() {
    let mut found = Vec::new();
    for (path, text) in files("src/web/templates", "html") {
        let raw = ["|safe", "| safe", "escape none", "|e(\"none"];
        let includes = raw.iter().any(|filter| text.contains(filter));
        if includes && !path.ends_with("demo-article.html") {
            found.push(path);
        }
    }
    none(&found);
}

/// Pieces of SQL of our own that stand in other SQL: none is or holds what anybody sent.
const PIECES: [&str; 17] = [
    "beyond",
    "collation",
    "columns",
    "comment",
    "condition",
    "due",
    "due(sweep)",
    "joins",
    "key",
    "order",
    "others",
    "place",
    "places",
    "sequence",
    "source",
    "table",
    "thread",
];

#[test]
fn sql_is_made_of_our_own_pieces_and_everything_else_is_a_parameter() {
    let mut found = Vec::new();
    for (path, text) in files("src/store", "rs") {
        let code: Vec<_> = code(&text).map(|(_, line)| line).collect();
        for call in after(&code.join("\n"), "format!(") {
            let Some(literal) = call.trim_start().strip_prefix('"') else {
                continue;
            };
            let Some(end) = literal.replace("\\\"", "  ").find('"') else {
                continue;
            };
            let (literal, rest) = literal.split_at(end);
            let words =
                ["select ", "insert into ", "update ", "delete from ", " where ", "order by "];
            if !words.iter().any(|word| literal.to_lowercase().contains(word)) {
                continue;
            }
            // «${place}» is the number of a parameter.
            let own = literal.replace("${", "$");
            let inline = after(&own, "{").map(word).filter(|name| !name.is_empty());
            let arguments = rest.split(");").next().unwrap_or_default().trim_matches('"');
            let arguments = arguments.split(',').map(|part| part.trim().trim_end_matches(')'));
            let arguments = arguments.filter(|part| !part.is_empty() && literal.contains("{}"));
            for name in inline.chain(arguments) {
                let is_constant =
                    name.rsplit("::").next().is_some_and(|last| last.to_uppercase() == last);
                let name = name.rsplit('.').next().unwrap_or(name);
                let name = name.strip_suffix('(').unwrap_or(name);
                let is_ours =
                    is_constant || PIECES.iter().any(|piece| piece.trim_end_matches(')') == name);
                if !is_ours {
                    found.push(format!("{path} puts {name} into «{literal}»"));
                }
            }
        }
    }
    none(&found);
}
