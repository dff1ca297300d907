//! Settings: `config/default.toml`, then a file, then the environment, into one typed value. A key
//! that does not exist stops the start with the one that was probably meant.

use std::collections::{BTreeSet, HashMap};
use std::net::{IpAddr, SocketAddr};

use config::{File, FileFormat, Map, Value, ValueKind};
use ipnet::IpNet;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::domain::{Limits, Policy, Site, origin_of};

/// Every setting, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the service answers.
    pub listen: SocketAddr,
    /// Where the demo article pages are, if anywhere.
    pub demo_listen: Option<SocketAddr>,
    /// The address people reach the service at, without a slash at its end.
    pub public_url: String,
    /// Networks whose forwarding headers count.
    pub trusted_proxies: Vec<IpNet>,
    /// Threads that answer; none: one a core.
    pub workers: Option<usize>,
    /// The store's address.
    pub store_url: String,
    /// How much a reader may send.
    pub limits: Limits,
    /// Comments a minute from one address; 0: any number.
    pub posts_per_minute: u32,
    /// Live checks a minute from one address; 0: any number.
    pub assessments_per_minute: u32,
    /// Attempts to log in a minute, from one address and for one name; 0: any number.
    pub logins_per_minute: u32,
    /// How long a session lasts.
    pub session: SessionAge,
    /// When the cleanup runs by itself, with its time zone; none: never.
    pub cleanup_schedule: Option<String>,
    /// Things forgotten in one transaction.
    pub cleanup_batch: usize,
    /// The zone of the times that people read.
    pub time_zone: TimeZone,
    /// How long things are kept.
    pub retention: Retention,
    /// Which log lines are written, as a filter.
    pub log_level: String,
    /// Whether log lines are JSON.
    pub log_json: bool,
    /// The newspapers.
    pub sites: Vec<Site>,
}

/// How long a session lasts.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionAge {
    /// Minutes without a request after which it ends.
    pub idle_minutes: i64,
    /// Hours after which it ends in any case.
    pub max_hours: i64,
}

/// How many days things are kept; 0: for ever.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml says what each is")]
pub struct Retention {
    pub pending_days: u32,
    pub rejected_days: u32,
    pub spam_days: u32,
    pub origin_days: u32,
    pub receipt_days: u32,
}

/// The id of the site that the demo article pages belong to.
pub const DEMO_SITE: &str = "demo";

const DEFAULTS: &str = include_str!("../config/default.toml");
const ENVIRONMENT_PREFIX: &str = "CODAU__";

impl Config {
    /// The settings that follow from the defaults, a file's text and the environment.
    ///
    /// A variable `CODAU__SECTION__KEY` sets one value; `CODAU__SECTION__KEY_FILE` names a file
    /// that holds it.
    ///
    /// # Errors
    /// A sentence for the operator that names the setting.
    pub fn load(
        file: Option<&str>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Config, String> {
        let defaults = layer(config::Config::builder(), DEFAULTS)?;
        let mut builder = config::Config::builder().add_source(defaults.clone());
        if let Some(text) = file {
            let own = layer(config::Config::builder(), text)?;
            check_keys(&own.cache, &defaults.cache)?;
            builder = builder.add_source(own);
        }
        let variables = from_environment(environment)?;
        for (key, value) in variables {
            let known = value_at(&defaults.cache, &key)
                .ok_or_else(|| unknown_key(&key, &defaults.cache))?;
            builder = builder
                .set_override(&key, of_kind(known, &value))
                .map_err(|error| error.to_string())?;
        }
        let raw: Raw = builder
            .build()
            .and_then(config::Config::try_deserialize)
            .map_err(|error| error.to_string())?;
        raw.check()
    }
}

fn layer(
    builder: config::ConfigBuilder<config::builder::DefaultState>,
    text: &str,
) -> Result<config::Config, String> {
    let source = File::from_str(text, FileFormat::Toml);
    builder
        .add_source(source)
        .build()
        .map_err(|error| error.to_string())
}

/// `section.key` and value of each variable that is ours.
fn from_environment(
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<HashMap<String, String>, String> {
    let mut found = HashMap::new();
    for (name, value) in environment {
        let Some(key) = name.strip_prefix(ENVIRONMENT_PREFIX) else {
            continue;
        };
        let key = key.to_ascii_lowercase().replace("__", ".");
        match key.strip_suffix("_file") {
            Some(key) => {
                let text = std::fs::read_to_string(&value)
                    .map_err(|error| format!("{name}: cannot read {value}: {error}"))?;
                found.insert(key.to_owned(), text.trim_end().to_owned());
            }
            None => {
                found.insert(key, value);
            }
        }
    }
    Ok(found)
}

/// A variable's text as a value of the default's kind; a list is split at commas.
fn of_kind(default: &Value, text: &str) -> ValueKind {
    match default.kind {
        ValueKind::Array(_) => {
            let items = text
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty());
            items
                .map(|item| Value::from(item.to_owned()))
                .collect::<Vec<_>>()
                .into()
        }
        _ => text.to_owned().into(),
    }
}

fn value_at<'a>(root: &'a Value, key: &str) -> Option<&'a Value> {
    key.split('.')
        .try_fold(root, |value, part| match &value.kind {
            ValueKind::Table(table) => table.get(part),
            _ => None,
        })
}

/// Every `section.key` below `table`.
fn keys_of(table: &Map<String, Value>, prefix: &str, keys: &mut BTreeSet<String>) {
    for (name, value) in table {
        match &value.kind {
            ValueKind::Table(inner) => keys_of(inner, &format!("{prefix}{name}."), keys),
            _ => {
                keys.insert(format!("{prefix}{name}"));
            }
        }
    }
}

fn all_keys(root: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    if let ValueKind::Table(table) = &root.kind {
        keys_of(table, "", &mut keys);
    }
    keys
}

/// Refuses a file's keys that no default has. The sites' own keys are checked with their values.
fn check_keys(own: &Value, defaults: &Value) -> Result<(), String> {
    let known = all_keys(defaults);
    match all_keys(own)
        .iter()
        .find(|key| *key != "site" && !known.contains(*key))
    {
        Some(key) => Err(unknown_key(key, defaults)),
        None => Ok(()),
    }
}

fn unknown_key(key: &str, defaults: &Value) -> String {
    let closest = all_keys(defaults)
        .into_iter()
        .map(|known| (strsim::jaro_winkler(key, &known), known))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match closest {
        Some((_, known)) => format!("there is no setting {key}: did you mean {known}?"),
        None => format!("there is no setting {key}"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    server: RawServer,
    store: RawStore,
    comment: RawComment,
    limits: RawLimits,
    session: SessionAge,
    cleanup: RawCleanup,
    retention: Retention,
    log: RawLog,
    policy: RawPolicy,
    #[serde(default)]
    site: Vec<RawSite>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawServer {
    listen: String,
    demo_listen: String,
    public_url: String,
    trusted_proxies: Vec<String>,
    workers: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStore {
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawComment {
    max_name: usize,
    max_body: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimits {
    posts_per_minute: u32,
    assessments_per_minute: u32,
    logins_per_minute: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCleanup {
    schedule: String,
    time_zone: String,
    batch: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLog {
    level: String,
    format: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPolicy {
    unmarked: String,
    partly_marked: String,
    nudge_when: String,
    lane: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSite {
    id: String,
    name: String,
    origins: Vec<String>,
    #[serde(default)]
    require_consent: bool,
    unmarked: Option<String>,
    partly_marked: Option<String>,
    nudge_when: Option<String>,
    lane: Option<String>,
}

impl Raw {
    fn check(self) -> Result<Config, String> {
        let listen = address("server.listen", &self.server.listen)?;
        let demo_listen = match self.server.demo_listen.as_str() {
            "" => None,
            text => Some(address("server.demo_listen", text)?),
        };
        let public_url = match self.server.public_url.trim_end_matches('/') {
            "" => format!("http://{listen}"),
            text if origin_of(text).is_some() => text.to_owned(),
            text => return Err(format!("server.public_url {text:?} is no http(s) address")),
        };
        let mut sites = self
            .site
            .into_iter()
            .map(|site| site.check(&self.policy))
            .collect::<Result<Vec<_>, _>>()?;
        if let Some(demo) = demo_listen {
            sites.push(demo_site(demo, self.policy.check()?));
        }
        let time_zone = TimeZone::get(&self.cleanup.time_zone)
            .map_err(|error| format!("cleanup.time_zone: {error}"))?;
        Ok(Config {
            listen,
            demo_listen,
            public_url,
            trusted_proxies: networks(&self.server.trusted_proxies)?,
            workers: Some(self.server.workers).filter(|workers| *workers > 0),
            store_url: self.store.url,
            limits: Limits {
                name: self.comment.max_name,
                body: self.comment.max_body,
            },
            posts_per_minute: self.limits.posts_per_minute,
            assessments_per_minute: self.limits.assessments_per_minute,
            logins_per_minute: self.limits.logins_per_minute,
            session: self.session,
            cleanup_schedule: schedule(&self.cleanup)?,
            cleanup_batch: self.cleanup.batch.max(1),
            time_zone,
            retention: self.retention,
            log_level: self.log.level,
            log_json: match self.log.format.as_str() {
                "text" => false,
                "json" => true,
                other => return Err(format!("log.format {other:?} is neither text nor json")),
            },
            sites,
        })
    }
}

impl RawSite {
    fn check(self, policy: &RawPolicy) -> Result<Site, String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if self.id.is_empty() || !self.id.chars().all(plain) {
            return Err(format!(
                "site id {:?} must be of letters, digits, - and _",
                self.id
            ));
        }
        for origin in &self.origins {
            if origin_of(origin).as_ref() != Some(origin) {
                return Err(format!(
                    "site {}: origin {origin:?} must be like https://bao.example: scheme, host \
                     and port alone",
                    self.id
                ));
            }
        }
        Ok(Site {
            id: self.id,
            name: self.name,
            origins: self.origins,
            require_consent: self.require_consent,
            policy: RawPolicy {
                unmarked: self.unmarked.unwrap_or_else(|| policy.unmarked.clone()),
                partly_marked: self
                    .partly_marked
                    .unwrap_or_else(|| policy.partly_marked.clone()),
                nudge_when: self.nudge_when.unwrap_or_else(|| policy.nudge_when.clone()),
                lane: self.lane.unwrap_or_else(|| policy.lane.clone()),
            }
            .check()?,
        })
    }
}

impl RawPolicy {
    fn check(&self) -> Result<Policy, String> {
        let named = |key: &'static str| move |error: String| format!("policy.{key}: {error}");
        Ok(Policy {
            unmarked: self.unmarked.parse().map_err(named("unmarked"))?,
            partly_marked: self.partly_marked.parse().map_err(named("partly_marked"))?,
            nudge_when: self.nudge_when.parse().map_err(named("nudge_when"))?,
            lane: self.lane.parse().map_err(named("lane"))?,
        })
    }
}

/// The site of the demo article pages, at the address they are served from.
fn demo_site(listen: SocketAddr, policy: Policy) -> Site {
    Site {
        id: DEMO_SITE.into(),
        name: "Báo Sông Hậu".into(),
        origins: vec![
            format!("http://{listen}"),
            format!("http://localhost:{}", listen.port()),
        ],
        require_consent: false,
        policy,
    }
}

fn address(key: &str, text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_not_one| format!("{key} {text:?} is no address like 127.0.0.1:8080"))
}

fn networks(texts: &[String]) -> Result<Vec<IpNet>, String> {
    let network = |text: &String| {
        text.parse()
            .or_else(|_no_network| text.parse::<IpAddr>().map(IpNet::from))
            .map_err(|_not_one| format!("server.trusted_proxies: {text:?} is no network"))
    };
    texts.iter().map(network).collect()
}

/// The schedule with its zone, as the cron library reads it.
fn schedule(cleanup: &RawCleanup) -> Result<Option<String>, String> {
    if cleanup.schedule.trim().is_empty() {
        return Ok(None);
    }
    let zoned = format!("{} {}", cleanup.schedule.trim(), cleanup.time_zone);
    match cronexpr::parse_crontab(&zoned) {
        Ok(_) => Ok(Some(zoned)),
        Err(error) => Err(format!("cleanup.schedule {:?}: {error}", cleanup.schedule)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let variables = environment
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        Config::load(Some(file), variables.collect::<Vec<_>>())
    }

    #[test]
    fn the_defaults_alone_are_a_configuration_with_a_demo_site() {
        let config = Config::load(None, []).unwrap();
        assert_eq!(config.public_url, "http://127.0.0.1:8080");
        assert!(config.sites[0].lists_origin("http://127.0.0.1:8081"));
        assert_eq!(
            config.cleanup_schedule.as_deref(),
            Some("15 3 * * * Asia/Ho_Chi_Minh")
        );
    }

    #[test]
    fn the_environment_goes_before_the_file_and_the_file_before_the_defaults() {
        let config = load(
            "[comment]\nmax_name = 5\nmax_body = 6\n[server]\ndemo_listen = ''",
            &[
                ("CODAU__COMMENT__MAX_BODY", "7"),
                ("CODAU__SERVER__TRUSTED_PROXIES", "10.0.0.1, ::1"),
            ],
        )
        .unwrap();
        assert_eq!((config.limits.name, config.limits.body), (5, 7));
        assert_eq!(config.trusted_proxies.len(), 2);
        assert!(config.sites.is_empty());
    }

    #[test]
    fn the_example_file_is_a_configuration() {
        let config = load(include_str!("../config/example.toml"), &[]).unwrap();
        assert_eq!(config.sites[0].id, "songhau");
    }

    #[test]
    fn a_misspelt_setting_is_refused_with_the_one_that_was_meant() {
        let file = load("[retention]\nreject_days = 3", &[]).unwrap_err();
        assert!(file.contains("retention.rejected_days"), "{file}");
        let variable = load("", &[("CODAU__SERVER__LISTN", "x")]).unwrap_err();
        assert!(variable.contains("server.listen"), "{variable}");
        let site = load(
            "[[site]]\nid='a'\nname='A'\norigin=['https://a.example']",
            &[],
        );
        assert!(site.unwrap_err().contains("origin"));
    }

    #[test]
    fn a_value_that_makes_no_sense_is_refused_with_its_name() {
        for (file, name) in [
            ("[server]\nlisten = 'here'", "server.listen"),
            ("[cleanup]\nschedule = 'often'", "cleanup.schedule"),
            ("[cleanup]\ntime_zone = 'Asia/Nowhere'", "cleanup.time_zone"),
            (
                "[[site]]\nid='a'\nname='A'\norigins=['https://a.example/']",
                "https://a.example/",
            ),
            ("[log]\nformat = 'xml'", "log.format"),
            ("[policy]\nunmarked = 'refuse'", "policy.unmarked"),
        ] {
            let error = load(file, &[]).unwrap_err();
            assert!(error.contains(name), "{error}");
        }
    }
}
