//! The letters of Vietnamese: which base, shape and tone each character carries, and back.

/// What distinguishes a letter from its base: `â` has a circumflex, `đ` a stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Plain = 0,
    Circumflex = 1,
    Breve = 2,
    Horn = 3,
    Stroke = 4,
}

/// The six tones, numbered as VNI numbers their keys: 0 level, 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng.
pub(super) const TONES: u8 = 6;

/// One Latin letter taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    /// Base letter, 1 for `a` to 26 for `z`.
    pub(super) base: u8,
    /// A [`Shape`] as a number.
    pub(super) shape: u8,
    /// Tone, 0 to 5.
    pub(super) tone: u8,
    pub(super) upper: bool,
}

/// Base letter, shape, and the letter under each of the six tones.
const LOWER: [(u8, Shape, [char; 6]); 12] = [
    (b'a', Shape::Plain, ['a', 'á', 'à', 'ả', 'ã', 'ạ']),
    (b'a', Shape::Circumflex, ['â', 'ấ', 'ầ', 'ẩ', 'ẫ', 'ậ']),
    (b'a', Shape::Breve, ['ă', 'ắ', 'ằ', 'ẳ', 'ẵ', 'ặ']),
    (b'e', Shape::Plain, ['e', 'é', 'è', 'ẻ', 'ẽ', 'ẹ']),
    (b'e', Shape::Circumflex, ['ê', 'ế', 'ề', 'ể', 'ễ', 'ệ']),
    (b'i', Shape::Plain, ['i', 'í', 'ì', 'ỉ', 'ĩ', 'ị']),
    (b'o', Shape::Plain, ['o', 'ó', 'ò', 'ỏ', 'õ', 'ọ']),
    (b'o', Shape::Circumflex, ['ô', 'ố', 'ồ', 'ổ', 'ỗ', 'ộ']),
    (b'o', Shape::Horn, ['ơ', 'ớ', 'ờ', 'ở', 'ỡ', 'ợ']),
    (b'u', Shape::Plain, ['u', 'ú', 'ù', 'ủ', 'ũ', 'ụ']),
    (b'u', Shape::Horn, ['ư', 'ứ', 'ừ', 'ử', 'ữ', 'ự']),
    (b'y', Shape::Plain, ['y', 'ý', 'ỳ', 'ỷ', 'ỹ', 'ỵ']),
];

const UPPER: [[char; 6]; 12] = [
    ['A', 'Á', 'À', 'Ả', 'Ã', 'Ạ'],
    ['Â', 'Ấ', 'Ầ', 'Ẩ', 'Ẫ', 'Ậ'],
    ['Ă', 'Ắ', 'Ằ', 'Ẳ', 'Ẵ', 'Ặ'],
    ['E', 'É', 'È', 'Ẻ', 'Ẽ', 'Ẹ'],
    ['Ê', 'Ế', 'Ề', 'Ể', 'Ễ', 'Ệ'],
    ['I', 'Í', 'Ì', 'Ỉ', 'Ĩ', 'Ị'],
    ['O', 'Ó', 'Ò', 'Ỏ', 'Õ', 'Ọ'],
    ['Ô', 'Ố', 'Ồ', 'Ổ', 'Ỗ', 'Ộ'],
    ['Ơ', 'Ớ', 'Ờ', 'Ở', 'Ỡ', 'Ợ'],
    ['U', 'Ú', 'Ù', 'Ủ', 'Ũ', 'Ụ'],
    ['Ư', 'Ứ', 'Ừ', 'Ử', 'Ữ', 'Ự'],
    ['Y', 'Ý', 'Ỳ', 'Ỷ', 'Ỹ', 'Ỵ'],
];

/// Where Vietnamese letters lie outside ASCII: two blocks, each looked up by a table.
const FIRST: (u32, u32) = (0xC0, 0x1B1);
const SECOND: (u32, u32) = (0x1EA0, 0x1EFA);

/// `base | shape << 5 | tone << 8 | upper << 11`; 0 where there is no Vietnamese letter.
const fn pack(base: u8, shape: Shape, tone: usize, upper: bool) -> u16 {
    (base - b'a' + 1) as u16 | (shape as u16) << 5 | (tone as u16) << 8 | (upper as u16) << 11
}

const fn table<const N: usize>((start, end): (u32, u32)) -> [u16; N] {
    let mut table = [0; N];
    let mut row = 0;
    while row < 12 {
        let mut tone = 0;
        while tone < 6 {
            let (base, shape, letters) = LOWER[row];
            let (lower, upper) = (letters[tone] as u32, UPPER[row][tone] as u32);
            if lower >= start && lower < end {
                table[(lower - start) as usize] = pack(base, shape, tone, false);
            }
            if upper >= start && upper < end {
                table[(upper - start) as usize] = pack(base, shape, tone, true);
            }
            tone += 1;
        }
        row += 1;
    }
    if start <= 'đ' as u32 && ('đ' as u32) < end {
        table[('đ' as u32 - start) as usize] = pack(b'd', Shape::Stroke, 0, false);
        table[('Đ' as u32 - start) as usize] = pack(b'd', Shape::Stroke, 0, true);
        // Ð (eth) is what many keyboards and fonts give for Đ.
        table[('Ð' as u32 - start) as usize] = pack(b'd', Shape::Stroke, 0, true);
    }
    table
}

static TABLE_FIRST: [u16; (FIRST.1 - FIRST.0) as usize] = table(FIRST);
static TABLE_SECOND: [u16; (SECOND.1 - SECOND.0) as usize] = table(SECOND);

/// Takes a letter of the Vietnamese alphabet (or any of `a` to `z`) apart.
#[inline]
pub(super) fn letter(c: char) -> Option<Letter> {
    if c.is_ascii() {
        return c.is_ascii_alphabetic().then(|| Letter {
            base: (c as u8 | 0x20) - b'a' + 1,
            shape: 0,
            tone: 0,
            upper: c.is_ascii_uppercase(),
        });
    }
    let code = c as u32;
    let packed = if (FIRST.0..FIRST.1).contains(&code) {
        TABLE_FIRST[(code - FIRST.0) as usize]
    } else if (SECOND.0..SECOND.1).contains(&code) {
        TABLE_SECOND[(code - SECOND.0) as usize]
    } else {
        0
    };
    (packed != 0).then_some(Letter {
        base: packed as u8 & 31,
        shape: (packed >> 5) as u8 & 7,
        tone: (packed >> 8) as u8 & 7,
        upper: packed >> 11 != 0,
    })
}

/// Puts a letter together. A shape or tone that the base cannot carry is left out.
pub(super) fn character(Letter { base, shape, tone, upper }: Letter) -> char {
    let ascii = b'a' - 1 + base.clamp(1, 26);
    let row = LOWER.iter().position(|&(b, s, _)| b == ascii && s as u8 == shape);
    match row {
        Some(row) if upper => UPPER[row][usize::from(tone.min(TONES - 1))],
        Some(row) => LOWER[row].2[usize::from(tone.min(TONES - 1))],
        None if ascii == b'd' && shape == Shape::Stroke as u8 => {
            if upper {
                'Đ'
            } else {
                'đ'
            }
        }
        None if upper => ascii.to_ascii_uppercase().into(),
        None => ascii.into(),
    }
}

/// What a combining mark adds to the letter before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Shape(Shape),
    Tone(u8),
}

/// Reads one of the combining marks that Vietnamese uses.
pub(super) fn mark(c: char) -> Option<Mark> {
    Some(match c {
        '\u{301}' | '\u{341}' => Mark::Tone(1),
        '\u{300}' | '\u{340}' => Mark::Tone(2),
        '\u{309}' => Mark::Tone(3),
        '\u{303}' => Mark::Tone(4),
        '\u{323}' => Mark::Tone(5),
        '\u{302}' => Mark::Shape(Shape::Circumflex),
        '\u{306}' => Mark::Shape(Shape::Breve),
        '\u{31B}' => Mark::Shape(Shape::Horn),
        _ => return None,
    })
}

/// Whether a base letter (1 for `a`) is one of the six vowels of Vietnamese, `y` included.
pub(super) const fn is_vowel(base: u8) -> bool {
    matches!(base + b'a' - 1, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_comes_back() {
        for c in LOWER
            .iter()
            .flat_map(|r| r.2)
            .chain(UPPER.into_iter().flatten())
            .chain(['đ', 'Đ', 'z', 'W'])
        {
            assert_eq!(letter(c).map(character), Some(c));
        }
        assert_eq!(letter('ñ'), None);
    }
}
