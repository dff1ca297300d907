//! Text without its marks: for comparing and for search.

use std::iter::once;

use super::letters::{Letter, character, letter};
use super::lookalike::{LookAlike, is_combining, is_hidden, look_alike};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Takes the marks off: `đ` becomes `d`, case stays, the result is NFC.
///
/// ```
/// use codau::language::strip;
///
/// assert_eq!(strip("Đường Nguyễn Huệ"), "Duong Nguyen Hue");
/// ```
#[must_use]
pub fn strip(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut after_latin = false;
    text.nfd()
        .filter_map(|c| {
            if is_combining_mark(c) {
                return (!after_latin || !is_combining(c)).then_some(c);
            }
            after_latin = c.is_ascii_alphabetic()
                || matches!(c, 'đ' | 'Đ' | 'Ð')
                || (after_latin && is_hidden(c));
            Some(match c {
                'đ' => 'd',
                'Đ' | 'Ð' => 'D',
                c => c,
            })
        })
        .nfc()
        .collect()
}

/// Makes a text comparable for search: marks, case, hidden and private characters and look-alike letters do not
/// count, and all white space is one blank. The search index has private characters for words of its own.
///
/// ```
/// use codau::language::fold;
///
/// assert_eq!(fold("  Cà\u{200B} Phê\tĐÁ "), "ca phe da");
/// assert_eq!(fold("ｂán nһà"), "ban nha");
/// assert_eq!(fold("n\u{E000}hà"), "nha");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        // Nearly every character: no need to look it up among all that Unicode has.
        match plain(c) {
            Some(letter) => folded.push(letter),
            None if c.is_ascii() => fold_character(c, &mut folded),
            None => once(c).nfkd().for_each(|c| fold_character(c, &mut folded)),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Adds what one character, that is not composed of others, counts as.
fn fold_character(c: char, folded: &mut String) {
    if is_hidden(c) || is_private(c) || is_combining_mark(c) {
        return;
    }
    if c.is_whitespace() {
        if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
        return;
    }
    match plain(latin(c)) {
        Some(letter) => folded.push(letter),
        None => folded.extend(c.to_lowercase().map(|c| plain(latin(c)).unwrap_or(c))),
    }
}

/// What means nothing but to those who agreed on it.
const fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}

/// The base letter of a letter, small.
fn plain(c: char) -> Option<char> {
    let bare = |l| Letter { shape: 0, tone: 0, upper: false, ..l };
    letter(c).map(|l| character(bare(l)))
}

/// The Latin letter that a character looks like, or itself.
fn latin(c: char) -> char {
    match look_alike(c) {
        Some(LookAlike::Styled(latin) | LookAlike::Foreign(latin)) => latin,
        None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_counts_as_what_it_is_composed_of() {
        for c in '\0'..=char::MAX {
            let composed: String = once(c).nfkd().collect();
            assert_eq!(fold(&format!("a{c}b")), fold(&format!("a{composed}b")), "{c:?}");
        }
    }
}
