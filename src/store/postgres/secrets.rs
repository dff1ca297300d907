//! The installation's secrets.

use super::db::Db;
use super::rows;
use crate::store::Result;

pub(super) async fn secret(db: &Db<'_>, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]> {
    let sql = "insert into secret (name, value) values ($1, $2) on conflict (name) do nothing";
    db.run(sql, &[&name, &fresh.as_slice()]).await?;
    let kept = db.one("select value from secret where name = $1", &[&name]).await?;
    rows::bytes(&kept, "value")
}
