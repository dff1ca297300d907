//! The program under `strace`, which counts its system calls and makes one of them fail.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::process::run_under;

/// System calls that change what is on disk.
pub(crate) const WRITING: &str = "openat,pwrite64,write,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,\
     unlink,unlinkat";

/// Whether processes can be traced here; says so and gives false where they cannot, unless
/// everything must be run.
pub(crate) fn can_trace() -> bool {
    let mut tracer = Command::new("strace");
    tracer.args(["-f", "-e", "trace=none", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    if tracer.status().is_ok_and(|status| status.success()) {
        return true;
    }
    let required = std::env::var_os("CODAU_TESTS_REQUIRE").is_some();
    assert!(!required, "strace is missing, or ptrace is not allowed here");
    eprintln!("left out: strace is missing, or ptrace is not allowed here");
    false
}

/// `strace` with these options, writing to `log`; the program stays our own child.
pub(crate) fn traced<'a>(options: &[&'a str], log: &'a str) -> Vec<&'a str> {
    [&["strace", "-D", "-f", "-qq", "-o", log], options].concat()
}

/// Runs the program in `folder`, killed at the moment of its `number`th call of the `kind`
/// (a list of system calls).
pub(crate) fn killed_at(folder: &Path, kind: &str, number: u32, arguments: &[&str]) -> Output {
    let trace = format!("trace={kind}");
    let inject = format!("inject={kind}:signal=KILL:when={number}");
    let tool =
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", trace.as_str(), "-e", inject.as_str()];
    run_under(&tool, folder, arguments)
}
