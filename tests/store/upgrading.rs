//! Databases of earlier versions with comments in them.

use rusqlite::Connection;

use crate::database::Database;

const BEFORE: [&str; 3] = [
    include_str!("../../migrations/sqlite/V0001__desk.sql"),
    include_str!("../../migrations/sqlite/V0002__jobs.sql"),
    include_str!("../../migrations/sqlite/V0003__rate_limits.sql"),
];
const CHEAP_DECISIONS: &str = include_str!("../../migrations/sqlite/V0004__cheap_decisions.sql");
const SEARCH_BY_COMMIT: &str = include_str!("../../migrations/sqlite/V0006__search_by_commit.sql");
const SEARCH_CHANGES_TOGETHER: &str =
    include_str!("../../migrations/sqlite/V0007__search_changes_together.sql");
const FEWER_INDEXES: &str = include_str!("../../migrations/sqlite/V0008__fewer_indexes.sql");
const ONE_KEY: &str = include_str!("../../migrations/sqlite/V0009__one_key.sql");
/// What the service does before it searches.
const INDEX_CHANGES: &str = include_str!("../../src/store/sqlite/search_index.sql");

#[test]
fn comments_from_before_decisions_were_cheap_are_found_by_place_and_words() {
    let db = Connection::open_in_memory().unwrap();
    BEFORE.into_iter().for_each(|sql| db.execute_batch(sql).unwrap());
    db.execute_batch(
        "insert into thread (site, object, url, title) values ('bao', '1', 'u', 't');
         with recursive n (i) as (select 1 union all select i + 1 from n where i < 100)
         insert into comment (thread_id, name, consent, body, folded, status, lane, class,
             missing_share, confidence, spans, flags, hold, submission_key, submitted_at)
         select 1, 'An', 0, 'Đò số ' || i, 'do so ' || i,
             case i % 2 when 0 then 'pending' else 'approved' end, 0, 'marked', 0, 0, '', '', 0,
             i, 1 from n",
    )
    .unwrap();
    db.execute_batch(&format!("begin; {CHEAP_DECISIONS}; commit")).unwrap();

    let found = |words: &str| -> i64 {
        let sql = "select count(*) from comment_search where comment_search match ?1";
        db.query_row(sql, [words], |row| row.get(0)).unwrap()
    };
    let (pending, spam) = ('\u{e000}', '\u{e003}');
    assert_eq!(found(&format!("facets : {pending} AND folded : so")), 50);
    db.execute_batch("update comment set status = 'spam' where id <= 10").unwrap();
    assert_eq!(found(&format!("facets : {pending} AND folded : so")), 45);
    assert_eq!(found(&format!("facets : {spam} AND folded : (do AND so)")), 10);
    let sound: String = db.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    db.execute_batch("update comment set status = 'lost'").unwrap_err();

    db.execute_batch(&format!("begin; {SEARCH_BY_COMMIT}; commit")).unwrap();
    db.execute_batch(
        "update comment set status = 'approved' where id between 11 and 20;
         update comment set folded = 'to' where id = 21;
         delete from comment where id > 95",
    )
    .unwrap();
    assert_eq!(found(&format!("facets : {pending} AND folded : so")), 37);
    assert_eq!(found("to"), 1);
    assert_eq!(found("so"), 94);
    // A comment that is not in the index yet does not leave it either.
    db.execute_batch(
        "insert into comment (thread_id, name, consent, body, folded, status, lane, class,
             missing_share, confidence, spans, flags, hold, submission_key, submitted_at)
         values (1, 'An', 0, 'Phà', 'pha', 'pending', 0, 'marked', 0, 0, '', '', 0, 'a', 1),
             (1, 'An', 0, 'Phà', 'pha', 'pending', 0, 'marked', 0, 0, '', '', 0, 'b', 1);
         update comment set status = 'spam', folded = 'cau' where submission_key = 'a';
         delete from comment where submission_key = 'b';
         insert into comment_search (comment_search) values ('integrity-check')",
    )
    .unwrap();
    assert_eq!([found("pha"), found("cau")], [0, 0]);

    db.execute_batch(&format!("begin; {SEARCH_CHANGES_TOGETHER}; commit")).unwrap();
    db.execute_batch(
        "update comment set status = 'spam' where id between 31 and 40;
         update comment set folded = 'xuong' where id between 37 and 44;
         update comment set folded = 'thuyen', hold = 1 where id between 43 and 45;
         update comment set status = 'pending' where id = 35;
         delete from comment where id in (39, 44, 46)",
    )
    .unwrap();
    assert_eq!(found("xuong"), 0, "only when it is told");
    let index = format!(
        "{INDEX_CHANGES}; delete from search_due;
         insert into comment_search (comment_search) values ('integrity-check')"
    );
    db.execute_batch(&index).unwrap();
    let held = '\u{e021}';
    // Of 94: 21 had another text before; 37 to 45 have now, 46 is gone; the new one came in.
    assert_eq!([found("so"), found("cau"), found("xuong"), found("thuyen")], [84, 1, 5, 2]);
    assert_eq!(found(&format!("facets : {held}")), 2);
    // The ten of before, 31 to 40 without 35 and 39, and the new one.
    assert_eq!(found(&format!("facets : {spam}")), 19);
    assert_eq!(found(&format!("facets : {spam} AND folded : xuong")), 3);
    let status = "select count(*) from comment where status = ?1";
    for (word, status) in [(pending, "pending"), (spam, "spam"), ('\u{e001}', "approved")]
        .map(|(word, name)| (word, db.query_row(status, [name], |row| row.get::<_, i64>(0))))
    {
        assert_eq!(found(&format!("facets : {word}")), status.unwrap());
    }
    db.execute_batch(&format!("delete from comment; {index}")).unwrap();
    assert_eq!(
        db.query_row("select count(*) from comment_search_docsize", [], |row| row.get(0)),
        Ok(0)
    );
    assert_eq!([found("so"), found(&format!("facets : {pending}"))], [0, 0]);
}

#[test]
fn comments_from_when_each_had_a_key_are_found_by_their_receipts() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch("pragma foreign_keys = on").unwrap();
    let earlier = [CHEAP_DECISIONS, SEARCH_BY_COMMIT, SEARCH_CHANGES_TOGETHER, FEWER_INDEXES];
    for sql in BEFORE.into_iter().chain(earlier) {
        db.execute_batch(&format!("begin; {sql}; commit")).unwrap();
    }
    db.execute_batch(
        "insert into thread (site, object, url, title) values ('bao', '1', 'u', 't');
         with recursive n (i) as (select 1 union all select i + 1 from n where i < 5000)
         insert into comment (thread_id, name, consent, body, published_body, folded, status, lane,
             class, missing_share, confidence, spans, flags, hold, submission_key, receipt,
             submitted_at)
         select 1, 'An', 0, 'Đò số ' || i, 'Đò số ' || i, 'do so ' || i, 'pending', 0, 'marked', 0,
             0, '', '', i % 3, 'key' || i, iif(i % 5 = 0, null, cast('receipt' || i as blob)), i from n;
         insert into origin_trace select id, '192.0.2.7', 'curl', 1 from comment;
         update comment set status = 'approved', decided_at = 9 where id % 2 = 0;
         delete from comment where id = 5000",
    )
    .unwrap();
    let kept = || -> i64 {
        let sql = "select count(*) from comment where body = 'Đò số ' || id and hold = id % 3 \
                   and published_body = body and submitted_at = id and name = 'An' \
                   and receipt is iif(id % 5 = 0, null, cast('receipt' || id as blob)) \
                   and status = iif(id % 2 = 0, 'approved', 'pending') and facets is not null";
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(kept(), 4_999);

    db.execute_batch(&format!("begin; {ONE_KEY}; commit")).unwrap();
    assert_eq!(kept(), 4_999);
    for check in ["pragma integrity_check", "pragma quick_check"] {
        let sound: String = db.query_row(check, [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
    }
    assert!(!db.prepare("pragma foreign_key_check").unwrap().exists([]).unwrap());
    let (id, plan): (i64, String) = {
        let found = "from comment where receipt = cast('receipt7' as blob)";
        let plan = format!("explain query plan select id {found}");
        (
            db.query_row(&format!("select id {found}"), [], |row| row.get(0)).unwrap(),
            db.query_row(&plan, [], |row| row.get("detail")).unwrap(),
        )
    };
    assert_eq!(id, 7);
    assert!(plan.starts_with("SEARCH comment USING COVERING INDEX"), "{plan}");
    let insert = |receipt: &str| {
        db.execute(
            "insert into comment (thread_id, name, consent, body, folded, lane, class,
                 missing_share, confidence, spans, flags, receipt, submitted_at)
             values (1, 'An', 0, 'Phà', 'pha', 0, 'marked', 0, 0, '', '', cast(?1 as blob), 1)",
            [receipt],
        )
    };
    let refused = insert("receipt7").unwrap_err().to_string();
    assert!(refused.contains("never lost"), "{refused}");
    insert("another").unwrap();
    assert_eq!(db.last_insert_rowid(), 5_001, "the number of one that is gone is not given again");
    let again = "update comment set receipt = cast('another' as blob) where id = 7";
    let refused = db.execute_batch(again).unwrap_err().to_string();
    assert!(refused.contains("UNIQUE"), "{refused}");
    db.execute_batch("delete from comment where id = 7").unwrap();
    assert!(
        !db.prepare("select 1 from origin_trace where comment_id = 7").unwrap().exists([]).unwrap()
    );
}

#[test]
fn comments_from_before_search_stood_apart_are_found_by_their_words() {
    let database = Database::new();
    if database.is_sqlite() {
        return;
    }
    for sql in [
        include_str!("../../migrations/postgres/V0001__desk.sql"),
        include_str!("../../migrations/postgres/V0002__jobs.sql"),
        include_str!("../../migrations/postgres/V0003__rate_limits.sql"),
        include_str!("../../migrations/postgres/V0004__cheap_decisions.sql"),
        "insert into thread (site, object, url, title) values ('bao', '1', 'u', 't');
         insert into comment (thread_id, name, consent, body, folded, lane, class, missing_share,
             confidence, spans, flags, submission_key, submitted_at)
         select 1, 'An', false, 'Đò', 'do so ' || i, 0, 'marked', 0, 0, '', '', i, 1
         from generate_series(1, 100) as i;
         insert into moderator (name, role, password_hash, created_at) values ('An', 'admin', '', 1);
         insert into claim select id, 1, 9 from comment where id <= 20",
        include_str!("../../migrations/postgres/V0005__search_apart.sql"),
    ] {
        database.sql(sql).unwrap();
    }

    let found = |words: &str| {
        let sql = "select count(*) from comment_search where words @@";
        database.rows(&format!("{sql} '{words}'")).concat().concat()
    };
    assert_eq!([found("so"), found("so <-> 77")], ["100", "1"]);
    database.sql("update comment set folded = 'to 77' where id = 77").unwrap();
    database.sql("delete from comment where id = 78").unwrap();
    assert_eq!([found("so"), found("to"), found("77"), found("78")], ["98", "1", "1", "0"]);
    database.sql("update comment set version = version + 1 where id <= 10").unwrap();
    assert_eq!(database.rows("select count(*) from claim").concat(), ["10"]);
}
