//! nginx and haproxy in front of a service, as newsrooms have them, sharing their connections to it.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::App;

/// A running proxy, stopped when dropped.
pub(crate) struct Proxy {
    pub(crate) address: String,
    child: Child,
    _folder: TempDir,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// nginx; nothing, and a word about it, where it is not installed.
pub(crate) fn nginx(app: &App) -> Option<Proxy> {
    let settings = "daemon off; master_process off; pid FOLDER/pid; error_log FOLDER/error.log;
events { worker_connections 64; }
http {
    access_log off;
    client_body_temp_path FOLDER/a; proxy_temp_path FOLDER/b; fastcgi_temp_path FOLDER/c;
    uwsgi_temp_path FOLDER/d; scgi_temp_path FOLDER/e;
    upstream codau { server SERVICE; keepalive 4; }
    server {
        listen LISTEN;
        location / {
            proxy_pass http://codau;
            proxy_http_version 1.1;
            proxy_set_header Connection \"\";
            proxy_set_header X-Forwarded-For $remote_addr;
        }
    }
}";
    start(app, settings, &["nginx", "-p", "FOLDER", "-c", "FOLDER/settings"])
}

/// haproxy, likewise.
pub(crate) fn haproxy(app: &App) -> Option<Proxy> {
    let settings = "defaults
    mode http
    http-reuse always
    timeout connect 5s
    timeout client 5s
    timeout server 5s
frontend readers
    bind LISTEN
    default_backend codau
backend codau
    option forwardfor
    retry-on all-retryable-errors
    server codau SERVICE
";
    start(app, settings, &["haproxy", "-db", "-q", "-f", "FOLDER/settings"])
}

fn start(app: &App, settings: &str, command: &[&str]) -> Option<Proxy> {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let filled = |text: &str| {
        text.replace("FOLDER", folder.path().to_str().unwrap())
            .replace("LISTEN", &free)
            .replace("SERVICE", app.url.trim_start_matches("http://"))
    };
    std::fs::write(folder.path().join("settings"), filled(settings)).unwrap();
    let spawn = |program: &str| {
        let mut proxy = Command::new(program);
        proxy.args(command[1..].iter().map(|word| filled(word))).stderr(Stdio::null()).spawn()
    };
    // Debian keeps them where only root looks.
    let proxy = spawn(command[0]).or_else(|_| spawn(&format!("/usr/sbin/{}", command[0])));
    let Ok(child) = proxy else {
        let required = std::env::var_os("CODAU_TESTS_REQUIRE").is_some();
        assert!(!required, "{} is missing", command[0]);
        eprintln!("left out: {} is missing", command[0]);
        return None;
    };
    let proxy = Proxy { address: free, child, _folder: folder };
    let begun = Instant::now();
    while TcpStream::connect(&proxy.address).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{} does not listen", command[0]);
        std::thread::yield_now();
    }
    Some(proxy)
}
