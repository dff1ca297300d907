//! What an edit was for: a set, kept with the decision.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_edit_reasons_is_kept_by_name_in_one_order() {
        let edits = EditReasons::named(["cut", "spelling", "nothing", "cut"]);
        assert_eq!(edits.column(), "spelling cut");
        assert_eq!(EditReasons::named(edits.column().split(' ')), edits);
        assert_eq!(EditReasons::named([]).column(), "");
    }
}
