//! Texts and times as pages show them, and the tokens in their links.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use similar::{ChangeTag, TextDiff};

use super::locale::Lang;
use crate::domain::{Match, OffendingSpan, Place};

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

/// A length of time in words, never less than it is.
pub(super) fn lapse(lang: Lang, time: SignedDuration) -> String {
    let minutes = (time.as_secs() + 59).max(60) / 60;
    let (key, count) = match minutes {
        ..20 => ("lapse-minutes", minutes),
        20..90 => ("lapse-minutes", (minutes + 4) / 5 * 5),
        90..2160 => ("lapse-hours", (minutes + 59) / 60),
        _ => ("lapse-days", (minutes + 1439) / 1440),
    };
    lang.with(key, "count", count).into_owned()
}

/// A piece of a text: plain, or objected to.
#[derive(Default)]
pub(super) struct Segment {
    pub(super) text: String,
    /// If it lacks its marks, what it was probably meant to be.
    pub(super) suggestion: Option<String>,
    /// If rules object to it, their names.
    pub(super) rule: Option<String>,
}

/// A text cut at what rules object to, and between that at its offending syllables.
pub(super) fn objections(text: &str, spans: &[OffendingSpan], matches: &[Match]) -> Vec<Segment> {
    let mut ruled: Vec<(Range<usize>, Vec<&str>)> = Vec::new();
    for found in matches {
        let Place::Body(bytes) = &found.place else { continue };
        if text.get(bytes.clone()).is_none() {
            continue;
        }
        match ruled.last_mut().filter(|(last, _)| bytes.start < last.end) {
            Some((last, names)) => {
                last.end = last.end.max(bytes.end);
                if !names.contains(&found.name.as_str()) {
                    names.push(&found.name);
                }
            }
            None => ruled.push((bytes.clone(), vec![&found.name])),
        }
    }
    let (mut pieces, mut done) = (Vec::new(), 0);
    let between = |from: usize, to: usize| {
        let inside = |span: &&OffendingSpan| span.bytes.start >= from && span.bytes.end <= to;
        let moved = |span: &OffendingSpan| OffendingSpan {
            bytes: span.bytes.start - from..span.bytes.end - from,
            suggestion: span.suggestion.clone(),
        };
        let spans: Vec<_> = spans.iter().filter(inside).map(moved).collect();
        segments(text.get(from..to).unwrap_or_default(), &spans)
    };
    for (bytes, names) in ruled {
        pieces.extend(between(done, bytes.start));
        let text = text.get(bytes.clone()).unwrap_or_default().to_owned();
        pieces.push(Segment { text, rule: Some(names.join(", ")), ..Segment::default() });
        done = bytes.end;
    }
    pieces.extend(between(done, text.len()));
    pieces
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
                    segments.push(Segment { text: before.to_owned(), ..Segment::default() });
                }
                let suggestion = Some(span.suggestion.clone());
                let text = syllable.to_owned();
                segments.push(Segment { text, suggestion, ..Segment::default() });
            }
        }
        done = span.bytes.end;
    }
    match text.get(done..) {
        Some(rest) if !rest.is_empty() => {
            segments.push(Segment { text: rest.to_owned(), ..Segment::default() });
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

/// Whether two secrets are the same. Their hashes are compared, so that the time it takes says
/// nothing about them.
pub(super) fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

/// The bytes of a token in a link; nothing if it cannot be one of ours.
pub(super) fn decode_token(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Effect, RuleId};

    fn found(name: &str, bytes: Range<usize>) -> Match {
        Match {
            rule: RuleId(1),
            name: name.into(),
            effect: Effect::Hold,
            place: Place::Body(bytes),
            entry: "x".into(),
        }
    }

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
    fn what_rules_object_to_is_one_piece_with_their_names() {
        let text = "rat do ngu that";
        let spans = [OffendingSpan { bytes: 0..3, suggestion: "rất".into() }];
        let matches = [found("Tục", 4..10), found("Chửi", 7..10), found("Lạc", 90..99)];
        let cut = objections(text, &spans, &matches);
        let texts: Vec<_> = cut.iter().map(|s| (s.text.as_str(), s.rule.as_deref())).collect();
        assert_eq!(
            texts,
            [("rat", None), (" ", None), ("do ngu", Some("Tục, Chửi")), (" that", None)]
        );
        assert_eq!(cut[0].suggestion.as_deref(), Some("rất"));
    }

    #[test]
    fn syllables_around_what_rules_object_to_keep_their_suggestions() {
        let span = |start, end| OffendingSpan { bytes: start..end, suggestion: "x".into() };
        let text = "rat do ngu that la hay";
        // One of them stands across the edge of what a rule objects to, and is left out.
        let spans = [span(0, 3), span(4, 6), span(8, 12), span(16, 18)];
        let matches = [found("Một", 4..7), found("Hai", 7..10)];
        let cut = objections(text, &spans, &matches);
        let pieces: Vec<_> = cut
            .iter()
            .map(|s| (s.text.as_str(), s.suggestion.as_deref(), s.rule.as_deref()))
            .collect();
        assert_eq!(
            pieces,
            [
                ("rat", Some("x"), None),
                (" ", None, None),
                ("do ", None, Some("Một")),
                ("ngu", None, Some("Hai")),
                (" that ", None, None),
                ("la", Some("x"), None),
                (" hay", None, None),
            ]
        );
    }

    #[test]
    fn a_difference_is_of_whole_words() {
        let pieces = difference("bai rat hay", "bài rất hay");
        let kinds: Vec<_> = pieces.iter().map(|p| (p.kind, p.text.as_str())).collect();
        assert_eq!(kinds.first(), Some(&("deleted", "bai")));
        assert_eq!(kinds.last(), Some(&("same", " hay")));
        let pieces = difference("bai rat hay", "bài thật là hay");
        let kinds: Vec<_> = pieces.iter().map(|p| (p.kind, p.text.as_str())).collect();
        assert_eq!(
            kinds,
            [
                ("deleted", "bai"),
                ("inserted", "bài thật"),
                ("same", " "),
                ("deleted", "rat"),
                ("inserted", "là"),
                ("same", " hay"),
            ]
        );
        assert!(difference("như nhau", "như nhau").is_empty());
    }

    #[test]
    fn ages_are_told_in_the_largest_unit_that_is_full() {
        let told = |seconds: i64| {
            let at = Timestamp::from_second(1_000_000).unwrap();
            age(Lang::Vi, at, Timestamp::from_second(1_000_000 + seconds).unwrap())
        };
        for (seconds, words) in [
            (-90, "vừa xong"),
            (59, "vừa xong"),
            (60, "1 phút trước"),
            (59 * 60 + 59, "59 phút trước"),
            (3_600, "1 giờ trước"),
            (86_399, "23 giờ trước"),
            (3 * 86_400, "3 ngày trước"),
        ] {
            assert_eq!(told(seconds), words);
        }
    }

    #[test]
    fn lengths_of_time_are_rounded_up_to_what_people_say() {
        for (seconds, words) in [
            (0, "1 phút"),
            (61, "2 phút"),
            (19 * 60, "19 phút"),
            (20 * 60 + 1, "25 phút"),
            (85 * 60, "85 phút"),
            (90 * 60, "2 giờ"),
            (120 * 60 + 1, "3 giờ"),
            (35 * 3_600, "35 giờ"),
            (36 * 3_600, "2 ngày"),
            (48 * 3_600 + 1, "3 ngày"),
        ] {
            assert_eq!(lapse(Lang::Vi, SignedDuration::from_secs(seconds)), words);
        }
    }

    #[test]
    fn a_time_is_told_in_the_newspapers_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(7));
        let moment = Moment::new(Timestamp::from_second(1_763_860_500).unwrap(), &zone);
        assert_eq!(moment.text, "08:15 23/11/2025");
        assert_eq!(moment.iso, "2025-11-23T08:15:00+07:00");
    }

    #[test]
    fn a_token_comes_back_out_of_its_link_and_is_like_no_other() {
        assert_eq!(decode_token(&encode_token(b"khoa")).as_deref(), Some(&b"khoa"[..]));
        assert_eq!(decode_token("khoá"), None);
        let tokens = [new_token(), new_token()];
        assert!(tokens.iter().all(|token| decode_token(token).is_some_and(|t| t.len() == 32)));
        assert!(!same(&tokens[0], &tokens[1]));
        assert!(same(&tokens[0], &tokens[0].clone()));
    }
}
