//! What no statement may change: the reader's text, and the record of decisions.

use codau::domain::{Action, Decision, EditReasons, ModeratorId, Outcome, chain_hash};
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
        "replace into comment (id, thread_id, name, consent, body, folded, lane, class, missing_share, \
         confidence, spans, flags, submission_key, submitted_at) select id, thread_id, name, consent, \
         'khác', folded, lane, class, missing_share, confidence, spans, flags, submission_key, \
         submitted_at from comment limit 1",
    ] {
        let refused = at.file().execute_batch(statement).unwrap_err();
        assert!(refused.to_string().contains("never lost"), "{refused}");
    }
}

#[tokio::test]
async fn a_readers_text_that_another_replaced_cannot_be_changed_or_removed() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    at.resubmit(id, 1, "Hai.", hour(1)).await.unwrap();
    for statement in [
        "update revision set body = 'khác'",
        "update revision set at = 0",
        "delete from revision",
        "replace into revision select * from revision",
        // Its revision is of another version, or another text.
        "update comment set body = 'khác'",
        "insert into revision values (1, 2, 'khác', 0); update comment set body = 'khác'",
    ] {
        let refused = at.file().execute_batch(statement).unwrap_err();
        assert!(refused.to_string().contains("never lost"), "{statement}: {refused}");
    }
    assert_eq!(at.store.comment(id).await.unwrap().body, "Hai.");
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
        "edits",
        "message",
        "note",
        "body_before",
        "body_after",
        "message_hash",
        "note_hash",
        "sent_hash",
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
    let sql = "select comment_id, version, moderator_id, action, reason, at, status, edits, \
               message_hash, note_hash, sent_hash, body_before_hash, body_after_hash, hash \
               from decision order by id";
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
                status: row.get::<_, String>(6).unwrap().parse().unwrap(),
                published_body: None,
                reason: reason
                    .and_then(|name| reasons.into_iter().find(|one| one.as_str() == name)),
                message: String::new(),
                note: String::new(),
                edits: EditReasons::named(row.get::<_, String>(7).unwrap().split(' ')),
            },
            at: Timestamp::from_millisecond(row.get(5).unwrap()).unwrap(),
        };
        let text = |column: usize| row.get::<_, Vec<u8>>(column).unwrap();
        let previous = found.last().cloned().unwrap_or_default();
        let texts = [text(8), text(9), text(10), text(11), text(12)];
        let hash = chain_hash(&previous, &decision, texts.each_ref().map(Vec::as_slice));
        found.push(hash.to_vec());
        kept.push(text(13));
    }
    (kept, found)
}

#[tokio::test]
async fn the_chain_of_decisions_can_be_computed_again_also_when_texts_are_forgotten() {
    let at = with_decisions().await;
    let id = at.insert(comment("1", "Ba.", hour(0))).await;
    at.decide(id, Action::Return, hour(1)).await;
    at.resubmit(id, 2, "Bốn.", hour(2)).await.unwrap();
    let (kept, found) = chains(&at);
    assert_eq!((kept.len(), &kept), (8, &found));
    let file = at.file();
    let forget = "update decision set message = null, note = null, body_before = null, \
                  body_after = null";
    file.execute_batch(forget).unwrap();
    let (kept_then, found_then) = chains(&at);
    assert_eq!((kept_then, found_then), (kept, found));
}
