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
    let pass_on = |told: &str| ears.changes.tell(read(ears.own, told).into_iter().collect());
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

/// A change, as it is told to other instances.
pub(super) fn written(instance: u64, change: &Change) -> String {
    let (kind, what) = match change {
        Change::Received(id) => ("received", id.to_string()),
        Change::Decided(id) => ("decided", id.to_string()),
        Change::Claimed(id) => ("claimed", id.to_string()),
        Change::Published(key) => ("published", format!("{} {}", key.site, key.object)),
        Change::Anything => ("anything", String::new()),
    };
    format!("{instance:016x} {kind} {what}")
}

/// What another instance told; nothing if it is our own.
fn read(own: u64, told: &str) -> Option<Change> {
    let mut parts = told.splitn(3, ' ');
    let instance = parts.next().and_then(|text| u64::from_str_radix(text, 16).ok());
    if instance == Some(own) {
        return None;
    }
    let (kind, what) = (parts.next()?, parts.next()?);
    let id = || what.parse().ok().map(CommentId);
    let change = match kind {
        "received" => id().map(Change::Received),
        "decided" => id().map(Change::Decided),
        "claimed" => id().map(Change::Claimed),
        "published" => what.split_once(' ').map(|(site, object)| {
            Change::Published(ThreadKey { site: site.to_owned(), object: object.to_owned() })
        }),
        _ => None,
    };
    // A later version may tell of more than we know.
    Some(change.unwrap_or(Change::Anything))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_by_others_and_not_by_ourselves() {
        let key = ThreadKey { site: "bao".into(), object: "bài 7".into() };
        for change in [
            Change::Received(CommentId(7)),
            Change::Decided(CommentId(8)),
            Change::Claimed(CommentId(9)),
            Change::Published(key),
            Change::Anything,
        ] {
            let told = written(3, &change);
            assert_eq!(read(4, &told), Some(change));
            assert_eq!(read(3, &told), None);
        }
        assert_eq!(read(4, "0000000000000003 dreamt of"), Some(Change::Anything));
    }
}
