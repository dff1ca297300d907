//! A thread as people see it: the template of the seed, count, comments with their replies one
//! level below, form. It is a function of the newspaper, the language, the thread and the part of
//! it that is shown, and of nothing else: the same bytes for everyone.

use askama::Template;
use askama::filters::HtmlSafe;

use super::part::{Form, address_of};
use crate::config::Config;
use crate::domain::{
    CommentId, Order, Part, PublishedComment, PublishedThread, Site, Start, Thread,
};
use crate::web::locale::Lang;
use crate::web::text::Moment;

#[derive(Template)]
#[template(path = "fragment.html", config = "src/web/askama.toml")]
pub(super) struct Fragment<'a> {
    lang: Lang,
    service: &'a str,
    site: &'a Site,
    thread: &'a Thread,
    /// The article's address, while it is one of the site's.
    article: Option<&'a str>,
    count: i64,
    comments: Vec<Shown>,
    /// The two orders; none where there is nothing to put in order.
    orders: Vec<OrderLink>,
    /// Where the first comments are, on a page that begins further down.
    first: Option<String>,
    /// Where more comments are.
    next: Option<String>,
    /// Longest text, in characters as people count them.
    max_body: usize,
}

/// A template's own output: everything in it is escaped already.
impl HtmlSafe for Fragment<'_> {}

/// An order that can be chosen.
struct OrderLink {
    name: &'static str,
    address: String,
    chosen: bool,
}

/// A comment as the template shows it.
struct Shown {
    id: CommentId,
    name: String,
    body: String,
    time: Moment,
    staff: bool,
    edited: bool,
    replies: Vec<Shown>,
}

impl Shown {
    fn new(config: &Config, comment: &PublishedComment) -> Shown {
        Shown {
            id: comment.id,
            name: comment.name.clone(),
            body: comment.body.clone(),
            time: Moment::new(comment.submitted_at, &config.time_zone),
            staff: comment.staff,
            edited: comment.edited,
            replies: comment.replies.iter().map(|reply| Shown::new(config, reply)).collect(),
        }
    }
}

impl<'a> Fragment<'a> {
    pub(super) fn new(
        config: &'a Config,
        site: &'a Site,
        lang: Lang,
        published: &'a PublishedThread,
        part: Part,
    ) -> Fragment<'a> {
        let thread = &published.thread;
        let page = |order, start| address_of(config, &thread.key, Form::Page, order, start);
        let begins = part.start == Start::Beginning;
        let link = |order: Order| OrderLink {
            name: order.as_str(),
            address: page(order, Start::Beginning),
            chosen: begins && order == part.order,
        };
        let single = begins && published.comments.len() < 2;
        Fragment {
            lang,
            service: &config.public_url,
            site,
            thread,
            article: article_of(site, thread),
            count: published.count,
            comments: published.comments.iter().map(|c| Shown::new(config, c)).collect(),
            orders: if single { vec![] } else { vec![link(Order::Oldest), link(Order::Newest)] },
            first: (!begins).then(|| page(part.order, Start::Beginning)),
            next: published.next.map(|last| page(part.order, Start::After(last))),
            max_body: config.limits.body,
        }
    }
}

/// The article's address, while its origin is one of the site's.
pub(super) fn article_of<'a>(site: &Site, thread: &'a Thread) -> Option<&'a str> {
    Some(thread.url.as_str()).filter(|url| site.lists_url(url))
}
