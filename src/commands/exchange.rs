//! `codau export` and `codau import`: a whole installation from one database to another.

use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::path::PathBuf;

use clap::Args;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use crate::config::Config;
use crate::exchange::lines;

/// Write the whole installation as lines of JSON
///
/// Comments with their revisions, decisions with their hashes, accounts, rules, reasons, and the
/// secrets that receipt links need. Keep it as you would keep the database.
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// Where to; standard output without one
    file: Option<PathBuf>,
}

/// Fill an empty database with an export
///
/// All of it or nothing; numbers, receipt links and accounts stay as they were.
#[derive(Args, Debug)]
pub struct ImportArgs {
    /// Where from; standard input without one
    file: Option<PathBuf>,
}

/// Runs `codau export`.
///
/// # Errors
/// A sentence for the operator.
pub fn export(config: &Config, args: &ExportArgs) -> Result<(), String> {
    let bar = bar();
    let passed = |lines| bar.set_position(lines);
    let lines = match &args.file {
        Some(path) => {
            let named = |error: io::Error| format!("{}: {error}", path.display());
            let file = File::create_new(path).map_err(named)?;
            let lines = lines::export(&config.store_url, &mut BufWriter::new(&file), &passed)?;
            file.sync_all().map_err(named)?;
            lines
        }
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            lines::export(&config.store_url, &mut out, &passed)?
        }
    };
    bar.finish_and_clear();
    eprintln!("{} lines are written.", HumanCount(lines));
    Ok(())
}

/// Runs `codau import`.
///
/// # Errors
/// A sentence for the operator.
pub fn import(config: &Config, args: &ImportArgs) -> Result<(), String> {
    let bar = bar();
    let passed = |lines| bar.set_position(lines);
    let lines = match &args.file {
        Some(path) => {
            let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
            lines::import(&config.store_url, &mut BufReader::new(file), &passed)?
        }
        None => lines::import(&config.store_url, &mut io::stdin().lock(), &passed)?,
    };
    bar.finish_and_clear();
    eprintln!("{} lines are in the database.", HumanCount(lines));
    Ok(())
}

/// Shows how far it is, where somebody can see it.
fn bar() -> ProgressBar {
    let bar = ProgressBar::no_length();
    match ProgressStyle::with_template("{spinner} {human_pos} lines {per_sec}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
