//! Public answers in memory as finished bytes: made once, made again when a decision touches what
//! they show, and never stale on one instance; with others, no longer than [`Hearing`] allows.
//!
//! A change is told after its commit and before its request is answered, and what was told is
//! taken in before a kept page is served: whoever saw a decision answered sees it on the page. A
//! page knows the state that its threads had when it was begun, so that one which read the
//! database just before a decision does not outlive it.

mod ahead;
mod page;
mod threads;

use std::borrow::Cow;
use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;

use actix_http::RequestHead;
use actix_web::http::header::{HeaderMap, HeaderValue};
use actix_web::http::uri::PathAndQuery;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use tokio::sync::broadcast;

use super::error::{Kind, WebError};
use crate::domain::ThreadKey;
use crate::store::{Change, Hearing};
pub use ahead::from_memory;
pub(super) use page::Made;
use page::Page;
use threads::{State, Threads};

/// Parts of a query that change a thread's page; all others leave it as it is.
pub(super) const PARTS: [&str; 3] = ["order", "after", "at"];
/// Bytes for answers that anyone can ask for in any number of ways: articles without comments,
/// counts. A flood of such requests turns out others of them, and no thread.
const PASSING_BYTES: usize = 4 << 20;
/// Longest name of an answer that is kept.
const LONGEST_NAME: usize = 8 << 10;
/// Parts of a shelf that are locked each for itself. Few, so that each has room for long pages.
const SHARDS: usize = 4;

type Shelf = Cache<String, Arc<Page>, Weight>;
/// Bodies that were unpacked lately, by the tags of their content.
type Plains = Cache<HeaderValue, Bytes, Weight>;

/// What is kept weighs as many bytes as it takes.
#[derive(Clone)]
struct Weight;

impl Weighter<String, Arc<Page>> for Weight {
    fn weight(&self, name: &String, page: &Arc<Page>) -> u64 {
        (name.len() + page.weight()) as u64
    }
}

impl Weighter<HeaderValue, Bytes> for Weight {
    fn weight(&self, tag: &HeaderValue, body: &Bytes) -> u64 {
        (tag.len() + body.len()) as u64
    }
}

/// The pages that are kept.
pub(super) struct Finished {
    /// Of threads with comments.
    lasting: Shelf,
    /// Of anything else.
    passing: Shelf,
    plains: Plains,
    threads: Threads,
    headers: HeaderMap,
}

impl Finished {
    /// Keeps at most so many bytes, and hears of `changes` as far as `hearing` reaches; every
    /// answer has these headers.
    pub(super) fn new(
        bytes: usize,
        changes: broadcast::Receiver<Change>,
        hearing: Hearing,
        headers: HeaderMap,
    ) -> Result<Finished, String> {
        Ok(Finished {
            lasting: shelf(bytes / 4 * 3, 16 << 10)?,
            passing: shelf(PASSING_BYTES, 4 << 10)?,
            plains: shelf(bytes / 4, 64 << 10)?,
            threads: Threads::new(changes, hearing),
            headers,
        })
    }

    /// The kept answer to a request, if it is still what is published.
    fn ready(&self, request: &RequestHead) -> Option<HttpResponse> {
        self.threads.catch_up();
        let fresh = |page: &Arc<Page>| self.threads.state(&page.of) == page.state;
        let lasting = || self.lasting.get(lasting_name(request).as_ref()).filter(fresh);
        let lasting = is_of_a_thread(request).then(lasting).flatten();
        let passing = || self.passing.get(passing_name(request)).filter(fresh);
        Some(lasting.or_else(passing)?.answer(request, &self.plains))
    }

    /// Answers with the kept page, or with the one that `make` makes of `threads`: once, however
    /// many ask meanwhile.
    pub(super) async fn answer<F, M>(
        &self,
        request: &HttpRequest,
        threads: impl IntoIterator<Item = &ThreadKey>,
        make: F,
    ) -> Result<HttpResponse, WebError>
    where
        F: FnOnce() -> M,
        M: Future<Output = Result<Made, WebError>>,
    {
        let request = request.head();
        self.threads.catch_up();
        let of = self.threads.places(threads);
        let arrived = self.threads.state(&of);
        let (lasting, passing) = (lasting_name(request), passing_name(request));
        let guard = loop {
            match self.lasting.get_value_or_guard_async(lasting.as_ref()).await {
                // It may have been begun before this request came, but not before a change that
                // this request must see.
                Ok(page) if page.state >= arrived => return Ok(page.answer(request, &self.plains)),
                Ok(page) => {
                    self.lasting.remove_if(lasting.as_ref(), |kept| Arc::ptr_eq(kept, &page));
                }
                Err(guard) => break guard,
            }
        };
        // Those who waited for a page that is not a lasting one find it here.
        if let Some(page) = self.passing.get(passing).filter(|page| page.state >= arrived) {
            return Ok(page.answer(request, &self.plains));
        }
        self.threads.catch_up();
        let state = self.threads.state(&of);
        let made = make().await?;
        let lasts = made.lasting;
        let page = Page::new(made, &self.headers, of, state).ok_or(Kind::Internal)?;
        let page = Arc::new(page);
        if lasts {
            // If it was taken out meanwhile, it answers those who wait, and is not kept.
            let _ = guard.insert(Arc::clone(&page));
        } else if passing.len() <= LONGEST_NAME {
            self.passing.insert(passing.to_owned(), Arc::clone(&page));
        }
        Ok(page.answer(request, &self.plains))
    }
}

/// Room for so many bytes, of things that take so many each.
fn shelf<K, T: Clone>(bytes: usize, each: usize) -> Result<Cache<K, T, Weight>, String>
where
    K: Eq + Hash,
    Weight: Weighter<K, T>,
{
    let options = OptionsBuilder::new()
        .shards(SHARDS)
        .estimated_items_capacity(bytes / each)
        .weight_capacity(bytes as u64)
        .build()
        .map_err(|error| error.to_string())?;
    let hasher = DefaultHashBuilder::default();
    Ok(Cache::with_options(options, Weight, hasher, Default::default()))
}

/// Whether it is for a thread's page, in any form.
fn is_of_a_thread(request: &RequestHead) -> bool {
    request.uri.path().starts_with("/threads/")
}

/// The name of a thread's page: its path, and the parts of the query that change it; of anything else,
/// the whole.
fn lasting_name(request: &RequestHead) -> Cow<'_, str> {
    if !is_of_a_thread(request) {
        return passing_name(request).into();
    }
    let mut name = Cow::Borrowed(request.uri.path());
    for part in request.uri.query().unwrap_or_default().split('&') {
        if PARTS.contains(&part.split('=').next().unwrap_or_default()) {
            let name = name.to_mut();
            name.push('?');
            name.push_str(part);
        }
    }
    name
}

/// The name of anything else: the whole of what was asked for.
fn passing_name(request: &RequestHead) -> &str {
    request.uri.path_and_query().map_or("/", PathAndQuery::as_str)
}

#[cfg(test)]
mod tests;
