//! What every page of the desk has around it, and how a verdict and a decision are shown.

use crate::domain::{
    Author, AuthorSign, Comment, DecisionRecord, Flag, Match, Place, Reason, Status, Verdict,
};
use crate::language::Class;
use crate::store::{StoreError, Tally};
use crate::web::App;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;
use crate::web::text::{Moment, Segment, objections};

/// Where at the desk a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// Among the comments of a status.
    List(Status),
    /// What was just decided.
    Recent,
    /// The settings.
    Settings,
}

/// The desk's header: who is here, and the tabs with their counts.
pub(super) struct Frame {
    pub(super) name: String,
    pub(super) role: &'static str,
    pub(super) admin: bool,
    pub(super) csrf: String,
    /// Whose tab is marked.
    pub(super) here: Tab,
    /// Each tab's status with its count.
    pub(super) tabs: Vec<(Status, i64)>,
    /// How many comments stand where.
    pub(super) tally: Tally,
}

impl Frame {
    pub(super) async fn new(app: &App, desk: &AtDesk, here: Tab) -> Result<Frame, StoreError> {
        let tally: Tally = app.store.tally().await?;
        Ok(Frame {
            name: desk.moderator.name.clone(),
            role: desk.moderator.role.as_str(),
            admin: desk.require_admin().is_ok(),
            csrf: desk.csrf.clone(),
            here,
            tabs: Status::ALL.map(|status| (status, tally.of(status))).to_vec(),
            tally,
        })
    }

    /// The letter after «g» that leads to a status's tab.
    pub(super) fn key(status: &Status) -> &'static str {
        match status {
            Status::Pending => "p",
            Status::Approved => "a",
            Status::Rejected => "r",
            Status::Spam => "s",
            Status::Returned => "b",
            Status::Withdrawn => "w",
            Status::Expired => "e",
        }
    }

    /// Whether the page stands among the comments of this status.
    pub(super) fn lists(&self, status: &Status) -> bool {
        self.here == Tab::List(*status)
    }

    pub(super) fn is_recent(&self) -> bool {
        self.here == Tab::Recent
    }

    pub(super) fn is_settings(&self) -> bool {
        self.here == Tab::Settings
    }

    /// How many comments have this status.
    pub(super) fn count(&self, status: Status) -> i64 {
        self.tabs.iter().find(|(tab, _)| *tab == status).map_or(0, |(_, count)| *count)
    }
}

/// The reasons that are offered, in order.
pub(super) async fn reasons(app: &App) -> Result<Vec<Reason>, StoreError> {
    let mut reasons = app.store.reasons().await?;
    reasons.retain(|reason| reason.active);
    Ok(reasons)
}

/// Pieces of a text that a card says the meaning of.
const MEANT: usize = 4;

/// Every class, in the order the filter offers them.
pub(super) const CLASSES: [Class; 5] =
    [Class::Unmarked, Class::PartlyMarked, Class::Marked, Class::Foreign, Class::Undetermined];

/// A class's name in the keys of its sentences.
pub(super) fn class_key(class: Class) -> String {
    class.as_str().replace('_', "-")
}

/// A comment as a card and its own page show it.
pub(super) struct Card {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) status: Status,
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) body: Vec<Segment>,
    pub(super) published_body: Option<String>,
    /// The class in style sheets.
    pub(super) style: &'static str,
    /// The class in the keys of its sentences.
    pub(super) class: String,
    pub(super) badge: String,
    /// Reasons to look twice beside the class itself.
    pub(super) flags: Vec<String>,
    pub(super) parent: Option<String>,
    /// Whether someone of the newsroom wrote it.
    pub(super) staff: bool,
    /// What everyone can read of the comment it replies to.
    pub(super) parent_text: Option<String>,
    /// What it was probably meant to say, where it lacks its marks.
    pub(super) meant: Option<String>,
    pub(super) thread: i64,
    pub(super) thread_open: bool,
    pub(super) title: String,
    /// The article's address, if it is one of the site's.
    pub(super) article: Option<String>,
    pub(super) time: Moment,
}

impl Card {
    pub(super) fn new(app: &App, lang: Lang, comment: &Comment) -> Card {
        let verdict = &comment.verdict;
        let thread = &comment.thread;
        let untitled = || format!("{} / {}", thread.key.site, thread.key.object);
        let class = class_key(verdict.class);
        let body = objections(&comment.body, &verdict.spans, &verdict.matches);
        let percent = format!("{:.0}", verdict.missing_share * 100.0);
        Card {
            id: comment.id.0,
            version: comment.version,
            status: comment.status,
            name: comment.name.clone(),
            email: comment.email.clone(),
            published_body: comment.published_body.clone(),
            badge: lang.with(format!("badge-{class}"), "percent", percent).into_owned(),
            style: verdict.class.as_str(),
            class,
            flags: said_of(lang, verdict),
            staff: comment.staff,
            meant: meant(&body),
            body,
            parent_text: comment.parent_text.clone(),
            parent: comment.parent.as_ref().map(|(_, name)| name.clone()),
            thread: thread.id.0,
            thread_open: thread.open,
            title: Some(thread.title.clone())
                .filter(|title| !title.is_empty())
                .unwrap_or_else(untitled),
            article: app
                .site(&thread.key.site)
                .filter(|site| site.lists_url(&thread.url))
                .map(|_| thread.url.clone()),
            time: Moment::new(comment.submitted_at, &app.config.time_zone),
        }
    }
}

/// The first pieces that lack their marks, as they were probably meant; nothing if none does.
fn meant(body: &[Segment]) -> Option<String> {
    let mut pieces = body.iter().filter_map(|segment| segment.suggestion.as_deref());
    let first: Vec<_> = pieces.by_ref().take(MEANT).map(|piece| format!("“{piece}”")).collect();
    let more = if pieces.next().is_some() { "…" } else { "" };
    (!first.is_empty()).then(|| first.join(", ") + more)
}

/// What is said of a comment's author: what became of the other comments, and who counts as one.
pub(super) struct Writer {
    pub(super) said: String,
    pub(super) counted: String,
}

impl Writer {
    pub(super) fn new(lang: Lang, author: &Author) -> Writer {
        let Author { by, others, approved, rejected } = *author;
        let said = match others {
            0 => lang.t("author-first"),
            _ => lang.with_two("author-others", "approved", approved, "rejected", rejected),
        };
        let counted = match by {
            AuthorSign::Email => lang.t("author-by-email"),
            AuthorSign::Address => lang.t("author-by-address"),
        };
        Writer { said: said.into_owned(), counted: counted.into_owned() }
    }
}

impl Card {
    /// The name of going back to the queue: from the article's page, it is taken off.
    pub(super) fn reopen(&self) -> &'static str {
        if self.status == Status::Approved { "desk-unpublish" } else { "desk-reopen" }
    }
}

/// The reasons to look twice beside the class itself: the rules that apply, and how it was made.
fn said_of(lang: Lang, verdict: &Verdict) -> Vec<String> {
    let mut said = said_of_matches(lang, &verdict.matches);
    let flags = verdict.flags.iter();
    let flags = flags.filter(|flag| !matches!(flag, Flag::Unmarked | Flag::PartlyMarked));
    said.extend(flags.map(|flag| lang.t(format!("flag-{}", flag.as_str())).into_owned()));
    said
}

/// Which rules apply, and to what; each once.
pub(super) fn said_of_matches(lang: Lang, matches: &[Match]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for found in matches {
        let key = match found.place {
            Place::Body(_) => "rule-body",
            Place::Name => "rule-name",
            Place::Email => "rule-email",
            Place::Address => "rule-address",
        };
        let sentence = lang.with_two(key, "rule", &found.name, "entry", &found.entry).into_owned();
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    said
}

/// A decision as the history and a conflict's notice show it.
pub(super) struct Decided {
    pub(super) who: String,
    pub(super) action: &'static str,
    /// The label of its reason.
    pub(super) reason: Option<String>,
    /// What the reader was asked to change.
    pub(super) message: String,
    pub(super) note: String,
    /// What it was edited for.
    pub(super) edits: Vec<String>,
    pub(super) time: Moment,
}

impl Decided {
    /// Who decided what and when, to somebody who was about to.
    pub(super) fn sentence(&self, lang: Lang) -> String {
        let key = format!("conflict-{}", self.action);
        lang.with_two(key, "name", &self.who, "time", &self.time.text).into_owned()
    }

    pub(super) fn new(app: &App, lang: Lang, record: &DecisionRecord) -> Decided {
        let nobody = || match record.action.is_readers() {
            true => lang.t("history-reader").into_owned(),
            false => lang.t("history-system").into_owned(),
        };
        Decided {
            who: record.moderator.clone().unwrap_or_else(nobody),
            action: record.action.as_str(),
            reason: record.reason.as_ref().map(|reason| reason.label.clone()),
            message: record.message.clone(),
            note: record.note.clone(),
            edits: record
                .edits
                .iter()
                .map(|edit| lang.t(format!("edit-{}", edit.as_str())).into_owned())
                .collect(),
            time: Moment::new(record.at, &app.config.time_zone),
        }
    }
}
