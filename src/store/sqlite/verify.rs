//! Whether the file holds what it should: its pages, the chain of decisions, what belongs to what,
//! and every count that is kept.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row};
use sha2::{Digest, Sha256};

use super::{connection, rows};
use crate::domain::{CommentId, Decision, EditReasons, ModeratorId, Outcome, chain_hash};
use crate::store::Verified;

/// Faults listed of one kind; a damaged file may have a million.
const LISTED: usize = 5;

/// Queries that find nothing in a sound file, each with what it means if one does; the column is
/// what it is about.
const CHECKS: [(&str, &str); 6] = [
    (
        "a count of the tally is not what is counted",
        "select coalesce(t.status, c.status) || ' ' || coalesce(t.class, c.class) from tally t \
         full join (select status, class, hold, to_staff, count(*) as count from comment \
         group by 1, 2, 3, 4) c on c.status = t.status and c.class = t.class \
         and c.hold = t.hold and c.to_staff = t.to_staff \
         where coalesce(t.count, 0) <> coalesce(c.count, 0)",
    ),
    (
        "an article's counts are not what is counted",
        "select t.id from thread t left join (select thread_id, sum(status = 'pending') as pending, \
         sum(status = 'approved') as approved from comment group by 1) c on c.thread_id = t.id \
         where t.pending_count <> coalesce(c.pending, 0) \
         or t.published_count <> coalesce(c.approved, 0)",
    ),
    (
        "a comment's status is not what was decided last",
        "select c.id from comment c \
         left join decision d on d.comment_id = c.id and d.version = c.version - 1 \
         where case c.version when 1 then c.status <> 'pending' \
         else d.id is null or d.status <> c.status end",
    ),
    (
        "a comment is published without a text",
        "select id from comment where status = 'approved' and published_body is null",
    ),
    (
        "a comment cannot be found by its words",
        // Of the newest ones the index is told later; no commit leaves as many as search_index::MANY.
        "select c.id from comment c left join comment_search_docsize s on s.id = c.id \
         where s.id is null and (c.id < (select max(id) from comment_search_docsize) \
         or c.id <= (select max(id) from comment) - 256)",
    ),
    (
        "a comment that is gone can still be found by its words",
        "select s.id from comment_search_docsize s left join comment c on c.id = s.id \
         where c.id is null",
    ),
];

/// Checks the file at `path`, which is not changed.
pub(in crate::store) fn verify(path: &Path) -> Result<Verified, String> {
    let named = |error: rusqlite::Error| format!("cannot read {}: {error}", path.display());
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(named)?;
    db.busy_timeout(connection::BUSY_TIMEOUT).map_err(named)?;
    // All on one snapshot: others may write meanwhile.
    let snapshot = db.unchecked_transaction().map_err(named)?;
    verify_snapshot(&snapshot).map_err(named)
}

fn verify_snapshot(db: &Connection) -> rusqlite::Result<Verified> {
    let count = |sql: &str| db.query_row(sql, [], |row| row.get(0));
    let mut faults = Faults::default();
    listed(db, "select * from pragma_integrity_check where integrity_check <> 'ok'", &mut |row| {
        faults.add("the file is damaged", &row.get::<_, String>(0)?);
        Ok(())
    })?;
    listed(db, "select \"table\", rowid, parent from pragma_foreign_key_check", &mut |row| {
        let (table, id): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
        let about = format!("{table} {} of {}", id.unwrap_or_default(), row.get::<_, String>(2)?);
        faults.add("something belongs to what is not there", &about);
        Ok(())
    })?;
    for (fault, sql) in CHECKS {
        listed(db, sql, &mut |row| {
            faults.add(fault, &rows::text(row.get_ref(0)?));
            Ok(())
        })?;
    }
    texts(db, &mut faults)?;
    let head = chain(db, &mut faults)?;
    Ok(Verified {
        comments: count("select count(*) from comment")?,
        decisions: count("select count(*) from decision")?,
        head,
        faults: faults.sentences,
    })
}

/// Computes the chain of decisions again; gives the hash at its end.
fn chain(db: &Connection, faults: &mut Faults) -> rusqlite::Result<Vec<u8>> {
    let sql = "select id, comment_id, version, moderator_id, action, status, reason, edits, at, \
               message, note, body_before, body_after, message_hash, note_hash, sent_hash, \
               body_before_hash, body_after_hash, hash from decision order by id";
    let mut previous = Vec::new();
    listed(db, sql, &mut |row| {
        let id: i64 = row.get("id")?;
        for text in ["message", "note", "body_before", "body_after"] {
            let hash: Vec<u8> = row.get(format!("{text}_hash").as_str())?;
            // A text may be forgotten; what is there is what was there.
            let text: Option<String> = row.get(text)?;
            if text.is_some_and(|text| Sha256::digest(text).as_slice() != hash) {
                faults.add("a text on record was altered", &format!("decision {id}"));
            }
        }
        let kept: Vec<u8> = row.get("hash")?;
        let hash = |column: &str| row.get::<_, Vec<u8>>(column);
        let texts = [
            hash("message_hash")?,
            hash("note_hash")?,
            hash("sent_hash")?,
            hash("body_before_hash")?,
            hash("body_after_hash")?,
        ];
        let texts = texts.each_ref().map(Vec::as_slice);
        let found = decision(row).map(|decision| chain_hash(&previous, &decision, texts));
        if found.ok().is_none_or(|found| found.as_slice() != kept) {
            faults.add("the chain of decisions is broken", &format!("decision {id}"));
        }
        previous = kept;
        Ok(())
    })?;
    Ok(previous)
}

/// Texts that the record holds a hash of: what was found if they differ, with the comment, the
/// text and the hash.
const TEXTS: [(&str, &str); 3] = [
    (
        "a reader's text was altered",
        "select c.id, c.body, d.sent_hash from comment c \
         join decision d on d.comment_id = c.id and d.version = c.version - 1",
    ),
    (
        "a reader's earlier text was altered",
        "select r.comment_id, r.body, d.sent_hash from revision r \
         join decision d on d.comment_id = r.comment_id and d.version = r.version - 1",
    ),
    (
        "a published text was altered",
        "select c.id, coalesce(c.published_body, ''), d.body_after_hash from comment c \
         join decision d on d.comment_id = c.id and d.version = c.version - 1 \
         where c.status = 'approved'",
    ),
];

fn texts(db: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    for (fault, sql) in TEXTS {
        listed(db, sql, &mut |row| {
            let (id, text, hash): (i64, String, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if Sha256::digest(text).as_slice() != hash {
                faults.add(fault, &format!("comment {id}"));
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    Ok(Decision {
        comment: CommentId(row.get("comment_id")?),
        version: row.get("version")?,
        moderator: row.get::<_, Option<i64>>("moderator_id")?.map(ModeratorId),
        outcome: Outcome {
            action: rows::parsed(row, "action")?,
            status: rows::parsed(row, "status")?,
            published_body: None,
            reason: rows::parsed_option(row, "reason")?,
            message: String::new(),
            note: String::new(),
            edits: EditReasons::named(row.get::<_, String>("edits")?.split(' ')),
        },
        at: rows::time(row, "at")?,
    })
}

fn listed(
    db: &Connection,
    sql: &str,
    each: &mut dyn FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut query = db.prepare(sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// What is wrong so far.
#[derive(Default)]
struct Faults {
    sentences: Vec<String>,
}

impl Faults {
    /// One more fault of a kind, and what it is about.
    fn add(&mut self, kind: &str, about: &str) {
        let of_kind = self.sentences.iter().filter(|fault| fault.starts_with(kind)).count();
        if of_kind < LISTED {
            self.sentences.push(format!("{kind}: {about}"));
        } else if of_kind == LISTED {
            self.sentences.push(format!("{kind}: and more"));
        }
    }
}
