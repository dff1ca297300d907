//! The database itself, for what the service never shows and for time that has passed.

use super::App;

impl App {
    /// Changes rows as the passing of time would have.
    pub(crate) fn sql(&self, statement: &str) {
        self.database.sql(statement).unwrap();
    }

    /// Every row of every table, as text.
    pub(crate) fn dump(&self) -> String {
        self.database.dump()
    }
}
