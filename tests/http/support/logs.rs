//! What all services of this process write to their log, at a level that tells more than anybody
//! would want, and the look at it when a test is over.

use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::App;
use crate::logs::{WRITTEN, told};

/// Everything that was logged so far.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Everything but what the libraries say that the tests themselves work with.
const LEVEL: &str =
    "debug,codau=trace,reqwest=off,hyper=off,hyper_util=off,html5ever=off,selectors=off";

struct Kept;

impl Write for Kept {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Starts logging, once; how much was logged so far.
pub(super) fn begin() -> usize {
    static STARTED: LazyLock<()> =
        LazyLock::new(|| codau::logs::start_into(LEVEL, false, || Kept).unwrap());
    *STARTED;
    LOG.lock().unwrap_or_else(PoisonError::into_inner).len()
}

impl App {
    /// What was logged since this service was started, by others of this process too.
    pub(crate) fn log(&self) -> Vec<u8> {
        let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
        self.logged.map(|begun| log[begun..].to_vec()).unwrap_or_default()
    }

    /// Shows the errors that were logged, to whoever asks why a test failed.
    pub(super) fn print_errors(&self) {
        let log = self.log();
        let log = String::from_utf8_lossy(&log);
        log.lines().filter(|line| line.contains("ERROR")).for_each(|line| eprintln!("{line}"));
    }

    /// Leaves the log alone from here on: the test has put into it what must not be there.
    pub(crate) fn forget_log(&mut self) {
        self.logged = None;
    }

    /// What people wrote that is in the log: of what the database has, and of what they sent to no
    /// avail.
    pub(crate) fn told_in_log(&self) -> Vec<String> {
        let rows = WRITTEN.iter().flat_map(|query| self.database.rows(query)).flatten();
        let typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        told(rows.chain(typed), &self.log())
    }
}
