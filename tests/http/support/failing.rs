//! A store that fails whenever a test says so.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use codau::domain::{
    Author, Comment, CommentId, Decision, DecisionRecord, Moderator, ModeratorId, NewRule, Part,
    PublishedComment, PublishedThread, Reason, ReasonKey, Receipt, Revision, Role, RuleId, Thread,
    ThreadId, ThreadKey,
};
use codau::store::{
    Accounts, Admission, ApiToken, Authors, Bulk, BulkId, Bulks, Change, Claim, Claims, Cursor,
    Decisions, Hearing, Insertion, Job, JobRun, Jobs, Mark, NewBulk, NewComment, Page, Queue,
    QueueFilter, RateLimits, Reasons, Resubmission, Result, RuleSet, Rules, SavedView, Session,
    Store, StoreError, Submissions, Sweep, Sweeps, Tally, Threads, TokenHash, TokenHolder, Tokens,
    Turn, Use, Views,
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast::Receiver;

/// What a broken store says; no answer may repeat it.
pub(crate) const CAUSE: &str = "disk I/O error at /secret/path";

/// Puts something in front of a store.
pub(crate) type Wrap = Box<dyn FnOnce(Arc<dyn Store>) -> Arc<dyn Store>>;

/// A store that works until it is broken.
pub(crate) struct Failing {
    store: Arc<dyn Store>,
    broken: Arc<AtomicBool>,
    /// Whether it then does not answer at all.
    silent: bool,
}

impl Failing {
    /// Something to put in front of a store, and its switch.
    pub(crate) fn switch() -> (Arc<AtomicBool>, Wrap) {
        Failing::with(false)
    }

    /// The same for one that says nothing, not even that it is broken.
    pub(crate) fn silently() -> (Arc<AtomicBool>, Wrap) {
        Failing::with(true)
    }

    fn with(silent: bool) -> (Arc<AtomicBool>, Wrap) {
        let broken = Arc::new(AtomicBool::new(false));
        let switch = Arc::clone(&broken);
        let wrap = move |store| Arc::new(Failing { store, broken, silent }) as Arc<dyn Store>;
        (switch, Box::new(wrap))
    }

    /// The store, while it works.
    async fn works(&self) -> Result<&dyn Store> {
        match self.broken.load(Ordering::SeqCst) {
            true if self.silent => std::future::pending().await,
            true => Err(StoreError::Unavailable(CAUSE.into())),
            false => Ok(self.store.as_ref()),
        }
    }
}

macro_rules! fails_or_passes_on {
    ($subject:ident: $(fn $method:ident($($name:ident: $kind:ty),*) -> $answer:ty;)*) => {
        #[async_trait]
        impl $subject for Failing {
            $(async fn $method(&self, $($name: $kind),*) -> Result<$answer> {
                self.works().await?.$method($($name),*).await
            })*
        }
    };
}

fails_or_passes_on! {
    Submissions:
    fn insert(comment: NewComment) -> Insertion;
    fn publish_own(reply: NewComment, by: ModeratorId) -> Insertion;
    fn signature(moderator: ModeratorId) -> Option<String>;
    fn usual_wait(site: &str, since: Timestamp) -> Option<SignedDuration>;
    fn receipt(token: &TokenHash) -> Receipt;
    fn own_comment(token: &TokenHash) -> Comment;
    fn resubmit(resubmission: Resubmission) -> ();
    fn revisions(id: CommentId) -> Vec<Revision>;
}

fails_or_passes_on! {
    Threads:
    fn published(key: &ThreadKey, part: Part) -> PublishedThread;
    fn latest(key: &ThreadKey, limit: usize) -> PublishedThread;
    fn latest_of_site(site: &str, limit: usize) -> Vec<(Thread, PublishedComment)>;
    fn published_counts(site: &str, objects: &[String]) -> HashMap<String, i64>;
    fn set_thread_open(thread: ThreadId, open: bool) -> Thread;
}

fails_or_passes_on! {
    Queue:
    fn queue(filter: &QueueFilter, after: Option<Cursor>, limit: usize) -> Page;
    fn tally() -> Tally;
    fn waiting_since(before: Timestamp, most: usize) -> usize;
    fn pending_in(threads: &[ThreadId]) -> HashMap<ThreadId, i64>;
    fn comment(id: CommentId) -> Comment;
}

fails_or_passes_on! {
    Views:
    fn save_view(owner: Option<ModeratorId>, name: &str, query: &str, at: Timestamp) -> ();
    fn saved_views(moderator: ModeratorId) -> Vec<SavedView>;
    fn remove_view(owner: Option<ModeratorId>, id: i64) -> ();
}

fails_or_passes_on! {
    Claims:
    fn claim(
        comment: CommentId, moderator: ModeratorId, until: Timestamp, now: Timestamp
    ) -> Claim;
    fn release(comment: CommentId, moderator: ModeratorId) -> ();
    fn claims(comments: &[CommentId], now: Timestamp) -> HashMap<CommentId, Claim>;
}

fails_or_passes_on! {
    Bulks:
    fn mark() -> Mark;
    fn begin_bulk(bulk: NewBulk, most: usize) -> BulkId;
    fn bulk(id: BulkId) -> Bulk;
    fn bulks(moderator: ModeratorId, limit: usize) -> Vec<Bulk>;
    fn bulk_left(id: BulkId, limit: usize) -> Vec<(CommentId, i64)>;
    fn decide_in_bulk(
        id: BulkId, decisions: Vec<Decision>, skipped: Vec<CommentId>, now: Timestamp
    ) -> ();
    fn take_over_bulk(before: Timestamp, now: Timestamp) -> Option<BulkId>;
}

fails_or_passes_on! {
    Decisions:
    fn decide(decision: Decision) -> ();
    fn history(id: CommentId) -> Vec<DecisionRecord>;
    fn recent(moderator: ModeratorId, limit: usize) -> Vec<(DecisionRecord, Comment)>;
}

fails_or_passes_on! {
    Reasons:
    fn reasons() -> Vec<Reason>;
    fn add_reason(reason: Reason) -> ();
    fn change_reason(reason: Reason) -> ();
    fn order_reasons(order: Vec<ReasonKey>) -> ();
}

fails_or_passes_on! {
    Rules:
    fn rules() -> RuleSet;
    fn rules_revision() -> i64;
    fn add_rule(rule: NewRule, at: Timestamp) -> RuleId;
    fn change_rule(id: RuleId, rule: NewRule, at: Timestamp) -> ();
    fn remove_rule(id: RuleId) -> ();
}

fails_or_passes_on! {
    Authors:
    fn authors(comments: &[CommentId]) -> HashMap<CommentId, Author>;
}

fails_or_passes_on! {
    Accounts:
    fn add_moderator(name: &str, role: Role, hash: &str, at: Timestamp) -> Moderator;
    fn add_first_admin(name: &str, hash: &str, at: Timestamp) -> Moderator;
    fn moderators() -> Vec<Moderator>;
    fn credentials(name: &str) -> (Moderator, String);
    fn set_password(name: &str, hash: &str) -> ();
    fn set_enabled(name: &str, enabled: bool) -> ();
    fn open_session(id: &TokenHash, moderator: ModeratorId, at: Timestamp) -> ();
    fn session(id: &TokenHash) -> Session;
    fn touch_session(id: &TokenHash, at: Timestamp) -> ();
    fn close_session(id: &TokenHash) -> ();
}

fails_or_passes_on! {
    Tokens:
    fn add_token(moderator: ModeratorId, label: &str, hash: &TokenHash, at: Timestamp) -> ();
    fn token(hash: &TokenHash) -> TokenHolder;
    fn touch_token(hash: &TokenHash, at: Timestamp) -> ();
    fn tokens() -> Vec<ApiToken>;
    fn revoke_token(moderator: ModeratorId, label: &str) -> ();
}

fails_or_passes_on! {
    Sweeps:
    fn sweep(sweep: Sweep, cutoff: Timestamp, batch: usize, now: Timestamp) -> usize;
    fn count_sweep(sweep: Sweep, cutoff: Timestamp) -> usize;
}

fails_or_passes_on! {
    Jobs:
    fn take_on(run: JobRun, until: Timestamp, now: Timestamp) -> Turn;
    fn finish(run: JobRun, now: Timestamp) -> ();
    fn unfinished(job: Job) -> Option<Timestamp>;
}

fails_or_passes_on! {
    RateLimits:
    fn count(uses: Vec<Use>) -> Option<Vec<Admission>>;
}

#[async_trait]
impl Store for Failing {
    async fn secret(&self, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]> {
        self.works().await?.secret(name, fresh).await
    }

    async fn check(&self) -> Result<()> {
        self.works().await?.check().await
    }

    fn changes(&self) -> Receiver<Change> {
        self.store.changes()
    }

    fn hearing(&self) -> Hearing {
        self.store.hearing()
    }
}
