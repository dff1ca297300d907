//! What the settings alone tell: origins, the public address, proxies.

use super::Finding;
use crate::config::{Config, DEMO_SITE};
use crate::domain::{Site, origin_of};

pub(super) fn look(config: &Config) -> Vec<Finding> {
    let mut findings = vec![public_url(config), proxies(config)];
    let sites: Vec<_> = config.sites.iter().filter(|site| site.id != DEMO_SITE).collect();
    if sites.is_empty() {
        findings.push(Finding::note(
            "origins",
            "there is no newspaper yet: add a [[site]] with id, name and origins to the settings file",
        ));
    }
    for site in &sites {
        findings.extend(origins(config, site, &sites));
    }
    findings
}

fn is_local(host: &str) -> bool {
    ["://127.", "://localhost", "://[::1]", "://0.0.0.0"].iter().any(|local| host.contains(local))
}

fn public_url(config: &Config) -> Finding {
    const ABOUT: &str = "address";
    let url = &config.public_url;
    let public_site = config.sites.iter().flat_map(|site| &site.origins).find(|o| !is_local(o));
    match (is_local(url), public_site) {
        (true, Some(origin)) => Finding::fault(
            ABOUT,
            format!(
                "server.public_url is {url}, where no reader of {origin} gets to: set it to the \
                 address that your web server has for this service"
            ),
        ),
        (true, None) => Finding::ok(ABOUT, format!("{url}, for this machine alone")),
        (false, _) if url.starts_with("http://") => Finding::fault(
            ABOUT,
            format!(
                "server.public_url is {url}: browsers neither load a script nor send a form from an \
                 https page to http. Serve it by https and say so"
            ),
        ),
        (false, _) => Finding::ok(ABOUT, url.clone()),
    }
}

fn proxies(config: &Config) -> Finding {
    const ABOUT: &str = "proxies";
    let everyone = config.trusted_proxies.iter().find(|network| network.prefix_len() == 0);
    let behind = config.listen.ip().is_loopback() && !is_local(&config.public_url);
    match everyone {
        Some(network) => Finding::fault(
            ABOUT,
            format!(
                "server.trusted_proxies has {network}: anybody may claim any address and pass every \
                 limit. List your own proxies alone"
            ),
        ),
        None if behind && config.trusted_proxies.is_empty() => Finding::fault(
            ABOUT,
            format!(
                "the service listens on {} behind a web server, and server.trusted_proxies is empty: \
                 all readers have one address and share its limits. Set it to [\"127.0.0.1\", \
                 \"::1\"], and let the web server set X-Forwarded-For",
                config.listen
            ),
        ),
        None if config.trusted_proxies.is_empty() => {
            Finding::ok(ABOUT, "none: addresses are those of the connections")
        }
        None => Finding::ok(
            ABOUT,
            format!("X-Forwarded-For counts from {}", listed(&config.trusted_proxies)),
        ),
    }
}

fn origins(config: &Config, site: &Site, sites: &[&Site]) -> Vec<Finding> {
    const ABOUT: &str = "origins";
    let id = &site.id;
    if site.origins.is_empty() {
        let sentence = format!(
            "site {id} has none: no page may send comments. Add origins = [\"https://…\"]: scheme \
             and host of the article pages"
        );
        return vec![Finding::fault(ABOUT, sentence)];
    }
    let mut findings = vec![Finding::ok(
        ABOUT,
        format!("site {id} takes comments from {}", listed(&site.origins)),
    )];
    let own = origin_of(&config.public_url);
    for origin in &site.origins {
        if own.as_ref() == Some(origin) {
            findings.push(Finding::note(
                ABOUT,
                format!(
                    "site {id} lists {origin}, the service's own: that is needed only if the article \
                     pages are there too"
                ),
            ));
        }
        if origin.starts_with("http://") && !is_local(origin) {
            findings.push(Finding::note(
                ABOUT,
                format!("site {id} lists {origin}: is it not https by now?"),
            ));
        }
        let others = sites.iter().filter(|other| other.id != *id && other.lists_origin(origin));
        findings.extend(others.map(|other| {
            let sentence = format!("{origin} is listed by both {id} and {}", other.id);
            Finding::note(ABOUT, sentence)
        }));
        if let Some(twin) = twin(origin)
            && !site.lists_origin(&twin)
        {
            findings.push(Finding::note(
                ABOUT,
                format!("site {id} lists {origin} and not {twin}: do readers get there too?"),
            ));
        }
    }
    findings
}

/// The same host with `www.`, or without; nothing for hosts below a domain of their own.
fn twin(origin: &str) -> Option<String> {
    let (scheme, host) = origin.split_once("://")?;
    match host.strip_prefix("www.") {
        Some(bare) => Some(format!("{scheme}://{bare}")),
        None if host.split('.').count() == 2 && !is_local(origin) => {
            Some(format!("{scheme}://www.{host}"))
        }
        None => None,
    }
}

/// Which newspaper may use the service on a page.
pub(super) fn page(config: &Config, page: &str) -> Finding {
    const ABOUT: &str = "page";
    let Some(origin) = origin_of(page) else {
        return Finding::fault(
            ABOUT,
            format!("{page} is no web address like https://bao.example/"),
        );
    };
    match config.sites.iter().find(|site| site.lists_origin(&origin)) {
        Some(site) => Finding::ok(ABOUT, format!("{origin} is one of site {}", site.id)),
        None => Finding::fault(
            ABOUT,
            format!(
                "{origin} is listed by no site: add \"{origin}\" to the origins of its [[site]], and \
                 restart the service"
            ),
        ),
    }
}

fn listed<T: ToString>(things: &[T]) -> String {
    things.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::Degree;

    fn faults(settings: &str) -> Vec<String> {
        let config = Config::load(Some(settings), []).unwrap();
        let bad = look(&config).into_iter().filter(|finding| finding.degree == Degree::Fault);
        bad.map(|finding| format!("{}: {}", finding.about, finding.sentence)).collect()
    }

    const SITE: &str = "[[site]]\nid = 'bao'\nname = 'Báo'\norigins = ['https://bao.example']\n";

    #[test]
    fn a_whole_configuration_has_no_fault() {
        assert_eq!(faults(""), Vec::<String>::new());
        assert_eq!(faults(include_str!("../../../config/example.toml")), Vec::<String>::new());
    }

    #[test]
    fn what_keeps_readers_away_is_a_fault_that_says_what_to_do() {
        for (server, needed) in [
            ("", "server.public_url"),
            ("public_url = 'http://bl.bao.example'", "https"),
            ("public_url = 'https://bl.bao.example'", "server.trusted_proxies"),
            (
                "public_url = 'https://bl.bao.example'\ntrusted_proxies = ['0.0.0.0/0']",
                "your own proxies",
            ),
        ] {
            let found = faults(&format!("[server]\n{server}\n{SITE}")).join("\n");
            assert!(found.contains(needed), "{server}: {found}");
        }
        let none = "[[site]]\nid = 'bao'\nname = 'Báo'\norigins = []\n";
        assert!(faults(none).join("\n").contains("site bao has none"));
    }

    #[test]
    fn a_page_is_told_its_newspaper_or_the_line_that_is_missing() {
        let config = Config::load(Some(SITE), []).unwrap();
        assert_eq!(page(&config, "https://bao.example/a").degree, Degree::Ok);
        let missing = page(&config, "https://m.bao.example/a");
        assert_eq!(missing.degree, Degree::Fault);
        assert!(missing.sentence.contains("\"https://m.bao.example\""));
    }
}
