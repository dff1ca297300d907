//! Personal information in a text: phone numbers, identity card numbers, e-mail addresses and
//! account numbers, found by their form, and hidden. Years, prices, dates and the numbers of laws
//! look otherwise or stand beside words that say so.

use std::ops::Range;

use crate::language;

/// What stands in the place of what is hidden.
pub const HIDDEN: &str = "***";

/// The kind of a piece of personal information.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    /// A phone number of a person's; not a hotline.
    Phone,
    /// The number of an identity card: CCCD (12 digits) or CMND (9).
    Identity,
    /// An e-mail address.
    Email,
    /// The number of an account or a card.
    Account,
}

/// Characters between the groups of one number.
const BETWEEN: &str = " .-()\u{a0}\u{2013}";
/// Characters before a number that words which say what it is are looked for in.
const SAID_BEFORE: usize = 32;
/// Words before a number that make it one of an account's.
const ACCOUNT: [&str; 5] = ["stk", "so tai khoan", "tai khoan", "so the", "account"];
/// Words before a number that make it one of an identity card's.
const IDENTITY: [&str; 5] = ["cccd", "cmnd", "cmt", "can cuoc", "chung minh"];
/// Words before a number that make it none of a person's.
const OTHERWISE: [&str; 4] = ["mst", "ma so thue", "don hang", "van ban so"];
/// Words after a number that make it an amount.
const AMOUNT: [&str; 11] =
    ["d", "dong", "vnd", "usd", "ty", "trieu", "nghin", "ngan", "k", "nguoi", "%"];

/// What in a text is personal information, in order.
#[must_use]
pub fn personal_in(text: &str) -> Vec<(Range<usize>, Personal)> {
    let mut found = emails_in(text);
    for numbers in runs_of_digits(text) {
        let mut at = 0;
        while at < numbers.len() {
            let hit = (1..=numbers.len() - at).rev().find_map(|count| {
                let groups = &numbers[at..at + count];
                kind_of(text, groups).map(|kind| (count, whole(text, groups), kind))
            });
            at += hit.as_ref().map_or(1, |(count, ..)| *count);
            let apart = |bytes: &Range<usize>| {
                found.iter().all(|(other, _)| bytes.end <= other.start || other.end <= bytes.start)
            };
            if let Some((_, bytes, kind)) = hit
                && apart(&bytes)
            {
                found.push((bytes, kind));
            }
        }
    }
    found.sort_by_key(|(bytes, _)| bytes.start);
    found
}

/// A text with its personal information hidden.
#[must_use]
pub fn hide_personal(text: &str) -> String {
    let (mut hidden, mut done) = (String::with_capacity(text.len()), 0);
    for (bytes, _) in personal_in(text) {
        hidden.push_str(&text[done..bytes.start]);
        hidden.push_str(HIDDEN);
        done = bytes.end;
    }
    hidden.push_str(&text[done..]);
    hidden
}

/// Groups of digits that only [`BETWEEN`] parts, at most three of those characters each time.
fn runs_of_digits(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match groups.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => groups.push(at..at + c.len_utf8()),
        }
    }
    let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
    for group in groups {
        let joins = |last: &Range<usize>| {
            let between = &text[last.end..group.start];
            between.chars().count() <= 3 && between.chars().all(|c| BETWEEN.contains(c))
        };
        match runs.last_mut().filter(|run| run.last().is_some_and(joins)) {
            Some(run) => run.push(group),
            None => runs.push(vec![group]),
        }
    }
    runs
}

/// What the groups are, taken as one number.
fn kind_of(text: &str, groups: &[Range<usize>]) -> Option<Personal> {
    let (first, last) = (groups.first()?, groups.last()?);
    let digits: String = groups.iter().map(|group| &text[group.clone()]).collect();
    let lengths: Vec<_> = groups.iter().map(Range::len).collect();
    let (before, after) = (&text[..first.start], &text[last.end..]);
    let contiguous = groups.len() == 1;
    let said = said_before(before);
    let one_of = |words: &[&str]| words.iter().any(|word| says(&said, word));
    if is_inside_a_word(before, after) || one_of(&OTHERWISE) || is_amount(after) {
        return None;
    }
    if one_of(&ACCOUNT) && (6..=19).contains(&digits.len()) {
        return Some(Personal::Account);
    }
    if one_of(&IDENTITY) && matches!(digits.len(), 9 | 12) {
        return Some(Personal::Identity);
    }
    if is_phone(&digits, before, &lengths) {
        return Some(Personal::Phone);
    }
    let even = |length: usize| lengths.iter().all(|one| *one == length);
    let plain = contiguous && !digits.ends_with("000");
    match digits.len() {
        12 if digits.starts_with('0') && (contiguous || even(3) || even(4)) => {
            Some(Personal::Identity)
        }
        9 if plain => Some(Personal::Identity),
        13..=19 if plain || (digits.len() == 16 && even(4)) => Some(Personal::Account),
        _ => None,
    }
}

/// A number of a mobile (`0` and nine digits) or of a landline (`02` and nine), also with the
/// country's code.
fn is_phone(digits: &str, before: &str, lengths: &[usize]) -> bool {
    let with_plus = before.ends_with('+');
    let in_pieces = lengths.len() > 5 || lengths.iter().skip(1).any(|length| *length < 2);
    // The country's code; the zero behind it is one too many.
    let code = digits
        .strip_prefix("0084")
        .or_else(|| digits.strip_prefix("84").filter(|_| with_plus || lengths.len() == 1));
    match code {
        Some(rest) => is_national(rest.strip_prefix('0').unwrap_or(rest)),
        None => !in_pieces && digits.strip_prefix('0').is_some_and(is_national),
    }
}

/// The digits behind the zero: nine of a mobile, ten of a landline.
fn is_national(digits: &str) -> bool {
    match (digits.len(), digits.as_bytes().first()) {
        (9, Some(b'3' | b'5' | b'7' | b'8' | b'9')) | (10, Some(b'2')) => true,
        // Mobiles of before 2018.
        (10, Some(b'1')) => matches!(digits.as_bytes()[1], b'2' | b'6' | b'8' | b'9'),
        _ => false,
    }
}

/// Whether a number is a part of a word, an address on the web, a law's number or a date.
fn is_inside_a_word(before: &str, after: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_link = ["http://", "https://", "www."].iter().any(|start| word.contains(start));
    let chats = ["zalo.me/", "wa.me/"].iter().any(|host| word.ends_with(host));
    let is_digit = |c: char| c.is_ascii_digit();
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "_=#".contains(c));
    ((is_link || joined(before.chars().next_back())) && !chats)
        || joined(after.chars().next())
        || before.strip_suffix(',').is_some_and(|before| before.ends_with(is_digit))
        || after.strip_prefix(',').is_some_and(|after| after.starts_with(is_digit))
}

/// Whether the next word after a number makes it an amount.
fn is_amount(after: &str) -> bool {
    let word = after.trim_start_matches([' ', '\u{a0}']);
    let end = word.find(|c: char| !c.is_alphabetic() && c != '%').unwrap_or(word.len());
    AMOUNT.contains(&language::fold(&word[..end]).as_str())
}

/// The words shortly before a number, without marks, up to the last sentence's end.
fn said_before(before: &str) -> String {
    let from = before.char_indices().rev().nth(SAID_BEFORE).map_or(0, |(at, _)| at);
    let near = before[from..].rsplit(['\n', ';', '!', '?']).next().unwrap_or_default();
    // Another number takes the words before it.
    let own = near.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    language::fold(own)
}

/// Whether a folded text has these words in it, whole.
fn says(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !inside(text[..at].chars().next_back()) && !inside(text[at + words.len()..].chars().next())
    })
}

/// The bytes of a number with the plus and the bracket before it.
fn whole(text: &str, groups: &[Range<usize>]) -> Range<usize> {
    let (start, end) = (groups[0].start, groups[groups.len() - 1].end);
    let before = &text[..start];
    let before = before.strip_suffix('+').unwrap_or(before);
    let closes = text[start..end].contains(')');
    let before = if closes { before.strip_suffix('(').unwrap_or(before) } else { before };
    before.len()..end
}

/// E-mail addresses: letters, digits and dots on both sides of an `@`, a dot behind it.
fn emails_in(text: &str) -> Vec<(Range<usize>, Personal)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
        let host = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        let start = text[..at].trim_end_matches(local).len();
        let rest = &text[at + 1..];
        let length = rest.find(|c: char| !host(c)).unwrap_or(rest.len());
        let domain = rest[..length].trim_end_matches(['.', '-']);
        let has_ending = domain.rsplit_once('.').is_some_and(|(name, ending)| {
            !name.is_empty() && ending.len() >= 2 && ending.chars().all(|c| c.is_ascii_alphabetic())
        });
        if start < at && has_ending {
            found.push((start..at + 1 + domain.len(), Personal::Email));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(hide_personal(text), *expected);
        }
    }

    #[test]
    fn phone_numbers_are_hidden_however_they_are_written() {
        check(&[
            ("Gọi 0912345678 nhé", "Gọi *** nhé"),
            ("Gọi 0912 345 678, gặp Lan", "Gọi ***, gặp Lan"),
            ("0912.345.678", "***"),
            ("0912-345-678.", "***."),
            ("091 234 56 78", "***"),
            ("09.1234.5678", "***"),
            ("+84912345678", "***"),
            ("+84 912 345 678", "***"),
            ("(+84) 912 345 678", "***"),
            ("+84 (0) 912 345 678", "***"),
            ("84912345678", "***"),
            ("0084912345678", "***"),
            ("(028) 3825 1234", "***"),
            ("024 38251234", "***"),
            ("0273.3871234", "***"),
            ("01234567890", "***"),
            ("ĐT:0977123456/Zalo", "ĐT:***/Zalo"),
            ("0912345678/0987654321", "***/***"),
            ("Zalo 0977123456", "Zalo ***"),
            ("https://zalo.me/0977123456", "https://zalo.me/***"),
            ("năm 2024 0912345678 gọi em", "năm 2024 *** gọi em"),
            ("0912345678 0987654321", "*** ***"),
            ("0912345678 hoặc 0987.654.321", "*** hoặc ***"),
            ("Nhà số 12 0912345678", "Nhà số 12 ***"),
        ]);
    }

    #[test]
    fn identity_cards_are_hidden() {
        check(&[
            ("CCCD 079123456789", "CCCD ***"),
            ("079 123 456 789", "***"),
            ("0791 2345 6789", "***"),
            ("CMND: 123456789", "CMND: ***"),
            ("số chứng minh 123 456 789", "số chứng minh ***"),
            ("căn cước công dân số 079123456789 của tôi", "căn cước công dân số *** của tôi"),
            ("của ông là 024567891 ạ", "của ông là *** ạ"),
        ]);
    }

    #[test]
    fn e_mail_addresses_are_hidden() {
        check(&[
            ("Viết cho an.nguyen@gmail.com.", "Viết cho ***."),
            ("Email:lan_95@mail.example.vn, cảm ơn", "Email:***, cảm ơn"),
            ("hẹn @ quán, a@b", "hẹn @ quán, a@b"),
            ("tôi @lan.com", "tôi @lan.com"),
            ("0912345678@gmail.com", "***"),
        ]);
    }

    #[test]
    fn account_numbers_are_hidden_where_words_or_their_length_say_so() {
        check(&[
            ("STK 0071001234567 Vietcombank", "STK *** Vietcombank"),
            ("stk: 1234567 ACB", "stk: *** ACB"),
            ("Số tài khoản 1903 4567 890 123", "Số tài khoản ***"),
            ("tai khoan so 123456789012345", "tai khoan so ***"),
            ("thẻ 4111 1111 1111 1111", "thẻ ***"),
            ("chuyển vào 9704229201234567 giúp", "chuyển vào *** giúp"),
        ]);
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "Năm 1975, 2024 và 2025-2026",
            "giai đoạn 2020 - 2025 2030",
            "Nghị định 147/2024/NĐ-CP",
            "Nghị định số 147/2024 ngày 09/11/2024",
            "ngày 23/11/2026, 23.11.2026, 23-11-2026",
            "giá 1.250.000 đồng",
            "500 000 000 đồng",
            "123.456.789 đồng",
            "123456789 đồng",
            "250000000đ",
            "84 912 345 678 đồng",
            "lãi 250000000 mỗi năm",
            "dân số 98.504.400 người",
            "khoảng 912.345.678 USD",
            "tăng 12,5% so với 2023",
            "3,141592653",
            "tổng đài 19001234, 1900 1234, 1800 5678",
            "gọi 113, 114, 115",
            "bài https://baomau.vn/tin-20241123091234567.html",
            "https://baomau.vn/0912345678.html",
            "ISBN 978-604-1-23456-7",
            "mã số thuế 0312345678",
            "MST: 0312345678",
            "biển số 63B9-123.45",
            "5km2 30000 ha 12h30 8:15",
            "Quốc lộ 1A, tỉnh lộ 864, km 1971",
            "",
            "Không có số nào.",
        ] {
            assert_eq!(hide_personal(text), text);
        }
    }

    #[test]
    fn what_is_found_is_named_and_lies_in_the_text() {
        let text = "Lan, 0912 345 678, lan@mail.vn, CCCD 079123456789, STK 12345678";
        let found = personal_in(text);
        let kinds: Vec<_> =
            found.iter().map(|(bytes, kind)| (&text[bytes.clone()], *kind)).collect();
        let expected = [
            ("0912 345 678", Personal::Phone),
            ("lan@mail.vn", Personal::Email),
            ("079123456789", Personal::Identity),
            ("12345678", Personal::Account),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(hide_personal(&hide_personal(text)), hide_personal(text));
    }
}
