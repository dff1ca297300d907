//! Any text at all must be assessed and restored without failing, and restoring must only add marks.

#![no_main]

use codau::language::{Language, fold, strip};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let language = Language::embedded();
    for span in language.assess(text).spans {
        assert!(text.get(span.bytes).is_some());
    }
    let restored = language.restore(text).text;
    assert_eq!(strip(&restored), strip(text));
    assert_eq!(language.restore(&restored).text, restored);
    assert_eq!(fold(&restored), fold(text));
});
