//! Rows and columns to the desk's values and back.

use std::str::FromStr;

use jiff::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

use crate::domain::{Comment, CommentId, Thread, ThreadId, ThreadKey, Verdict};
use crate::store::columns::{flags, spans};
use crate::store::{Result, StoreError, matches};

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

/// A column.
pub(super) fn get<'a, T: FromSql<'a>>(row: &'a Row, column: &str) -> Result<T> {
    row.try_get(column).map_err(|_error| unreadable(column))
}

pub(super) fn thread(row: &Row) -> Result<Thread> {
    Ok(Thread {
        id: ThreadId(get(row, "thread_id")?),
        key: ThreadKey { site: get(row, "site")?, object: get(row, "object")? },
        url: get(row, "url")?,
        title: get(row, "title")?,
        open: get(row, "open")?,
    })
}

pub(super) fn comment(row: &Row) -> Result<Comment> {
    let parent: Option<i64> = get(row, "parent_id")?;
    let parent_name: Option<String> = get(row, "parent_name")?;
    Ok(Comment {
        id: CommentId(get(row, "id")?),
        thread: thread(row)?,
        parent: parent.map(CommentId).zip(parent_name),
        parent_text: get(row, "parent_text")?,
        to_staff: get(row, "to_staff")?,
        staff: get(row, "staff")?,
        name: get(row, "name")?,
        email: get(row, "email")?,
        body: get(row, "body")?,
        published_body: get(row, "published_body")?,
        status: parsed(row, "status")?,
        verdict: Verdict {
            class: parsed(row, "class")?,
            missing_share: get(row, "missing_share")?,
            confidence: get(row, "confidence")?,
            spans: spans(get(row, "spans")?),
            flags: flags(get(row, "flags")?),
            matches: matches::of_column(get(row, "matches")?),
        },
        version: get(row, "version")?,
        submitted_at: time(row, "submitted_at")?,
    })
}

/// A column that holds so many bytes.
pub(super) fn bytes<const N: usize>(row: &Row, column: &str) -> Result<[u8; N]> {
    get::<&[u8]>(row, column)?.try_into().map_err(|_length| unreadable(column))
}

/// A column that holds one of a type's names.
pub(super) fn parsed<T: FromStr>(row: &Row, column: &str) -> Result<T> {
    get::<&str>(row, column)?.parse().map_err(|_unknown| unreadable(column))
}

/// A column that holds one of a type's names, or nothing.
pub(super) fn parsed_option<T: FromStr>(row: &Row, column: &str) -> Result<Option<T>> {
    let name: Option<&str> = get(row, column)?;
    name.map(|name| name.parse().map_err(|_unknown| unreadable(column))).transpose()
}

/// A column that holds a time.
pub(super) fn time(row: &Row, column: &str) -> Result<Timestamp> {
    Timestamp::from_millisecond(get(row, column)?).map_err(|_range| unreadable(column))
}

/// A column that holds a time, or nothing.
pub(super) fn time_option(row: &Row, column: &str) -> Result<Option<Timestamp>> {
    let millisecond: Option<i64> = get(row, column)?;
    millisecond
        .map(|ms| Timestamp::from_millisecond(ms).map_err(|_range| unreadable(column)))
        .transpose()
}

fn unreadable(column: &str) -> StoreError {
    StoreError::Unavailable(format!("column {column} holds an unknown value"))
}
