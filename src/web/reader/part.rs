//! Which part of a thread an address asks for: read from a query, and written into links.

use crate::config::Config;
use crate::domain::{CommentId, Order, Part, Start, ThreadKey};
use crate::web::error::{Kind, WebError};
use crate::web::finished::PARTS;

/// Reads the part from a query as it stands, like the names that finished pages are kept under:
/// two queries with one name must not mean two parts.
pub(super) fn read(query: &str, config: &Config) -> Result<Part, WebError> {
    let mut values = [None; PARTS.len()];
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if let Some(place) = PARTS.iter().position(|part| *part == name)
            && values[place].replace(value).is_some()
        {
            return Err(Kind::BadRequest.into());
        }
    }
    let malformed = || WebError::from(Kind::BadRequest);
    let number = |text: &str| text.parse().map(CommentId).map_err(|_malformed| malformed());
    let [order, after, at] = values;
    Ok(Part {
        order: match order {
            Some(name) => name.parse().map_err(|()| malformed())?,
            None => Order::default(),
        },
        start: match (after, at) {
            (None, None) => Start::Beginning,
            (Some(id), None) => Start::After(number(id)?),
            (None, Some(id)) => Start::At(number(id)?),
            (Some(_), Some(_)) => return Err(malformed()),
        },
        limit: config.comments_per_page,
    })
}

/// The part that is shown where nothing else is asked for.
pub(super) fn first(config: &Config) -> Part {
    Part { order: Order::default(), start: Start::Beginning, limit: config.comments_per_page }
}

/// What an address of a thread leads to.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// A page of the service's own.
    Page,
    Json,
    Feed,
}

/// The address of a thread.
pub(super) fn address(config: &Config, key: &ThreadKey, form: Form) -> String {
    let Ok(mut url) = url::Url::parse(&config.public_url) else {
        return String::new();
    };
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(["threads", &key.site]);
        match form {
            Form::Page => path.extend([&key.object, "page"]),
            Form::Json => path.push(&format!("{}.json", key.object)),
            Form::Feed => path.push(&format!("{}.atom", key.object)),
        };
    }
    url.into()
}

/// The address of a part of a thread.
pub(super) fn address_of(
    config: &Config,
    key: &ThreadKey,
    form: Form,
    order: Order,
    start: Start,
) -> String {
    let order = (order != Order::default()).then(|| format!("order={}", order.as_str()));
    let start = match start {
        Start::Beginning => None,
        Start::After(id) => Some(format!("after={id}")),
        Start::At(id) => Some(format!("at={id}")),
    };
    let query: Vec<_> = order.into_iter().chain(start).collect();
    let address = address(config, key, form);
    if query.is_empty() { address } else { format!("{address}?{}", query.join("&")) }
}

/// The address that leads to a comment, wherever in its thread it stands.
pub(super) fn permalink(config: &Config, comment: CommentId) -> String {
    format!("{}/comments/{comment}", config.public_url)
}
