//! Which keys and forms the lexicon holds, and the numbers of all words.

use super::super::lexicon::{MOST_CANDIDATES, UNSEEN, form_hash};
use super::super::syllable::{is_syllable, tone_position};
use super::super::token::{TONE_SHIFT, tone_of, unpack};
use super::corpus::{BOUNDARY_ID, Corpus, FIRST_WORD, Map, NUMBER_ID, RARE_ID, id, with_id};

/// How much more a comment's word counts than another text's.
pub(super) const COMMENT_WEIGHT: f64 = 20.0;
/// A form is kept if it is at least this frequent beside the best of its key.
const LEAST_SHARE: f64 = 1.0 / 5000.0;
/// And counted at least this often (weighted).
const LEAST_COUNT: f64 = 20.0;
/// A bare form is mostly a slip of the writer where it is seldom found: how large its share of a key must be in
/// careful text, and among all if it is no syllable at all (`that`, `luong`).
const LEAST_BARE_SHARE: f64 = 1.0 / 1000.0;
const LEAST_ODD_SHARE: f64 = 1.0 / 100.0;
/// Keys that are no syllables: how many, how often counted, and how large a share must carry marks.
const OTHER_KEYS: usize = 300;
const OTHER_COUNT: f64 = 400.0;
const OTHER_SHARE: f64 = 0.02;
/// Words met less often than this (unweighted) are all the same to n-grams.
const LEAST_MET: u32 = 4;
/// Most words that get a number, so that three fit into 64 bits.
const MOST_WORDS: usize = 1 << 20;

/// A word, by its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) key: u64,
    pub(super) hash: u64,
    pub(super) unigram: f32,
    /// Number of the first form of its key, how many there are, and which it is; 0 forms outside the lexicon.
    pub(super) first: u32,
    pub(super) forms: u8,
}

pub(super) struct Vocabulary {
    pub(super) words: Vec<Word>,
    /// The lexicon as it goes into the model.
    pub(super) section: Vec<u8>,
    pub(super) keys: usize,
    pub(super) forms: usize,
}

/// Builds the lexicon, and renumbers the corpus so that the forms of a key follow each other.
pub(super) fn build(corpus: &mut Corpus) -> Vocabulary {
    let mut met = vec![0_u32; corpus.words.len()];
    let mut weighted = vec![0.0_f64; corpus.words.len()];
    for (stream, weight) in [(&corpus.texts, 1.0), (&corpus.comments, COMMENT_WEIGHT)] {
        for &token in &stream.tokens {
            met[id(token) as usize] += 1;
            weighted[id(token) as usize] += weight;
        }
    }
    let mut texts = vec![0_u32; corpus.words.len()];
    for &token in &corpus.texts.tokens {
        texts[id(token) as usize] += 1;
    }
    let total: f64 = weighted.iter().sum();
    let keys = choose(&corpus.words, &weighted, &texts);

    let mut numbers = vec![RARE_ID; corpus.words.len()];
    numbers[BOUNDARY_ID as usize] = BOUNDARY_ID;
    numbers[NUMBER_ID as usize] = NUMBER_ID;
    let log = |count: f64| (count.max(0.5) / total).ln() as f32;
    let mut words: Vec<Word> = (0..FIRST_WORD)
        .map(|i| {
            let (key, _) = corpus.words[i as usize];
            let hash = super::super::lexicon::BOUNDARY + u64::from(i);
            let unigram = if i == RARE_ID { UNSEEN } else { log(weighted[i as usize]) };
            Word { key, hash, unigram, first: 0, forms: 0 }
        })
        .collect();
    let mut section = Vec::new();
    section.extend(words[0].unigram.to_le_bytes());
    section.extend(words[1].unigram.to_le_bytes());
    section.extend((keys.len() as u32).to_le_bytes());
    let mut forms = 0;
    for (code, members) in &keys {
        section.extend(code.to_le_bytes());
        section.push(members.len() as u8);
        let first = words.len() as u32;
        forms += members.len();
        for &member in members {
            let (key, marks) = corpus.words[member];
            let unigram = log(weighted[member]);
            section.extend(marks.to_le_bytes());
            section.extend(unigram.to_le_bytes());
            numbers[member] = words.len() as u32;
            words.push(Word {
                key,
                hash: form_hash(key, marks),
                unigram,
                first,
                forms: members.len() as u8,
            });
        }
    }
    let mut others: Vec<usize> = (FIRST_WORD as usize..corpus.words.len())
        .filter(|&w| numbers[w] == RARE_ID && met[w] >= LEAST_MET)
        .collect();
    others.sort_by_key(|&w| (std::cmp::Reverse(met[w]), w));
    others.truncate(MOST_WORDS - words.len());
    for word in others {
        let (key, marks) = corpus.words[word];
        numbers[word] = words.len() as u32;
        words.push(Word { key, hash: form_hash(key, marks), unigram: UNSEEN, first: 0, forms: 0 });
    }
    for stream in [&mut corpus.texts, &mut corpus.comments] {
        for token in &mut stream.tokens {
            *token = with_id(*token, numbers[id(*token) as usize]);
        }
    }
    Vocabulary { words, section, keys: keys.len(), forms }
}

/// Keys in the order of their code, each with the words that are its forms, the most frequent first.
fn choose(words: &[(u64, u64)], weighted: &[f64], texts: &[u32]) -> Vec<(u64, Vec<usize>)> {
    let mut groups: Map<u64, Vec<usize>> = Map::default();
    for (word, &(key, _)) in words.iter().enumerate().skip(FIRST_WORD as usize) {
        if key >> 63 == 0 {
            groups.entry(key).or_default().push(word);
        }
    }
    let mut others = Vec::new();
    let mut keys = Vec::new();
    for (key, mut members) in groups {
        members.sort_by(|&a, &b| weighted[b].total_cmp(&weighted[a]).then(a.cmp(&b)));
        let best = weighted[members[0]];
        let least = LEAST_COUNT.max(best * LEAST_SHARE);
        members.retain(|&w| weighted[w] >= least);
        if members.iter().any(|&w| well_formed(words[w])) {
            let in_texts: f64 = members.iter().map(|&w| f64::from(texts[w])).sum();
            members.retain(|&w| {
                let formed = well_formed(words[w]);
                let slip = f64::from(texts[w]) < in_texts * LEAST_BARE_SHARE
                    || (!formed && weighted[w] < best * LEAST_ODD_SHARE);
                if words[w].1 == 0 { !slip } else { formed }
            });
            members.truncate(MOST_CANDIDATES);
            keys.push((key, members));
            continue;
        }
        // A word that is no syllable: kept only if it is often written with marks.
        members.truncate(MOST_CANDIDATES);
        let count: f64 = members.iter().map(|&w| weighted[w]).sum();
        let marked: f64 = members.iter().filter(|&&w| words[w].1 != 0).map(|&w| weighted[w]).sum();
        if count >= OTHER_COUNT && marked >= count * OTHER_SHARE {
            others.push((count, key, members));
        }
    }
    others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    others.truncate(OTHER_KEYS);
    keys.extend(others.into_iter().map(|(_, key, members)| (key, members)));
    keys.sort_by_key(|&(key, _)| key);
    keys
}

/// Whether a packed form is a well-formed syllable.
fn well_formed((key, marks): (u64, u64)) -> bool {
    let mut letters = unpack(key, marks & ((1 << TONE_SHIFT) - 1));
    match (tone_of(marks), tone_position(&letters)) {
        (0, _) => {}
        (tone, Some(at)) => letters[at].tone = tone,
        (_, None) => return false,
    }
    is_syllable(&letters)
}
