//! Counts that are kept are the counts that are found by counting.

use codau::domain::{Action, CommentId, Hold, Status, View};
use codau::language::Class;
use codau::store::{QueueFilter, StoreError, Sweep};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::support::{Opened, comment, held_by, hour, listed, opened};

const CLASSES: [Class; 3] = [Class::Marked, Class::Unmarked, Class::Foreign];

async fn do_something(at: &Opened, random: &mut SmallRng, step: i64, last: &mut i64) {
    let actions = [
        Action::Approve,
        Action::Edit,
        Action::Reject,
        Action::Spam,
        Action::Return,
        Action::Reopen,
        Action::Withdraw,
    ];
    match random.random_range(0..10) {
        0..4 => {
            let object = random.random_range(0..3).to_string();
            let mut new = comment(&object, &format!("Số {step}."), hour(step));
            new.verdict.class = CLASSES[random.random_range(0..CLASSES.len())];
            held_by(&mut new.verdict, Hold::ALL[random.random_range(0..Hold::ALL.len())]);
            *last = at.insert(new).await.0;
        }
        4 => {
            let id = CommentId(random.random_range(1..=*last));
            if let Ok(comment) = at.store.comment(id).await {
                at.resubmit(id, comment.version, &format!("Khác {step}."), hour(step))
                    .await
                    .unwrap();
            }
        }
        5..9 => {
            let id = CommentId(random.random_range(1..=*last));
            match at.store.comment(id).await {
                Ok(_) => {
                    let action = actions[random.random_range(0..actions.len())];
                    at.decide(id, action, hour(step)).await;
                }
                Err(StoreError::NotFound) => {}
                Err(error) => panic!("{error}"),
            }
        }
        _ => {
            let sweep = Sweep::ALL[random.random_range(0..Sweep::ALL.len())];
            let cutoff = hour(step - 40);
            at.store.sweep(sweep, cutoff, 3, hour(step)).await.unwrap();
        }
    }
}

#[tokio::test]
async fn counts_equal_a_recount_after_whatever_happened() {
    for seed in 0..4 {
        let at = opened();
        let random = &mut SmallRng::seed_from_u64(seed);
        let mut last = at.insert(comment("0", "Đầu tiên.", hour(0))).await.0;
        for step in 1..250 {
            do_something(&at, random, step, &mut last).await;
            if step % 50 == 0 {
                is_right(&at, seed).await;
            }
        }
    }
}

async fn is_right(at: &Opened, seed: u64) {
    let tally = at.store.tally().await.unwrap();
    assert!(tally.counts.iter().all(|counted| counted.count > 0));
    let mut approved = 0;
    for status in Status::ALL {
        let ids = at.list(&listed(status), 20).await;
        assert_eq!(tally.of(status), ids.len() as i64, "seed {seed}, {status:?}");
        for class in CLASSES {
            let alike = tally.counts.iter().filter(|of| of.status == status && of.class == class);
            let mut filter = listed(status);
            filter.class = Some(class);
            let found = at.list(&filter, 20).await.len() as i64;
            assert_eq!(alike.map(|of| of.count).sum::<i64>(), found, "seed {seed}, {class:?}");
        }
    }
    for view in View::ALL {
        let filter = QueueFilter { view: Some(view), ..listed(Status::Pending) };
        let found = at.list(&filter, 20).await.len() as i64;
        assert_eq!(tally.waiting_in(view), found, "seed {seed}, {view:?}");
    }
    for object in ["0", "1", "2"] {
        let Ok(published) = at.published(object).await else {
            continue;
        };
        let objects = [object.to_owned()];
        let counts = at.store.published_counts("bao", &objects).await.unwrap();
        let count = counts.get(object).copied().unwrap_or_default();
        assert_eq!(count, published.comments.len() as i64, "seed {seed}, {object}");
        approved += count;
        let mut filter = listed(Status::Pending);
        filter.thread = Some(published.thread.id);
        let pending = at.store.pending_in(&[published.thread.id]).await.unwrap();
        let waiting = at.list(&filter, 20).await.len() as i64;
        assert_eq!(pending[&published.thread.id], waiting, "seed {seed}, {object}");
    }
    assert_eq!(approved, tally.of(Status::Approved));
}
