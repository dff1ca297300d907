//! Several instances of the service on one database, as readers and moderators see them.

use std::time::{Duration, Instant};

use tokio::time::interval;

use crate::support::{App, Ask, comment};

/// How soon an instance shows what another one did, when it cannot be told: three seconds by
/// itself, and some on a busy machine.
const LIMIT: Duration = Duration::from_secs(6);

/// Reads until the thread at an instance says this and nothing else; says how long that took.
async fn shown(at: &App, expected: &[&str]) -> Duration {
    let (began, mut tick) = (Instant::now(), interval(Duration::from_millis(20)));
    loop {
        tick.tick().await;
        let json = at.thread_json("1").await;
        let bodies = json["comments"].as_array().unwrap().iter();
        let bodies: Vec<_> = bodies.map(|comment| comment["body"].as_str().unwrap()).collect();
        if bodies == expected {
            return began.elapsed();
        }
        assert!(began.elapsed() < LIMIT, "{bodies:?} is still shown");
    }
}

#[tokio::test]
async fn what_one_instance_decides_the_other_shows_at_once_and_though_it_hears_of_nothing() {
    let here = App::start().await;
    let Some(there) = here.beside(&[]).await else { return };
    let first = here.published(comment().body("Một.")).await;
    shown(&there, &["Một."]).await;
    here.edit(first.id, "Hai.").await;
    let told = shown(&there, &["Hai."]).await;
    assert!(told < Duration::from_secs(2), "it was told, not found: {told:?}");
    here.deafen();
    // What it kept when it lost its connection is old; this it keeps while it hears of nothing.
    shown(&there, &["Hai."]).await;
    for (n, body) in ["Ba.", "Bốn.", "Năm."].into_iter().enumerate() {
        here.edit(first.id, body).await;
        // At once where it was decided.
        assert!(shown(&here, &[body]).await < Duration::from_secs(2), "{n}");
        shown(&there, &[body]).await;
    }
    here.undeafen();
}

/// Sends so many comments to two instances in turn; says how many were taken.
async fn taken(instances: [&App; 2], tries: usize, from: impl Fn(usize) -> String) -> usize {
    let mut taken = 0;
    for n in 0..tries {
        let post = instances[n % 2].post("/comments").header("x-forwarded-for", from(n));
        let form = comment().name(&format!("Bạn {n}")).body(&format!("Ý kiến thứ {n}."));
        match post.form(form.fields()).ask().await.status {
            303 => taken += 1,
            429 => {}
            other => panic!("{other}"),
        }
    }
    taken
}

#[tokio::test]
async fn an_address_sends_to_all_instances_together_what_it_may_send_to_one() {
    let limits = [("limits.posts_per_minute", "5")];
    let here = App::with(&limits).await;
    let Some(there) = here.beside(&limits).await else { return };
    // No proxy is trusted: whatever the header says, it is one address.
    let taken = taken([&here, &there], 40, |n| format!("198.51.100.{n}")).await;
    // Some more may have become free while they were sent.
    assert!((5..8).contains(&taken), "{taken} were taken");
}

#[tokio::test]
async fn a_network_does_too() {
    let limits =
        [("limits.network_posts_per_minute", "6"), ("server.trusted_proxies", "127.0.0.1")];
    let here = App::with(&limits).await;
    let Some(there) = here.beside(&limits).await else { return };
    let own = |n: usize| format!("2001:db8:1:{n}::1");
    assert!((6..9).contains(&taken([&here, &there], 40, own).await));
    let suspected = here.queue("?view=spam").await.len();
    assert!((2..5).contains(&suspected), "those beyond half of it: {suspected}");
}

#[tokio::test]
async fn a_password_is_guessed_at_by_all_instances_together_as_often_as_by_one() {
    let limits = [("limits.logins_per_minute", "4")];
    let here = App::with(&limits).await;
    let Some(there) = here.beside(&limits).await else { return };
    let mut heard = 0;
    for n in 0..20 {
        let at = [&here, &there][n % 2];
        heard += usize::from(at.log_in_with("Bình", "đoán").await.status == 422);
    }
    assert!((4..7).contains(&heard), "{heard} guesses were looked at");
}
