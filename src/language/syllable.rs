//! How a Vietnamese syllable is built: onset, rime, tone; and where its tone is written.

use super::letters::{Letter, Shape, character, is_vowel};

/// Onsets as written, without marks (`đ` counts as `d` with a stroke, see [`is_syllable`]).
const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// Rimes as written, with shapes and without tone.
const RIMES: [&str; 155] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec",
    "em", "en", "eng", "eo", "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu",
    "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam",
    "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om",
    "on", "ong", "ooc", "oong", "op", "ot", "oăc", "oăm", "oăn", "oăng", "oăt", "u", "ua", "uc",
    "ui", "um", "un", "ung", "uo", "up", "ut", "uy", "uya", "uych", "uyn", "uynh", "uyp", "uyt",
    "uyu", "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh", "uôc", "uôi", "uôm",
    "uôn", "uông", "uôt", "uơ", "y", "ych", "yn", "ynh", "yt", "yêm", "yên", "yêng", "yêt", "yêu",
    "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "ê", "êch", "êm", "ên", "ênh", "êp", "êt",
    "êu", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "ơ",
    "ơi", "ơm", "ơn", "ơp", "ơt", "ư", "ưa", "ưc", "ưi", "ưng", "ưt", "ưu",
];

/// Rimes in `ươ`, and those few that only loans have.
const MORE_RIMES: [&str; 12] =
    ["ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "ưm", "ưn", "êng", "ôông"];

/// Whether a lower-case word is a well-formed syllable. A rime that ends in a stop (`c ch p t`) must carry
/// sắc or nặng: `viết` and `việt` are syllables, `viêt` is not.
pub(super) fn is_syllable(word: &[Letter]) -> bool {
    let tone = word.iter().map(|l| l.tone).max().unwrap_or(0);
    if word.iter().filter(|l| l.tone != 0).count() > 1 {
        return false;
    }
    let plain: String =
        word.iter().map(|&l| character(Letter { tone: 0, upper: false, ..l })).collect();
    let stop = ["c", "ch", "p", "t"].iter().any(|end| plain.ends_with(end));
    if stop && !matches!(tone, 1 | 5) {
        return false;
    }
    // `gi` alone and before a final is onset g with rime i (gì, gìn), else the onset is gi (già, giêng).
    ONSETS.iter().any(|onset| {
        plain.strip_prefix(onset).is_some_and(|rime| {
            let rime = rime.to_owned();
            RIMES.contains(&rime.as_str())
                || MORE_RIMES.contains(&rime.as_str())
                || (*onset == "gi" && RIMES.contains(&format!("i{rime}").as_str()))
                || (*onset == "qu" && RIMES.contains(&format!("u{rime}").as_str()))
        })
    })
}

/// The index of the letter that the tone is written on: the last shaped vowel, else the second of two
/// vowels before a final consonant, else the first of two (`hòa`, `thúy`), the middle one of three.
pub(super) fn tone_position(word: &[Letter]) -> Option<usize> {
    let is = |i: usize, c: u8| word.get(i).is_some_and(|l| l.base == c - b'a' + 1);
    let vowel = |i: usize| word.get(i).is_some_and(|l| is_vowel(l.base));
    if let Some(i) = word.iter().rposition(|l| is_vowel(l.base) && l.shape != Shape::Plain as u8) {
        return Some(i);
    }
    let mut start = (0..word.len()).find(|&i| vowel(i))?;
    let glide =
        (start == 1 && is(0, b'q') && is(1, b'u')) || (start == 1 && is(0, b'g') && is(1, b'i'));
    if glide && vowel(start + 1) {
        start += 1;
    }
    let end = (start..word.len()).find(|&i| !vowel(i)).unwrap_or(word.len());
    Some(match end - start {
        0 | 1 => start,
        2 if end == word.len() => start,
        _ => start + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::super::letters::letter;
    use super::*;

    fn letters(word: &str) -> Vec<Letter> {
        word.chars().filter_map(letter).collect()
    }

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in
            "nghiêng việt gì giếng quốc quyển khuỷu hoà hòa đắk ươn yêu anh xoong quà giặt oẳn"
                .split(' ')
        {
            assert_eq!(is_syllable(&letters(word)), word != "đắk", "{word}");
        }
        for word in "viêt tôt hoàá gràs ọyẹ luong nguyen that".split(' ') {
            assert!(!is_syllable(&letters(word)), "{word}");
        }
    }

    #[test]
    fn tones_are_written_where_newspapers_write_them() {
        for (word, at) in [
            ("hoa", 1),
            ("hoan", 2),
            ("thuy", 2),
            ("ngoai", 3),
            ("qua", 2),
            ("gia", 2),
            ("gi", 1),
            ("mia", 1),
        ] {
            assert_eq!(tone_position(&letters(word)), Some(at), "{word}");
        }
        assert_eq!(tone_position(&letters("nghiêng")), Some(4));
        assert_eq!(tone_position(&letters("đươc")), Some(2));
        assert_eq!(tone_position(&letters("đ")), None);
    }
}
