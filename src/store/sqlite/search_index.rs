//! The search index, and what it has not been told yet: comments that are new, changed or gone. It is
//! told of many at once, because it writes a piece of itself each time, to be merged with others
//! later; the migrations that leave it to us say more. Whoever searches has it told first.

use rusqlite::Connection;

/// So many changes are told with the commit that brings their number up to this.
const MANY: i64 = 256;

/// Tells the index what it does not know.
pub(super) fn tell(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached(include_str!("search_index.sql"))?.execute([])?;
    // Row by row: emptied as a whole, the table would be written each time.
    db.prepare_cached("delete from search_due where true")?.execute([]).map(|_| ())
}

/// Tells it before a commit, if there is much, or a text that is to be forgotten.
pub(super) fn tell_in_time(db: &Connection) -> rusqlite::Result<()> {
    let sql = "select exists (select 1 from search_due where folded is not null) \
               or (select count(*) from search_due) + coalesce((select max(id) from comment), 0) \
               - coalesce((select max(id) from comment_search_docsize), 0) >= ?1";
    let is_time = db.prepare_cached(sql)?.query_row([MANY], |row| row.get(0))?;
    if is_time { tell(db) } else { Ok(()) }
}

/// Whether it knows everything.
pub(super) fn knows_all(db: &Connection) -> rusqlite::Result<bool> {
    let sql = "select not exists (select 1 from search_due) and not exists (select 1 from comment \
               where id > (select coalesce(max(id), 0) from comment_search_docsize))";
    db.prepare_cached(sql)?.query_row([], |row| row.get(0))
}
