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
