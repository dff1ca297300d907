//! Every sentence of the interface: there in both languages, with the same values in it, and said
//! somewhere.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The sentences of a language: each key with the variables in it.
fn sentences(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/locales").join(language);
    let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let text: String = files.map(|file| fs::read_to_string(file).unwrap()).collect();
    let mut sentences = BTreeMap::<String, BTreeSet<String>>::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =")
            && line.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            key = name.to_owned();
            let earlier = sentences.insert(key.clone(), BTreeSet::new());
            assert!(earlier.is_none(), "{key} is there twice in {language}");
        }
        let variables = line.match_indices('$').map(|(at, _)| {
            let rest = &line[at + 1..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            rest[..end.unwrap_or(rest.len())].to_owned()
        });
        if let Some(known) = sentences.get_mut(&key) {
            known.extend(variables);
        }
    }
    sentences
}

/// The text of every source and template of the web.
fn sources() -> String {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web")];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            let kind = path.extension().and_then(|kind| kind.to_str());
            if path.is_dir() {
                folders.push(path);
            } else if matches!(kind, Some("rs" | "html")) {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    text
}

fn is_key(text: &str) -> bool {
    text.contains('-')
        && text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '{' || c == '}')
}

/// Every literal in the sources that may be a key; `{…}` stands where a part is put in.
fn literals(sources: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in sources.lines() {
        for literal in line.split('"') {
            let mut key = literal.to_owned();
            // `field-{name}-{rule}` and `field-{}-{}` are alike.
            while let Some((before, rest)) = key.clone().split_once('{') {
                let after = rest.split_once('}').map_or("", |(_, after)| after);
                key = format!("{before}\u{1}{after}");
            }
            let key = key.replace('\u{1}', "{}");
            let single =
                ["product", "optional", "logout", "decided", "staff"].contains(&key.as_str());
            if single || is_key(&key) {
                found.insert(key);
            }
        }
    }
    found
}

/// Whether `pattern` with something put in for each `{}` is `key`.
fn fits(pattern: &str, key: &str) -> bool {
    let parts: Vec<_> = pattern.split("{}").collect();
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    if parts.len() == 1 {
        return pattern == key;
    }
    let Some(mut rest) = key.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else {
        return false;
    };
    for part in &parts[1..parts.len() - 1] {
        match rest.split_once(part) {
            Some((put_in, after)) if !put_in.is_empty() => rest = after,
            _ => return false,
        }
    }
    !rest.is_empty()
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_values() {
    let (vietnamese, english) = (sentences("vi"), sentences("en"));
    let keys =
        |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&vietnamese), keys(&english));
    for (key, variables) in &vietnamese {
        assert_eq!(variables, &english[key], "{key}");
    }
}

#[test]
fn every_sentence_that_is_named_exists() {
    let (known, sources) = (sentences("vi"), sources());
    let mut named = BTreeSet::new();
    for call in [".t(\"", ".with(\"", ".with_two(\""] {
        for (at, _) in sources.match_indices(call) {
            let rest = &sources[at + call.len()..];
            let (key, after) = rest.split_once('"').unwrap();
            // A pattern that parts are put into: some sentence must fit it.
            let pattern = after.starts_with("|format") || key.contains('{');
            let exists =
                known.keys().any(|known| if pattern { fits(key, known) } else { known == key });
            if !exists {
                named.insert(key.to_owned());
            }
        }
    }
    assert_eq!(named, BTreeSet::new());
}

#[test]
fn every_sentence_is_said_somewhere() {
    let literals = literals(&sources());
    let known = sentences("vi");
    let unsaid = known.keys().filter(|key| !literals.iter().any(|literal| fits(literal, key)));
    assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<&String>::new());
}
