//! What was acknowledged is there after the power failed at any moment, whatever the disk had not
//! been told to sync; and the same test finds what is lost where less is synced.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;

use codau::domain::{
    Action, CommentId, Decision, EditReasons, Lane, OriginTrace, Outcome, Submission, ThreadKey,
    Verdict,
};
use codau::language::Class;
use codau::store::{self, Insertion, NewComment, Store};
use forgetful::{Files, Step, Weather};
use jiff::Timestamp;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;
use tokio::task::JoinSet;

/// One test at a time: the disk is the process's.
static DISK: Mutex<()> = Mutex::new(());

struct Dice(SmallRng);

impl Weather for Dice {
    fn choose(&mut self, below: usize) -> usize {
        self.0.random_range(0..below)
    }
}

/// Something that was acknowledged, and the moment by which it was.
struct Acknowledged {
    what: String,
    at: usize,
}

/// How many moments to look at, and where chance begins.
fn settings() -> (usize, u64) {
    let number = |name| std::env::var_os(name)?.to_str()?.parse().ok();
    let points = number("CODAU_POWER_POINTS").unwrap_or(500);
    let seed = number("CODAU_POWER_SEED").unwrap_or_else(rand::random::<u64>);
    eprintln!("CODAU_POWER_POINTS={points} CODAU_POWER_SEED={seed}");
    (points as usize, seed)
}

/// A folder in memory, where there is one: what the disk holds is known, and looked at many times.
fn in_memory() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_none| TempDir::new()).unwrap()
}

/// Lets the power fail at moments of chance; counts what is missing then of what was acknowledged.
/// `found` says what a database that was started again has, and fails if it is not sound.
fn lost(
    steps: &[Step],
    acknowledged: &[Acknowledged],
    (points, seed): (usize, u64),
    found: impl Fn(&Connection) -> HashSet<String>,
) -> usize {
    let mut random = SmallRng::seed_from_u64(seed);
    let mut moments: Vec<_> = (0..points).map(|_| random.random_range(0..=steps.len())).collect();
    moments.sort_unstable();
    let mut weather = Dice(random);
    let (mut files, mut taken, mut lost) = (Files::default(), 0, 0);
    for moment in moments {
        for step in &steps[taken..moment] {
            files.take(step);
        }
        taken = moment;
        let folder = in_memory();
        files.after_power_loss(folder.path(), &mut weather).unwrap();
        let expected = acknowledged.iter().filter(|one| one.at <= moment);
        let expected: HashSet<_> = expected.map(|one| one.what.clone()).collect();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let path = folder.path().join("codau.db");
        let database = Connection::open_with_flags_and_vfs(path, flags, "unix").unwrap();
        // What is found is looked at alone, and goes with this moment.
        database.execute_batch("pragma synchronous = off").unwrap();
        let check = "pragma integrity_check";
        let sound: String = database.query_row(check, [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok", "moment {moment} of {}", steps.len());
        lost += expected.difference(&found(&database)).count();
    }
    lost
}

fn comment(key: &str) -> NewComment {
    NewComment {
        submission: Submission {
            thread: ThreadKey { site: "bao".into(), object: "1".into() },
            url: "https://bao.example/1".into(),
            title: "Bài một".into(),
            parent: None,
            name: "An".into(),
            email: None,
            body: format!("{key}\n{}", "Bài viết rất hay, cảm ơn tòa soạn. ".repeat(30)),
            consent: true,
            key: None,
            trapped: false,
        },
        verdict: Verdict {
            class: Class::Marked,
            missing_share: 0.0,
            confidence: 1.0,
            spans: vec![],
            flags: vec![],
            matches: vec![],
        },
        lane: Lane::Together,
        receipt: rand::random(),
        origin: OriginTrace { address: "192.0.2.7".into(), user_agent: "curl".into() },
        likeness: None,
        alike_since: Timestamp::UNIX_EPOCH,
        at: Timestamp::UNIX_EPOCH,
    }
}

fn approval(comment: CommentId) -> Decision {
    Decision {
        comment,
        version: 1,
        moderator: None,
        outcome: Outcome {
            action: Action::Approve,
            status: codau::domain::Status::Approved,
            published_body: Some("Đã biên tập.".into()),
            reason: None,
            message: String::new(),
            note: String::new(),
            edits: EditReasons::default(),
        },
        at: Timestamp::UNIX_EPOCH,
    }
}

/// Eight who send and decide at the same time, and what they were told when.
async fn work(store: Arc<dyn Store>) -> Vec<Acknowledged> {
    let mut people = JoinSet::new();
    for person in 0..8 {
        let store = Arc::clone(&store);
        people.spawn(async move {
            let mut told = Vec::new();
            for n in 0..25 {
                let key = format!("key-{person}-{n}");
                let Insertion::Stored(id) = store.insert(comment(&key)).await.unwrap() else {
                    panic!("{key} was not stored");
                };
                told.push(Acknowledged { what: key.clone(), at: forgetful::moment() });
                if n % 3 == 0 {
                    store.decide(approval(id)).await.unwrap();
                    let what = format!("{key} approved");
                    told.push(Acknowledged { what, at: forgetful::moment() });
                }
            }
            told
        });
    }
    people.join_all().await.into_iter().flatten().collect()
}

fn comments_and_decisions(database: &Connection) -> HashSet<String> {
    let sql = "with kept as (select substr(body, 1, instr(body, char(10)) - 1) as key, status from comment) \
               select key from kept union all \
               select key || ' approved' from kept where status = 'approved'";
    // Before its first migration is on disk there is nothing to ask.
    let Ok(mut query) = database.prepare(sql) else {
        return HashSet::new();
    };
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::await_holding_lock, reason = "the other test waits for its end")]
async fn nothing_acknowledged_is_lost_when_the_power_fails() {
    let _alone = DISK.lock().unwrap();
    let settings = settings();
    forgetful::install();
    forgetful::disregard();
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}", folder.path().join("codau.db").display());
    let store = store::open(&url).unwrap();
    let acknowledged = work(Arc::clone(&store)).await;
    let steps = forgetful::steps();
    drop(store);
    let syncs = steps.iter().filter(|step| matches!(step, Step::Sync(_))).count();
    let commits =
        steps.iter().filter(|step| matches!(step, Step::Sync(path) if path.ends_with("-wal")));
    let (commits, known) = (commits.count(), acknowledged.len());
    eprintln!("{} steps, {syncs} syncs, {known} acknowledged", steps.len());
    assert!(syncs > commits, "no checkpoint is among them");
    assert_eq!(lost(&steps, &acknowledged, settings, comments_and_decisions), 0);
}

/// One who writes with this setting and no more care than SQLite takes.
fn plain(folder: &TempDir, synchronous: &str) -> Vec<Acknowledged> {
    let database = Connection::open(folder.path().join("codau.db")).unwrap();
    database.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).unwrap();
    database.pragma_update(None, "synchronous", synchronous).unwrap();
    database.execute_batch("create table kept (what text primary key)").unwrap();
    let mut told = Vec::new();
    for n in 0..200 {
        let what = format!("key-{n}");
        database.execute("insert into kept values (?1)", [&what]).unwrap();
        told.push(Acknowledged { what, at: forgetful::moment() });
    }
    told
}

#[test]
fn with_fewer_syncs_the_same_test_finds_losses() {
    let _alone = DISK.lock().unwrap();
    let (points, seed) = settings();
    forgetful::install();
    let kept = |database: &Connection| {
        let Ok(mut query) = database.prepare("select what from kept") else {
            return HashSet::new();
        };
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let lost_with = |synchronous| {
        forgetful::disregard();
        let folder = TempDir::new().unwrap();
        let told = plain(&folder, synchronous);
        lost(&forgetful::steps(), &told, (points / 5, seed), kept)
    };
    let (full, normal) = (lost_with("full"), lost_with("normal"));
    eprintln!("lost: {full} with synchronous=FULL, {normal} with NORMAL");
    assert_eq!(full, 0);
    assert!(normal > 0, "the test does not bite");
}
