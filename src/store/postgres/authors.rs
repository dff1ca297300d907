//! Authors, found by name and e-mail address, or by name and network address.

use std::collections::HashMap;

use async_trait::async_trait;

use super::{Postgres, rows};
use crate::domain::{Author, AuthorSign, CommentId};
use crate::store::{Authors, Result};

#[async_trait]
impl Authors for Postgres {
    async fn authors(&self, comments: &[CommentId]) -> Result<HashMap<CommentId, Author>> {
        let comments: Vec<_> = comments.iter().map(|comment| comment.0).collect();
        let found = self.pool.reads().all(AUTHORS, &[&comments, &Author::LOOKED_AT]).await?;
        let author = |row: &_| {
            let by_email = rows::get(row, "by_email")?;
            let author = Author {
                by: if by_email { AuthorSign::Email } else { AuthorSign::Address },
                others: rows::get(row, "others")?,
                approved: rows::get(row, "approved")?,
                rejected: rows::get(row, "rejected")?,
            };
            Ok((CommentId(rows::get(row, "id")?), author))
        };
        found.iter().map(author).collect()
    }
}

/// Looks at the latest [`Author::LOOKED_AT`] of each alone, so that nobody's card costs more.
const AUTHORS: &str = "select c.id, c.email is not null as by_email, found.*
    from comment c left join origin_trace o on o.comment_id = c.id
    cross join lateral (
        select count(*) as others,
               count(*) filter (where status = 'approved') as approved,
               count(*) filter (where status in ('rejected', 'spam')) as rejected
        from ((select status from comment
               where c.email is not null and email = c.email and name = c.name and id <> c.id
               order by id desc limit $2)
              union all
              (select other.status from (
                   select comment_id from origin_trace
                   where c.email is null and address = o.address
                   order by comment_id desc limit $2) latest
               join comment other on other.id = latest.comment_id
               where other.name = c.name and other.email is null and other.id <> c.id)) others
    ) found
    where c.id = any($1) and (c.email is not null or o.address is not null)";
