//! The contract of a store, held by every database: each test opens a store of its own through
//! [`support::opened`], on the database that [`database::Database`] chooses.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../database/mod.rs"]
#[allow(dead_code, reason = "the tests of the service need more of it")]
mod database;
mod support;

mod authors;
mod bulks;
mod claims;
mod decisions;
mod exchanging;
mod inserting;
mod instances;
mod jobs;
mod moderators;
mod own;
mod queue;
mod rate_limits;
mod reasons;
mod record;
mod rules;
mod sweeping;
mod tally;
mod threads;
mod tokens;
mod upgrading;
mod verifying;
mod views;
