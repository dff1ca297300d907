//! The settings as they are written, and what makes them sensible ones.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ipnet::IpNet;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{BackupPlan, Config, DEMO_SITE, Patience, Retention, SessionAge};
use crate::domain::{Limits, Policy, Site, origin_of};

/// Every table of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    server: RawServer,
    store: RawStore,
    comment: RawComment,
    receipt: RawReceipt,
    limits: RawLimits,
    session: SessionAge,
    queue: Patience,
    cleanup: RawCleanup,
    backup: RawBackup,
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
    header_seconds: u64,
    body_seconds: u64,
    answer_seconds: u64,
    reading_seconds: u64,
    connections: usize,
    cache_megabytes: usize,
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
    per_page: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReceipt {
    edit_minutes: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimits {
    posts_per_minute: u32,
    network_posts_per_minute: u32,
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
struct RawBackup {
    schedule: String,
    folder: String,
    keep: usize,
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
    #[serde(default)]
    show_edit: bool,
    #[serde(default)]
    edited_label: bool,
    unmarked: Option<String>,
    partly_marked: Option<String>,
    nudge_when: Option<String>,
    lane: Option<String>,
}

impl Raw {
    /// The configuration, or a sentence that names the setting that makes no sense.
    pub(super) fn check(self) -> Result<Config, String> {
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
            header_patience: Duration::from_secs(self.server.header_seconds.max(1)),
            body_patience: Duration::from_secs(self.server.body_seconds.max(1)),
            answer_patience: Duration::from_secs(self.server.answer_seconds.max(1)),
            reading_patience: Duration::from_secs(self.server.reading_seconds.max(1)),
            connections: self.server.connections.max(1),
            workers: Some(self.server.workers).filter(|workers| *workers > 0),
            cache_bytes: self.server.cache_megabytes << 20,
            backup: self.backup.check(&self.store.url, &self.cleanup.time_zone)?,
            store_url: self.store.url,
            limits: Limits { name: self.comment.max_name, body: self.comment.max_body },
            edit_minutes: self.receipt.edit_minutes,
            comments_per_page: self.comment.per_page.max(1),
            posts_per_minute: self.limits.posts_per_minute,
            network_posts_per_minute: self.limits.network_posts_per_minute,
            assessments_per_minute: self.limits.assessments_per_minute,
            logins_per_minute: self.limits.logins_per_minute,
            session: self.session,
            queue: self.queue,
            cleanup_schedule: schedule(
                "cleanup.schedule",
                &self.cleanup.schedule,
                &self.cleanup.time_zone,
            )?,
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
            return Err(format!("site id {:?} must be of letters, digits, - and _", self.id));
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
            show_edit: self.show_edit,
            edited_label: self.edited_label,
            policy: RawPolicy {
                unmarked: self.unmarked.unwrap_or_else(|| policy.unmarked.clone()),
                partly_marked: self.partly_marked.unwrap_or_else(|| policy.partly_marked.clone()),
                nudge_when: self.nudge_when.unwrap_or_else(|| policy.nudge_when.clone()),
                lane: self.lane.unwrap_or_else(|| policy.lane.clone()),
            }
            .check()?,
        })
    }
}

impl RawBackup {
    fn check(self, store_url: &str, time_zone: &str) -> Result<BackupPlan, String> {
        let file = store_url.strip_prefix("sqlite:").map(Path::new);
        let beside = |file: &Path| file.with_file_name("backups");
        let folder = match self.folder.as_str() {
            "" => file.map(beside),
            folder => Some(PathBuf::from(folder)),
        };
        Ok(BackupPlan {
            schedule: schedule("backup.schedule", &self.schedule, time_zone)?
                .filter(|_| file.is_some()),
            folder,
            keep: self.keep.max(1),
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
        origins: vec![format!("http://{listen}"), format!("http://localhost:{}", listen.port())],
        require_consent: false,
        show_edit: false,
        edited_label: false,
        policy,
    }
}

fn address(key: &str, text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_not_one| format!("{key} {text:?} is no address like 127.0.0.1:8080"))
}

fn networks(texts: &[String]) -> Result<Vec<IpNet>, String> {
    let network = |text: &String| {
        text.parse()
            .or_else(|_no_network| text.parse::<IpAddr>().map(IpNet::from))
            .map_err(|_not_one| format!("server.trusted_proxies: {text:?} is no network"))
    };
    texts.iter().map(network).collect()
}

/// A schedule with its zone, as the cron library reads it.
fn schedule(key: &str, schedule: &str, time_zone: &str) -> Result<Option<String>, String> {
    if schedule.trim().is_empty() {
        return Ok(None);
    }
    let zoned = format!("{} {time_zone}", schedule.trim());
    match cronexpr::parse_crontab(&zoned) {
        Ok(_) => Ok(Some(zoned)),
        Err(error) => Err(format!("{key} {schedule:?}: {error}")),
    }
}
