//! Training: texts in, the bytes of a model out. Single-threaded and without chance: the same texts in the same
//! order give the same bytes.

mod bare;
mod corpus;
mod ngrams;
mod vocabulary;
mod weights;

use self::bare::Examples;
use self::corpus::Corpus;

/// Sizes of a model's parts.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Bytes of the n-gram table.
    pub ngrams: usize,
    /// The log-linear part has two to the power of this many one-byte weights.
    pub weight_bits: u32,
    /// As many for the part that tells Vietnamese from other languages.
    pub bare_bits: u32,
}

impl Default for Sizes {
    fn default() -> Sizes {
        Sizes { ngrams: 7_000_000, weight_bits: 22, bare_bits: 18 }
    }
}

/// One text in this many also teaches what Vietnamese looks like beside other languages; every comment does.
const TEXTS_SEEN: usize = 40;

/// Gathers texts and makes a model of them.
///
/// ```
/// use codau::language::{Language, Sizes, Trainer};
///
/// let mut trainer = Trainer::new();
/// for _ in 0..50 {
///     trainer.comment("Bài viết rất hay, cảm ơn tác giả");
///     trainer.text("Thành phố sẽ xây thêm một cây cầu mới");
///     trainer.foreign("The city will build another bridge");
/// }
/// let bytes = trainer.finish(Sizes { ngrams: 4_800, weight_bits: 12, bare_bits: 12 }, |_| {});
/// let language = Language::from_bytes(bytes).unwrap();
/// assert_eq!(language.restore("bai viet rat hay").text, "bài viết rất hay");
/// ```
pub struct Trainer {
    corpus: Corpus,
    examples: Examples,
    texts: usize,
}

impl Default for Trainer {
    fn default() -> Trainer {
        Trainer::new()
    }
}

impl Trainer {
    /// Nothing read yet.
    #[must_use]
    pub fn new() -> Trainer {
        Trainer { corpus: Corpus::new(), examples: Examples::default(), texts: 0 }
    }

    /// Learns from a comment: worth more than other text, since comments are what will be read.
    pub fn comment(&mut self, text: &str) {
        self.corpus.add(text, true);
        self.examples.vietnamese.push(text.to_owned());
    }

    /// Learns from other Vietnamese text, such as a sentence of an article.
    pub fn text(&mut self, text: &str) {
        self.corpus.add(text, false);
        self.texts += 1;
        if self.texts.is_multiple_of(TEXTS_SEEN) {
            self.examples.vietnamese.push(text.to_owned());
        }
    }

    /// Learns what is not Vietnamese.
    pub fn foreign(&mut self, text: &str) {
        self.examples.others.push(text.to_owned());
    }

    /// Makes the model. `report` is told of each step.
    pub fn finish(mut self, sizes: Sizes, mut report: impl FnMut(&str)) -> Vec<u8> {
        let dropped = self.corpus.drop_slovenly();
        let tokens = [self.corpus.texts.tokens.len(), self.corpus.comments.tokens.len()];
        report(&format!(
            "{} tokens of text, {} of comments ({} comments left out for want of marks)",
            tokens[0],
            tokens[1],
            dropped.len()
        ));
        let vocabulary = vocabulary::build(&mut self.corpus);
        report(&format!(
            "lexicon: {} keys, {} forms, {} words in all",
            vocabulary.keys,
            vocabulary.forms,
            vocabulary.words.len()
        ));
        let (table, counts) = ngrams::build(&self.corpus, &vocabulary, sizes.ngrams);
        report("n-grams chosen and packed");
        let weights = weights::build(&self.corpus, &vocabulary, &counts, sizes.weight_bits);
        report("log-linear weights learnt");
        let bare = bare::build(self.examples, sizes.bare_bits);
        report("bare Vietnamese learnt");
        super::model::write([&vocabulary.section, &table, &weights, &bare])
    }
}
