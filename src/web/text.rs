//! Texts and times as pages show them, and the tokens in their links.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use similar::{ChangeTag, TextDiff};

use super::locale::Lang;
use crate::domain::OffendingSpan;

/// A time in the newspaper's zone: for people and for machines.
pub(super) struct Moment {
    /// `08:15 23/11/2026`, as Vietnamese newspapers write it.
    pub(super) text: String,
    /// ISO 8601 with the zone's offset.
    pub(super) iso: String,
}

impl Moment {
    pub(super) fn new(at: Timestamp, zone: &TimeZone) -> Moment {
        let local = at.to_zoned(zone.clone());
        Moment {
            text: local.strftime("%H:%M %d/%m/%Y").to_string(),
            iso: local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        }
    }
}

/// How long ago something was, in words.
pub(super) fn age(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    let minutes = (now.as_second() - at.as_second()).max(0) / 60;
    let (key, count) = match minutes {
        0 => return lang.t("age-now").into_owned(),
        1..60 => ("age-minutes", minutes),
        60..1440 => ("age-hours", minutes / 60),
        _ => ("age-days", minutes / 1440),
    };
    lang.with(key, "count", count).into_owned()
}

/// A piece of a text: plain, or lacking its marks, with what it was probably meant to be.
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) suggestion: Option<String>,
}

/// A text cut at its offending syllables; neighbours make one piece, so that a text without any
/// marks is one calm line. Spans that do not fit the text are left out.
pub(super) fn segments(text: &str, spans: &[OffendingSpan]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut done = 0;
    for span in spans {
        let (Some(before), Some(syllable)) =
            (text.get(done..span.bytes.start), text.get(span.bytes.clone()))
        else {
            continue;
        };
        let neighbour = segments.last_mut().filter(|_| before == " ");
        match neighbour.and_then(|last| last.suggestion.as_mut().map(|s| (&mut last.text, s))) {
            Some((joined, suggestion)) => {
                joined.push(' ');
                joined.push_str(syllable);
                suggestion.push(' ');
                suggestion.push_str(&span.suggestion);
            }
            None => {
                if !before.is_empty() {
                    segments.push(Segment { text: before.to_owned(), suggestion: None });
                }
                let suggestion = Some(span.suggestion.clone());
                segments.push(Segment { text: syllable.to_owned(), suggestion });
            }
        }
        done = span.bytes.end;
    }
    match text.get(done..) {
        Some(rest) if !rest.is_empty() => {
            segments.push(Segment { text: rest.to_owned(), suggestion: None });
        }
        _ => {}
    }
    segments
}

/// A piece of the difference between two texts.
pub(super) struct Piece {
    /// `same`, `deleted` or `inserted`.
    pub(super) kind: &'static str,
    pub(super) text: String,
}

/// What was changed from one text to another, in whole words; empty if nothing was.
pub(super) fn difference(before: &str, after: &str) -> Vec<Piece> {
    if before == after {
        return Vec::new();
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let diff = TextDiff::from_words(before, after);
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "deleted",
            ChangeTag::Insert => "inserted",
        };
        match pieces.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => pieces.push(Piece { kind, text: change.value().to_owned() }),
        }
    }
    pieces
}

/// A new secret for a link, a cookie or a form: 256 random bits.
pub(super) fn new_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// A token as it stands in a link.
pub(super) fn encode_token(token: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(token)
}

/// The bytes of a token in a link; nothing if it cannot be one of ours.
pub(super) fn decode_token(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_offending_syllables_and_loses_nothing() {
        let span = |start, end| OffendingSpan { bytes: start..end, suggestion: "x".into() };
        let text = "Bài rat hay";
        let cut = segments(text, &[span(5, 8), span(7, 9), span(40, 50)]);
        let texts: Vec<_> = cut.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(texts.concat(), text);
        assert_eq!(cut[1].text, "rat");
        assert!(cut[1].suggestion.is_some());
    }

    #[test]
    fn neighbouring_syllables_are_one_piece() {
        let span =
            |start, end, to: &str| OffendingSpan { bytes: start..end, suggestion: to.into() };
        let cut = segments("rat hay", &[span(0, 3, "rất"), span(4, 7, "hay")]);
        assert_eq!(cut.len(), 1);
        assert_eq!(cut[0].suggestion.as_deref(), Some("rất hay"));
    }

    #[test]
    fn a_difference_is_of_whole_words() {
        let pieces = difference("bai rat hay", "bài rất hay");
        let kinds: Vec<_> = pieces.iter().map(|p| (p.kind, p.text.as_str())).collect();
        assert_eq!(kinds.first(), Some(&("deleted", "bai")));
        assert_eq!(kinds.last(), Some(&("same", " hay")));
        assert!(difference("như nhau", "như nhau").is_empty());
    }
}
