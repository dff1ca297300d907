//! The layers of a configuration, one over the other, and the keys they may have.

use std::collections::{BTreeSet, HashMap};

use config::{File, FileFormat, Map, Value, ValueKind};

const DEFAULTS: &str = include_str!("../../config/default.toml");
const ENVIRONMENT_PREFIX: &str = "CODAU__";

/// The defaults, a file's text over them, and the environment over that.
pub(super) fn merge(
    file: Option<&str>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<config::Config, String> {
    let text = |error: config::ConfigError| error.to_string();
    let defaults = layer(DEFAULTS)?;
    let mut builder = config::Config::builder().add_source(defaults.clone());
    if let Some(file) = file {
        let own = layer(file)?;
        check_keys(&own.cache, &defaults.cache)?;
        builder = builder.add_source(own);
    }
    for (key, value) in from_environment(environment)? {
        let known =
            value_at(&defaults.cache, &key).ok_or_else(|| unknown_key(&key, &defaults.cache))?;
        builder = builder.set_override(&key, of_kind(known, &value)).map_err(text)?;
    }
    builder.build().map_err(text)
}

fn layer(text: &str) -> Result<config::Config, String> {
    let source = File::from_str(text, FileFormat::Toml);
    let layer = config::Config::builder().add_source(source).build();
    layer.map_err(|error| error.to_string())
}

/// `section.key` and value of each variable that is ours.
fn from_environment(
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<HashMap<String, String>, String> {
    let mut found = HashMap::new();
    for (name, value) in environment {
        let Some(key) = name.strip_prefix(ENVIRONMENT_PREFIX) else {
            continue;
        };
        let key = key.to_ascii_lowercase().replace("__", ".");
        match key.strip_suffix("_file") {
            Some(key) => {
                let text = std::fs::read_to_string(&value)
                    .map_err(|error| format!("{name}: cannot read {value}: {error}"))?;
                found.insert(key.to_owned(), text.trim_end().to_owned());
            }
            None => {
                found.insert(key, value);
            }
        }
    }
    Ok(found)
}

/// A variable's text as a value of the default's kind; a list is split at commas.
fn of_kind(default: &Value, text: &str) -> ValueKind {
    match default.kind {
        ValueKind::Array(_) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            items.map(|item| Value::from(item.to_owned())).collect::<Vec<_>>().into()
        }
        _ => text.to_owned().into(),
    }
}

fn value_at<'a>(root: &'a Value, key: &str) -> Option<&'a Value> {
    key.split('.').try_fold(root, |value, part| match &value.kind {
        ValueKind::Table(table) => table.get(part),
        _ => None,
    })
}

/// Every `section.key` below `table`.
fn keys_of(table: &Map<String, Value>, prefix: &str, keys: &mut BTreeSet<String>) {
    for (name, value) in table {
        match &value.kind {
            ValueKind::Table(inner) => keys_of(inner, &format!("{prefix}{name}."), keys),
            _ => {
                keys.insert(format!("{prefix}{name}"));
            }
        }
    }
}

fn all_keys(root: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    if let ValueKind::Table(table) = &root.kind {
        keys_of(table, "", &mut keys);
    }
    keys
}

/// Refuses a file's keys that no default has. The sites' own keys are checked with their values.
fn check_keys(own: &Value, defaults: &Value) -> Result<(), String> {
    let known = all_keys(defaults);
    match all_keys(own).iter().find(|key| *key != "site" && !known.contains(*key)) {
        Some(key) => Err(unknown_key(key, defaults)),
        None => Ok(()),
    }
}

fn unknown_key(key: &str, defaults: &Value) -> String {
    let closest = all_keys(defaults)
        .into_iter()
        .map(|known| (strsim::jaro_winkler(key, &known), known))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match closest {
        Some((_, known)) => format!("there is no setting {key}: did you mean {known}?"),
        None => format!("there is no setting {key}"),
    }
}
