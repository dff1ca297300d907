//! What an editor looks for.

use crate::language;

/// Words that stand one after the other, without their marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sought {
    /// The words; nothing but letters and digits.
    pub(super) words: Vec<String>,
    /// Whether the last one is only the beginning of a word.
    pub(super) begins: bool,
}

impl Sought {
    /// Whether it is one whole word.
    pub(super) fn is_word(&self) -> bool {
        self.words.len() == 1 && !self.begins
    }
}

/// What an editor typed: words, phrases in quotes, beginnings of words before a star; nothing of it
/// is read as an operator.
pub(super) fn sought(typed: &str) -> Vec<Sought> {
    let folded = language::fold(typed).replace(['“', '”', '„'], "\"");
    let alone = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let mut parts = Vec::new();
    for (n, piece) in folded.split('"').enumerate() {
        if n % 2 == 1 {
            let phrase = Sought { words: alone(piece), begins: false };
            parts.extend(Some(phrase).filter(|phrase| !phrase.words.is_empty()));
            continue;
        }
        for typed in piece.split_whitespace() {
            let mut words = alone(typed).into_iter().peekable();
            while let Some(word) = words.next() {
                let begins = words.peek().is_none() && typed.ends_with('*') && word.len() > 1;
                parts.push(Sought { words: vec![word], begins });
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &[(&str, bool)]) {
        let found: Vec<_> =
            sought(typed).into_iter().map(|part| (part.words.join(" "), part.begins)).collect();
        let expected: Vec<_> =
            expected.iter().map(|(words, begins)| ((*words).to_owned(), *begins)).collect();
        assert_eq!(found, expected, "{typed}");
    }

    #[test]
    fn words_phrases_and_beginnings_are_told_apart_and_nothing_is_an_operator() {
        check("Đò chở", &[("do", false), ("cho", false)]);
        check("\"con đò\" sách", &[("con do", false), ("sach", false)]);
        check("“con đò”", &[("con do", false)]);
        check("quy* q*", &[("quy", true), ("q", false)]);
        check("a:b OR -c \"", &[("a", false), ("b", false), ("or", false), ("c", false)]);
        check("\" \" *", &[]);
    }
}
