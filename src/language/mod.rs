//! Vietnamese as a library: `&str` in, values out. No I/O, no clock, no configuration, and no text fails.
//!
//! Vietnamese is written with marks: shapes (`ă â ê ô ơ ư đ`) and tones (`á à ả ã ạ`). Many people type without
//! them. A [`Language`] answers two questions about a text:
//!
//! - [`Language::assess`]: does it lack marks, and where? A correct text accused is the worst error, so in doubt a
//!   text is [`Class::Marked`].
//! - [`Language::restore`]: what would it be with its marks?
//!
//! ```
//! use codau::language::{Class, Language};
//!
//! let language = Language::embedded();
//! let found = language.assess("Bài viet rất hay, cam on tác giả");
//! assert_eq!(found.class, Class::PartlyMarked);
//! assert_eq!(found.spans[0].suggestion, "viết");
//! assert_eq!(language.restore("cam on tac gia").text, "cảm ơn tác giả");
//!
//! // Every syllable of this is rightly bare.
//! assert_eq!(language.assess("Sau khi chia tay").class, Class::Marked);
//! ```
//!
//! [`strip`] and [`fold`] take marks off, for comparing and for search; [`Trainer`] makes a model.
//!
//! # How it works, in the order of the files
//!
//! `letters` and `syllable` know how Vietnamese is spelt. `reading` takes a text apart into words, each a toneless
//! *key* and its *marks*, past hidden characters, stacked marks and `lookalike` letters, and remembers where each
//! stands. The `lexicon` lists the *forms* of each key. `ngram` scores a form by the forms before it, `weights` by
//! the keys around it; the `mixture` of both finds the best path through a text (`restore`) or the probability of
//! each word (`assess`). `bare` tells Vietnamese without marks from other languages. `foreign` names those. `repair`, with `typing` and
//! `encoding`, undoes input methods switched off and fonts of before Unicode. `training` makes the `model` file.

mod assess;
mod bare;
mod class;
mod encoding;
mod fold;
mod foreign;
mod glyph;
mod letters;
mod lexicon;
mod link;
mod lookalike;
mod mixture;
mod model;
mod ngram;
mod reading;
mod repair;
mod restore;
mod syllable;
mod token;
mod training;
mod typing;
mod weights;
mod word;

pub use self::class::{Assessment, Class, Cleaning, NoSuchClass, Span};
pub use self::fold::{fold, strip};
pub use self::foreign::foreign_language;
pub use self::glyph::{Glyph, Sign, glyphs};
pub use self::link::links;
pub use self::model::ModelError;
pub use self::repair::Repair;
pub use self::restore::{Change, Restoration};
pub use self::training::{Sizes, Trainer};

use self::model::Model;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A loaded model of Vietnamese. Shared freely between threads.
#[derive(Debug)]
pub struct Language {
    model: Model,
}

impl Language {
    /// The model that is part of the program, read on first use.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "a test reads the embedded model, so a damaged one never ships"
    )]
    pub fn embedded() -> &'static Language {
        static EMBEDDED: OnceLock<Language> = OnceLock::new();
        EMBEDDED.get_or_init(|| {
            let bytes: &'static [u8] = include_bytes!("model.bin");
            Language::from_bytes(bytes).expect("the embedded model is whole")
        })
    }

    /// Reads a model.
    ///
    /// # Errors
    /// If the bytes are not those of a whole model of this version.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Language, ModelError> {
        Model::read(bytes.into()).map(|model| Language { model })
    }
}
