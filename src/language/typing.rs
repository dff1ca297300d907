//! What input methods would have made of keys left unconverted: Telex, VNI, VIQR. Each reads one run of
//! characters between blanks and gives it back as it is where it makes no sense.

use super::letters::{Letter, Shape, character, is_vowel, letter};
use super::syllable::{is_syllable, tone_position};

/// Telex: doubled vowels and `w` shape, `s f r x j` tone, `dd` is `đ`.
pub(super) fn telex(chunk: &str) -> String {
    words(
        chunk,
        |c| c.is_ascii_alphabetic(),
        |word| {
            let mut letters: Vec<Letter> = Vec::with_capacity(word.len());
            let mut tone = 0;
            for c in word.chars() {
                let l = letter(c)?;
                let key = char::from(b'a' - 1 + l.base);
                let vowels = letters.iter().any(|l| is_vowel(l.base));
                match key {
                    's' | 'f' | 'r' | 'x' | 'j' if vowels => {
                        tone = 1 + "sfrxj".find(key)? as u8;
                    }
                    'w' if vowels => {
                        shape(&mut letters, Shape::Horn)?;
                    }
                    'a' | 'e' | 'o' if takes_circumflex(&letters, l.base) => {
                        let at = letters.iter().rposition(|v| v.base == l.base)?;
                        letters[at].shape = Shape::Circumflex as u8;
                    }
                    'd' if letters.first().is_some_and(|f| f.base == l.base)
                        && (vowels || letters.len() == 1) =>
                    {
                        letters[0].shape = Shape::Stroke as u8;
                    }
                    _ => letters.push(l),
                }
            }
            finish(letters, tone)
        },
    )
}

/// Whether a second vowel of the same kind shapes the first: beside it, or after the final consonant.
fn takes_circumflex(letters: &[Letter], base: u8) -> bool {
    letters.iter().rposition(|l| is_vowel(l.base)).is_some_and(|at| {
        let l = letters[at];
        l.base == base && l.shape == Shape::Plain as u8
    })
}

/// Gives the vowels of a word a horn (`uo` both), or a breve to `a`.
fn shape(letters: &mut [Letter], shape: Shape) -> Option<()> {
    let (a, o, u) = (1, 15, 21);
    let last = letters.iter().rposition(|l| is_vowel(l.base))?;
    let at = if letters[last].base == a || letters[last].base == o || letters[last].base == u {
        last
    } else {
        letters.iter().rposition(|l| l.base == o || l.base == u)?
    };
    if letters[at].base == a {
        if at > 0 && letters[at - 1].base == u && !(at == 2 && letters[0].base == 17) {
            letters[at - 1].shape = shape as u8; // uaw is ưa
        } else {
            letters[at].shape = Shape::Breve as u8;
        }
        return Some(());
    }
    letters[at].shape = shape as u8;
    if letters[at].base == o && at > 0 && letters[at - 1].base == u {
        letters[at - 1].shape = shape as u8;
    }
    Some(())
}

/// VNI: `1`–`5` tone, `6` circumflex, `7` horn, `8` breve, `9` stroke.
pub(super) fn vni(chunk: &str) -> String {
    words(
        chunk,
        |c| c.is_ascii_alphanumeric(),
        |word| {
            let mut letters: Vec<Letter> = Vec::with_capacity(word.len());
            let mut tone = 0;
            for c in word.chars() {
                let at = letters.iter().rposition(|l| is_vowel(l.base));
                match c {
                    '1'..='5' => {
                        at?;
                        tone = c as u8 - b'0';
                    }
                    '6' => letters[at?].shape = Shape::Circumflex as u8,
                    '7' => shape(&mut letters, Shape::Horn)?,
                    '8' => letters[at?].shape = Shape::Breve as u8,
                    '9' => letters.first_mut().filter(|l| l.base == 4)?.shape = Shape::Stroke as u8,
                    _ => letters.push(letter(c)?),
                }
            }
            finish(letters, tone)
        },
    )
}

/// Puts the tone where it belongs, if the letters make a syllable.
fn finish(mut letters: Vec<Letter>, tone: u8) -> Option<String> {
    if tone != 0 {
        let at = tone_position(&letters)?;
        letters[at].tone = tone;
    }
    is_syllable(&letters).then(|| letters.into_iter().map(character).collect())
}

/// VIQR: marks after the vowel they belong to, `^ ( +` shape and `' ` ? ~ .` tone; `dd` is `đ`.
pub(super) fn viqr(chunk: &str) -> String {
    let mut out = String::with_capacity(chunk.len());
    let mut chars = chunk.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(mut l) = letter(c).filter(|_| c.is_ascii()) else {
            out.push(c);
            continue;
        };
        if l.base == 4 && chars.next_if(|&next| next.eq_ignore_ascii_case(&'d')).is_some() {
            l.shape = Shape::Stroke as u8;
        } else if is_vowel(l.base) {
            let shape = chars.next_if(|&next| match next {
                '^' => matches!(l.base, 1 | 5 | 15),
                '(' => l.base == 1,
                '+' => matches!(l.base, 15 | 21),
                _ => false,
            });
            l.shape = match shape {
                Some('^') => Shape::Circumflex as u8,
                Some('(') => Shape::Breve as u8,
                Some(_) => Shape::Horn as u8,
                None => l.shape,
            };
            let next = chars.peek().copied();
            if let Some(tone) = next.and_then(|next| "'`?~.".find(next)) {
                // A full stop or question mark that ends the run ends the sentence too.
                let mut rest = chars.clone();
                rest.next();
                let ends = rest.peek().is_none_or(|c| !c.is_alphabetic());
                if tone == 0 || tone == 1 || tone == 3 || !ends || shape.is_some() {
                    chars.next();
                    l.tone = tone as u8 + 1;
                }
            }
        }
        out.push(character(l));
    }
    out
}

/// Applies `with` to each run of characters of a kind; a run for which it gives nothing stays.
fn words(chunk: &str, kind: fn(char) -> bool, with: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(chunk.len());
    let mut rest = chunk;
    while let Some(start) = rest.find(kind) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !kind(c)).unwrap_or(from.len()));
        out.push_str(before);
        match with(word) {
            Some(read) => out.push_str(&read),
            None => out.push_str(word),
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_input_methods_read_them() {
        for (typed, meant) in [
            ("tieengs", "tiếng"),
            ("Vieetj", "Việt"),
            ("thaafy", "thầy"),
            ("dduwowcj", "được"),
            ("duocwj", "dược"),
            ("nguowif", "người"),
            ("tooi", "tôi"),
            ("hoaf", "hòa"),
            ("DDANGR", "ĐẢNG"),
            ("mua", "mua"),
            ("chuwa", "chưa"),
            ("raats", "rất"),
            ("quaan", "quân"),
            ("hello", "hello"),
            ("toots.", "tốt."),
        ] {
            assert_eq!(telex(typed), meant, "{typed}");
        }
        for (typed, meant) in [
            ("d9u7o75c", "được"),
            ("Tie61ng", "Tiếng"),
            ("nguoi72", "người"),
            ("covid19", "covid19"),
            ("ha2ng!", "hàng!"),
        ] {
            assert_eq!(vni(typed), meant, "{typed}");
        }
        for (typed, meant) in [
            ("hi`hi`", "hìhì"),
            ("Tie^'ng", "Tiếng"),
            ("ddu+o+.c", "được"),
            ("nho+?", "nhở"),
            ("ba.", "ba."),
        ] {
            assert_eq!(viqr(typed), meant, "{typed}");
        }
    }
}
