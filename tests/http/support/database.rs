//! The database file itself, for what the service never shows and for time that has passed.

use rusqlite::Connection;

use super::App;

impl App {
    fn database(&self) -> Connection {
        Connection::open(self.folder.path().join("codau.db")).unwrap()
    }

    /// Changes rows as the passing of time would have.
    pub(crate) fn sql(&self, statement: &str) {
        self.database().execute_batch(statement).unwrap();
    }

    /// Every row of every table, as text.
    pub(crate) fn dump(&self) -> String {
        let db = self.database();
        let mut tables = db
            .prepare("select name from sqlite_schema where type = 'table' order by name")
            .unwrap();
        let names: Vec<String> =
            tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut dump = String::new();
        for name in names {
            let mut query = db.prepare(&format!("select * from {name}")).unwrap();
            let columns = query.column_count();
            let mut rows = query.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let value = |column| row.get_ref(column).unwrap();
                let row: Vec<_> = (0..columns).map(value).collect();
                dump.push_str(&format!("{name} {row:?}\n"));
            }
        }
        dump
    }
}
