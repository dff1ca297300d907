//! What the machine tells: clock, disk, database, and how much the scripts weigh.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use jiff::Timestamp;

use super::Finding;
use crate::config::Config;
use crate::store;
use crate::web;

/// Seconds that a file's time may be ahead of the clock.
const AHEAD: i64 = 300;
/// Bytes below which the disk is nearly full: the service takes no comments below a sixteenth.
const LITTLE: u64 = 512 << 20;
/// The day before which no clock that is right can be: this was written then.
const WRITTEN: &str = "2026-01-01T00:00:00Z";
/// Bytes that the scripts of article pages may weigh.
const MOST_SCRIPT: usize = 12_000;

pub(super) fn look(config: &Config, now: Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    let file = config.store_url.strip_prefix("sqlite:").map(Path::new);
    let metadata = file.and_then(|file| fs::metadata(file).ok());
    findings.push(clock(config, now, metadata.as_ref()));
    if let Some(file) = file {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        findings.extend(disk(folder.unwrap_or(Path::new(".")), file, metadata.as_ref()));
    }
    findings.push(match file {
        Some(_) => database(config, metadata.is_some()),
        None => Finding::note(
            "database",
            "on a server of its own: its tools say how it is; the service says at its start whether \
             it gets there",
        ),
    });
    findings.push(scripts());
    findings
}

fn clock(config: &Config, now: Timestamp, file: Option<&Metadata>) -> Finding {
    const ABOUT: &str = "clock";
    let local = now.to_zoned(config.time_zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    let written = WRITTEN.parse::<Timestamp>().unwrap_or_default();
    let changed = file.and_then(|file| file.modified().ok());
    let changed = changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let ahead = changed.and_then(|at| i64::try_from(at.as_secs()).ok());
    if now < written || ahead.is_some_and(|at| at - now.as_second() > AHEAD) {
        return Finding::fault(
            ABOUT,
            format!("it is {local} here, which is past: set the clock (timedatectl set-ntp true)"),
        );
    }
    Finding::ok(ABOUT, format!("{local}; look whether that is so"))
}

fn disk(folder: &Path, path: &Path, file: Option<&Metadata>) -> Vec<Finding> {
    const ABOUT: &str = "disk";
    let shown = folder.display();
    let Ok(metadata) = fs::metadata(folder) else {
        return vec![Finding::ok(ABOUT, format!("{shown} is made at the first start"))];
    };
    let mut findings = Vec::new();
    // Opened to be added to, and nothing is.
    let closed = file.is_some() && fs::OpenOptions::new().append(true).open(path).is_err();
    if closed || metadata.permissions().readonly() {
        let sentence = format!("{shown} cannot be written: chown it to who runs the service");
        findings.push(Finding::fault(ABOUT, sentence));
    }
    findings.push(match fs4::available_space(folder) {
        Ok(left) if left < LITTLE => Finding::fault(
            ABOUT,
            format!("{} MB are left in {shown}: make room, comments stop at 32 MB", left >> 20),
        ),
        Ok(left) => Finding::ok(ABOUT, format!("{} MB are left in {shown}", left >> 20)),
        Err(error) => {
            Finding::note(ABOUT, format!("nobody knows what is left in {shown}: {error}"))
        }
    });
    if file.is_some_and(is_open_to_others) {
        findings.push(Finding::note(
            ABOUT,
            "the database holds names, e-mail addresses and password hashes, and every user of this \
             machine may read it: chmod 600 it, and 700 its folder",
        ));
    }
    findings
}

#[cfg(unix)]
fn is_open_to_others(file: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.permissions().mode() & 0o007 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_file: &Metadata) -> bool {
    false
}

fn database(config: &Config, exists: bool) -> Finding {
    const ABOUT: &str = "database";
    if !exists {
        return Finding::ok(ABOUT, format!("{} is made at the first start", config.store_url));
    }
    match store::verify(&config.store_url) {
        Err(sentence) => Finding::fault(ABOUT, sentence),
        Ok(found) if found.faults.is_empty() => Finding::ok(
            ABOUT,
            format!(
                "sound, {}: {} comments, {} decisions",
                store::engine(),
                found.comments,
                found.decisions
            ),
        ),
        Ok(found) => Finding::fault(
            ABOUT,
            format!("{}: restore a backup (codau restore)", found.faults.join("; ")),
        ),
    }
}

fn scripts() -> Finding {
    const ABOUT: &str = "scripts";
    let (packed, plain) = web::widget_weight();
    let sentence = format!("widget.js is served in {packed} bytes, {plain} unpacked");
    if packed > MOST_SCRIPT {
        Finding::fault(ABOUT, sentence)
    } else {
        Finding::ok(ABOUT, sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::Degree;

    fn degrees(config: &Config, now: &str) -> Vec<(&'static str, Degree)> {
        let findings = look(config, now.parse().unwrap());
        findings.into_iter().map(|finding| (finding.about, finding.degree)).collect()
    }

    #[test]
    fn a_clock_behind_the_database_and_a_file_that_is_none_are_faults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("codau.db");
        let settings = format!("[store]\nurl = 'sqlite:{}'", file.display());
        let config = Config::load(Some(&settings), []).unwrap();
        let fresh = degrees(&config, "2026-11-24T00:00:00Z");
        assert!(fresh.iter().all(|(_, degree)| *degree == Degree::Ok), "{fresh:?}");
        let past = degrees(&config, "1970-01-02T00:00:00Z");
        assert!(past.contains(&("clock", Degree::Fault)));
        fs::write(&file, "no database").unwrap();
        let damaged = degrees(&config, "2026-01-02T00:00:00Z");
        assert!(damaged.contains(&("clock", Degree::Fault)), "{damaged:?}");
        assert!(damaged.contains(&("database", Degree::Fault)), "{damaged:?}");
    }
}
