//! A newspaper's site and the origins its article pages are served from.

use url::Url;

use super::Policy;

/// A newspaper whose article pages may post comments here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The short name used in forms and addresses, e.g. `songhau`.
    pub id: String,
    /// The newspaper's name as people read it.
    pub name: String,
    /// Origins (`https://baosonghau.example`) that article pages are served from.
    pub origins: Vec<String>,
    /// Whether a reader must tick the consent box.
    pub require_consent: bool,
    /// Whether a reader's receipt shows what was changed of their text.
    pub show_edit: bool,
    /// Whether everyone sees which comments were edited.
    pub edited_label: bool,
    /// What it does about missing marks.
    pub policy: Policy,
}

impl Site {
    /// Whether `origin` (scheme, host and port, as in an `Origin` header) is one of the site's.
    #[must_use]
    pub fn lists_origin(&self, origin: &str) -> bool {
        self.origins.iter().any(|listed| listed == origin)
    }

    /// Whether an article address is a web address on one of the site's origins.
    #[must_use]
    pub fn lists_url(&self, url: &str) -> bool {
        origin_of(url).is_some_and(|origin| self.lists_origin(&origin))
    }
}

/// The origin of an `http` or `https` address in its canonical form, or `None` for anything else.
///
/// Addresses that carry a user name or password have none: they exist to mislead.
#[must_use]
pub fn origin_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let plain = url.username().is_empty() && url.password().is_none();
    (plain && matches!(url.scheme(), "http" | "https")).then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
impl Site {
    /// A site that takes everything, for the tests of what is sent to one.
    pub(super) fn sample() -> Site {
        use super::{Caution, Lane, Stance};
        Site {
            id: "bao".into(),
            name: "Báo".into(),
            origins: vec!["https://bao.example".into()],
            require_consent: false,
            show_edit: false,
            edited_label: false,
            policy: Policy {
                unmarked: Stance::Accept,
                partly_marked: Stance::Accept,
                nudge_when: Caution::Any,
                lane: Lane::Together,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_without_credentials_have_an_origin() {
        assert_eq!(
            origin_of("https://Bao.example:443/a?b#c").as_deref(),
            Some("https://bao.example")
        );
        assert_eq!(origin_of("http://127.0.0.1:8081/x").as_deref(), Some("http://127.0.0.1:8081"));
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//bao.example/",
            "https://bao.example@evil.example@/",
            "ftp://bao.example",
            "",
        ] {
            assert_eq!(origin_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_look_alike_host_is_not_the_sites() {
        let site = Site::sample();
        assert!(site.lists_url("https://bao.example/bai-1.html"));
        for bad in [
            "https://bao.example.evil.example/",
            "http://bao.example/",
            "https://bao.example:8443/",
            "https:\\\\evil.example\\@bao.example",
        ] {
            assert!(!site.lists_url(bad), "{bad}");
        }
    }
}
