//! The contract of the store and the whole suite of the service once more, on PostgreSQL: on a
//! server of their own, a database for each test. What is asked of this test is asked of them:
//! `cargo test --test postgres -- some_name`.

#[path = "database/cluster.rs"]
#[allow(dead_code, reason = "the failover test needs more of it")]
mod cluster;

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let asked: Vec<_> = std::env::args().skip(1).collect();
    if cluster::programs().is_none() {
        let all = std::env::var_os("CODAU_TESTS_REQUIRE").is_some_and(|required| required == "all");
        eprintln!("left out: every test on PostgreSQL (it is missing; tests/run installs it)");
        return if all { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    }
    // What is lost when the machine stops is nobody's here.
    let quick = ["fsync=off", "full_page_writes=off", "max_connections=300"];
    let cluster = match cluster::Cluster::start(&quick) {
        Ok(cluster) => cluster,
        Err(error) => {
            eprintln!("PostgreSQL does not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut tests = Command::new(env!("CARGO"));
    tests
        .args(["test", "--locked", "--no-fail-fast", "--test", "store", "--test", "http", "--"])
        .args(asked);
    tests.env("CODAU_TESTS_POSTGRES", cluster.url());
    // What cargo tells this test about itself would have it build everything again for the others.
    for (name, _) in std::env::vars_os() {
        let own =
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_TARGET_TMP"];
        if own.iter().any(|own| name.to_string_lossy().starts_with(own)) {
            tests.env_remove(name);
        }
    }
    tests.env_remove("CARGO_PRIMARY_PACKAGE").env_remove("LD_LIBRARY_PATH");
    let tests = tests.status();
    match tests {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
