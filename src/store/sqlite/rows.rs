//! Rows and columns to the desk's values and back.

use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};

use crate::domain::{Comment, CommentId, Thread, ThreadId, ThreadKey, Verdict};
use crate::store::TokenHash;
use crate::store::columns::{flags, spans};
use crate::store::matches;

/// Columns of a thread, under the alias `t`.
pub(super) const THREAD: &str = "t.id as thread_id, t.site, t.object, t.url, t.title, t.open";

/// Columns of a comment as the desk sees it, with its thread `t` and its parent `p`.
pub(super) const COMMENT: &str = "c.id, c.parent_id, p.name as parent_name, \
     case when p.status = 'approved' then p.published_body end as parent_text, c.name, c.email, \
     c.body, c.published_body, c.status, c.class, c.missing_share, c.confidence, c.spans, c.flags, \
     c.matches, c.version, c.to_staff, c.staff_id is not null as staff, c.submitted_at";

/// Joins that [`COMMENT`] and [`THREAD`] need.
pub(super) const COMMENT_JOINS: &str =
    "join thread t on t.id = c.thread_id left join comment p on p.id = c.parent_id";

pub(super) fn thread(row: &Row<'_>) -> rusqlite::Result<Thread> {
    Ok(Thread {
        id: ThreadId(row.get("thread_id")?),
        key: ThreadKey { site: row.get("site")?, object: row.get("object")? },
        url: row.get("url")?,
        title: row.get("title")?,
        open: row.get("open")?,
    })
}

pub(super) fn comment(row: &Row<'_>) -> rusqlite::Result<Comment> {
    let parent: Option<i64> = row.get("parent_id")?;
    let parent_name: Option<String> = row.get("parent_name")?;
    Ok(Comment {
        id: CommentId(row.get("id")?),
        thread: thread(row)?,
        parent: parent.map(CommentId).zip(parent_name),
        parent_text: row.get("parent_text")?,
        to_staff: row.get("to_staff")?,
        staff: row.get("staff")?,
        name: row.get("name")?,
        email: row.get("email")?,
        body: row.get("body")?,
        published_body: row.get("published_body")?,
        status: parsed(row, "status")?,
        verdict: Verdict {
            class: parsed(row, "class")?,
            missing_share: row.get("missing_share")?,
            confidence: row.get("confidence")?,
            spans: spans(&row.get::<_, String>("spans")?),
            flags: flags(&row.get::<_, String>("flags")?),
            matches: matches::of_column(&row.get::<_, String>("matches")?),
        },
        version: row.get("version")?,
        submitted_at: time(row, "submitted_at")?,
    })
}

/// A column that holds one of a type's names.
pub(super) fn parsed<T: FromStr>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let name: String = row.get(column)?;
    name.parse().map_err(|_unknown| unreadable(row, column))
}

/// A column that holds one of a type's names, or nothing.
pub(super) fn parsed_option<T: FromStr>(
    row: &Row<'_>,
    column: &str,
) -> rusqlite::Result<Option<T>> {
    let name: Option<String> = row.get(column)?;
    name.map(|name| name.parse().map_err(|_unknown| unreadable(row, column))).transpose()
}

/// A column that holds a time.
pub(super) fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<Timestamp> {
    Timestamp::from_millisecond(row.get(column)?).map_err(|_range| unreadable(row, column))
}

/// A column that holds a time, or nothing.
pub(super) fn time_option(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    let millisecond: Option<i64> = row.get(column)?;
    millisecond
        .map(|ms| Timestamp::from_millisecond(ms).map_err(|_range| unreadable(row, column)))
        .transpose()
}

fn unreadable(row: &Row<'_>, column: &str) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    rusqlite::Error::FromSqlConversionFailure(
        index,
        Type::Text,
        FromSqlError::Other(format!("column {column} holds an unknown value").into()).into(),
    )
}

/// A token's hash as a parameter.
pub(super) fn blob(hash: &TokenHash) -> &[u8] {
    hash.as_slice()
}

/// Any value, to be named in a sentence.
pub(super) fn text(value: rusqlite::types::ValueRef<'_>) -> String {
    match value {
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        other => other.as_str().unwrap_or_default().to_owned(),
    }
}
