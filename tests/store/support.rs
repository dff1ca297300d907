//! A store to test, and what is put into it.

use std::collections::HashSet;
use std::sync::Arc;

use codau::domain::{
    Action, CommentId, Decision, EditReasons, Effect, Flag, Hold, Lane, Match, Moderator,
    ModeratorId, Order, OriginTrace, Outcome, Part, Place, PublishedThread, ReasonKey, Receipt,
    Role, RuleId, Start, Status, Submission, ThreadKey, Verdict,
};
use codau::language::Class;
use codau::store::{
    self, Insertion, NewComment, QueueFilter, Resubmission, Store, StoreError, TokenHash,
};
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};

use crate::database::Database;

/// A store with the database it keeps its comments in.
pub(crate) struct Opened {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) database: Database,
}

/// An empty store.
pub(crate) fn opened() -> Opened {
    let database = Database::new();
    let store = store::open(&database.url()).unwrap();
    Opened { store, database }
}

/// The day the tests take place, so many hours in.
pub(crate) fn hour(hours: i64) -> Timestamp {
    let start: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
    start.checked_add(hours.hours()).unwrap()
}

pub(crate) fn hash(text: &str) -> TokenHash {
    Sha256::digest(text).into()
}

pub(crate) fn key(object: &str) -> ThreadKey {
    ThreadKey { site: "bao".into(), object: object.into() }
}

/// A comment on an article; its text is its receipt's token too.
pub(crate) fn comment(object: &str, body: &str, at: Timestamp) -> NewComment {
    NewComment {
        submission: Submission {
            thread: key(object),
            url: format!("https://bao.example/{object}"),
            title: format!("Bài {object}"),
            parent: None,
            name: "An".into(),
            email: Some("an@example.com".into()),
            body: body.into(),
            consent: true,
            key: None,
            trapped: false,
        },
        verdict: Verdict {
            class: Class::Marked,
            missing_share: 0.25,
            confidence: 0.5,
            spans: vec![],
            flags: vec![],
            matches: vec![],
        },
        lane: Lane::Together,
        likeness: None,
        alike_since: at,
        receipt: hash(body),
        origin: OriginTrace { address: "192.0.2.7".into(), user_agent: "curl".into() },
        at,
    }
}

/// What holds a comment back, of each kind: nothing, a rule, a trap and a rule.
pub(crate) fn held_by(verdict: &mut Verdict, hold: Hold) {
    let rule = Match {
        rule: RuleId(1),
        name: "Từ tục".into(),
        effect: Effect::Hold,
        place: Place::Name,
        entry: "ngu".into(),
    };
    verdict.matches = if hold == Hold::None { vec![] } else { vec![rule] };
    verdict.flags = if hold == Hold::Spam { vec![Flag::Trapped] } else { vec![] };
    assert_eq!(verdict.hold(), hold);
}

impl Opened {
    pub(crate) async fn insert(&self, comment: NewComment) -> CommentId {
        match self.store.insert(comment).await.unwrap() {
            Insertion::Stored(id) => id,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn moderator(&self) -> Moderator {
        let added = self.store.add_moderator("Bình", Role::Moderator, "hash", hour(0));
        match added.await {
            Ok(added) => added,
            Err(_) => self.store.credentials("Bình").await.unwrap().0,
        }
    }

    /// Decides on a comment as it is now.
    pub(crate) async fn decide(&self, id: CommentId, action: Action, at: Timestamp) {
        let by = self.moderator().await.id;
        let version = self.store.comment(id).await.unwrap().version;
        let decision = decision(id, version, by, action, at);
        self.store.decide(decision).await.unwrap();
    }

    /// Puts another text in the place of a comment's as it was at `version`.
    pub(crate) async fn resubmit(
        &self,
        id: CommentId,
        version: i64,
        body: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let outcome = Outcome::plain(Action::Resubmit, Status::Pending, None);
        let decision = Decision { comment: id, version, moderator: None, outcome, at };
        let NewComment { verdict, lane, .. } = comment("", body, at);
        let resubmission =
            Resubmission { decision, body: body.into(), verdict, lane, likeness: None };
        self.store.resubmit(resubmission).await
    }

    /// A whole thread, as its article shows it.
    pub(crate) async fn published(&self, object: &str) -> store::Result<PublishedThread> {
        let whole = Part { order: Order::Oldest, start: Start::Beginning, limit: 1_000 };
        self.store.published(&key(object), whole).await
    }

    pub(crate) async fn status(&self, id: CommentId) -> Status {
        self.store.comment(id).await.unwrap().status
    }

    pub(crate) async fn receipt(&self, token: &str) -> store::Result<Receipt> {
        self.store.receipt(&hash(token)).await
    }

    pub(crate) async fn receipt_status(&self, token: &[u8]) -> Status {
        self.store.receipt(&codau::moderation::token_hash(token)).await.unwrap().status
    }

    /// The numbers of all comments in a list, page by page.
    pub(crate) async fn list(&self, filter: &QueueFilter, limit: usize) -> Vec<i64> {
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.queue(filter, after, limit).await.unwrap();
            assert!(page.comments.len() <= limit);
            ids.extend(page.comments.iter().map(|comment| comment.id.0));
            after = page.next;
            if after.is_none() {
                assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
                return ids;
            }
        }
    }

    /// The numbers of all comments of a filter, in pages of every size; smallest first.
    pub(crate) async fn sorted(&self, filter: &QueueFilter) -> Vec<i64> {
        let mut ids = self.list(filter, 1).await;
        assert_eq!(ids, self.list(filter, 2).await, "{filter:?}");
        assert_eq!(ids, self.list(filter, 100).await, "{filter:?}");
        ids.sort_unstable();
        ids
    }
}

/// A decision with everything that its action takes.
pub(crate) fn decision(
    comment: CommentId,
    version: i64,
    by: ModeratorId,
    action: Action,
    at: Timestamp,
) -> Decision {
    Decision {
        comment,
        version,
        moderator: Some(by),
        outcome: Outcome {
            action,
            status: action.leads_to().unwrap(),
            published_body: match action {
                Action::Approve | Action::Edit => Some(format!("bản {version}")),
                _ => None,
            },
            reason: (action == Action::Reject).then(|| reason("insult")),
            message: match action {
                Action::Return => format!("xin bớt {version}"),
                _ => String::new(),
            },
            note: format!("ghi chú {version}"),
            edits: match action {
                Action::Edit => EditReasons::named(["marks", "cut"]),
                _ => EditReasons::default(),
            },
        },
        at,
    }
}

pub(crate) fn reason(key: &str) -> ReasonKey {
    key.parse().unwrap()
}

pub(crate) fn listed(status: Status) -> QueueFilter {
    QueueFilter::of(status)
}
