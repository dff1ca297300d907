//! Entity tags, by which a client says what it has already.

use actix_web::http::header::{HeaderMap, HeaderValue, IF_NONE_MATCH};

use super::text::encode_token;

/// Bytes of a content's hash that its tag is made of.
const BYTES: usize = 12;

/// The tag of a content, which stands for each of its encodings: a weak one.
pub(super) struct Tag(HeaderValue);

impl Tag {
    /// Of the content with this hash, if it is one.
    pub(super) fn new(hash: &[u8]) -> Option<Tag> {
        let text = format!("W/\"{}\"", encode_token(hash.get(..BYTES)?));
        HeaderValue::try_from(text).ok().map(Tag)
    }

    /// As it stands in `ETag`.
    pub(super) fn value(&self) -> &HeaderValue {
        &self.0
    }

    /// Whether a request with these headers comes from somebody who has the content (RFC 9110,
    /// section 13.1.2). A comma within a tag of somebody else's cuts it into parts, none of which is
    /// one of ours: these have no comma.
    pub(super) fn is_known(&self, headers: &HeaderMap) -> bool {
        headers.get_all(IF_NONE_MATCH).filter_map(|known| known.to_str().ok()).any(|known| {
            known.trim() == "*"
                || known
                    .split(',')
                    .any(|tag| opaque(tag.trim().as_bytes()) == opaque(self.0.as_bytes()))
        })
    }
}

/// A tag without the mark of a weak one.
fn opaque(tag: &[u8]) -> &[u8] {
    tag.strip_prefix(b"W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_names_the_tag_among_others_or_any_has_the_content() {
        let tag = Tag::new(&[7; 32]).unwrap();
        assert_eq!(tag.value(), "W/\"BwcHBwcHBwcHBwcH\"");
        let known = |values: &[&'static str]| {
            let named = |value: &&'static str| (IF_NONE_MATCH, HeaderValue::from_static(value));
            tag.is_known(&values.iter().map(named).collect())
        };
        for yes in [
            "W/\"BwcHBwcHBwcHBwcH\"",
            "\"BwcHBwcHBwcHBwcH\"",
            "\"a,b\" , W/\"BwcHBwcHBwcHBwcH\",\"c\"",
            " * ",
        ] {
            assert!(known(&[yes]), "{yes}");
            assert!(known(&["\"a\"", yes]), "{yes}");
        }
        for no in [
            "",
            "\"\"",
            "BwcHBwcHBwcHBwcH",
            "w/\"BwcHBwcHBwcHBwcH\"",
            "\"a\", *",
            "\"BwcHBwcHBwcHBwcH",
        ] {
            assert!(!known(&[no]), "{no}");
        }
        assert!(!known(&[]));
    }

    #[test]
    fn contents_that_differ_have_tags_that_differ() {
        let tag = |first: u8| Tag::new(&[&[first][..], &[0; 31]].concat()).unwrap().0;
        assert_ne!(tag(1), tag(2));
        assert!(Tag::new(&[0; BYTES - 1]).is_none());
    }
}
