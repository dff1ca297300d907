//! The lexicon: for each toneless key, the forms it may stand for, the most frequent first.

use super::model::{ModelError, Reader};
use super::token::{Kind, Token, flag, mix};

/// Most forms under one key.
pub(super) const MOST_CANDIDATES: usize = 16;

/// Logarithm of the probability of a word that is in no lexicon; it has no rivals, so only its distance from
/// the scores of seen pairs matters.
pub(super) const UNSEEN: f32 = -12.0;

/// A form of a key: its marks and how often it is met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) marks: u64,
    /// What n-grams are hashed from.
    pub(super) hash: u64,
    /// Logarithm of its relative frequency.
    pub(super) unigram: f32,
}

/// A key and its forms.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Key {
    pub(super) code: u64,
    pub(super) first: u32,
    pub(super) forms: u32,
    /// Log odds that it is a Vietnamese word, whatever stands before it.
    pub(super) odds: f32,
}

/// What n-grams see of a boundary, and what features see of it.
pub(super) const BOUNDARY: u64 = 0x42;
pub(super) const NUMBER: u64 = 0x43;

/// The hash by which n-grams know a form.
#[inline]
pub(super) const fn form_hash(key: u64, marks: u64) -> u64 {
    mix(key.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ mix(marks.wrapping_add(0x1234_5677)))
}

/// What stands for a token in features: its key, or a constant.
#[inline]
pub(super) fn feature_key(token: Option<&Token>) -> u64 {
    match token {
        Some(t) if t.kind == Kind::Word => t.key,
        Some(t) if t.kind == Kind::Number => NUMBER << 48,
        _ => BOUNDARY << 48,
    }
}

#[derive(Debug)]
pub(super) struct Lexicon {
    keys: Vec<Key>,
    forms: Vec<Form>,
    /// Open addressing over `keys`; 0 is empty, else index + 1.
    slots: Vec<u16>,
    pub(super) boundary: f32,
    pub(super) number: f32,
}

impl Lexicon {
    pub(super) fn read(mut bytes: Reader<'_>) -> Result<Lexicon, ModelError> {
        let (boundary, number) = (bytes.f32()?, bytes.f32()?);
        let count = bytes.u32()? as usize;
        if count >= usize::from(u16::MAX) {
            return Err(ModelError::Damaged("too many keys"));
        }
        let (mut keys, mut forms) = (Vec::with_capacity(count), Vec::new());
        for _ in 0..count {
            let code = bytes.u64()?;
            let packed = bytes.u8()?;
            let number = u32::from(packed);
            if number == 0 || number as usize > MOST_CANDIDATES {
                return Err(ModelError::Damaged("a key without forms"));
            }
            keys.push(Key { code, first: forms.len() as u32, forms: number, odds: 0.0 });
            for _ in 0..number {
                let (marks, unigram) = (bytes.u64()?, bytes.f32()?);
                forms.push(Form { marks, hash: form_hash(code, marks), unigram });
            }
        }
        let mut slots = vec![0; (count * 3).next_power_of_two().max(2)];
        for (index, key) in keys.iter().enumerate() {
            let mut slot = mix(key.code) as usize % slots.len();
            while slots[slot] != 0 {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = index as u16 + 1;
        }
        Ok(Lexicon { keys, forms, slots, boundary, number })
    }

    /// Sets the odds of each key.
    pub(super) fn judge(&mut self, odds: impl Fn(u64) -> f32) {
        for key in &mut self.keys {
            key.odds = odds(key.code);
        }
    }

    /// Looks up each word of a text.
    pub(super) fn look_up(&self, tokens: &mut [Token]) {
        for token in tokens.iter_mut().filter(|t| t.kind == Kind::Word && !t.has(flag::UNREADABLE))
        {
            token.entry = self.entry(token.key);
        }
    }

    /// The number of a key from 1, or 0 if the lexicon does not have it.
    fn entry(&self, code: u64) -> u16 {
        let mask = self.slots.len() - 1;
        let mut slot = mix(code) as usize & mask;
        loop {
            let entry = self.slots.get(slot).copied().unwrap_or(0);
            match self.keys.get(usize::from(entry).wrapping_sub(1)) {
                Some(key) if key.code != code => slot = (slot + 1) & mask,
                _ => return entry,
            }
        }
    }

    /// The key of a token that was looked up, if the lexicon has it.
    #[inline]
    pub(super) fn key_of(&self, token: &Token) -> Option<&Key> {
        self.keys.get(usize::from(token.entry).wrapping_sub(1))
    }

    /// Whether a token that was looked up is a form of the lexicon as it stands.
    pub(super) fn has(&self, token: &Token) -> bool {
        self.key_of(token).is_some_and(|key| self.forms(key).iter().any(|f| f.marks == token.marks))
    }

    #[inline]
    pub(super) fn forms(&self, key: &Key) -> &[Form] {
        let first = key.first as usize;
        self.forms.get(first..first + key.forms as usize).unwrap_or_default()
    }
}
