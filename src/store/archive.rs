//! A whole installation, table by table and row by row: what leaves one database for another. Each
//! function works on the thread that asks, and may take long.

use super::{postgres, sqlite, upkeep};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number; times too.
    Number,
    /// A share.
    Share,
    /// Yes or no.
    Flag,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A table that is moved. What is derived from others (counts, the search index) is not: the
/// database derives it again.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, Kind)],
    /// Whether it numbers its rows; a number is never given twice, in the other database neither.
    pub numbered: bool,
    /// The columns its rows are ordered by.
    pub order: &'static str,
}

use Kind::{Bytes, Flag, Number, Share, Text};

/// Every table that is moved, each after those it refers to.
#[rustfmt::skip]
pub const TABLES: [Table; 16] = [
    table("thread", true, "id", &[
        ("id", Number), ("site", Text), ("object", Text), ("url", Text), ("title", Text),
        ("open", Flag), ("revision", Number), ("published_at", Number),
    ]),
    table("moderator", true, "id", &[
        ("id", Number), ("name", Text), ("role", Text), ("enabled", Flag),
        ("password_hash", Text), ("created_at", Number),
    ]),
    table("reason", false, "key", &[
        ("key", Text), ("label", Text), ("sentence", Text), ("position", Number), ("active", Flag),
    ]),
    table("comment", true, "id", &[
        ("id", Number), ("thread_id", Number), ("parent_id", Number), ("name", Text),
        ("email", Text), ("consent", Flag), ("body", Text), ("published_body", Text),
        ("folded", Text), ("status", Text), ("lane", Number), ("class", Text),
        ("missing_share", Share), ("confidence", Share), ("spans", Text), ("flags", Text),
        ("hold", Number), ("matches", Text), ("likeness", Number), ("staff_id", Number),
        ("to_staff", Flag), ("version", Number), ("receipt", Bytes), ("submitted_at", Number),
        ("decided_at", Number), ("reason", Text), ("message", Text),
    ]),
    table("revision", false, "comment_id, version", &[
        ("comment_id", Number), ("version", Number), ("body", Text), ("at", Number),
    ]),
    table("origin_trace", false, "comment_id", &[
        ("comment_id", Number), ("address", Text), ("user_agent", Text), ("submitted_at", Number),
    ]),
    table("decision", true, "id", &[
        ("id", Number), ("comment_id", Number), ("version", Number), ("moderator_id", Number),
        ("action", Text), ("status", Text), ("reason", Text), ("edits", Text), ("message", Text),
        ("note", Text), ("body_before", Text), ("body_after", Text), ("message_hash", Bytes),
        ("note_hash", Bytes), ("sent_hash", Bytes), ("body_before_hash", Bytes),
        ("body_after_hash", Bytes), ("at", Number), ("hash", Bytes),
    ]),
    table("bulk", true, "id", &[
        ("id", Number), ("moderator_id", Number), ("action", Text), ("reason", Text),
        ("note", Text), ("undoes", Number), ("total", Number), ("done", Number),
        ("skipped", Number), ("started_at", Number), ("worked_at", Number), ("finished_at", Number),
    ]),
    table("bulk_item", false, "bulk_id, comment_id", &[
        ("bulk_id", Number), ("comment_id", Number), ("version", Number), ("state", Text),
    ]),
    table("claim", false, "comment_id", &[
        ("comment_id", Number), ("moderator_id", Number), ("until", Number),
    ]),
    table("session", false, "id", &[
        ("id", Bytes), ("moderator_id", Number), ("opened_at", Number), ("seen_at", Number),
    ]),
    table("api_token", false, "hash", &[
        ("hash", Bytes), ("moderator_id", Number), ("label", Text), ("made_at", Number),
        ("used_at", Number),
    ]),
    table("saved_view", true, "id", &[
        ("id", Number), ("moderator_id", Number), ("name", Text), ("query", Text),
        ("created_at", Number),
    ]),
    table("rule", true, "id", &[
        ("id", Number), ("name", Text), ("kind", Text), ("effect", Text), ("entries", Text),
        ("active", Flag), ("changed_at", Number),
    ]),
    table("rule_set", false, "id", &[("id", Number), ("revision", Number)]),
    table("secret", false, "name", &[("name", Text), ("value", Bytes)]),
];

const fn table(
    name: &'static str,
    numbered: bool,
    order: &'static str,
    columns: &'static [(&'static str, Kind)],
) -> Table {
    Table { name, columns, numbered, order }
}

/// Tables that a new installation has filled already.
pub(super) const SEEDED: [&str; 3] = ["reason", "rule_set", "secret"];

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Nothing,
    /// A number.
    Number(i64),
    /// A share.
    Share(f32),
    /// Yes or no.
    Flag(bool),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A piece of an installation.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A row of a table, its values in the order of its columns.
    Row(&'static Table, Vec<Value>),
    /// The last number that a table gave, whether or not the row is still there.
    Last(&'static Table, i64),
}

impl Table {
    /// The names of the columns, for a statement.
    pub(super) fn names(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    /// All rows, in their order; text is ordered by its bytes in every database.
    pub(super) fn query(&self, by_bytes: &str) -> String {
        let text = self.columns.contains(&(self.order, Kind::Text));
        let collation = if text { by_bytes } else { "" };
        let (columns, table, order) = (self.names(), self.name, self.order);
        format!("select {columns} from {table} order by {order}{collation}")
    }
}

/// Hands over everything that is in the database that `url` names, as it is at one moment. Others
/// may read and write meanwhile.
///
/// # Errors
/// A sentence for the operator, or what `each` says.
pub fn export(url: &str, each: &mut dyn FnMut(Piece) -> Result<(), String>) -> Result<(), String> {
    match upkeep::file_of(url) {
        Ok(file) => sqlite::archive::export(file, each),
        Err(_) => postgres::archive::export(url, each),
    }
}

/// Puts everything into the database that `url` names, which must be empty; all of it or nothing.
///
/// # Errors
/// A sentence for the operator, or what `pieces` says.
pub fn import(
    url: &str,
    pieces: &mut dyn Iterator<Item = Result<Piece, String>>,
) -> Result<(), String> {
    let _lock = upkeep::lock(url)?;
    match upkeep::file_of(url) {
        Ok(file) => sqlite::archive::import(file, pieces),
        Err(_) => postgres::archive::import(url, pieces),
    }
}

/// Why an installation that is in use takes no other.
pub(super) const NOT_EMPTY: &str = "there are comments, articles or moderators in this database already: only an empty one is filled";
