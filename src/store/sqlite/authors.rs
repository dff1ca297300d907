//! Authors, found by name and e-mail address, or by name and network address.

use std::collections::HashMap;

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, ToSql, named_params};

use super::Sqlite;
use crate::domain::{Author, AuthorSign, CommentId};
use crate::store::{Authors, Result};

#[async_trait]
impl Authors for Sqlite {
    async fn authors(&self, comments: &[CommentId]) -> Result<HashMap<CommentId, Author>> {
        let comments = comments.to_vec();
        self.readers.read(move |db| authors(db, &comments)).await
    }
}

fn authors(db: &Connection, comments: &[CommentId]) -> Result<HashMap<CommentId, Author>> {
    let mut found = HashMap::new();
    for id in comments {
        if let Some(author) = author(db, *id)? {
            found.insert(*id, author);
        }
    }
    Ok(found)
}

/// Both look at the latest [`Author::LOOKED_AT`] alone, so that nobody's card costs more.
const BY_EMAIL: &str = "select status from comment \
     where email = :sign and name = :name and id <> :id order by id desc limit :limit";
const BY_ADDRESS: &str = "select c.status from \
     (select comment_id from origin_trace where address = :sign order by comment_id desc limit :limit) o \
     join comment c on c.id = o.comment_id \
     where c.name = :name and c.email is null and c.id <> :id";

fn author(db: &Connection, id: CommentId) -> Result<Option<Author>> {
    let sql = "select c.name, c.email, o.address from comment c \
               left join origin_trace o on o.comment_id = c.id where c.id = ?1";
    let found = db
        .prepare_cached(sql)?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let Some((name, email, address)): Option<(String, Option<String>, Option<String>)> =
        found.optional()?
    else {
        return Ok(None);
    };
    let (others, sign, by) = match (email, address) {
        (Some(email), _) => (BY_EMAIL, email, AuthorSign::Email),
        (None, Some(address)) => (BY_ADDRESS, address, AuthorSign::Address),
        (None, None) => return Ok(None),
    };
    let sql = format!(
        "select count(*), coalesce(sum(status = 'approved'), 0), \
         coalesce(sum(status in ('rejected', 'spam')), 0) from ({others})"
    );
    let values: &[(&str, &dyn ToSql)] = named_params! {
        ":sign": sign, ":name": name, ":id": id.0, ":limit": Author::LOOKED_AT,
    };
    let author = db.prepare_cached(&sql)?.query_row(values, |row| {
        Ok(Author { by, others: row.get(0)?, approved: row.get(1)?, rejected: row.get(2)? })
    })?;
    Ok(Some(author))
}
