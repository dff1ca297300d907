//! Near-misses: text typed with an input method switched off, or written in an encoding of before Unicode.

/// What went wrong with a text that can be repaired as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repair {
    /// Telex keys left unconverted: `tieengs Vieetj`.
    Telex,
    /// VNI keys left unconverted: `d9u7o75c`.
    Vni,
    /// VIQR: `dd+o+.c`.
    Viqr,
    /// The bytes of a TCVN3 (ABC) font seen as Latin-1.
    Tcvn3,
    /// The bytes of a VNI font seen as Latin-1.
    VniFont,
}

impl Repair {
    /// The name it has in files and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Repair::Telex => "telex",
            Repair::Vni => "vni",
            Repair::Viqr => "viqr",
            Repair::Tcvn3 => "tcvn3",
            Repair::VniFont => "vni_font",
        }
    }
}
