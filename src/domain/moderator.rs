//! The people at the desk.

use std::str::FromStr;

use super::{Invalid, Rule};

/// A moderator's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ModeratorId(pub i64);

/// What a moderator may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Decides on comments.
    Moderator,
    /// Also opens and closes threads and looks after accounts.
    Admin,
}

impl Role {
    /// The stored and transmitted name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Moderator => "moderator",
            Role::Admin => "admin",
        }
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "moderator" => Ok(Role::Moderator),
            "admin" => Ok(Role::Admin),
            other => Err(format!("no role {other:?}: it is moderator or admin")),
        }
    }
}

/// Someone who decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderator {
    /// Their number.
    pub id: ModeratorId,
    /// The name they log in with and that their decisions carry.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may log in.
    pub enabled: bool,
}

/// Fewest characters of a password, after OWASP ASVS 5.0 requirement 6.2.1 (8, better 15).
pub const MIN_PASSWORD: usize = 10;
/// Most characters of a moderator's name.
const MAX_NAME: usize = 60;
/// Most bytes of a password: enough for any phrase, too few to be a load.
const MAX_PASSWORD_BYTES: usize = 1024;

/// Checks a new moderator's name and password, all bad fields at once.
///
/// # Errors
/// The fields that are not acceptable, each with the rule it breaks.
pub fn check_new_moderator(name: &str, password: &str) -> Result<(), Vec<Invalid>> {
    let mut invalid = Vec::new();
    if name.trim().is_empty() {
        invalid.push(Invalid { field: "name", rule: Rule::Missing });
    } else if name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        invalid.push(Invalid { field: "name", rule: Rule::TooLong(MAX_NAME) });
    }
    if password.chars().count() < MIN_PASSWORD {
        invalid.push(Invalid { field: "password", rule: Rule::TooShort(MIN_PASSWORD) });
    } else if password.len() > MAX_PASSWORD_BYTES {
        invalid.push(Invalid { field: "password", rule: Rule::TooLong(MAX_PASSWORD_BYTES) });
    }
    if invalid.is_empty() { Ok(()) } else { Err(invalid) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_password_are_neither_too_short_nor_too_long() {
        let broken = |name: &str, password: &str| -> Vec<_> {
            let invalid = check_new_moderator(name, password).err().unwrap_or_default();
            invalid.into_iter().map(|invalid| (invalid.field, invalid.rule)).collect()
        };
        let long_name = ("name", Rule::TooLong(60));
        let (short, long) = (("password", Rule::TooShort(10)), ("password", Rule::TooLong(1024)));
        let good = "mật khẩu dài";
        assert_eq!(broken(&"ễ".repeat(60), good), []);
        assert_eq!(broken(&"ễ".repeat(61), good), [long_name]);
        assert_eq!(broken("Chi\u{7}", good), [long_name]);
        assert_eq!(broken("Chi", &"ễ".repeat(10)), []);
        assert_eq!(broken("Chi", &"ễ".repeat(9)), [short]);
        assert_eq!(broken("Chi", &"x".repeat(1024)), []);
        assert_eq!(broken("Chi", &"x".repeat(1025)), [long]);
        assert_eq!(broken(" ", ""), [("name", Rule::Missing), short]);
    }
}
