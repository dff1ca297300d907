//! The database itself, for what the service never shows and for time that has passed.

use codau::server::clock;

use super::App;

impl App {
    /// Changes rows as the passing of time would have.
    pub(crate) fn sql(&self, statement: &str) {
        self.database.sql(statement).unwrap();
    }

    /// For an hour nobody notes that a session or a token is in use: the one thing that a request
    /// may leave behind which changes nothing.
    pub(crate) fn without_notes_of_use(&self) {
        let later = clock().as_millisecond() + 3_600_000;
        self.sql(&format!("update session set seen_at = {later}"));
        self.sql(&format!("update api_token set used_at = {later}"));
    }

    /// Whether its database is a file of SQLite's.
    pub(crate) fn is_on_sqlite(&self) -> bool {
        self.database.is_sqlite()
    }

    /// Cuts the connections by which instances hear of each other, and lets nobody connect again.
    pub(crate) fn deafen(&self) {
        self.database.refuse_connections();
    }

    /// Lets them hear again.
    pub(crate) fn undeafen(&self) {
        self.database.accept_connections();
    }

    /// Every row of every table, as text.
    pub(crate) fn dump(&self) -> String {
        self.database.dump()
    }
}
