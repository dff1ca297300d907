//! `codau backup`: a copy of the database that can be restored, and putting one back.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::config::Config;
use crate::exchange::backup;
use crate::server::clock;
use crate::store;

/// Copy the database, while the service runs or not.
///
/// The copy is checked (pages, the chain of decisions, every count) and on disk before it gets its
/// name, codau-YYYYMMDDTHHMMSSZ.db; the newest few are kept.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct BackupArgs {
    #[command(subcommand)]
    command: Option<BackupCommand>,
    /// Folder to copy into, instead of the setting backup.folder
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Copies to keep there, instead of the setting backup.keep
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    keep: Option<u16>,
}

#[derive(Subcommand, Debug)]
enum BackupCommand {
    /// Put a backup in the place of the database; the service must be stopped
    ///
    /// The database before is kept beside it. A file that is damaged, or of a later version, is
    /// refused, and nothing changes.
    Restore {
        /// The backup
        file: PathBuf,
    },
}

/// Carries a command out.
///
/// # Errors
/// A sentence for the operator.
pub fn run(config: &Config, arguments: &BackupArgs) -> Result<(), String> {
    let lines = match &arguments.command {
        None => back_up(config, arguments)?,
        Some(BackupCommand::Restore { file }) => {
            let mark = clock().strftime("%Y%m%dT%H%M%SZ").to_string();
            let before = store::replace(&config.store_url, file, &mark)?;
            let kept = before.map(|before| format!("The one before is {}.\n", before.display()));
            format!("{} is restored.\n{}", file.display(), kept.unwrap_or_default())
        }
    };
    io::stdout().write_all(lines.as_bytes()).map_err(|error| error.to_string())
}

fn back_up(config: &Config, arguments: &BackupArgs) -> Result<String, String> {
    let folder = arguments.to.clone().or_else(|| config.backup.folder.clone());
    let folder = folder.ok_or("say with --to where the backup goes")?;
    let keep = arguments.keep.map_or(config.backup.keep, usize::from);
    let made = backup::back_up(&config.store_url, &folder, keep, clock())?;
    Ok(format!(
        "{}: {} comments, {} decisions, {} bytes, checked\n",
        made.file.display(),
        made.verified.comments,
        made.verified.decisions,
        made.bytes
    ))
}
