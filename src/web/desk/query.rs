//! A filter of the queue as it stands in an address: every list can be linked to.

use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use crate::config::Config;
use crate::domain::{Status, ThreadId};
use crate::store::{Cursor, QueueFilter};

/// The lane of comments that have waited long, and of those that expire soon.
pub(super) const OLD: &str = "old";
pub(super) const EXPIRING: &str = "expiring";

/// What a list is asked for; empty fields, as a form sends them, ask for nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    pub(super) status: String,
    /// A lane of what waits: one of the store's views, or one of time.
    pub(super) view: String,
    /// How many hours are long, other than the settings say.
    pub(super) hours: String,
    pub(super) class: String,
    pub(super) thread: String,
    pub(super) q: String,
    /// `newest`, or as the queue goes.
    pub(super) order: String,
    pub(super) after: String,
}

impl Query {
    /// The filter of a saved query, or of whatever stands after an address's question mark.
    pub(super) fn parsed(text: &str) -> Query {
        let mut query = Query::default();
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            if let Some(field) = query.field(&name) {
                *field = value.into_owned();
            }
        }
        query
    }

    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "status" => &mut self.status,
            "view" => &mut self.view,
            "hours" => &mut self.hours,
            "class" => &mut self.class,
            "thread" => &mut self.thread,
            "q" => &mut self.q,
            "order" => &mut self.order,
            "after" => &mut self.after,
            _ => return None,
        })
    }

    pub(in crate::web) fn filter(&self, config: &Config, now: Timestamp) -> QueueFilter {
        QueueFilter {
            status: self.status.parse().unwrap_or(Status::Pending),
            view: self.view.parse().ok(),
            class: self.class.parse().ok(),
            thread: self.thread.parse().ok().map(ThreadId),
            before: match self.view.as_str() {
                OLD => Some(self.old(config, now)),
                EXPIRING => Some(expiring(config, now)),
                _ => None,
            },
            words: self.q.clone(),
            newest: self.order == "newest",
        }
    }

    /// The hours that count as long here.
    pub(super) fn old_hours(&self, config: &Config) -> u32 {
        self.hours.parse().unwrap_or(config.queue.old_hours)
    }

    /// Those that have waited since before then are old.
    pub(super) fn old(&self, config: &Config, now: Timestamp) -> Timestamp {
        earlier(now, self.old_hours(config))
    }

    pub(in crate::web) fn after(&self) -> Option<Cursor> {
        self.after.parse().ok()
    }

    /// Whether the list is narrowed by more than its status.
    pub(super) fn narrows(&self) -> bool {
        [&self.view, &self.class, &self.thread, &self.q].iter().any(|field| !field.is_empty())
    }

    /// The query of these fields, with other values for some of them.
    pub(super) fn with(&self, changes: &[(&str, &str)]) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.fields() {
            let changed = changes.iter().find(|(changed, _)| *changed == name);
            let value = changed.map_or(value, |(_, value)| value);
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }

    /// Every field with its value.
    pub(super) fn fields(&self) -> [(&'static str, &str); 8] {
        [
            ("status", &self.status),
            ("view", &self.view),
            ("hours", &self.hours),
            ("class", &self.class),
            ("thread", &self.thread),
            ("q", &self.q),
            ("order", &self.order),
            ("after", &self.after),
        ]
    }

    /// This page's address with other values for some of its fields.
    pub(super) fn address(&self, changes: &[(&str, &str)]) -> String {
        match self.with(changes) {
            query if query.is_empty() => "/moderation/".to_owned(),
            query => format!("/moderation/?{query}"),
        }
    }
}

/// Those that have waited since before then expire within the days that the settings say.
pub(super) fn expiring(config: &Config, now: Timestamp) -> Timestamp {
    match config.retention.pending_days {
        0 => Timestamp::UNIX_EPOCH,
        days => earlier(now, days.saturating_sub(config.queue.expiring_days).saturating_mul(24)),
    }
}

fn earlier(now: Timestamp, hours: u32) -> Timestamp {
    now.checked_sub(i64::from(hours).hours()).unwrap_or(Timestamp::UNIX_EPOCH)
}
