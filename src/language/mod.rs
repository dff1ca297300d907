//! Vietnamese as a library: `&str` in, values out. No I/O, no clock, no configuration.

mod assess;
mod bare;
mod class;
mod encoding;
mod fold;
mod letters;
mod lexicon;
mod lookalike;
mod mixture;
mod model;
mod ngram;
mod reading;
mod repair;
mod restore;
mod syllable;
mod training;
mod typing;
mod weights;

pub use self::class::{Assessment, Class, Cleaning, NoSuchClass, Span};
pub use self::fold::{fold, strip};
pub use self::model::ModelError;
pub use self::repair::Repair;
pub use self::restore::{Change, Restoration};
pub use self::training::{Sizes, Trainer};

use self::model::Model;
use std::borrow::Cow;
use std::sync::OnceLock;

/// The loaded model.
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
