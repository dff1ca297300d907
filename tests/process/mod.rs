//! The real `codau`, as a process of its own.

#[path = "../logs/mod.rs"]
mod logs;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

/// Longest wait for anything that the service does.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_codau");
/// Longest wait for a line of a log whose service has ended.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// How often a start is tried again, should somebody else take the port in the meantime.
const STARTS: usize = 5;

/// A service that runs, on ports that the kernel chose. It is killed when this is dropped; its test
/// fails then if its log has anything in it that people wrote.
pub(crate) struct Service {
    child: Child,
    /// Where its database is.
    folder: PathBuf,
    /// What was read of its log.
    log: String,
    /// The lines it writes to standard error.
    lines: Receiver<String>,
    /// Its address, without a slash at its end.
    pub(crate) url: String,
    /// The address of the demo's article pages, likewise.
    pub(crate) demo: String,
}

/// What a process takes of the machine, sizes in MB.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) resident: u64,
    pub(crate) most_resident: u64,
    pub(crate) files: usize,
}

impl Service {
    /// Starts the service on the database in `folder` and waits until it answers.
    pub(crate) fn start(folder: &Path, settings: &[(&str, &str)]) -> Service {
        for _ in 0..STARTS {
            if let Some(service) = Service::start_under(&[], folder, settings) {
                return service;
            }
        }
        panic!("the service did not start");
    }

    /// The same with something in front of the program (or nothing), which may not let it come up.
    pub(crate) fn start_under(
        tool: &[&str],
        folder: &Path,
        settings: &[(&str, &str)],
    ) -> Option<Service> {
        let [listen, demo] = free_addresses();
        let url = format!("http://{listen}");
        let mut child = command_under(tool, folder)
            .env("CODAU__SERVER__LISTEN", &listen)
            .env("CODAU__SERVER__DEMO_LISTEN", &demo)
            .env("CODAU__SERVER__PUBLIC_URL", &url)
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        let errors = child.stderr.take().expect("standard error is piped");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let (demo, folder, log) = (format!("http://{demo}"), folder.to_owned(), String::new());
        let mut service = Service { child, folder, log, lines, url, demo };
        service.line_with("A demo article page is at")?;
        assert!(!tool.is_empty() || healthy(&listen), "the service at {listen} is not healthy");
        Some(service)
    }

    /// The link that makes the first admin.
    pub(crate) fn setup_link(&mut self) -> String {
        let line = self.line_with("/moderation/setup?token=");
        line.expect("a link for the first admin").trim().to_owned()
    }

    /// The next line of its log with `part` in it; none if the service has ended.
    pub(crate) fn line_with(&mut self, part: &str) -> Option<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let next = self.lines.recv_timeout(left);
            self.log.extend(next.iter().flat_map(|line| [line.as_str(), "\n"]));
            match next {
                Ok(line) if line.contains(part) => return Some(line),
                Ok(line) => eprintln!("service: {line}"),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return None,
                Err(timeout) => panic!("no line with {part:?}: {timeout}"),
            }
        }
    }

    /// What it takes of the machine now.
    pub(crate) fn taken(&self) -> Taken {
        let folder = Path::new("/proc").join(self.child.id().to_string());
        let status = std::fs::read_to_string(folder.join("status")).expect("its status");
        let size = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let size = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
            size.expect("a size in kB") / 1024
        };
        let files = std::fs::read_dir(folder.join("fd")).expect("its files").count();
        Taken { resident: size("VmRSS:"), most_resident: size("VmHWM:"), files }
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("it has ended");
    }

    /// Asks it to stop, as an operator's `kill` does.
    pub(crate) fn ask_to_stop(&self) {
        self.signal("-TERM");
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill can be run").success());
    }

    /// Waits until it has ended by itself.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        // The log ends when the process does.
        assert_eq!(self.line_with("no line is like this"), None);
        self.child.wait().expect("its status")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Ok(Some(status)) = self.child.try_wait() {
            eprintln!("service: has ended before, {status}");
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        // What is behind the end of the process is behind the last line, if nobody else holds it.
        while let Ok(line) = self.lines.recv_timeout(LAST_WORDS) {
            eprintln!("service: {line}");
            self.log.extend([line.as_str(), "\n"]);
        }
        if !std::thread::panicking() {
            let told = logs::told(written(&self.folder.join("codau.db")), self.log.as_bytes());
            assert!(told.is_empty(), "in the log: {told:?}");
        }
    }
}

/// What people wrote, as far as a database can be read: tests break some, and some are elsewhere.
fn written(file: &Path) -> Vec<String> {
    let Ok(database) = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY) else {
        return Vec::new();
    };
    let read = |query: &str| -> rusqlite::Result<Vec<String>> {
        let mut query = database.prepare(query)?;
        let columns = query.column_count();
        let (mut rows, mut texts) = (query.query([])?, Vec::new());
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                texts.extend(row.get::<_, Option<String>>(column)?);
            }
        }
        Ok(texts)
    };
    logs::WRITTEN.iter().flat_map(|query| read(query).unwrap_or_default()).collect()
}

/// Adds a moderator to the database in `folder`, by the command that operators use.
pub(crate) fn add_moderator(folder: &Path, name: &str, password: &str) {
    let mut child = command(folder)
        .args(["moderator", "add", name])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program can be run");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    writeln!(stdin, "{password}").expect("the password can be written");
    drop(stdin);
    assert!(child.wait().expect("its status").success());
}

/// Runs the program to its end in `folder`, with something in front of it (or nothing).
pub(crate) fn run_under(tool: &[&str], folder: &Path, arguments: &[&str]) -> Output {
    let mut command = command_under(tool, folder);
    let output = command.args(arguments).stdin(Stdio::null()).output();
    output.expect("the program can be run")
}

/// The program in `folder`, which its database is in, with nothing of our environment.
fn command(folder: &Path) -> Command {
    command_under(&[], folder)
}

/// The same with something in front of it.
fn command_under(tool: &[&str], folder: &Path) -> Command {
    let mut words = tool.iter().copied().chain([PROGRAM]);
    let mut command = Command::new(words.next().unwrap_or(PROGRAM));
    command.args(words).current_dir(folder).env_clear();
    command.env("CODAU__STORE__URL", "sqlite:codau.db");
    command
}

/// Two addresses that nobody listens on.
fn free_addresses() -> [String; 2] {
    // Both are held before either is given back, so that they differ.
    let held = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    held.map(|listener| listener.local_addr().expect("its address").to_string())
}

/// Whether `/healthz` says that all is well.
fn healthy(address: &str) -> bool {
    let answer = || -> std::io::Result<String> {
        let mut connection = TcpStream::connect(address)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        write!(
            connection,
            "GET /healthz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        Ok(answer)
    };
    answer().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
