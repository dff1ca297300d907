//! `codau cleanup`: what the retention rules say, now.

use std::io::{self, Write};

use crate::cleanup;
use crate::commands::{block_on, open_store};
use crate::config::Config;
use crate::server::clock;

/// Runs the cleanup, or with `dry_run` says what it would do, and prints a line a sweep.
///
/// # Errors
/// A sentence for the operator: the store cannot be opened or failed.
pub fn run(config: &Config, dry_run: bool) -> Result<(), String> {
    let store = open_store(config)?;
    let now = clock();
    let cutoffs = cleanup::cutoffs(&config.retention, config.session.idle_minutes, now);
    let swept = block_on(async {
        let swept = if dry_run {
            cleanup::rehearse(store.as_ref(), &cutoffs).await
        } else {
            cleanup::run(store.as_ref(), &cutoffs, config.cleanup_batch, now).await
        };
        swept.map_err(|error| error.to_string())
    })?;
    let mut out = io::stdout().lock();
    for swept in swept {
        let cutoff = swept.cutoff.to_zoned(config.time_zone.clone()).strftime("%Y-%m-%d %H:%M");
        let verb = if dry_run { "would touch" } else { "touched" };
        writeln!(out, "{:<16} {verb} {} (before {cutoff})", swept.sweep.as_str(), swept.count)
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}
