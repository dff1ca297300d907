//! Work of many requests in one transaction: what queues up while a commit is under way goes into
//! the next one together, so that many share a commit and the round trips to the server.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::timeout;

use super::db::Db;
use super::pool::Pool;
use crate::store::changes::Change;
use crate::store::{BATCH, QUEUE, Result, StoreError};

/// What became of a job, and what changed by it.
pub(super) type Done<A> = Result<(A, Vec<Change>)>;

/// Does jobs inside a transaction, an answer each. An error of its own means that the transaction
/// is lost, and with it every job.
pub(super) type Work<J, A> =
    for<'a> fn(&'a Db<'_>, &'a [&'a J], Attempt) -> BoxFuture<'a, Result<Vec<Done<A>>>>;

/// Whether jobs may have been done before, by a transaction whose commit was not answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// They come for the first time.
    First,
    /// They may be in the database already.
    Again,
}

/// A commit that takes longer is not waited for by those behind it.
const HANGS: Duration = Duration::from_secs(1);

/// Something to do, and who waits for what becomes of it.
pub(super) type Job<J, A> = (J, oneshot::Sender<Result<A>>);

/// The queue of one kind of work.
pub(super) struct Group<J, A>(mpsc::Sender<Job<J, A>>);

impl<J: Send + Sync + 'static, A: Send + 'static> Group<J, A> {
    /// Starts working, in so many transactions at once; ends when the group is dropped.
    pub(super) fn start(
        runtime: &Handle,
        pool: Pool,
        at_once: usize,
        work: Work<J, A>,
    ) -> Group<J, A> {
        Group::of(runtime, at_once, move |jobs| {
            let pool = pool.clone();
            async move { do_all(&pool, work, jobs).await }
        })
    }

    /// The same, however all that wait at one time are done.
    pub(super) fn of<F>(
        runtime: &Handle,
        at_once: usize,
        mut work: impl FnMut(Vec<Job<J, A>>) -> F + Send + 'static,
    ) -> Group<J, A>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (jobs, mut queue) = mpsc::channel::<Job<J, A>>(QUEUE);
        runtime.spawn(async move {
            let (mut waiting, free) = (Vec::new(), Arc::new(Semaphore::new(at_once)));
            while let Ok(turn) = Arc::clone(&free).acquire_owned().await
                && queue.recv_many(&mut waiting, BATCH).await > 0
            {
                let done = tokio::spawn(work(std::mem::take(&mut waiting)));
                tokio::spawn(async move {
                    // Those behind go with the next commit, unless this one hangs.
                    let _ = timeout(HANGS, done).await;
                    drop(turn);
                });
            }
        });
        Group(jobs)
    }

    /// Has a job done and returns after its commit.
    pub(super) async fn have_done(&self, job: J) -> Result<A> {
        let (reply, answer) = oneshot::channel();
        let unavailable = |cause: &str| StoreError::Unavailable(cause.to_owned());
        self.0.try_send((job, reply)).map_err(|error| unavailable(&error.to_string()))?;
        answer.await.map_err(|_gone| unavailable("the writer stopped"))?
    }
}

/// Does jobs in one transaction; should that fail, each in one of its own, so that it answers for
/// itself alone.
async fn do_all<J: Sync, A>(pool: &Pool, work: Work<J, A>, jobs: Vec<Job<J, A>>) {
    let (jobs, replies): (Vec<J>, Vec<_>) = jobs.into_iter().unzip();
    // The caller may have gone; what is committed stays committed.
    let answer = |reply: oneshot::Sender<Result<A>>, answer| drop(reply.send(answer));
    let together: Vec<_> = jobs.iter().collect();
    match attempt(pool, work, &together, Attempt::First).await {
        Ok(answers) => {
            replies.into_iter().zip(answers).for_each(|(reply, done)| answer(reply, done));
            return;
        }
        Err(Failure::NoServer(cause)) => {
            let unavailable = || Err(StoreError::Unavailable(cause.clone()));
            replies.into_iter().for_each(|reply| answer(reply, unavailable()));
            return;
        }
        Err(Failure::Lost(_)) => {}
    }
    let mut gone: Option<String> = None;
    for (job, reply) in together.into_iter().zip(replies) {
        let alone = match &gone {
            None => attempt(pool, work, &[job], Attempt::Again).await,
            // What one waited for in vain the next ones do not wait for too.
            Some(cause) => Err(Failure::NoServer(cause.clone())),
        };
        answer(
            reply,
            match alone {
                Ok(answers) => answers.into_iter().next().unwrap_or(Err(StoreError::NotFound)),
                Err(Failure::Lost(error)) => Err(error),
                Err(Failure::NoServer(cause)) => {
                    gone = Some(cause.clone());
                    Err(StoreError::Unavailable(cause))
                }
            },
        );
    }
}

enum Failure {
    /// There is no server to ask.
    NoServer(String),
    /// Something was asked, and it is not known what became of it.
    Lost(StoreError),
}

async fn attempt<J, A>(
    pool: &Pool,
    work: Work<J, A>,
    jobs: &[&J],
    attempt: Attempt,
) -> std::result::Result<Vec<Result<A>>, Failure> {
    let client = match attempt {
        // A lost connection is found out by the attempt itself.
        Attempt::First => pool.get().await,
        Attempt::Again => pool.client().await,
    };
    let mut client = client.map_err(|error| Failure::NoServer(error.to_string()))?;
    let all = async {
        let db = client.begin_on_some();
        let done = work(&db, jobs, attempt).await?;
        let (mut answers, mut changes) = (Vec::new(), Vec::new());
        for job in done {
            answers.push(job.map(|(answer, told)| {
                changes.extend(told);
                answer
            }));
        }
        db.commit_and_tell(changes).await?;
        Ok(answers)
    };
    all.await.map_err(Failure::Lost)
}
