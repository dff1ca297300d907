//! What holds for every text whatsoever.

use codau::language::{Assessment, Language, fold, strip};
use proptest::prelude::*;

/// Words, half words, marks, digits, links and oddities in any order: nearer to comments than random characters.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "bai", "viết", "rat", "hay", "đường", "duong", "ko", "dc", "Nguyễn", "HÀ", "NOI", "cam", "on", "toi",
            "nghieng", "giấc", "qua", "thuy", "oto", "viêt", "tieengs", "d9u7o75c", "hi`hi`", "TiÕng", "the", "said",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            " ", "  ", ".", ",", "!", "\n", "\t", "-", "'", "\u{200B}", "\u{301}", "\u{323}", "\u{31B}", "\u{336}",
            "😂", "@an", "#hay", "https://a.vn/b", "a@b.vn", "12", "2.500", "ց", "ᴀ", "а", "Ð", "ﬁ", "ß", "İ",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec((piece, prop::bool::weighted(0.7)), 0..24).prop_map(|pieces| {
        pieces.into_iter().map(|(piece, blank)| if blank { piece + " " } else { piece }).collect()
    })
}

/// Every span points at a word of the text, in bytes and in characters alike.
fn spans_fit(text: &str, assessment: &Assessment) -> Result<(), TestCaseError> {
    let mut last = 0;
    for span in &assessment.spans {
        let word = text.get(span.bytes.clone());
        prop_assert!(word.is_some_and(|w| w.chars().any(char::is_alphabetic)), "{span:?}");
        let by_chars: String = text.chars().skip(span.chars.start).take(span.chars.len()).collect();
        prop_assert_eq!(word, Some(by_chars.as_str()));
        prop_assert!(span.bytes.start >= last);
        prop_assert!((0.0..=1.0).contains(&span.confidence));
        last = span.bytes.end;
    }
    prop_assert_eq!(assessment.class.lacks_marks(), !assessment.spans.is_empty());
    prop_assert!((0.0..=1.0).contains(&assessment.missing_share));
    prop_assert!((0.0..=1.0).contains(&assessment.confidence));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn assessing_never_fails_and_points_at_words(text in text()) {
        spans_fit(&text, &Language::embedded().assess(&text))?;
    }

    #[test]
    fn restoring_adds_marks_and_nothing_else(text in text()) {
        let restored = Language::embedded().restore(&text);
        prop_assert_eq!(strip(&restored.text), strip(&text));
        let mut rebuilt = String::new();
        let mut done = 0;
        for change in &restored.changes {
            rebuilt.push_str(&text[done..change.bytes.start]);
            rebuilt.push_str(&change.to);
            done = change.bytes.end;
            prop_assert!(change.alternatives.len() <= 3);
            prop_assert!((0.0..=1.0).contains(&change.confidence));
        }
        rebuilt.push_str(&text[done..]);
        prop_assert_eq!(rebuilt, restored.text);
    }

    #[test]
    fn restoring_twice_is_restoring_once(text in text()) {
        let once = Language::embedded().restore(&text).text;
        prop_assert_eq!(&Language::embedded().restore(&once).text, &once);
    }

    #[test]
    fn any_characters_at_all_are_survived(text in any::<String>()) {
        spans_fit(&text, &Language::embedded().assess(&text))?;
        prop_assert_eq!(strip(&Language::embedded().restore(&text).text), strip(&text));
    }

    #[test]
    fn folding_and_stripping_are_done_in_one_go(text in text()) {
        prop_assert_eq!(strip(&strip(&text)), strip(&text));
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
        prop_assert_eq!(fold(&Language::embedded().restore(&text).text), fold(&text));
    }
}
