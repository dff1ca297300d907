//! The real binary, as an operator runs it.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;

use super::{SITES, variables};
use crate::database::Database;
use crate::logs::{WRITTEN, told};

fn command(folder: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codau"));
    command
        .env_clear()
        .envs(variables(settings))
        .arg("--config")
        .arg(settings_file(folder))
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A settings file in `folder` with the tests' newspapers and the folder's database.
pub(crate) fn settings_file(folder: &Path) -> PathBuf {
    let path = folder.join("codau.toml");
    let text = format!("[store]\nurl = {:?}\n{SITES}", Database::of(folder).url());
    std::fs::write(&path, text).unwrap();
    path
}

/// Runs `codau` to its end in `folder`, with something on its standard input.
pub(crate) fn codau(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = command(folder, &[]).args(arguments).spawn().unwrap();
    // A command that reads nothing may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// `codau serve` in a process of its own, killed when dropped.
pub(crate) struct Service {
    pub(crate) url: String,
    /// Where its database is.
    folder: PathBuf,
    child: Child,
    /// Hands over all that was written to standard error, at its end.
    log: Option<JoinHandle<String>>,
}

impl Service {
    /// Starts it on a free port and waits until it says that it is there.
    pub(crate) fn start(folder: &Path, settings: &[(&str, &str)]) -> Service {
        let listener = super::listen();
        let address = listener.local_addr().unwrap().to_string();
        drop(listener);
        let own = [
            ("server.listen", address.as_str()),
            ("server.demo_listen", ""),
            ("policy.unmarked", "hold"),
            ("policy.partly_marked", "hold"),
        ];
        let settings = [&own, settings].concat();
        let mut child = command(folder, &settings).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let url = format!("http://{address}");
        let (ready, started) = mpsc::channel();
        let there = format!("{url}/");
        // Read as it is written: a full pipe would stop the service.
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            for line in stderr.lines().map_while(Result::ok) {
                if line.contains(&there) {
                    let _ = ready.send(());
                }
                log.push_str(&line);
                log.push('\n');
            }
            log
        });
        started.recv().expect("the service starts");
        let log = Some(log);
        Service { url, folder: folder.to_owned(), child, log }
    }

    /// Asks it to stop and returns all that it wrote to standard error.
    pub(crate) fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(asked.success());
        let log = self.log.take().unwrap().join().unwrap();
        assert!(self.child.wait().unwrap().success(), "{log}");
        self.check(&log);
        log
    }

    /// Fails if a log has anything in it that people wrote.
    fn check(&self, log: &str) {
        let database = Database::of(&self.folder);
        let rows = WRITTEN.iter().flat_map(|query| database.rows(query)).flatten();
        let told = told(rows, log.as_bytes());
        assert!(told.is_empty(), "in the log: {told:?}");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(log) = self.log.take()
            && !std::thread::panicking()
        {
            self.check(&log.join().unwrap());
        }
    }
}
