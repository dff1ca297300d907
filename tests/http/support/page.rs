//! A page as a browser reads it.

use scraper::{ElementRef, Html, Selector};

/// A page or a piece of one.
pub(crate) struct Page {
    html: Html,
}

impl Page {
    /// Reads HTML.
    pub(crate) fn of(text: &str) -> Page {
        let html = Html::parse_document(text);
        Page { html }
    }

    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).unwrap();
        self.html.select(&selector).collect()
    }

    /// The text of each element, spaces as a reader sees them.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let text = |element: ElementRef<'_>| {
            let text: String = element.text().collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.all(selector).into_iter().map(text).collect()
    }

    /// The text of the first element.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        let first = self.texts(selector).into_iter().next();
        first.unwrap_or_else(|| panic!("no {selector} in {}", self.html.html()))
    }

    /// Everything that it says: the text of each element that is no frame for others, and what
    /// stands in attributes that are read or sent.
    pub(crate) fn said(&self) -> Vec<String> {
        let speaking = "p, b, bdi, a, h1, h2, summary, span, textarea, dd, div.text, .codau-body";
        let texts = self.all(speaking).into_iter().map(|element| element.text().collect());
        let attributes = ["value", "aria-label", "title", "content"];
        let attributes = attributes.into_iter().flat_map(|name| self.attributes("*", name));
        texts.chain(attributes).collect()
    }

    /// Whether there is such an element.
    pub(crate) fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// An attribute of each element that has it.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let elements = self.all(selector);
        let values = elements.iter().filter_map(|element| element.attr(name));
        values.map(str::to_owned).collect()
    }

    /// What stands in the first field of this name, as it would be sent.
    #[track_caller]
    pub(crate) fn field(&self, name: &str) -> String {
        let found = self.all(&format!("[name={name}]"));
        let field = found.first();
        let field = field.unwrap_or_else(|| panic!("no field {name} in {}", self.html.html()));
        match field.value().name() {
            "textarea" => field.text().collect(),
            _ => field.attr("value").unwrap_or_default().to_owned(),
        }
    }

    /// The name and attribute names of each element, in order: what a hostile text must not change.
    pub(crate) fn shape(&self) -> Vec<String> {
        let described = |element: &ElementRef<'_>| {
            let mut names: Vec<_> = element.value().attrs().map(|(name, _)| name).collect();
            names.sort_unstable();
            format!("{} {}", element.value().name(), names.join(" "))
        };
        self.all("*").iter().map(described).collect()
    }
}
