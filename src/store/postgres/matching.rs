//! Which comments a filter means, as SQL. Every part is its own condition; the planner chooses the
//! index, by the order of the list where a page fills quickly.

use super::db::Value;
use crate::domain::{Status, View};
use crate::store::QueueFilter;
use crate::store::words::{Sought, sought};

/// The order in which a list is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    /// What waits: by lane, then oldest first.
    ByLane,
    /// By how long it has waited.
    ByWait,
    /// Newest first.
    NewestFirst,
    /// The same of everything with one status, whatever else it is.
    NewestOfStatus,
}

/// A filter as SQL.
pub(super) struct Matching {
    pub(super) walk: Walk,
    pub(super) status: Status,
    /// What a comment `c` must be.
    pub(super) condition: String,
    values: Vec<Bound>,
}

/// A value of the condition.
enum Bound {
    Text(String),
    Number(i64),
}

impl Matching {
    pub(super) fn of(filter: &QueueFilter) -> Matching {
        let pending = filter.status == Status::Pending;
        let words: Vec<_> = sought(&filter.words).iter().map(expression_of).collect();
        let by_more = filter.view.is_some() || filter.class.is_some() || filter.thread.is_some();
        let walk = match filter.before {
            _ if (!pending || filter.newest) && !by_more => Walk::NewestOfStatus,
            _ if !pending || filter.newest => Walk::NewestFirst,
            Some(_) if !by_more && words.is_empty() => Walk::ByWait,
            _ => Walk::ByLane,
        };
        // Parts that are chosen, not values that are bound: the indexes are chosen by them.
        let status = filter.status.as_str();
        let condition = match walk {
            // Of an equality the planner would make nothing of the order by status, walk through all
            // comments by number, and pass over those of other statuses one by one.
            Walk::NewestOfStatus => format!("c.status >= '{status}' and c.status <= '{status}'"),
            _ => format!("c.status = '{status}'"),
        };
        let mut matching = Matching { walk, status: filter.status, condition, values: Vec::new() };
        if let Some(class) = filter.class {
            matching.and("c.class = ", Bound::Text(class.as_str().to_owned()), "");
        }
        if let Some(thread) = filter.thread {
            matching.and("c.thread_id = ", Bound::Number(thread.0), "");
        }
        matching.condition.push_str(match filter.view {
            None => "",
            Some(View::Unmarked) => " and c.class in ('unmarked', 'partly_marked')",
            Some(View::Rule) => " and c.hold = 1 and c.hold > 0",
            Some(View::Spam) => " and c.hold = 2 and c.hold > 0",
            Some(View::Staff) => " and c.to_staff",
        });
        if let Some(before) = filter.before.filter(|_| pending) {
            matching.and("c.waits_since < ", Bound::Number(before.as_millisecond()), "");
        }
        if !words.is_empty() {
            // A join: it is over the words' own key.
            let among = "c.id in (select comment_id from comment_search where words @@ ";
            matching.and(among, Bound::Text(words.join(" & ")), "::text::tsquery)");
        }
        matching
    }

    fn and(&mut self, left: &str, value: Bound, cast: &str) {
        self.values.push(value);
        let number = self.values.len();
        self.condition.push_str(&format!(" and {left}${number}{cast}"));
    }

    /// What is bound in the condition.
    pub(super) fn values(&self) -> Vec<Value<'_>> {
        self.values.iter().map(Bound::value).collect()
    }
}

impl Bound {
    fn value(&self) -> Value<'_> {
        match self {
            Bound::Number(number) => number,
            Bound::Text(text) => text,
        }
    }
}

/// The same in the search's own language.
fn expression_of(sought: &Sought) -> String {
    // Longer ones are not in the index either.
    let quoted = |word: &String| format!("'{}'", word.chars().take(500).collect::<String>());
    let words: Vec<_> = sought.words.iter().map(quoted).collect();
    format!("({}{})", words.join(" <-> "), if sought.begins { ":*" } else { "" })
}
