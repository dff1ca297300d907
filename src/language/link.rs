//! Links, e-mail addresses, @names and #tags: no words.

use std::ops::Range;

/// Endings that make `word.word` an address.
const DOMAINS: [&str; 14] =
    ["com", "vn", "net", "org", "info", "ly", "tv", "io", "edu", "gov", "gl", "be", "shop", "xyz"];

/// The web addresses in a text, with or without a scheme, as bytes of it.
///
/// ```
/// use codau::language::links;
///
/// let text = "xem (https://a.example/b) và baomau.vn, không phải an@baomau.vn";
/// let found: Vec<_> = links(text).into_iter().map(|bytes| &text[bytes]).collect();
/// assert_eq!(found, ["https://a.example/b", "baomau.vn"]);
/// ```
#[must_use]
pub fn links(text: &str) -> Vec<Range<usize>> {
    let apart = |c: char| c.is_whitespace() || "()[]<>\"'“”«»".contains(c);
    let (mut found, mut start) = (Vec::new(), 0);
    for piece in text.split_inclusive(apart) {
        let word = piece.trim_end_matches(apart).trim_end_matches(['.', ',', ';', '!', '?']);
        if is_link(word) && !word.starts_with(['@', '#']) && !is_mail(word) {
            found.push(start..start + word.len());
        }
        start += piece.len();
    }
    found
}

/// Whether what is a link is an e-mail address.
fn is_mail(link: &str) -> bool {
    link.contains('@') && !link.contains("://")
}

/// Whether a chunk between blanks is a link, an e-mail address, an @name or a #tag.
pub(super) fn is_link(chunk: &str) -> bool {
    let bytes = chunk.as_bytes();
    if bytes.len() < 2 {
        return false;
    }
    if matches!(bytes[0], b'@' | b'#') {
        return chunk.chars().nth(1).is_some_and(char::is_alphanumeric);
    }
    let Some(at) = bytes.iter().position(|&b| matches!(b, b'.' | b'@' | b':')) else {
        return false;
    };
    if chunk[at..].starts_with("://") || chunk.starts_with("www.") {
        return true;
    }
    if let Some(at) = chunk.find('@') {
        return at > 0
            && chunk[..at].bytes().all(|b| b.is_ascii_graphic())
            && chunk[at + 1..].find('.').is_some_and(|dot| dot > 0);
    }
    // A bare address: letters, digits, hyphens and dots up to a slash, with a known ending.
    let host =
        chunk.split(['/', '?', ':']).next().unwrap_or(chunk).trim_end_matches(['.', ',', ')', '!']);
    host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        && host.rsplit_once('.').is_some_and(|(name, ending)| {
            !name.is_empty() && DOMAINS.iter().any(|d| ending.eq_ignore_ascii_case(d))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_told_from_words() {
        for link in
            ["https://a.vn", "www.a.b", "a@b.vn", "@an", "#hay", "baomau.vn/tin", "Tuoitre.vn,"]
        {
            assert!(is_link(link), "{link}");
        }
        for word in ["hay.Rất", "@", "#", "a.b", "3.500", "đẹp@", "ơi...", "(hay)"] {
            assert!(!is_link(word), "{word}");
        }
    }
}
