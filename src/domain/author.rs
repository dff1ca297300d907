//! What is known of who wrote a comment. Readers have no accounts: whoever uses the same name and
//! the same e-mail address counts as one author, and without an e-mail address whoever uses the
//! same name from the same network address, as long as that is kept.

/// By what beside the name an author was told from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthorSign {
    /// The e-mail address.
    Email,
    /// The network address.
    Address,
}

/// What became of the other comments of a comment's author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// How they were found.
    pub by: AuthorSign,
    /// How many there are, whatever became of them.
    pub others: i64,
    /// How many of them are published.
    pub approved: i64,
    /// How many of them are rejected or spam.
    pub rejected: i64,
}

impl Author {
    /// Only so many of the latest comments with the same sign are looked at.
    pub const LOOKED_AT: i64 = 500;
}
