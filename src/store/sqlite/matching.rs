//! Which comments a filter means, as SQL: the index of one way to narrow a list, or, for words and
//! for several ways at once, the search index, which knows all of them.

use rusqlite::types::Value;

use crate::domain::{Hold, Lane, Status, View};
use crate::language::Class;
use crate::store::QueueFilter;
use crate::store::words::{Sought, sought};

/// The words of the search index that say where a comment stands; the migration that makes them
/// says why they are characters of the private use area.
mod facet {
    pub(super) const STATUS: char = '\u{e000}';
    pub(super) const CLASS: char = '\u{e010}';
    pub(super) const HOLD: char = '\u{e020}';
    pub(super) const LANE: char = '\u{e030}';
    /// Before the article's number.
    pub(super) const THREAD: char = '\u{e040}';
    /// A reply to the newsroom.
    pub(super) const STAFF: char = '\u{e050}';

    /// The word of a value: counted from `first` as the value stands among `all`.
    pub(super) fn one_of<T: Copy + PartialEq>(first: char, all: &[T], value: T) -> String {
        let words = first..='\u{f8ff}';
        let word = words.zip(all).find_map(|(word, other)| (*other == value).then_some(word));
        word.map(String::from).unwrap_or_default()
    }
}

/// The order in which a list is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    /// What waits: by lane, then oldest first.
    ByLane,
    /// By how long it has waited.
    ByWait,
    /// Newest first.
    NewestFirst,
}

/// A filter as SQL.
pub(super) struct Matching {
    pub(super) walk: Walk,
    /// Whether the search index is asked.
    pub(super) searched: bool,
    /// What a comment `c` (or its row `s` in the search index) must be.
    pub(super) condition: String,
    values: Vec<(&'static str, Value)>,
    /// The search expression, without the lane.
    expression: String,
    /// The one word that a list of the newest is searched for, as such an expression.
    pub(super) word: Option<String>,
    /// The index that is walked, where it is not the search index.
    index: Option<&'static str>,
}

impl Matching {
    pub(super) fn of(filter: &QueueFilter) -> Matching {
        let sought = sought(&filter.words);
        let words: Vec<_> = sought.iter().map(expression_of).collect();
        let pending = filter.status == Status::Pending;
        let narrowed = [filter.view.is_some(), filter.class.is_some(), filter.thread.is_some()];
        let ways = narrowed.into_iter().filter(|narrowed| *narrowed).count();
        // One way to narrow what waits has an index of its own; of what was decided, a view has
        // none, nor has it newest first.
        let in_order = pending && !filter.newest;
        let searched = !words.is_empty() || ways > 1 || (filter.view.is_some() && !in_order);
        let walk = match filter.before {
            _ if !in_order => Walk::NewestFirst,
            Some(_) if !searched && ways == 0 => Walk::ByWait,
            _ => Walk::ByLane,
        };
        let mut matching = Matching {
            walk,
            searched,
            condition: String::new(),
            values: Vec::new(),
            expression: String::new(),
            word: match &sought[..] {
                [one] if one.is_word() && walk == Walk::NewestFirst => {
                    Some(format!("folded : {}", words[0]))
                }
                _ => None,
            },
            index: (!searched).then(|| index_of(filter, walk)),
        };
        if searched {
            matching.search(filter, &words);
        } else {
            matching.look_up(filter);
        }
        if let Some(before) = filter.before.filter(|_| pending) {
            matching.condition.push_str(" and c.waits_since < :before");
            matching.values.push((":before", Value::Integer(before.as_millisecond())));
        }
        matching
    }

    /// The same for a word that few comments have: by the word alone, and each of them is looked at.
    /// Where they stand the search index could say too, but between two of them it would pass over
    /// thousands of others.
    pub(super) fn one_by_one(mut self, filter: &QueueFilter) -> Matching {
        if let Some(word) = self.word.take() {
            self.expression = word;
            self.condition.push_str(" and ");
            self.look_up(filter);
        }
        self
    }

    /// By the indexes of the table. Parts that are chosen, not values that are bound: the indexes
    /// are chosen by them.
    fn look_up(&mut self, filter: &QueueFilter) {
        self.condition.push_str(&format!("c.status = '{}'", filter.status.as_str()));
        if let Some(class) = filter.class {
            self.condition.push_str(" and c.class = :class");
            self.values.push((":class", Value::Text(class.as_str().to_owned())));
        }
        if let Some(thread) = filter.thread {
            self.condition.push_str(" and c.thread_id = :thread");
            self.values.push((":thread", Value::Integer(thread.0)));
        }
        self.condition.push_str(match filter.view {
            None => "",
            Some(View::Unmarked) => " and c.class in ('unmarked', 'partly_marked')",
            Some(View::Rule) => " and c.hold = 1 and c.hold > 0",
            Some(View::Spam) => " and c.hold = 2 and c.hold > 0",
            Some(View::Staff) => " and c.to_staff = 1",
        });
    }

    /// By the search index alone.
    fn search(&mut self, filter: &QueueFilter, words: &[String]) {
        let class = |class: Class| facet::one_of(facet::CLASS, &Class::ALL, class);
        let mut facets = vec![facet::one_of(facet::STATUS, &Status::ALL, filter.status)];
        facets.extend(filter.class.map(class));
        facets.extend(filter.thread.map(|thread| format!("{}{}", facet::THREAD, thread.0)));
        facets.extend(filter.view.map(|view| match view {
            View::Unmarked => {
                format!("({} OR {})", class(Class::Unmarked), class(Class::PartlyMarked))
            }
            View::Rule => facet::one_of(facet::HOLD, &Hold::ALL, Hold::Rule),
            View::Spam => facet::one_of(facet::HOLD, &Hold::ALL, Hold::Spam),
            View::Staff => facet::STAFF.to_string(),
        }));
        self.expression = format!("facets : ({})", facets.join(" AND "));
        if !words.is_empty() {
            self.expression.push_str(&format!(" AND folded : ({})", words.join(" AND ")));
        }
        self.condition = "comment_search match :words".to_owned();
    }

    /// Where the comments are found. The index is named: without statistics, which a young database
    /// lacks, SQLite would rather sort all that wait than walk the index of their order.
    pub(super) fn source(&self) -> String {
        match self.index {
            None => "comment_search s cross join comment c on c.id = s.rowid".to_owned(),
            Some(index) => format!("comment c indexed by {index}"),
        }
    }

    /// The comment's number in what is walked.
    pub(super) fn key(&self) -> &'static str {
        if self.searched { "s.rowid" } else { "c.id" }
    }

    /// The lanes that a list by lane is read in, one after the other; else everything at once.
    pub(super) fn lanes(&self) -> Vec<Option<i64>> {
        match self.walk {
            Walk::ByLane => Lane::ALL.map(|lane| Some(lane.place())).to_vec(),
            _ => vec![None],
        }
    }

    /// What is bound in the condition, for one lane of a search or for everything.
    pub(super) fn values(&self, lane: Option<i64>) -> Vec<(&'static str, Value)> {
        let mut values = self.values.clone();
        if self.searched {
            let expression = match lane {
                Some(lane) => {
                    let lane = facet::one_of(facet::LANE, &Lane::ALL.map(Lane::place), lane);
                    format!("{} AND facets : {lane}", self.expression)
                }
                None => self.expression.clone(),
            };
            values.push((":words", Value::Text(expression)));
        } else if let Some(lane) = lane {
            values.push((":lane", Value::Integer(lane)));
        }
        values
    }
}

/// The same in the search index's own language.
fn expression_of(sought: &Sought) -> String {
    let star = if sought.begins { " *" } else { "" };
    format!("\"{}\"{star}", sought.words.join(" "))
}

/// The index of the one way, if any, in which a filter narrows its list.
fn index_of(filter: &QueueFilter, walk: Walk) -> &'static str {
    match (walk, filter.view) {
        (Walk::ByWait, _) => "comment_pending_since",
        (Walk::ByLane, Some(View::Unmarked)) => "comment_pending_unmarked",
        (Walk::ByLane, Some(View::Rule | View::Spam)) => "comment_pending_by_hold",
        (Walk::ByLane, Some(View::Staff)) => "comment_pending_to_staff",
        (Walk::ByLane, None) if filter.class.is_some() => "comment_pending_by_class",
        (Walk::ByLane, None) if filter.thread.is_some() => "comment_pending_by_thread",
        (Walk::ByLane, None) => "comment_pending",
        (Walk::NewestFirst, _) if filter.class.is_some() => "comment_by_class",
        (Walk::NewestFirst, _) if filter.thread.is_some() => "comment_by_thread",
        (Walk::NewestFirst, _) => "comment_by_status",
    }
}
