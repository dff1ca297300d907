//! Changes from instance to instance, by the database's own notifications.

use std::time::{Duration, Instant};

use futures_util::stream::poll_fn;
use futures_util::{StreamExt, TryStreamExt};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_postgres::{AsyncMessage, Client};

use super::connection::{self, Address};
use crate::domain::{CommentId, ThreadKey};
use crate::store::Hearing;
use crate::store::changes::{Change, Changes};

/// How often the connection is looked at, how long it may take to answer, and how soon a lost one
/// is tried again.
const LOOK: Duration = Duration::from_secs(1);

/// Who is told what other instances do.
pub(super) struct Ears {
    pub(super) changes: Changes,
    pub(super) hearing: Hearing,
    /// The instance that these are: what it did itself it knows.
    pub(super) own: u64,
}

/// Listens from now on to what other instances do.
pub(super) async fn start(mut address: Address, ears: Ears) -> Result<(), String> {
    // So that whoever looks at the server's connections knows this one.
    address.config.application_name("codau listening");
    let mut listening = listen(&address).await?;
    tokio::spawn(async move {
        loop {
            hear(&mut listening, &ears).await;
            // Whatever happened until the connection stands again. Meanwhile nothing is heard.
            ears.changes.tell(vec![Change::Anything]);
            listening = loop {
                match listen(&address).await {
                    Ok(again) => break again,
                    Err(_gone) => sleep(LOOK).await,
                }
            };
            ears.changes.tell(vec![Change::Anything]);
        }
    });
    Ok(())
}

/// A connection that listens.
struct Listening {
    client: Client,
    told: mpsc::UnboundedReceiver<String>,
}

async fn listen(address: &Address) -> Result<Listening, String> {
    let connected = address.config.connect(address.tls.connector.clone()).await;
    let (client, mut connection) = connected.map_err(|error| connection::said(&error))?;
    let (tell, told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut messages = poll_fn(move |context| connection.poll_message(context)).fuse();
        while let Ok(Some(message)) = messages.try_next().await {
            if let AsyncMessage::Notification(notification) = message {
                // Nobody need be hearing any more.
                let _ = tell.send(notification.payload().to_owned());
            }
        }
    });
    let listen = client.batch_execute("listen codau");
    match timeout(LOOK, listen).await {
        Ok(Ok(())) => Ok(Listening { client, told }),
        Ok(Err(error)) => Err(connection::said(&error)),
        Err(_late) => Err("the database does not answer".to_owned()),
    }
}

/// Passes on what is told, until the connection is lost.
async fn hear(listening: &mut Listening, ears: &Ears) {
    let pass_on = |told: &str| ears.changes.tell(read(ears.own, told));
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            told = listening.told.recv() => match told {
                Some(told) => pass_on(&told),
                None => return,
            },
            _ = looks.tick() => {
                let asked = Instant::now();
                let look = listening.client.simple_query("");
                if !matches!(timeout(LOOK, look).await, Ok(Ok(_))) {
                    return;
                }
                // What was told before the answer is here by now.
                while let Ok(told) = listening.told.try_recv() {
                    pass_on(&told);
                }
                ears.hearing.reached(asked);
            }
        }
    }
}

/// Most bytes that one notification may carry, by a margin (the server's own limit is 7,999).
const FULL: usize = 4_000;

/// Changes, as they are told to other instances: a line each, as many in a notification as it may
/// carry.
pub(super) fn written(instance: u64, changes: &[Change]) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for change in changes {
        let line = line(change);
        match told.last_mut().filter(|last| last.len() + line.len() < FULL) {
            Some(last) => *last += &format!("\n{line}"),
            None => told.push(format!("{instance:016x} {line}")),
        }
    }
    told
}

fn line(change: &Change) -> String {
    match change {
        Change::Received(id) => format!("received {id}"),
        Change::Decided(id) => format!("decided {id}"),
        Change::Claimed(id) => format!("claimed {id}"),
        Change::Published(key) if !key.object.contains('\n') => {
            format!("published {} {}", key.site, key.object)
        }
        Change::Published(_) | Change::Anything => "anything ".to_owned(),
    }
}

/// What another instance told; nothing if it is our own.
fn read(own: u64, told: &str) -> Vec<Change> {
    let Some((instance, lines)) = told.split_once(' ') else {
        return vec![Change::Anything];
    };
    if u64::from_str_radix(instance, 16) == Ok(own) {
        return Vec::new();
    }
    // A later version may tell of more than we know.
    lines.split('\n').map(|line| read_line(line).unwrap_or(Change::Anything)).collect()
}

fn read_line(line: &str) -> Option<Change> {
    let (kind, what) = line.split_once(' ')?;
    let id = || what.parse().ok().map(CommentId);
    match kind {
        "received" => id().map(Change::Received),
        "decided" => id().map(Change::Decided),
        "claimed" => id().map(Change::Claimed),
        "published" => {
            let (site, object) = what.split_once(' ')?;
            let key = ThreadKey { site: site.to_owned(), object: object.to_owned() };
            Some(Change::Published(key))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_by_others_and_not_by_ourselves() {
        let key = ThreadKey { site: "bao".into(), object: "bài 7".into() };
        let changes = [
            Change::Received(CommentId(7)),
            Change::Decided(CommentId(8)),
            Change::Claimed(CommentId(9)),
            Change::Published(key),
            Change::Anything,
        ];
        let told = written(3, &changes);
        assert_eq!(told.len(), 1);
        assert_eq!(read(4, &told[0]), changes);
        assert_eq!(read(3, &told[0]), []);
        assert_eq!(written(3, &[]), [""; 0]);
    }

    #[test]
    fn what_is_too_much_for_one_notification_is_told_by_several() {
        let object = "ạ".repeat(200);
        let published = |n: usize| {
            Change::Published(ThreadKey { site: "bao".into(), object: format!("{object}{n}") })
        };
        let changes: Vec<_> = (0..300).map(published).collect();
        let told = written(3, &changes);
        assert!(told.iter().all(|told| told.len() < 7_999));
        assert_eq!(told.iter().flat_map(|told| read(4, told)).collect::<Vec<_>>(), changes);
    }

    #[test]
    fn what_nobody_here_understands_may_be_anything() {
        for told in ["0000000000000003 dreamt of", "0000000000000003 received", "", "\n"] {
            assert_eq!(read(4, told), [Change::Anything], "{told:?}");
        }
        let lines = "published a b\nc";
        assert_eq!(read(4, &format!("3 {lines}"))[1..], [Change::Anything]);
        let torn = Change::Published(ThreadKey { site: "bao".into(), object: "a\nb".into() });
        assert_eq!(read(4, &written(3, &[torn])[0]), [Change::Anything]);
    }
}
