//! The jobs that run by themselves.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{interval, sleep};

use crate::config::Config;
use crate::domain::Limits;
use crate::exchange::backup;
use crate::store::{Job, JobRun, Result, Store, Turn};
use crate::{cleanup, moderation};

/// How often what is scheduled looks whether it is time.
const CLOCK_EVERY: Duration = Duration::from_secs(1);
/// How often the service looks for a bulk that was left unfinished.
const BULKS_EVERY: Duration = Duration::from_secs(3);

/// For how long a run is its holder's: whoever dies is given up after so long.
pub const LEASE: Duration = Duration::from_secs(60);

/// Goes on with decisions on many comments that nobody finishes, here or on another machine.
pub(super) async fn finish_bulks(limits: Limits, store: Arc<dyn Store>, clock: fn() -> Timestamp) {
    let mut looks = interval(BULKS_EVERY);
    loop {
        looks.tick().await;
        if let Err(error) = moderation::take_over(store.as_ref(), limits, clock).await {
            tracing::error!(%error, "a bulk stopped; it goes on later");
        }
    }
}

/// Runs the cleanup whenever its schedule says so: one instance of all, and another one if that one
/// dies in the middle of it.
pub(super) async fn clean_up(config: Config, store: Arc<dyn Store>, clock: fn() -> Timestamp) {
    let holder = rand::random();
    let work = || sweep(&config, store.as_ref(), clock);
    let schedule = config.cleanup_schedule.as_ref();
    // Somebody may have begun one and died.
    let mut slot = match store.unfinished(Job::Cleanup).await {
        Ok(Some(slot)) if schedule.is_some() => Some(slot),
        _ => next_tick(schedule, clock(), clock).await,
    };
    while let Some(due) = slot {
        let run = JobRun { job: Job::Cleanup, slot: due, holder };
        carry_out(store.as_ref(), run, LEASE, clock, work).await;
        slot = next_tick(schedule, due.max(clock()), clock).await;
    }
}

async fn sweep(config: &Config, store: &dyn Store, clock: fn() -> Timestamp) -> Result<()> {
    let now = clock();
    let cutoffs = cleanup::cutoffs(&config.retention, config.session.idle_minutes, now);
    for swept in cleanup::run(store, &cutoffs, config.cleanup_batch, now).await? {
        let (sweep, count) = (swept.sweep.as_str(), swept.count);
        tracing::info!(sweep, count, cutoff = %swept.cutoff, "cleanup");
    }
    Ok(())
}

/// Sees to it that a run is done: by ourselves, or by somebody else, and by ourselves after all if
/// they die. What fails is tried again.
pub async fn carry_out<F: Future<Output = Result<()>>>(
    store: &dyn Store,
    run: JobRun,
    lease: Duration,
    clock: fn() -> Timestamp,
    work: impl Fn() -> F,
) {
    let job = run.job.as_str();
    loop {
        match take_on(store, run, lease, clock).await {
            Ok(Turn::Over) => return,
            Ok(Turn::Others) => {}
            Ok(Turn::Ours) => {
                let done = tokio::select! {
                    done = work() => Some(done),
                    () = until_it_is_others(store, run, lease, clock) => None,
                };
                let done = match done {
                    Some(Ok(())) => store.finish(run, clock()).await,
                    Some(failed) => failed,
                    None => Ok(()),
                };
                match done {
                    Ok(()) => continue,
                    Err(error) => tracing::error!(job, %error, "a job stopped; it goes on later"),
                }
            }
            Err(error) => tracing::error!(job, %error, "a job cannot begin; it is tried again"),
        }
        sleep(lease / 2).await;
    }
}

async fn take_on(
    store: &dyn Store,
    run: JobRun,
    lease: Duration,
    clock: fn() -> Timestamp,
) -> Result<Turn> {
    let now = clock();
    store.take_on(run, now.checked_add(lease).unwrap_or(now), now).await
}

/// Says again and again that we are still at it; ends if somebody took it for abandoned.
async fn until_it_is_others(
    store: &dyn Store,
    run: JobRun,
    lease: Duration,
    clock: fn() -> Timestamp,
) {
    loop {
        sleep(lease / 4).await;
        if matches!(take_on(store, run, lease, clock).await, Ok(Turn::Others | Turn::Over)) {
            return;
        }
    }
}

/// Makes a backup whenever its schedule says so. It is of a file, which one service alone holds:
/// nobody else would make it.
pub(super) async fn back_up(config: Config, clock: fn() -> Timestamp) {
    let Some(folder) = &config.backup.folder else {
        return;
    };
    let mut due = clock();
    while let Some(slot) = next_tick(config.backup.schedule.as_ref(), due, clock).await {
        let (url, folder, keep) = (config.store_url.clone(), folder.clone(), config.backup.keep);
        let (done, made) = tokio::sync::oneshot::channel();
        let now = clock();
        // On a thread of its own, which a stop of the service does not wait for: an unfinished
        // copy has no final name.
        let copying = std::thread::Builder::new().name("backup".into()).spawn(move || {
            // Whoever asked may have stopped.
            let _ = done.send(backup::back_up(&url, &folder, keep, now));
        });
        let made = match copying {
            Ok(_) => made.await.unwrap_or_else(|_| Err("it was cut off".into())),
            Err(error) => Err(error.to_string()),
        };
        match made {
            Ok(made) => tracing::info!(file = %made.file.display(), bytes = made.bytes, "backup"),
            Err(error) => tracing::error!(error, "there is no new backup"),
        }
        due = slot.max(clock());
    }
}

/// Waits for the first time of a schedule after `after`, and tells it; nothing if there is none.
/// Looks at the clock again and again: it may be set, and a machine may have slept.
async fn next_tick(
    schedule: Option<&String>,
    after: Timestamp,
    clock: fn() -> Timestamp,
) -> Option<Timestamp> {
    let schedule = cronexpr::parse_crontab(schedule?).ok()?;
    let due = schedule.find_next(after).ok()?.timestamp();
    let mut looks = interval(CLOCK_EVERY);
    while clock() < due {
        looks.tick().await;
    }
    Some(due)
}
