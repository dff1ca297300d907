//! An installation as lines of JSON: one for what it is, one for each row, one for its end, so that
//! half of it is not taken for the whole.

use std::io::{BufRead, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json, json};

use crate::store::{self, Kind, Piece, TABLES, Table, Value};

/// What these lines are called, and how they are written.
const FORMAT: i64 = 2;
/// How they were written before; they are still read.
const BEFORE: i64 = 1;
/// A column that rows of the table had then.
const GONE: (&str, &str) = ("comment", "submission_key");

/// Writes everything that is in the database that `url` names; says how many lines that was.
///
/// # Errors
/// A sentence for the operator.
pub fn export(url: &str, out: &mut dyn Write, passed: &dyn Fn(u64)) -> Result<u64, String> {
    let mut lines = 0;
    let mut write = |line: Json| -> Result<(), String> {
        lines += 1;
        passed(lines);
        writeln!(out, "{line}").map_err(|error| error.to_string())
    };
    write(json!({ "codau": FORMAT }))?;
    store::export(url, &mut |piece| write(line_of(&piece)))?;
    let rows = lines - 1;
    writeln!(out, "{}", json!({ "end": rows })).map_err(|error| error.to_string())?;
    out.flush().map_err(|error| error.to_string())?;
    Ok(lines + 1)
}

/// Fills the empty database that `url` names with what was written; all of it or nothing. Says how
/// many lines that was.
///
/// # Errors
/// A sentence for the operator. It names the line, and repeats nothing of it.
pub fn import(url: &str, input: &mut dyn BufRead, passed: &dyn Fn(u64)) -> Result<u64, String> {
    let mut lines = input.lines().zip(1_u64..).map(|(line, number)| {
        passed(number);
        let wrong = |what: &str| format!("line {number}: {what}");
        let line = line.map_err(|error| wrong(&error.to_string()))?;
        serde_json::from_str::<Json>(&line)
            .map(|line| (line, number))
            .map_err(|error| wrong(&format!("not JSON (column {})", error.column())))
    });
    let format = match lines.next().transpose()? {
        Some((line, _)) if line == json!({ "codau": FORMAT }) => FORMAT,
        Some((line, _)) if line == json!({ "codau": BEFORE }) => BEFORE,
        _ => return Err("this is no export of codau's, or one of a later version".to_owned()),
    };
    let (mut rows, mut ended) = (0, false);
    let mut pieces = std::iter::from_fn(|| {
        if ended {
            return None;
        }
        let Some(next) = lines.next() else {
            return Some(Err("the export is cut off: its last line is missing".to_owned()));
        };
        let (line, number) = match next {
            Ok(next) => next,
            Err(wrong) => return Some(Err(wrong)),
        };
        if line.get("end").is_some() {
            ended = true;
            let whole = line == json!({ "end": rows });
            return (!whole).then(|| Err("lines of the export are missing".to_owned()));
        }
        rows += 1;
        Some(piece_of(&line, format).map_err(|what| format!("line {number}: {what}")))
    });
    store::import(url, &mut pieces)?;
    Ok(rows + 2)
}

fn line_of(piece: &Piece) -> Json {
    match piece {
        Piece::Row(table, values) => {
            let value = |value: &Value| match value {
                Value::Nothing => Json::Null,
                Value::Number(number) => json!(number),
                Value::Share(share) => json!(share),
                Value::Flag(flag) => json!(flag),
                Value::Text(text) => json!(text),
                Value::Bytes(bytes) => json!(STANDARD.encode(bytes)),
            };
            let names = table.columns.iter().map(|(name, _)| (*name).to_owned());
            let row: Map<_, _> = names.zip(values.iter().map(value)).collect();
            json!({ table.name: row })
        }
        Piece::Last(table, last) => json!({ "last": { table.name: last } }),
    }
}

fn piece_of(line: &Json, format: i64) -> Result<Piece, String> {
    let known = |name: &str| TABLES.iter().find(|table| table.name == name);
    let only = |value: &Json| -> Option<(String, Json)> {
        let object = value.as_object().filter(|object| object.len() == 1)?;
        object.iter().next().map(|(name, value)| (name.clone(), value.clone()))
    };
    let (name, value) = only(line).ok_or("not a row")?;
    if name == "last" {
        let (name, last) = only(&value).ok_or("not a number")?;
        let table: &Table =
            known(&name).filter(|table| table.numbered).ok_or("an unknown table")?;
        return Ok(Piece::Last(table, last.as_i64().ok_or("not a number")?));
    }
    let table = known(&name).ok_or("an unknown table")?;
    let gone = format == BEFORE && table.name == GONE.0;
    let row = value.as_object().filter(|row| {
        row.len() == table.columns.len() + usize::from(gone) && row.contains_key(GONE.1) == gone
    });
    let row = row.ok_or("not the columns of its table")?;
    let values = table.columns.iter().map(|(name, kind)| {
        let value = row.get(*name)?;
        Some(match (kind, value) {
            (_, Json::Null) => Value::Nothing,
            (Kind::Number, value) => Value::Number(value.as_i64()?),
            (Kind::Share, value) => Value::Share(value.as_f64()? as f32),
            (Kind::Flag, value) => Value::Flag(value.as_bool()?),
            (Kind::Text, value) => Value::Text(value.as_str()?.to_owned()),
            (Kind::Bytes, value) => Value::Bytes(STANDARD.decode(value.as_str()?).ok()?),
        })
    });
    let values = values.collect::<Option<Vec<_>>>().ok_or("not a value of its column")?;
    Ok(Piece::Row(table, values))
}
