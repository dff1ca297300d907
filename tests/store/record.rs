//! What no statement may change: the reader's text, and the record of decisions.

use codau::domain::{Action, CommentId, Decision, EditReasons, ModeratorId, Outcome, chain_hash};
use codau::store::StoreError;
use jiff::Timestamp;

use crate::support::{Opened, comment, decision, hour, opened};

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
    let statements = [
        "update comment set body = 'khác'",
        "update comment set body = upper(body), status = 'approved' where id = 1",
    ];
    let of_sqlite = [
        "update or ignore comment set body = 'khác'",
        "replace into comment (id, thread_id, name, consent, body, folded, lane, class, missing_share, \
         confidence, spans, flags, submitted_at) select id, thread_id, name, consent, 'khác', folded, \
         lane, class, missing_share, confidence, spans, flags, submitted_at from comment limit 1",
    ];
    let of_sqlite = of_sqlite.into_iter().filter(|_| at.database.is_sqlite());
    for statement in statements.into_iter().chain(of_sqlite) {
        let refused = at.database.sql(statement).unwrap_err();
        assert!(refused.contains("never lost"), "{refused}");
    }
}

#[tokio::test]
async fn a_comment_stands_only_where_one_can() {
    let at = with_decisions().await;
    for statement in ["update comment set status = 'lost'", "update comment set hold = 3"] {
        let refused = at.database.sql(statement).unwrap_err().to_lowercase();
        assert!(refused.contains("check"), "{statement}: {refused}");
    }
}

#[tokio::test]
async fn a_readers_text_that_another_replaced_cannot_be_changed_or_removed() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    at.resubmit(id, 1, "Hai.", hour(1)).await.unwrap();
    let of_sqlite = ["replace into revision select * from revision"];
    let of_sqlite = of_sqlite.into_iter().filter(|_| at.database.is_sqlite());
    let statements = [
        "update revision set body = 'khác'",
        "update revision set at = 0",
        "delete from revision",
        // Its revision is of another version, or another text.
        "update comment set body = 'khác'",
        "insert into revision values (1, 2, 'khác', 0); update comment set body = 'khác'",
    ];
    for statement in statements.into_iter().chain(of_sqlite) {
        let refused = at.database.sql(statement).unwrap_err();
        assert!(refused.contains("never lost"), "{statement}: {refused}");
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
    let no_bytes = if at.database.is_sqlite() { "x''" } else { "''::bytea" };
    let refused = |statement: &str| match at.database.sql(statement) {
        Ok(()) => panic!("carried out: {statement}"),
        Err(error) => assert!(error.contains("decisions are appended"), "{error}"),
    };
    for column in columns {
        let value = match column {
            "id" | "comment_id" | "version" | "at" => "id + 1000",
            column if column.ends_with("hash") => no_bytes,
            _ => "'khác'",
        };
        refused(&format!("update decision set {column} = {value} where id = 2"));
    }
    refused("update decision set moderator_id = null");
    refused("delete from decision");
    refused("delete from decision where id = 6");
    if at.database.is_sqlite() {
        refused("replace into decision select * from decision limit 1");
    }
}

#[tokio::test]
async fn decisions_that_are_made_at_once_follow_each_other_on_the_record() {
    let at = opened();
    let by = at.moderator().await.id;
    let mut ids = Vec::new();
    for n in 0..30 {
        ids.push(at.insert(comment(&(n % 3).to_string(), &format!("Số {n}."), hour(0))).await);
    }
    // Each comment twice, and between the two something that is refused.
    let made = |version: i64, action| {
        let decide = move |id: &CommentId| decision(*id, version, by, action, hour(version));
        ids.iter().map(decide).collect::<Vec<_>>()
    };
    let late = made(9, Action::Spam);
    let all = [made(1, Action::Approve), late, made(2, Action::Reject)].concat();
    let all = all.into_iter().map(|decision| at.store.decide(decision));
    let all = futures_util::future::join_all(all).await;
    let refused = all.iter().filter(|one| matches!(one, Err(StoreError::Conflict))).count();
    assert_eq!((all.iter().filter(|one| one.is_ok()).count(), refused), (60, 30));
    for id in ids {
        let history = at.store.history(id).await.unwrap();
        let actions: Vec<_> = history.iter().map(|record| record.action).collect();
        assert_eq!(actions, [Action::Approve, Action::Reject]);
        assert_eq!(history[0].body_after.as_deref(), Some("bản 1"));
        assert_eq!(
            (&history[1].body_before, &history[1].body_after),
            (&history[0].body_after, &None)
        );
    }
    for object in ["0", "1", "2"] {
        let thread = at.published(object).await.unwrap();
        assert_eq!((thread.revision, thread.count), (20, 0));
    }
    let (kept, computed) = chains(&at);
    assert_eq!(kept.len(), 60);
    assert_eq!(kept, computed);
}

/// The hashes on file, and those that the rows and the rule give.
fn chains(at: &Opened) -> (Vec<String>, Vec<String>) {
    let sql = "select comment_id, version, moderator_id, action, status, reason, at, edits, \
               message_hash, note_hash, sent_hash, body_before_hash, body_after_hash, hash \
               from decision order by id";
    let (mut kept, mut found, mut previous) = (Vec::new(), Vec::new(), Vec::new());
    for row in at.database.rows(sql) {
        let number = |column: usize| row[column].parse::<i64>().unwrap();
        let decision = Decision {
            comment: codau::domain::CommentId(number(0)),
            version: number(1),
            moderator: row[2].parse().ok().map(ModeratorId),
            outcome: Outcome {
                action: row[3].parse().unwrap(),
                status: row[4].parse().unwrap(),
                published_body: None,
                reason: row[5].parse().ok(),
                message: String::new(),
                note: String::new(),
                edits: EditReasons::named(row[7].split(' ')),
            },
            at: Timestamp::from_millisecond(number(6)).unwrap(),
        };
        let texts = [8, 9, 10, 11, 12].map(|column| bytes(&row[column]));
        let hash = chain_hash(&previous, &decision, texts.each_ref().map(Vec::as_slice));
        found.push(hash.iter().map(|byte| format!("{byte:02x}")).collect());
        kept.push(row[13].clone());
        previous = hash.to_vec();
    }
    (kept, found)
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap();
    (0..hexadecimal.len()).step_by(2).map(pair).collect()
}

#[tokio::test]
async fn the_chain_of_decisions_can_be_computed_again_also_when_texts_are_forgotten() {
    let at = with_decisions().await;
    let id = at.insert(comment("1", "Ba.", hour(0))).await;
    at.decide(id, Action::Return, hour(1)).await;
    at.resubmit(id, 2, "Bốn.", hour(2)).await.unwrap();
    let (kept, found) = chains(&at);
    assert_eq!((kept.len(), &kept), (8, &found));
    let forget = "update decision set message = null, note = null, body_before = null, \
                  body_after = null";
    at.database.sql(forget).unwrap();
    let (kept_then, found_then) = chains(&at);
    assert_eq!((kept_then, found_then), (kept, found));
}
