//! The whole database as rows, and rows as a whole database.

use futures_util::pin_mut;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error, Row, Transaction};

use super::connection::{self, said};
use crate::store::archive::{Kind, NOT_EMPTY, Piece, SEEDED, TABLES, Table, Value};

/// Rows that are in memory at once.
const BATCH: usize = 1_000;
/// It may take long, and wait for whoever reads or writes at the other end.
const PATIENTLY: &str = "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0";

pub(in crate::store) fn export(
    url: &str,
    each: &mut dyn FnMut(Piece) -> Result<(), String>,
) -> Result<(), String> {
    on_client(url, async |client| {
        let text = |error: Error| format!("cannot read the database: {}", said(&error));
        let snapshot = client.build_transaction().read_only(true);
        let snapshot = snapshot.isolation_level(tokio_postgres::IsolationLevel::RepeatableRead);
        let snapshot = snapshot.start().await.map_err(text)?;
        for table in &TABLES {
            let query = table.query(" collate \"C\"");
            let portal = snapshot.bind(&query, &[]).await.map_err(text)?;
            loop {
                let size = i32::try_from(BATCH).unwrap_or(i32::MAX);
                let rows = snapshot.query_portal(&portal, size).await.map_err(text)?;
                for row in &rows {
                    let columns = table.columns.iter().enumerate();
                    let values = columns.map(|(at, (_, kind))| value(*kind, row, at));
                    each(Piece::Row(table, values.collect::<Result<_, _>>().map_err(text)?))?;
                }
                if rows.len() < BATCH {
                    break;
                }
            }
            if table.numbered {
                let sequence = format!("{}_id_seq", table.name);
                let sql = format!("select last_value from {sequence} where is_called");
                if let Some(row) = snapshot.query_opt(&sql, &[]).await.map_err(text)? {
                    each(Piece::Last(table, row.get(0)))?;
                }
            }
        }
        Ok(())
    })
}

fn value(kind: Kind, row: &Row, at: usize) -> Result<Value, Error> {
    let found = match kind {
        Kind::Number if row.columns()[at].type_() == &Type::INT2 => {
            row.try_get::<_, Option<i16>>(at)?.map(|number| Value::Number(number.into()))
        }
        Kind::Number => row.try_get::<_, Option<i64>>(at)?.map(Value::Number),
        Kind::Share => row.try_get::<_, Option<f32>>(at)?.map(Value::Share),
        Kind::Flag => row.try_get::<_, Option<bool>>(at)?.map(Value::Flag),
        Kind::Text => row.try_get::<_, Option<String>>(at)?.map(Value::Text),
        Kind::Bytes => row.try_get::<_, Option<Vec<u8>>>(at)?.map(Value::Bytes),
    };
    Ok(found.unwrap_or(Value::Nothing))
}

pub(in crate::store) fn import(
    url: &str,
    pieces: &mut dyn Iterator<Item = Result<Piece, String>>,
) -> Result<(), String> {
    on_client(url, async |client| {
        let text = |error: Error| format!("cannot fill the database: {}", said(&error));
        let all = client.transaction().await.map_err(text)?;
        // Whoever else would fill it waits, and then finds it filled.
        all.batch_execute("lock table moderator").await.map_err(text)?;
        let sql = "select exists (select 1 from thread) or exists (select 1 from comment) \
                   or exists (select 1 from moderator) or exists (select 1 from decision)";
        if all.query_one(sql, &[]).await.map_err(text)?.get(0) {
            return Err(NOT_EMPTY.to_owned());
        }
        for table in SEEDED {
            all.batch_execute(&format!("delete from {table}")).await.map_err(text)?;
        }
        let mut waiting: Option<(&Table, Vec<Vec<Value>>)> = None;
        for piece in pieces {
            match piece? {
                Piece::Row(table, values) => {
                    let same = waiting
                        .as_ref()
                        .is_some_and(|(of, rows)| std::ptr::eq(*of, table) && rows.len() < BATCH);
                    if !same && let Some((of, rows)) = waiting.take() {
                        copy(&all, of, &rows).await.map_err(text)?;
                    }
                    waiting.get_or_insert((table, Vec::new())).1.push(values);
                }
                Piece::Last(table, last) => {
                    let sql = "select setval(pg_get_serial_sequence($1, 'id'), $2)";
                    all.query_one(sql, &[&table.name, &last]).await.map_err(text)?;
                }
            }
        }
        if let Some((of, rows)) = waiting {
            copy(&all, of, &rows).await.map_err(text)?;
        }
        all.commit().await.map_err(text)?;
        client.batch_execute("analyze").await.map_err(text)
    })
}

/// Puts rows into a table.
async fn copy(all: &Transaction<'_>, table: &Table, rows: &[Vec<Value>]) -> Result<(), Error> {
    let (table, columns) = (table.name, table.names());
    let read = all.prepare(&format!("select {columns} from {table}")).await?;
    let types: Vec<_> = read.columns().iter().map(|column| column.type_().clone()).collect();
    let sink = all.copy_in(&format!("copy {table} ({columns}) from stdin binary")).await?;
    let writer = BinaryCopyInWriter::new(sink, &types);
    pin_mut!(writer);
    for row in rows {
        let values: Vec<Box<dyn ToSql + Sync + Send>> =
            row.iter().zip(&types).map(|(value, kind)| bound(value, kind)).collect();
        let values = values.iter().map(|value| value.as_ref() as &(dyn ToSql + Sync));
        writer.as_mut().write_raw(values).await?;
    }
    writer.finish().await.map(drop)
}

fn bound(value: &Value, kind: &Type) -> Box<dyn ToSql + Sync + Send> {
    match value {
        Value::Nothing if *kind == Type::TEXT => Box::new(None::<String>),
        Value::Nothing if *kind == Type::BYTEA => Box::new(None::<Vec<u8>>),
        Value::Nothing => Box::new(None::<i64>),
        Value::Number(number) if *kind == Type::INT2 => {
            Box::new(i16::try_from(*number).unwrap_or_default())
        }
        Value::Number(number) => Box::new(*number),
        Value::Share(share) => Box::new(*share),
        Value::Flag(flag) => Box::new(*flag),
        Value::Text(text) => Box::new(text.clone()),
        Value::Bytes(bytes) => Box::new(bytes.clone()),
    }
}

/// Does work on a connection of its own, on the thread that asks.
fn on_client<T>(
    url: &str,
    work: impl AsyncFnOnce(&mut Client) -> Result<T, String>,
) -> Result<T, String> {
    let address = connection::parse(url)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(async {
        connection::migrate(&address).await?;
        let mut client = connection::connect(&address).await?;
        let text = |error: Error| format!("cannot open the database: {}", said(&error));
        connection::set_up(&client).await.map_err(text)?;
        client.batch_execute(PATIENTLY).await.map_err(text)?;
        work(&mut client).await
    })
}
