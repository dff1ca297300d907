//! Characters that hide in a word: letters that only look Latin, and characters that cannot be seen.

/// Letters of other scripts that are taken for Latin ones, with the letter that is meant. They count only in
/// words that also hold a Latin letter, since `сон` is also Russian.
const LETTERS: [(char, char); 62] = [
    ('ı', 'i'),
    ('Ɓ', 'B'),
    ('ɑ', 'a'),
    ('ɡ', 'g'),
    ('ɩ', 'i'),
    ('ʋ', 'v'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('α', 'a'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('Ѕ', 'S'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('а', 'a'),
    ('е', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('ѕ', 's'),
    ('і', 'i'),
    ('ј', 'j'),
    ('һ', 'h'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('ո', 'n'),
    ('ս', 'u'),
    ('ց', 'g'),
];

/// Small capitals, `a` to `z`; a space where there is none.
const SMALL_CAPITALS: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘ ʀꜱᴛᴜᴠᴡ ʏᴢ";

/// Blocks of styled alphabets: first character, length, and whether each is `A`–`Z` then `a`–`z`.
const STYLED: [(u32, u32); 3] = [(0xFF21, 26), (0xFF41, 26), (0x24B6, 52)];
const MATHEMATICAL: (u32, u32) = (0x1D400, 52 * 13);

/// How sure it is that a look-alike stands for a Latin letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LookAlike {
    /// Only a style of the Latin letter: fullwidth, mathematical, circled, small capital.
    Styled(char),
    /// A letter of another script.
    Foreign(char),
}

/// The Latin letter that a character outside the alphabet looks like.
pub(super) fn look_alike(c: char) -> Option<LookAlike> {
    if c.is_ascii() {
        return None;
    }
    let code = c as u32;
    let latin = |index: u32, upper: bool| {
        let first = if upper { b'A' } else { b'a' };
        LookAlike::Styled(char::from(first + (index % 26) as u8))
    };
    for (start, length) in STYLED {
        if (start..start + length).contains(&code) {
            let index = code - start;
            return Some(latin(index, start == 0xFF21 || (start == 0x24B6 && index < 26)));
        }
    }
    if (MATHEMATICAL.0..MATHEMATICAL.0 + MATHEMATICAL.1).contains(&code) {
        let index = (code - MATHEMATICAL.0) % 52;
        return Some(latin(index, index < 26));
    }
    if let Ok(at) = LETTERS.binary_search_by_key(&c, |&(from, _)| from) {
        return LETTERS.get(at).map(|&(_, to)| LookAlike::Foreign(to));
    }
    let at = SMALL_CAPITALS.chars().position(|small| small == c && c != ' ')?;
    Some(latin(at as u32, false))
}

/// Characters that are not drawn: zero-width, direction and variation marks, fillers
/// (Unicode's `Default_Ignorable_Code_Point`).
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Marks that are set over or through letters of any language.
pub(super) const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Combining marks that spell letters of other European languages (`ü ç č å ő`), so that they tell a language
/// and not an evasion.
pub(super) const fn is_european(c: char) -> bool {
    matches!(c, '\u{304}' | '\u{307}' | '\u{308}' | '\u{30A}'..='\u{30C}' | '\u{30F}' | '\u{311}'
        | '\u{326}'..='\u{328}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_read() {
        assert!(LETTERS.is_sorted());
        assert_eq!(look_alike('ց'), Some(LookAlike::Foreign('g')));
        assert_eq!(look_alike('ᴀ'), Some(LookAlike::Styled('a')));
        assert_eq!(look_alike('Ｂ'), Some(LookAlike::Styled('B')));
        assert_eq!(look_alike('𝐛'), Some(LookAlike::Styled('b')));
        assert_eq!(look_alike('đ'), None);
    }
}
