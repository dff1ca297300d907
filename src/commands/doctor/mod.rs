//! `codau doctor`: what is wrong with the settings and the machine, and what to do about it.

mod machine;
mod settings;

use std::io::{self, Write};

use clap::Args;

use crate::config::Config;
use crate::server::clock;

/// Say what is wrong with origins, addresses, proxies, clock, disk, database and scripts
///
/// Changes nothing, and may run beside the service. A line each: ok, note (to be looked at) or
/// FAULT (to be mended), with what to do. It fails if there is a fault.
#[derive(Args, Debug)]
pub struct DoctorArgs {
    /// Addresses of article pages, to be told which newspaper may use the service there
    pages: Vec<String>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Degree {
    Ok,
    Note,
    Fault,
}

/// Something that was looked at, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    degree: Degree,
    /// What was looked at.
    about: &'static str,
    sentence: String,
}

impl Finding {
    fn ok(about: &'static str, sentence: impl Into<String>) -> Finding {
        Finding { degree: Degree::Ok, about, sentence: sentence.into() }
    }

    fn note(about: &'static str, sentence: impl Into<String>) -> Finding {
        Finding { degree: Degree::Note, about, sentence: sentence.into() }
    }

    fn fault(about: &'static str, sentence: impl Into<String>) -> Finding {
        Finding { degree: Degree::Fault, about, sentence: sentence.into() }
    }
}

/// Looks at everything and prints a line for each thing.
///
/// # Errors
/// How many faults there are.
pub fn run(config: &Config, arguments: &DoctorArgs) -> Result<(), String> {
    let mut findings = settings::look(config);
    findings.extend(arguments.pages.iter().map(|page| settings::page(config, page)));
    findings.extend(machine::look(config, clock()));
    let mut out = io::stdout().lock();
    for Finding { degree, about, sentence } in &findings {
        let degree = match degree {
            Degree::Ok => "ok   ",
            Degree::Note => "note ",
            Degree::Fault => "FAULT",
        };
        writeln!(out, "{degree} {about:<9} {sentence}").map_err(|error| error.to_string())?;
    }
    match findings.iter().filter(|finding| finding.degree == Degree::Fault).count() {
        0 => Ok(()),
        1 => Err("one fault".to_owned()),
        count => Err(format!("{count} faults")),
    }
}
