//! The service from outside: a real server on a port of its own with a database of its own, spoken
//! to as readers, article pages, moderators and operators do.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[path = "../database/mod.rs"]
#[allow(dead_code, reason = "the store's own tests need more of it")]
mod database;
#[path = "../logs/mod.rs"]
mod logs;
mod support;

mod story;

// Readers and article pages
mod answers;
mod feeds;
mod floods;
mod nudging;
mod own;
mod pages;
mod receipts;
mod refusals;
mod replies;
mod sharing;
mod sizes;
mod staff;
mod submitting;
mod themes;
mod threads;

// The desk
mod api;
mod bulks;
mod changing;
mod conflicts;
mod cross_site;
mod decisions;
mod editing;
mod events;
mod lanes;
mod lists;
mod login;
mod reasons;
mod rules;
mod sessions;

// What must hold everywhere
mod described;
mod doctor;
mod finished;
mod framing;
mod guessing;
mod headers;
mod hostile;
mod injection;
mod instances;
mod operating;
mod patience;
mod payloads;
mod proxies;
mod redirects;
mod requests;
mod scheduled;
mod secrecy;
mod surface;
mod unavailable;
mod ways;
