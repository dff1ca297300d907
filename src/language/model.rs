//! The model file: a magic number, a checksum, and four sections, each with its length before it.

use super::bare::Bare;
use super::lexicon::Lexicon;
use super::ngram::Ngrams;
use super::reading::read;
use super::token::{Token, mix};
use super::weights::Weights;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// First bytes of a model file; the last is the version of the format.
pub(super) const MAGIC: [u8; 8] = *b"codau\0\0\x01";
const HEADER: usize = 16;

/// Why bytes are not a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// They do not begin as a model of this version does.
    NotAModel,
    /// They end too early.
    Short,
    /// They are not the bytes that were written.
    Checksum,
    /// A section does not hold together.
    Damaged(&'static str),
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ModelError::NotAModel => f.write_str("not a language model of this version"),
            ModelError::Short => f.write_str("the language model ends too early"),
            ModelError::Checksum => f.write_str("the language model's checksum is wrong"),
            ModelError::Damaged(what) => write!(f, "the language model is damaged: {what}"),
        }
    }
}

impl std::error::Error for ModelError {}

/// The parts of a model; tables stay in `bytes`.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) bytes: Cow<'static, [u8]>,
    pub(super) lexicon: Lexicon,
    pub(super) ngrams: Ngrams,
    pub(super) weights: Weights,
    pub(super) bare: Bare,
}

impl Model {
    /// Reads a text and looks its words up.
    pub(super) fn text(&self, text: &str) -> Vec<Token> {
        let mut tokens = read(text);
        self.lexicon.look_up(&mut tokens);
        tokens
    }

    pub(super) fn read(bytes: Cow<'static, [u8]>) -> Result<Model, ModelError> {
        let mut reader = Reader { bytes: &bytes, at: 0..bytes.len() };
        if !bytes.starts_with(&MAGIC) {
            return Err(ModelError::NotAModel);
        }
        reader.u64()?;
        if reader.u64()? != checksum(reader.rest()) {
            return Err(ModelError::Checksum);
        }
        let mut lexicon = Lexicon::read(reader.section()?)?;
        let ngrams = Ngrams::read(&reader.section()?)?;
        let weights = Weights::read(&reader.section()?)?;
        let bare = Bare::read(&reader.section()?)?;
        lexicon.judge(|key| bare.of_key(&bytes, key));
        Ok(Model { lexicon, ngrams, weights, bare, bytes })
    }
}

/// Puts the sections of a model together.
pub(super) fn write(sections: [&[u8]; 4]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend([0; 8]);
    for section in sections {
        bytes.extend((section.len() as u32).to_le_bytes());
        bytes.extend(section);
    }
    let sum = checksum(&bytes[HEADER..]);
    bytes[8..HEADER].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// A 64-bit checksum, eight bytes at a time.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(bytes.len() as u64, |sum, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        mix(sum.rotate_left(5) ^ u64::from_le_bytes(word))
    })
}

/// Reads numbers from the front of a part of the model.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: Range<usize>,
}

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let bytes = self.rest().first_chunk::<N>().ok_or(ModelError::Short)?;
        self.at.start += N;
        Ok(*bytes)
    }

    pub(super) fn u8(&mut self) -> Result<u8, ModelError> {
        Ok(self.take::<1>()?[0])
    }

    pub(super) fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    pub(super) fn u64(&mut self) -> Result<u64, ModelError> {
        Ok(u64::from_le_bytes(self.take()?))
    }

    pub(super) fn f32(&mut self) -> Result<f32, ModelError> {
        Ok(f32::from_le_bytes(self.take()?))
    }

    /// The next section, which says its own length first.
    fn section(&mut self) -> Result<Reader<'a>, ModelError> {
        let length = self.u32()? as usize;
        if length > self.at.len() {
            return Err(ModelError::Short);
        }
        let start = self.at.start;
        self.at.start += length;
        Ok(Reader { bytes: self.bytes, at: start..start + length })
    }

    /// What is left to read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at.clone()).unwrap_or_default()
    }

    /// Where what is left lies in the model.
    pub(super) fn range(&self) -> Range<usize> {
        self.at.clone()
    }
}
