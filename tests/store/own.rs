//! What a reader does with a comment of their own: another text, and taking it back.

use codau::domain::{
    Action, CommentId, Decision, Effect, Flag, Hold, Lane, Limits, Match, Outcome, Place, Policy,
    RuleId, RuleKind, Screening, ScreeningRule, Status,
};
use codau::domain::{Caution, Stance};
use codau::language::{Class, Language};
use codau::moderation::{self, Again, Resubmitted};
use codau::store::{Change, Insertion, QueueFilter, Resubmission, Store, StoreError};

use jiff::SignedDuration;

use crate::support::{Opened, comment, hash, hour, key, listed, opened};

#[tokio::test]
async fn another_text_is_judged_searched_and_queued_anew_and_the_first_is_kept() {
    let at = opened();
    let mut first = comment("1", "Con đò cũ.", hour(0));
    first.verdict.class = Class::Unmarked;
    first.lane = Lane::Last;
    let id = at.insert(first).await;
    at.insert(comment("1", "Ở giữa.", hour(1))).await;
    at.decide(id, Action::Return, hour(2)).await;

    let mut verdict = comment("1", "", hour(3)).verdict;
    verdict.flags = vec![Flag::Links];
    let decision = Decision {
        comment: id,
        version: 2,
        moderator: None,
        outcome: Outcome::plain(Action::Resubmit, Status::Pending, None),
        at: hour(3),
    };
    let body = "Cây cầu mới.".to_owned();
    let lane = Lane::First;
    let resubmission =
        Resubmission { decision, body, verdict: verdict.clone(), lane, likeness: None };
    at.store.resubmit(resubmission).await.unwrap();

    let kept = at.store.comment(id).await.unwrap();
    assert_eq!((kept.body.as_str(), kept.verdict), ("Cây cầu mới.", verdict));
    assert_eq!((kept.status, kept.version, kept.submitted_at), (Status::Pending, 3, hour(0)));
    assert_eq!(at.list(&listed(Status::Pending), 9).await, [1, 2], "it waits in its new lane");
    let found = async |words: &str| {
        let mut filter = listed(Status::Pending);
        filter.words = words.into();
        at.list(&filter, 9).await
    };
    assert_eq!(found("cau moi").await, [1]);
    assert!(found("con do").await.is_empty());
    let revisions = at.store.revisions(id).await.unwrap();
    let revision = &revisions[0];
    assert_eq!((revisions.len(), revision.version, revision.at), (1, 2, hour(3)));
    assert_eq!(revision.body, "Con đò cũ.");
    let history = at.store.history(id).await.unwrap();
    let last = history.last().unwrap();
    assert_eq!((last.action, &last.moderator, last.at), (Action::Resubmit, &None, hour(3)));
    let tally = at.store.tally().await.unwrap();
    assert_eq!(tally.of(Status::Pending), 2);
    assert!(tally.counts.iter().all(|of| of.class == Class::Marked));
}

#[tokio::test]
async fn another_text_on_another_version_is_a_conflict_and_changes_nothing() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    at.decide(id, Action::Return, hour(1)).await;
    for version in [0, 1, 3] {
        let late = at.resubmit(id, version, "Hai.", hour(2)).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{version}");
    }
    let nowhere = at.resubmit(CommentId(4_711), 1, "Hai.", hour(2)).await;
    assert!(matches!(nowhere, Err(StoreError::NotFound)));
    assert_eq!(at.store.comment(id).await.unwrap().body, "Một.");
    assert!(at.store.revisions(id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_receipt_says_what_to_change_and_its_own_comment_has_the_text() {
    let at = opened();
    let id = at.insert(comment("1", "Một.", hour(0))).await;
    at.decide(id, Action::Return, hour(1)).await;
    let receipt = at.receipt("Một.").await.unwrap();
    assert_eq!((receipt.status, receipt.version), (Status::Returned, 2));
    assert_eq!(receipt.message, "xin bớt 1");
    let own = at.store.own_comment(&hash("Một.")).await.unwrap();
    assert_eq!((own.id, own.body.as_str()), (id, "Một."));
    let nobodys = at.store.own_comment(&hash("Hai.")).await;
    assert!(matches!(nobodys, Err(StoreError::NotFound)));
    at.resubmit(id, 2, "Hai.", hour(2)).await.unwrap();
    let receipt = at.receipt("Một.").await.unwrap();
    assert_eq!((receipt.status, receipt.message.as_str()), (Status::Pending, ""));
}

/// Everything about missing marks comes back to the reader first.
const POLICY: Policy = Policy {
    unmarked: Stance::Nudge,
    partly_marked: Stance::Nudge,
    nudge_when: Caution::Likely,
    lane: Lane::Last,
};
const LIMITS: Limits = Limits { name: 60, body: 100 };

/// A comment that came in with a receipt link whose token is its text.
async fn sent(at: &Opened, body: &str) -> CommentId {
    let mut new = comment("1", body, hour(0));
    new.receipt = moderation::token_hash(body.as_bytes());
    at.insert(new).await
}

async fn again(at: &Opened, receipt: &str, version: i64, body: &str) -> Resubmitted {
    let rules = Screening::default();
    let again = Again {
        receipt: receipt.as_bytes(),
        version,
        body,
        policy: POLICY,
        rules: &rules,
        insisted: false,
    };
    let store: &dyn Store = at.store.as_ref();
    moderation::resubmit(store, Language::embedded(), again, LIMITS, hour(5)).await.unwrap()
}

#[tokio::test]
async fn another_text_is_taken_while_nobody_has_decided_or_when_asked_for() {
    let at = opened();
    let id = sent(&at, "Hay.").await;
    assert_eq!(again(&at, "Hay.", 1, " Hay. ").await, Resubmitted::Same);
    assert_eq!(again(&at, "Hay.", 1, "bai viet rat hay, cam on").await, Resubmitted::Nudged);
    assert!(matches!(again(&at, "Hay.", 1, " ").await, Resubmitted::Invalid(_)));
    assert!(matches!(again(&at, "Hay.", 1, &"dài ".repeat(30)).await, Resubmitted::Invalid(_)));
    assert!(at.store.history(id).await.unwrap().is_empty());
    assert_eq!(again(&at, "Hay.", 1, "Bài viết rất hay.").await, Resubmitted::Queued);
    at.decide(id, Action::Return, hour(6)).await;
    assert!(matches!(again(&at, "Hay.", 2, "Khác.").await, Resubmitted::Changed(_)));
    assert_eq!(again(&at, "Hay.", 3, "Bài viết hay quá.").await, Resubmitted::Queued);
    at.decide(id, Action::Approve, hour(7)).await;
    assert!(matches!(again(&at, "Hay.", 5, "Khác.").await, Resubmitted::Changed(_)));
    assert_eq!(at.store.comment(id).await.unwrap().body, "Bài viết hay quá.");
    let revisions = at.store.revisions(id).await.unwrap();
    let texts: Vec<_> = revisions.iter().map(|revision| revision.body.as_str()).collect();
    assert_eq!(texts, ["Hay.", "Bài viết rất hay."]);
}

#[tokio::test]
async fn another_text_that_lacks_its_marks_is_taken_when_its_reader_insists() {
    let at = opened();
    let id = sent(&at, "Hay.").await;
    let again = Again {
        receipt: b"Hay.",
        version: 1,
        body: "bai viet rat hay, cam on",
        policy: POLICY,
        rules: &Screening::default(),
        insisted: true,
    };
    let store: &dyn Store = at.store.as_ref();
    let done = moderation::resubmit(store, Language::embedded(), again, LIMITS, hour(5));
    assert_eq!(done.await.unwrap(), Resubmitted::Queued);
    let kept = at.store.comment(id).await.unwrap();
    assert_eq!(kept.verdict.class, Class::Unmarked);
    assert!(kept.verdict.flags.contains(&Flag::Unmarked));
}

#[tokio::test]
async fn another_text_is_held_against_the_rules_and_what_was_against_its_sender_stays() {
    let at = opened();
    let mut new = comment("1", "Hay.", hour(0));
    new.receipt = moderation::token_hash(b"Hay.");
    let blocked = Match {
        rule: RuleId(9),
        name: "Mạng".into(),
        effect: Effect::Hold,
        place: Place::Address,
        entry: String::new(),
    };
    new.verdict.matches = vec![blocked.clone()];
    new.verdict.flags = vec![Flag::Repeated];
    let id = at.insert(new).await;
    let rule = ScreeningRule {
        id: RuleId(1),
        name: "Từ tục".into(),
        kind: RuleKind::Words,
        effect: Effect::Hold,
        entries: vec!["ngu".into()],
        active: true,
    };
    let again = Again {
        receipt: b"Hay.",
        version: 1,
        body: "Đúng là ngu.",
        policy: POLICY,
        rules: &Screening::new(&[rule]),
        insisted: true,
    };
    let store: &dyn Store = at.store.as_ref();
    moderation::resubmit(store, Language::embedded(), again, LIMITS, hour(1)).await.unwrap();
    let verdict = at.store.comment(id).await.unwrap().verdict;
    assert_eq!(verdict.matches[0].place, Place::Body(11..14));
    assert_eq!(verdict.matches[1], blocked);
    assert_eq!((verdict.flags.as_slice(), verdict.hold()), (&[Flag::Repeated][..], Hold::Spam));
}

#[tokio::test]
async fn a_withdrawn_comment_is_gone_from_its_article_and_its_cache_is_told() {
    let at = opened();
    let id = sent(&at, "Hay.").await;
    at.decide(id, Action::Approve, hour(1)).await;
    let mut changes = at.store.changes();
    for _twice in 0..2 {
        let status = moderation::withdraw(at.store.as_ref(), b"Hay.", hour(2)).await.unwrap();
        assert_eq!(status, Status::Withdrawn);
    }
    assert!(at.published("1").await.unwrap().comments.is_empty());
    let told = [changes.recv().await.unwrap(), changes.recv().await.unwrap()];
    assert_eq!(told, [Change::Decided(id), Change::Published(key("1"))]);
    let history = at.store.history(id).await.unwrap();
    let last = history.last().unwrap();
    assert_eq!((history.len(), last.action, &last.moderator), (2, Action::Withdraw, &None));
    assert_eq!(at.receipt_status(b"Hay.").await, Status::Withdrawn);
}

#[tokio::test]
async fn what_is_not_to_be_seen_anyway_is_not_withdrawn() {
    for action in [Action::Reject, Action::Spam, Action::Expire] {
        let at = opened();
        let id = sent(&at, "Hay.").await;
        at.decide(id, action, hour(1)).await;
        let status = moderation::withdraw(at.store.as_ref(), b"Hay.", hour(2)).await.unwrap();
        assert_eq!(Some(status), action.leads_to());
        assert_eq!(at.store.history(id).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_reply_of_the_newsrooms_own_is_published_in_one_step_on_a_closed_thread_too() {
    let at = opened();
    let by = at.moderator().await.id;
    assert_eq!(at.store.signature(by).await.unwrap(), None);
    let parent = at.insert(comment("1", "Ý kiến.", hour(0))).await;
    let mut own = comment("1", "Tòa soạn trả lời.", hour(2));
    own.submission.parent = Some(parent);
    own.submission.name = "Thu Hà".into();
    // Only what everyone can read is replied to.
    let early = at.store.publish_own(own.clone(), by).await.unwrap();
    assert_eq!(early, Insertion::NoSuchParent);
    at.decide(parent, Action::Approve, hour(1)).await;
    let thread = at.published("1").await.unwrap().thread.id;
    at.store.set_thread_open(thread, false).await.unwrap();
    let mut changes = at.store.changes();
    let Insertion::Stored(reply) = at.store.publish_own(own.clone(), by).await.unwrap() else {
        panic!("it is not kept");
    };
    let told = [changes.try_recv().unwrap(), changes.try_recv().unwrap()];
    assert_eq!(told, [Change::Decided(reply), Change::Published(key("1"))]);

    let found = async |status| {
        at.list(&QueueFilter { words: "toa soan".into(), ..listed(status) }, 9).await
    };
    assert_eq!(found(Status::Approved).await, [reply.0]);
    assert!(found(Status::Pending).await.is_empty());
    let kept = at.store.comment(reply).await.unwrap();
    assert!(kept.staff && !at.store.comment(parent).await.unwrap().staff);
    assert_eq!((kept.status, kept.version), (Status::Approved, 2));
    let history = at.store.history(reply).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!((history[0].action, history[0].at), (Action::Approve, hour(2)));
    assert_eq!(history[0].moderator.as_deref(), Some("Bình"));
    let shown = at.published("1").await.unwrap();
    assert_eq!((shown.count, shown.comments[0].staff), (2, false));
    let below = &shown.comments[0].replies[0];
    assert!(below.staff && !below.edited);
    assert_eq!(below.body, "Tòa soạn trả lời.");
    assert_eq!(at.store.signature(by).await.unwrap().as_deref(), Some("Thu Hà"));

    // What readers reply from then on, they reply to the newsroom.
    at.store.set_thread_open(thread, true).await.unwrap();
    let mut after = comment("1", "Cảm ơn tòa soạn.", hour(3));
    after.submission.parent = Some(parent);
    let after = at.insert(after).await;
    assert!(at.store.comment(after).await.unwrap().to_staff);
    let again = at.store.publish_own(own, by).await.unwrap();
    assert_eq!(again, Insertion::AlreadyStored(reply));
    assert_eq!(at.published("1").await.unwrap().count, 2);
}

#[tokio::test]
async fn the_usual_wait_is_the_middle_one_of_the_latest_first_decisions_of_the_site() {
    let at = opened();
    let usual = async |site: &str, since| at.store.usual_wait(site, since).await.unwrap();
    for (n, hours) in [1, 9, 2, 3, 50].into_iter().enumerate() {
        assert_eq!(usual("bao", hour(0)).await, None, "{n} are too few to tell");
        let id = at.insert(comment("1", &format!("Ý kiến {n}."), hour(100))).await;
        at.decide(id, Action::Approve, hour(100 + hours)).await;
        // Whatever is decided on it later says nothing of how long it waited.
        at.decide(id, Action::Reject, hour(900)).await;
    }
    assert_eq!(usual("bao", hour(0)).await, Some(SignedDuration::from_hours(3)));
    assert_eq!(usual("khac", hour(0)).await, None);
    assert_eq!(usual("bao", hour(140)).await, None, "four of them were before");
}
