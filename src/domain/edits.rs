//! What an edit was for: a set, kept with the decision.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::personal::{HIDDEN, personal_in};
use crate::language;

/// A kind of edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditReason {
    /// Spelling was put right.
    Spelling,
    /// Missing marks were put in.
    Marks,
    /// Something was left out.
    Cut,
    /// Personal information was hidden.
    PersonalData,
}

impl EditReason {
    /// Every kind, in the order the desk offers them.
    pub const ALL: [EditReason; 4] =
        [EditReason::Spelling, EditReason::Marks, EditReason::Cut, EditReason::PersonalData];

    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            EditReason::Spelling => "spelling",
            EditReason::Marks => "marks",
            EditReason::Cut => "cut",
            EditReason::PersonalData => "personal-data",
        }
    }
}

/// What an edit was for; may be nothing in particular.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EditReasons([bool; EditReason::ALL.len()]);

impl EditReasons {
    /// Those of the names given that are kinds of edits.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> EditReasons {
        let names: Vec<_> = names.into_iter().collect();
        EditReasons(EditReason::ALL.map(|reason| names.contains(&reason.as_str())))
    }

    /// What the changes from one text to another look like: words are compared without their
    /// marks. A moderator may know better.
    #[must_use]
    pub fn of(before: &str, after: &str) -> EditReasons {
        let (old, new) = (words_of(before), words_of(after));
        let bare =
            |words: &[&str]| words.iter().map(|word| language::fold(word)).collect::<Vec<_>>();
        let mut found = EditReasons::default();
        let mut add = |reason: EditReason| found.0[reason as usize] = true;
        for op in capture_diff_slices(Algorithm::Myers, &bare(&old), &bare(&new)) {
            let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
            match op.tag() {
                DiffTag::Equal => {
                    for (old, new) in old.iter().zip(new) {
                        if old.to_lowercase() != new.to_lowercase() {
                            add(EditReason::Marks);
                        }
                        if language::strip(old) != language::strip(new) {
                            add(EditReason::Spelling);
                        }
                    }
                }
                DiffTag::Delete => add(EditReason::Cut),
                DiffTag::Insert | DiffTag::Replace => add(EditReason::Spelling),
            }
        }
        if personal_in(before).len() > personal_in(after).len() && after.contains(HIDDEN) {
            add(EditReason::PersonalData);
        }
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        if found == EditReasons::default() && letters(before) != letters(after) {
            found.0[EditReason::Spelling as usize] = true;
        }
        found
    }

    /// The kinds in it, in the order the desk offers them.
    pub fn iter(self) -> impl Iterator<Item = EditReason> {
        EditReason::ALL
            .into_iter()
            .zip(self.0)
            .filter_map(|(reason, there)| there.then_some(reason))
    }

    /// Their names, separated by spaces: how they are kept and hashed.
    #[must_use]
    pub fn column(self) -> String {
        self.iter().map(EditReason::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// The words of a text, without what stands around them and without what is personal.
fn words_of(text: &str) -> Vec<&str> {
    let (mut words, mut done) = (Vec::new(), 0);
    for (bytes, _) in personal_in(text) {
        words.extend(text[done..bytes.start].split_whitespace());
        done = bytes.end;
    }
    words.extend(text[done..].split_whitespace());
    let trimmed = words.into_iter().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    trimmed.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_edit_is_for_is_read_off_its_changes() {
        for (before, after, expected) in [
            ("bai viet rat hay", "bài viết rất hay", "marks"),
            ("Bài viết rấc hay", "Bài viết rất hay", "spelling"),
            ("Bài này hay. Đồ ngu!", "Bài này hay.", "cut"),
            ("Gọi tôi 0912 345 678 nhé", "Gọi tôi *** nhé", "personal-data"),
            ("goi toi 0912345678", "Gọi tôi ***", "spelling marks personal-data"),
            ("bai hay, do ngu", "Bài hay", "spelling marks cut"),
            ("Bài hay", "Bài hay!", "spelling"),
            ("Bài hay.", "Bài hay.", ""),
            ("Bài  hay.", "Bài hay.", ""),
            ("bai viet hay, tac gia gioi", "bài viết hay", "marks cut"),
        ] {
            assert_eq!(EditReasons::of(before, after).column(), expected, "{before} → {after}");
        }
    }

    #[test]
    fn a_set_of_edit_reasons_is_kept_by_name_in_one_order() {
        let edits = EditReasons::named(["cut", "spelling", "nothing", "cut"]);
        assert_eq!(edits.column(), "spelling cut");
        assert_eq!(EditReasons::named(edits.column().split(' ')), edits);
        assert_eq!(EditReasons::named([]).column(), "");
    }
}
