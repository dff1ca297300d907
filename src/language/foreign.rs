//! The name of a foreign text's language.

/// The ISO 639-3 code of the language a text is written in, where whatlang is sure of one other
/// than Vietnamese. Takes several times as long as an assessment: for texts that are known to be foreign.
///
/// ```
/// use codau::language::foreign_language;
///
/// assert_eq!(foreign_language("My grandmother used to row a ferry near here, and thought nothing of it"), Some("eng"));
/// assert_eq!(foreign_language("Bà tôi ngày xưa chèo đò ở gần đây"), None);
/// ```
#[must_use]
pub fn foreign_language(text: &str) -> Option<&'static str> {
    let named = whatlang::detect(text).filter(whatlang::Info::is_reliable)?.lang();
    (named != whatlang::Lang::Vie).then(|| named.code())
}
