//! What no statement may change: the reader's text, and the record of decisions.

use codau::domain::{Action, Decision, ModeratorId, Outcome, chain_hash};
use jiff::Timestamp;

use crate::support::{Opened, comment, hour, opened};

async fn with_decisions() -> Opened {
    let at = opened();
    for body in ["Một.", "Hai."] {
        let id = at.insert(comment("1", body, hour(0))).await;
        for (n, action) in [Action::Approve, Action::Reject, Action::Edit].into_iter().enumerate() {
            at.decide(id, action, hour(n as i64)).await;
        }
    }
    at
}

#[tokio::test]
async fn the_readers_text_cannot_be_changed() {
    let at = with_decisions().await;
    for statement in [
        "update comment set body = 'khác'",
        "update comment set body = upper(body), status = 'approved' where id = 1",
        "update or ignore comment set body = 'khác'",
        "replace into comment select * from comment limit 1",
    ] {
        let refused = at.file().execute_batch(statement).unwrap_err();
        assert!(refused.to_string().contains("never changed"), "{refused}");
    }
}

#[tokio::test]
async fn decisions_cannot_be_edited_or_removed() {
    let at = with_decisions().await;
    let columns = [
        "id",
        "comment_id",
        "version",
        "action",
        "status",
        "reason",
        "note",
        "body_before",
        "body_after",
        "note_hash",
        "body_before_hash",
        "body_after_hash",
        "at",
        "hash",
    ];
    let refused = |statement: &str| match at.file().execute_batch(statement) {
        Ok(()) => panic!("carried out: {statement}"),
        Err(error) => assert!(error.to_string().contains("decisions are appended"), "{error}"),
    };
    for column in columns {
        let value = match column {
            "id" | "comment_id" | "version" | "at" => "id + 1000",
            column if column.ends_with("hash") => "x'00'",
            _ => "'khác'",
        };
        refused(&format!("update decision set {column} = {value} where id = 2"));
    }
    refused("update decision set moderator_id = null");
    refused("delete from decision");
    refused("delete from decision where id = 6");
    refused("replace into decision select * from decision limit 1");
}

/// The hashes on file, and those that the rows and the rule give.
fn chains(at: &Opened) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let db = at.file();
    let sql = "select comment_id, version, moderator_id, action, reason, at, note_hash, \
               body_before_hash, body_after_hash, hash, status from decision order by id";
    let mut query = db.prepare(sql).unwrap();
    let mut rows = query.query([]).unwrap();
    let (mut kept, mut found) = (Vec::new(), Vec::<Vec<u8>>::new());
    while let Some(row) = rows.next().unwrap() {
        let action: String = row.get(3).unwrap();
        let reasons = codau::domain::RejectReason::ALL;
        let reason: Option<String> = row.get(4).unwrap();
        let decision = Decision {
            comment: codau::domain::CommentId(row.get(0).unwrap()),
            version: row.get(1).unwrap(),
            moderator: row.get::<_, Option<i64>>(2).unwrap().map(ModeratorId),
            outcome: Outcome {
                action: action.parse().unwrap(),
                status: row.get::<_, String>(10).unwrap().parse().unwrap(),
                published_body: None,
                reason: reason
                    .and_then(|name| reasons.into_iter().find(|one| one.as_str() == name)),
                note: String::new(),
            },
            at: Timestamp::from_millisecond(row.get(5).unwrap()).unwrap(),
        };
        let text = |column: usize| row.get::<_, Vec<u8>>(column).unwrap();
        let previous = found.last().cloned().unwrap_or_default();
        let texts = [text(6), text(7), text(8)];
        let hash = chain_hash(&previous, &decision, [&texts[0], &texts[1], &texts[2]]);
        found.push(hash.to_vec());
        kept.push(text(9));
    }
    (kept, found)
}

#[tokio::test]
async fn the_chain_of_decisions_can_be_computed_again_also_when_texts_are_forgotten() {
    let at = with_decisions().await;
    let (kept, found) = chains(&at);
    assert_eq!((kept.len(), &kept), (6, &found));
    let file = at.file();
    file.execute_batch("update decision set note = null, body_before = null, body_after = null")
        .unwrap();
    let (kept_then, found_then) = chains(&at);
    assert_eq!((kept_then, found_then), (kept, found));
}
