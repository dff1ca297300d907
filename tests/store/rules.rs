//! The newsroom's rules, and what they and repetition leave with a comment.

use codau::domain::{
    Effect, Flag, Hold, Match, NewRule, Place, RuleId, RuleKind, ScreeningRule, Subject,
};
use codau::moderation::Screener;
use codau::store::StoreError;
use jiff::ToSpan;

use crate::support::{Opened, comment, hour, opened};

fn words(name: &str, entries: &[&str]) -> NewRule {
    NewRule {
        name: name.into(),
        kind: RuleKind::Words,
        effect: Effect::Hold,
        entries: entries.iter().map(|entry| (*entry).to_owned()).collect(),
        active: true,
    }
}

fn kept(id: RuleId, rule: NewRule) -> ScreeningRule {
    let NewRule { name, kind, effect, entries, active } = rule;
    ScreeningRule { id, name, kind, effect, entries, active }
}

#[tokio::test]
async fn rules_are_kept_as_written_in_the_order_they_were_added() {
    let at = opened();
    let first = words("Từ tục", &["đồ ngu", "\"cac\""]);
    let second = NewRule {
        kind: RuleKind::Address,
        effect: Effect::Spam,
        active: false,
        ..words("Mạng", &["192.0.2.0/24"])
    };
    let one = at.store.add_rule(first.clone(), hour(0)).await.unwrap();
    let two = at.store.add_rule(second.clone(), hour(0)).await.unwrap();
    let rules = at.store.rules().await.unwrap().rules;
    assert_eq!(rules, [kept(one, first), kept(two, second)]);
}

#[tokio::test]
async fn every_change_of_the_rules_is_counted_and_nothing_else() {
    let at = opened();
    let mut seen = vec![at.store.rules_revision().await.unwrap()];
    let id = at.store.add_rule(words("Một", &["a"]), hour(0)).await.unwrap();
    seen.push(at.store.rules_revision().await.unwrap());
    at.store.change_rule(id, words("Hai", &["b", "c"]), hour(1)).await.unwrap();
    assert_eq!(at.store.rules().await.unwrap().rules, [kept(id, words("Hai", &["b", "c"]))]);
    seen.push(at.store.rules_revision().await.unwrap());
    at.store.remove_rule(id).await.unwrap();
    seen.push(at.store.rules().await.unwrap().revision);
    assert!(seen.is_sorted_by(|a, b| a < b), "{seen:?}");
    // What is gone cannot be changed, and that is no change.
    let gone = at.store.change_rule(id, words("Ba", &["c"]), hour(2)).await;
    assert!(matches!(gone, Err(StoreError::NotFound)));
    assert!(matches!(at.store.remove_rule(id).await, Err(StoreError::NotFound)));
    assert_eq!(at.store.rules_revision().await.unwrap(), seen[3]);
    // Its number is never given to another.
    assert!(at.store.add_rule(words("Ba", &["c"]), hour(3)).await.unwrap() > id);
}

#[tokio::test]
async fn what_another_instance_changes_is_seen_within_seconds_and_not_asked_for_more_often() {
    let at = opened();
    let screener = Screener::default();
    let subject = Subject { body: "Đồ ngu.", ..Subject::default() };
    let found = async |seconds: i64| {
        let now = hour(0).checked_add(seconds.seconds()).unwrap();
        let rules = screener.rules(at.store.as_ref(), now).await.unwrap();
        rules.matches(&subject).len()
    };
    assert_eq!(found(0).await, 0);
    at.store.add_rule(words("Từ tục", &["ngu"]), hour(0)).await.unwrap();
    assert_eq!((found(2).await, found(3).await), (0, 1));
    // One that changes them itself need not wait.
    at.store.add_rule(words("Khác", &["đồ ngu"]), hour(0)).await.unwrap();
    screener.refresh(at.store.as_ref(), hour(0)).await.unwrap();
    assert_eq!(found(4).await, 2);
}

#[tokio::test]
async fn what_rules_found_stays_with_the_comment_when_they_are_removed() {
    let at = opened();
    let rule = at.store.add_rule(words("Từ tục", &["ngu"]), hour(0)).await.unwrap();
    let found = |place| Match {
        rule,
        name: "Từ \"tục\"".into(),
        effect: Effect::Hold,
        place,
        entry: "ngu".into(),
    };
    let mut new = comment("1", "Đồ ngu.", hour(1));
    let places = [Place::Body(5..8), Place::Name, Place::Email, Place::Address];
    new.verdict.matches = places.map(found).to_vec();
    let id = at.insert(new.clone()).await;
    at.store.remove_rule(rule).await.unwrap();
    assert_eq!(at.store.comment(id).await.unwrap().verdict, new.verdict);
    assert_eq!(held(&at), [[id.to_string(), "1".to_owned()]]);
}

/// Each comment's number with what holds it, as the file has it.
fn held(at: &Opened) -> Vec<Vec<String>> {
    at.database.rows("select id, hold from comment order by id")
}

#[tokio::test]
async fn the_same_by_others_or_elsewhere_within_the_time_is_a_repetition() {
    let at = opened();
    let send = async |key: &str, thread: &str, name: &str, likeness, hours| {
        let mut new = comment(thread, key, hour(hours));
        new.submission.name = name.into();
        new.likeness = likeness;
        new.alike_since = hour(hours).checked_sub(24.hours()).unwrap();
        let id = at.insert(new).await;
        let verdict = at.store.comment(id).await.unwrap().verdict;
        (verdict.flags.contains(&Flag::Repeated), verdict.hold())
    };
    assert_eq!(send("a", "1", "An", Some(7), 0).await, (false, Hold::None));
    // The same reader once more under the same article: a slip, not a flood.
    assert_eq!(send("b", "1", "An", Some(7), 1).await, (false, Hold::None));
    assert_eq!(send("c", "1", "Bình", Some(7), 2).await, (true, Hold::Spam));
    assert_eq!(send("d", "2", "An", Some(7), 3).await, (true, Hold::Spam));
    assert_eq!(send("e", "1", "Bình", Some(8), 4).await, (false, Hold::None));
    assert_eq!(send("f", "1", "Chi", None, 5).await, (false, Hold::None));
    assert_eq!(send("g", "1", "Chi", Some(7), 40).await, (false, Hold::None));
    assert_eq!(held(&at).iter().filter(|row| row[1] == "2").count(), 2);
}
