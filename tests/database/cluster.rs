//! A PostgreSQL server of the tests' own, on a socket in a folder of its own.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// The password of every server here; it must never show.
pub(crate) const PASSWORD: &str = "canary-mật-khẩu";

/// Where PostgreSQL's programs are, if it is installed: Debian keeps them out of the way.
pub(crate) fn programs() -> Option<PathBuf> {
    let has = |folder: &PathBuf| folder.join("initdb").exists();
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<_> = installed.map(|entry| entry.path().join("bin")).filter(has).collect();
    found.sort();
    found.pop()
}

/// A server that runs; stopped and removed when this ends, however it ends.
pub(crate) struct Cluster {
    programs: PathBuf,
    /// Holds the data, and the socket.
    folder: PathBuf,
    /// Stops the server once we are gone: its standard input ends with us.
    guard: Child,
}

impl Cluster {
    /// Makes a cluster and starts its server.
    pub(crate) fn start(settings: &[&str]) -> io::Result<Cluster> {
        let programs = programs().ok_or(io::ErrorKind::NotFound)?;
        let folder = TempDir::new()?.keep();
        hand_over(&folder)?;
        let password = folder.join("password");
        std::fs::write(&password, PASSWORD)?;
        hand_over(&password)?;
        let made = as_somebody(&programs.join("initdb"))
            .args(["--pgdata", &path(&folder, "data"), "--username=codau", "--encoding=UTF8"])
            .args(["--locale=C.UTF-8", "--auth=scram-sha-256", "--no-sync", "--no-instructions"])
            .args(["--pwfile", &path(&folder, "password")])
            .current_dir(&folder)
            .stdout(Stdio::null())
            .status()?;
        assert!(made.success(), "a cluster can be made");
        let cluster = Cluster::of(programs, folder)?;
        cluster.up(settings);
        Ok(cluster)
    }

    fn of(programs: PathBuf, folder: PathBuf) -> io::Result<Cluster> {
        let script = "read _; \"$0\" -D \"$1/data\" -m immediate -s stop; rm -rf \"$1\"";
        let guard = as_somebody(Path::new("sh"))
            .args(["-c", script])
            .args([programs.join("pg_ctl"), folder.clone()])
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Cluster { programs, folder, guard })
    }

    /// Starts the server and waits until it answers.
    fn up(&self, settings: &[&str]) {
        let mut options = format!("-k {} -c listen_addresses=", self.folder.display());
        for setting in settings {
            options.push_str(&format!(" -c {setting}"));
        }
        let started = as_somebody(&self.programs.join("pg_ctl"))
            .args(["-D", &path(&self.folder, "data"), "-l", &path(&self.folder, "log")])
            .args(["-o", &options, "-w", "-s", "start"])
            .current_dir(&self.folder)
            .status();
        let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        assert!(started.is_ok_and(|status| status.success()), "{}", log());
    }

    /// A standby of this server, with everything that is in it.
    pub(crate) fn standby(&self) -> io::Result<Cluster> {
        let folder = TempDir::new()?.keep();
        hand_over(&folder)?;
        let copied = as_somebody(&self.programs.join("pg_basebackup"))
            .args(["-h", &self.folder.display().to_string(), "-U", "codau", "-R", "-c", "fast"])
            .args(["-D", &path(&folder, "data"), "--no-sync"])
            .env("PGPASSWORD", PASSWORD)
            .current_dir(&folder)
            .status()?;
        assert!(copied.success(), "a standby can be made");
        let cluster = Cluster::of(self.programs.clone(), folder)?;
        cluster.up(&[]);
        Ok(cluster)
    }

    /// Has the server read its settings again, with these changed.
    pub(crate) fn reload(&self, settings: &[(&str, &str)]) {
        let file = self.folder.join("data/postgresql.auto.conf");
        let mut text = std::fs::read_to_string(&file).unwrap_or_default();
        for (name, value) in settings {
            text.push_str(&format!("{name} = '{value}'\n"));
        }
        assert!(std::fs::write(&file, text).is_ok(), "its settings can be changed");
        let done = as_somebody(&self.programs.join("pg_ctl"))
            .args(["-D", &path(&self.folder, "data"), "-s", "reload"])
            .current_dir(&self.folder)
            .status();
        assert!(done.is_ok_and(|status| status.success()));
    }

    /// Ends the server in the middle of whatever it does.
    pub(crate) fn kill(&self) {
        let file = self.folder.join("data/postmaster.pid");
        let file = std::fs::read_to_string(file).unwrap_or_default();
        let process = file.lines().next().unwrap_or_default();
        let killed = Command::new("kill").args(["-KILL", process]).status();
        assert!(killed.is_ok_and(|status| status.success()));
    }

    /// Makes a standby the primary.
    pub(crate) fn promote(&self) {
        let promoted = as_somebody(&self.programs.join("pg_ctl"))
            .args(["-D", &path(&self.folder, "data"), "-w", "-s", "promote"])
            .current_dir(&self.folder)
            .status();
        assert!(promoted.is_ok_and(|status| status.success()), "the standby is promoted");
    }

    /// The address of its own database.
    pub(crate) fn url(&self) -> String {
        Cluster::url_of(&[self])
    }

    /// The address of whichever of these takes writes.
    pub(crate) fn url_of(clusters: &[&Cluster]) -> String {
        let password: String = url::form_urlencoded::byte_serialize(PASSWORD.as_bytes()).collect();
        let hosts: Vec<_> =
            clusters.iter().map(|one| format!("host={}", one.folder.display())).collect();
        format!("postgres://codau:{password}@/postgres?{}", hosts.join("&"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// A command, as a user that PostgreSQL runs for: it refuses to for root.
fn as_somebody(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        return command;
    }
    Command::new(program)
}

/// Gives a file to that user.
pub(crate) fn hand_over(file: &Path) -> io::Result<()> {
    if is_root() {
        assert!(Command::new("chown").arg("postgres").arg(file).status()?.success());
    }
    Ok(())
}

fn is_root() -> bool {
    let user = Command::new("id").arg("-u").output();
    user.is_ok_and(|output| output.stdout == b"0\n")
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}
