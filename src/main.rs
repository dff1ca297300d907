//! The `codau` command.

use clap::{Parser, Subcommand};
use codau::commands::language::{self, AssessArgs, RestoreArgs};
use std::process::ExitCode;

#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Assess(AssessArgs),
    Restore(RestoreArgs),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Assess(args) => language::assess(&args),
        Command::Restore(args) => language::restore(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("codau: {error}");
            ExitCode::FAILURE
        }
    }
}
