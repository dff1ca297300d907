//! Settings: `config/default.toml`, then a file, then the environment, into one typed value. A key
//! that does not exist stops the start with the one that was probably meant.

mod layers;
mod raw;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::domain::{Limits, Site};
use raw::Raw;

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
    /// How long a client may take over its headers.
    pub header_patience: Duration,
    /// How long it may take over what follows them.
    pub body_patience: Duration,
    /// How long an answer may take once the request is there.
    pub answer_patience: Duration,
    /// How long a client may take to read its answer.
    pub reading_patience: Duration,
    /// Connections at one time.
    pub connections: usize,
    /// Threads that answer; none: one a core.
    pub workers: Option<usize>,
    /// Bytes of finished threads in memory at most.
    pub cache_bytes: usize,
    /// The store's address.
    pub store_url: String,
    /// How much a reader may send.
    pub limits: Limits,
    /// Minutes for which a reader may send another text while the first waits.
    pub edit_minutes: u32,
    /// Comments on one page of a thread, replies aside.
    pub comments_per_page: usize,
    /// Comments a minute from one address; 0: any number.
    pub posts_per_minute: u32,
    /// Comments a minute from the network around an address; 0: any number.
    pub network_posts_per_minute: u32,
    /// Live checks a minute from one address; 0: any number.
    pub assessments_per_minute: u32,
    /// Attempts to log in a minute, from one address and for one name; 0: any number.
    pub logins_per_minute: u32,
    /// How long a session lasts.
    pub session: SessionAge,
    /// What counts as having waited long.
    pub queue: Patience,
    /// When the cleanup runs by itself, with its time zone; none: never.
    pub cleanup_schedule: Option<String>,
    /// Things forgotten in one transaction.
    pub cleanup_batch: usize,
    /// Where and when backups are made.
    pub backup: BackupPlan,
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

/// Where and when backups are made.
#[derive(Debug, Clone)]
pub struct BackupPlan {
    /// When, by itself, with its time zone; none: never.
    pub schedule: Option<String>,
    /// The folder; none where the database is no file that we could copy.
    pub folder: Option<PathBuf>,
    /// How many are kept.
    pub keep: usize,
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

/// What counts as having waited long.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patience {
    /// Hours after which a comment is old.
    pub old_hours: u32,
    /// Days before it expires from which on it is about to.
    pub expiring_days: u32,
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
        let merged = layers::merge(file, environment)?;
        let raw: Raw = merged.try_deserialize().map_err(|error| error.to_string())?;
        raw.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let variables = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        Config::load(Some(file), variables.collect::<Vec<_>>())
    }

    #[test]
    fn the_defaults_alone_are_a_configuration_with_a_demo_site() {
        let config = Config::load(None, []).unwrap();
        assert_eq!(config.public_url, "http://127.0.0.1:8080");
        assert!(config.sites[0].lists_origin("http://127.0.0.1:8081"));
        assert_eq!(config.cleanup_schedule.as_deref(), Some("15 3 * * * Asia/Ho_Chi_Minh"));
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
        let config = load(include_str!("../../config/example.toml"), &[]).unwrap();
        assert_eq!(config.sites[0].id, "songhau");
    }

    #[test]
    fn a_misspelt_setting_is_refused_with_the_one_that_was_meant() {
        let file = load("[retention]\nreject_days = 3", &[]).unwrap_err();
        assert!(file.contains("retention.rejected_days"), "{file}");
        let variable = load("", &[("CODAU__SERVER__LISTN", "x")]).unwrap_err();
        assert!(variable.contains("server.listen"), "{variable}");
        let site = load("[[site]]\nid='a'\nname='A'\norigin=['https://a.example']", &[]);
        assert!(site.unwrap_err().contains("origin"));
    }

    #[test]
    fn a_value_that_makes_no_sense_is_refused_with_its_name() {
        for (file, name) in [
            ("[server]\nlisten = 'here'", "server.listen"),
            ("[cleanup]\nschedule = 'often'", "cleanup.schedule"),
            ("[cleanup]\ntime_zone = 'Asia/Nowhere'", "cleanup.time_zone"),
            ("[[site]]\nid='a'\nname='A'\norigins=['https://a.example/']", "https://a.example/"),
            ("[log]\nformat = 'xml'", "log.format"),
            ("[policy]\nunmarked = 'refuse'", "policy.unmarked"),
        ] {
            let error = load(file, &[]).unwrap_err();
            assert!(error.contains(name), "{error}");
        }
    }
}
