//! The `codau` command: subcommands, each one call.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use codau::commands::{backup, cleanup, doctor, exchange, language, moderator, serve, verify};
use codau::config::Config;

/// Có Dấu: the comment desk for Vietnamese newspapers
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// A file with your settings (see config/default.toml)
    #[arg(long, global = true, env = "CODAU_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the service (what happens without a command)
    Serve,
    /// Forget what the retention rules say
    Cleanup {
        /// Only say what would be forgotten
        #[arg(long)]
        dry_run: bool,
    },
    Backup(backup::BackupArgs),
    Verify(verify::VerifyArgs),
    Doctor(doctor::DoctorArgs),
    Export(exchange::ExportArgs),
    Import(exchange::ImportArgs),
    Assess(language::AssessArgs),
    Restore(language::RestoreArgs),
    /// Look after the moderators' accounts
    Moderator {
        #[command(subcommand)]
        command: moderator::ModeratorCommand,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("codau: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), String> {
    let config = || load(arguments.config.as_ref());
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(config()?),
        Command::Cleanup { dry_run } => cleanup::run(&config()?, dry_run),
        Command::Backup(arguments) => backup::run(&config()?, &arguments),
        Command::Verify(arguments) => verify::run(&config()?, &arguments),
        Command::Doctor(arguments) => doctor::run(&config()?, &arguments),
        Command::Export(arguments) => exchange::export(&config()?, &arguments),
        Command::Import(arguments) => exchange::import(&config()?, &arguments),
        Command::Assess(arguments) => {
            language::assess(&arguments).map_err(|error| error.to_string())
        }
        Command::Restore(arguments) => {
            language::restore(&arguments).map_err(|error| error.to_string())
        }
        Command::Moderator { command } => moderator::run(&config()?, command),
    }
}

fn load(path: Option<&PathBuf>) -> Result<Config, String> {
    let text = match path {
        Some(path) => Some(
            std::fs::read_to_string(path)
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?,
        ),
        None => None,
    };
    Config::load(text.as_deref(), std::env::vars())
}
