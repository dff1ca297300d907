//! Fonts of before Unicode, whose bytes are seen as Latin-1: TCVN3 (ABC) and VNI.

/// TCVN3 from `0xA1` to `0xFE`; a blank where the font has no letter.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// Reads TCVN3.
pub(super) fn tcvn3(chunk: &str) -> String {
    let read = |c: char| {
        let at = (c as u32).checked_sub(0xA1)? as usize;
        (c <= 'þ').then(|| TCVN3.chars().nth(at)).flatten().filter(|&l| l != ' ')
    };
    // Its capitals with tone come from a font of capitals, and look like small letters here.
    chunk.chars().map(|c| read(c).unwrap_or(c)).collect()
}

/// What the second character of a pair in a VNI font adds: with a plain vowel, `a` and `e`, `o`.
const VNI_TONES: [(char, usize); 5] = [('ù', 1), ('ø', 2), ('û', 3), ('õ', 4), ('ï', 5)];
const VNI_PAIRS: [(char, &str); 12] = [
    // mark, then what it makes of a, e, o
    ('â', "âêô"),
    ('á', "ấếố"),
    ('à', "ầềồ"),
    ('å', "ẩểổ"),
    ('ã', "ẫễỗ"),
    ('ä', "ậệộ"),
    ('ê', "ă  "),
    ('é', "ắ  "),
    ('è', "ằ  "),
    ('ú', "ẳ  "),
    ('ü', "ẵ  "),
    ('ë', "ặ  "),
];
const VNI_SINGLE: [(char, char); 8] = [
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
];
const VNI_Y: (char, char) = ('î', 'ỵ');

/// Reads a VNI font.
pub(super) fn vni_font(chunk: &str) -> String {
    use super::letters::{Letter, character, letter};
    let mut out = String::with_capacity(chunk.len());
    let mut chars = chunk.chars().peekable();
    while let Some(c) = chars.next() {
        let upper = c.is_uppercase();
        let small = c.to_lowercase().next().unwrap_or(c);
        let single =
            VNI_SINGLE.iter().chain([&VNI_Y]).find(|&&(from, _)| from == small).map(|&(_, to)| to);
        let base = single.unwrap_or(small);
        let next = chars.peek().map(|&n| n.to_lowercase().next().unwrap_or(n));
        let toned =
            VNI_TONES.iter().find(|&&(mark, _)| Some(mark) == next).and_then(|&(_, tone)| {
                let l = letter(base).filter(|l| l.tone == 0 && super::letters::is_vowel(l.base))?;
                Some(character(Letter { tone: tone as u8, ..l }))
            });
        let paired = VNI_PAIRS
            .iter()
            .find(|&&(mark, _)| Some(mark) == next)
            .and_then(|&(_, made)| made.chars().nth("aeo".find(base)?).filter(|&m| m != ' '));
        let made = toned.or(paired);
        if made.is_some() {
            chars.next();
        }
        let made = made.unwrap_or(base);
        let cased = letter(made).map_or(made, |l| character(Letter { upper, ..l }));
        out.push(if made == small && single.is_none() { c } else { cased });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_of_before_unicode_are_read() {
        assert_eq!(tcvn3("TiÕng ViÖt"), "Tiếng Việt");
        assert_eq!(tcvn3("Céng hßa x· héi chñ nghÜa"), "Cộng hòa xã hội chủ nghĩa");
        assert_eq!(vni_font("Tieáng Vieät"), "Tiếng Việt");
        assert_eq!(vni_font("Coäng hoøa xaõ hoäi chuû nghóa"), "Cộng hòa xã hội chủ nghĩa");
        assert_eq!(vni_font("ÑÖÔØNG ñöôøng"), "ĐƯỜNG đường");
    }
}
