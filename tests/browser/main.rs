//! The real program in a real browser: what a reader and a moderator see and do.
//!
//! They need Debian's `chromium-driver`, and some of them the npm packages `axe-core` and
//! `html-validate`; `tests/run` installs all. Without them a plain `cargo test` says what it leaves
//! out.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what is wrong by failing")]

mod audit;
mod bulk;
mod editing;
mod embedding;
mod faces;
mod forms;
mod hostile;
mod keys;
mod live;
mod nudge;
#[allow(dead_code, reason = "the tests of the service need more of it")]
#[path = "../http/payloads.rs"]
mod payloads;
#[allow(dead_code, reason = "the crash test needs more of it")]
#[path = "../process/mod.rs"]
mod process;
mod receipt;
mod story;
mod support;
mod thread;
mod typing;
mod widget;
