//! `codau verify`: whether a database holds what it should.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::config::Config;
use crate::store;

/// Check the database or a backup: pages, the chain of decisions, what belongs to what, every count
///
/// Changes nothing, and may run beside the service. The hash it prints stands for the whole record
/// of decisions: kept elsewhere, it proves later that nothing was taken from the record's end.
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// A file to check instead of the database in use
    file: Option<PathBuf>,
}

/// Checks, and prints what was found.
///
/// # Errors
/// What is wrong, or a sentence for the operator if that cannot be told.
pub fn run(config: &Config, arguments: &VerifyArgs) -> Result<(), String> {
    let found = match &arguments.file {
        Some(file) => store::verify_file(file)?,
        None => store::verify(&config.store_url)?,
    };
    if !found.faults.is_empty() {
        return Err(found.faults.join("\ncodau: "));
    }
    let mut line = format!("sound: {} comments, {} decisions", found.comments, found.decisions);
    if !found.head.is_empty() {
        line.push_str("; the record ends with ");
        for byte in &found.head {
            let _ = write!(line, "{byte:02x}");
        }
    }
    writeln!(io::stdout(), "{line}").map_err(|error| error.to_string())
}
