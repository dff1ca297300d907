//! The whole file as rows, and rows as a whole file.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, ToSql, params, params_from_iter};

use super::{connection, search_index};
use crate::store::archive::{Kind, NOT_EMPTY, Piece, SEEDED, TABLES, Value};

pub(in crate::store) fn export(
    path: &str,
    each: &mut dyn FnMut(Piece) -> Result<(), String>,
) -> Result<(), String> {
    let db = connection::open_reading(path)?;
    let text = |error: rusqlite::Error| format!("cannot read {path}: {error}");
    let snapshot = db.unchecked_transaction().map_err(text)?;
    for table in &TABLES {
        let mut query = snapshot.prepare(&table.query("")).map_err(text)?;
        let mut rows = query.query([]).map_err(text)?;
        while let Some(row) = rows.next().map_err(text)? {
            let columns = table.columns.iter().enumerate();
            let values = columns.map(|(at, (_, kind))| Ok(value(*kind, row.get_ref(at)?)));
            let values = values.collect::<rusqlite::Result<_>>().map_err(text)?;
            each(Piece::Row(table, values))?;
        }
        if table.numbered {
            let sql = "select seq from sqlite_sequence where name = ?1";
            let last = snapshot.query_row(sql, [table.name], |row| row.get(0)).optional();
            if let Some(last) = last.map_err(text)?.filter(|last| *last > 0) {
                each(Piece::Last(table, last))?;
            }
        }
    }
    Ok(())
}

fn value(kind: Kind, value: ValueRef<'_>) -> Value {
    match (kind, value) {
        (Kind::Flag, ValueRef::Integer(number)) => Value::Flag(number != 0),
        (_, ValueRef::Integer(number)) => Value::Number(number),
        (_, ValueRef::Real(share)) => Value::Share(share as f32),
        (_, ValueRef::Text(text)) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        (_, ValueRef::Blob(bytes)) => Value::Bytes(bytes.to_vec()),
        (_, ValueRef::Null) => Value::Nothing,
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Nothing => rusqlite::types::Null.into(),
            Value::Number(number) => (*number).into(),
            Value::Share(share) => f64::from(*share).into(),
            Value::Flag(flag) => (*flag).into(),
            Value::Text(text) => text.as_str().into(),
            Value::Bytes(bytes) => bytes.as_slice().into(),
        })
    }
}

pub(in crate::store) fn import(
    path: &str,
    pieces: &mut dyn Iterator<Item = Result<Piece, String>>,
) -> Result<(), String> {
    let text = |error: &dyn std::fmt::Display| format!("cannot fill {path}: {error}");
    connection::make_folder(path).map_err(|error| text(&error))?;
    let mut db = connection::open_writing(path).map_err(|error| text(&error))?;
    connection::migrate(&mut db).map_err(|error| text(&error))?;
    let all = db.transaction().map_err(|error| text(&error))?;
    if !is_empty(&all).map_err(|error| text(&error))? {
        return Err(NOT_EMPTY.to_owned());
    }
    for table in SEEDED {
        all.execute(&format!("delete from {table}"), []).map_err(|error| text(&error))?;
    }
    for piece in pieces {
        put(&all, &piece?).map_err(|error| text(&error))?;
    }
    search_index::tell(&all).map_err(|error| text(&error))?;
    all.commit().map_err(|error| text(&error))
}

fn is_empty(db: &Connection) -> rusqlite::Result<bool> {
    let sql = "select not exists (select 1 from thread) and not exists (select 1 from comment) \
               and not exists (select 1 from moderator) and not exists (select 1 from decision)";
    db.query_row(sql, [], |row| row.get(0))
}

fn put(db: &Connection, piece: &Piece) -> rusqlite::Result<()> {
    match piece {
        Piece::Row(table, values) => {
            let (table, columns) = (table.name, table.names());
            let places = vec!["?"; values.len()].join(", ");
            let sql = format!("insert into {table} ({columns}) values ({places})");
            db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
        }
        Piece::Last(table, last) => {
            db.execute("delete from sqlite_sequence where name = ?1", [table.name])?;
            let sql = "insert into sqlite_sequence (name, seq) values (?1, ?2)";
            db.execute(sql, params![table.name, last])?;
        }
    }
    Ok(())
}
