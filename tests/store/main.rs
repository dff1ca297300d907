//! The contract of a store, held by every database: each test opens a store of its own through
//! [`support::opened`], the one place that knows which there are.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

mod decisions;
mod inserting;
mod moderators;
mod own;
mod queue;
mod record;
mod sweeping;
mod tally;
mod threads;
mod views;
