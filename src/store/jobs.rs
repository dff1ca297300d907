//! Jobs that go by the clock: of several instances one does each, once.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Result;

/// A job of the database's, whichever instance does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// The cleanup.
    Cleanup,
}

impl Job {
    /// The name in the database and in logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Job::Cleanup => "cleanup",
        }
    }
}

/// A job's run for one time of its schedule, by one instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobRun {
    /// The job.
    pub job: Job,
    /// The time of its schedule.
    pub slot: Timestamp,
    /// Whose run it is, a number of their own.
    pub holder: i64,
}

/// Whose a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Ours, from now on.
    Ours,
    /// Somebody else does it, or an earlier one.
    Others,
    /// It is done, or a later one is.
    Over,
}

/// Runs of jobs. The latest of each is kept; an earlier one is never done again.
#[async_trait]
pub trait Jobs: Send + Sync {
    /// Takes a run on until then, or goes on with one's own, unless somebody else has it whose time
    /// has not run out.
    async fn take_on(&self, run: JobRun, until: Timestamp, now: Timestamp) -> Result<Turn>;

    /// Records a run as done; nothing happens if it is somebody else's by now.
    async fn finish(&self, run: JobRun, now: Timestamp) -> Result<()>;

    /// The time of the schedule that somebody began to do a job for and has not done yet.
    async fn unfinished(&self, job: Job) -> Result<Option<Timestamp>>;
}
