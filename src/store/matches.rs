//! What rules found in a comment, as its column holds it.

use serde::{Deserialize, Serialize};

use crate::domain::{Effect, Match, Place, RuleId};

/// A match in a column's JSON.
#[derive(Serialize, Deserialize)]
struct Kept {
    rule: i64,
    name: String,
    effect: String,
    /// `body`, `name`, `email` or `address`.
    place: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bytes: Option<(usize, usize)>,
    entry: String,
}

pub(super) fn column(matches: &[Match]) -> String {
    let kept: Vec<_> = matches
        .iter()
        .map(|found| {
            let (place, bytes) = match &found.place {
                Place::Body(bytes) => ("body", Some((bytes.start, bytes.end))),
                Place::Name => ("name", None),
                Place::Email => ("email", None),
                Place::Address => ("address", None),
            };
            Kept {
                rule: found.rule.0,
                name: found.name.clone(),
                effect: found.effect.as_str().to_owned(),
                place: place.to_owned(),
                bytes,
                entry: found.entry.clone(),
            }
        })
        .collect();
    serde_json::to_string(&kept).unwrap_or_else(|_never| "[]".to_owned())
}

pub(super) fn of_column(column: &str) -> Vec<Match> {
    let kept: Vec<Kept> = serde_json::from_str(column).unwrap_or_default();
    let read = |kept: Kept| {
        let place = match (kept.place.as_str(), kept.bytes) {
            ("body", Some((start, end))) => Place::Body(start..end),
            ("name", _) => Place::Name,
            ("email", _) => Place::Email,
            ("address", _) => Place::Address,
            _ => return None,
        };
        let effect: Effect = kept.effect.parse().ok()?;
        Some(Match { rule: RuleId(kept.rule), name: kept.name, effect, place, entry: kept.entry })
    };
    kept.into_iter().filter_map(read).collect()
}
