//! What was acknowledged is there: after a kill in the middle of the load, after a stop, in every
//! backup, and under more load than can be carried or for as long as one likes.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what is wrong by failing")]

mod backups;
mod faults;
mod kills;
mod load;
mod million;
mod order;
mod overload;
#[allow(dead_code, reason = "the browser tests need more of it")]
#[path = "../process/mod.rs"]
mod process;
mod restores;
mod soak;
mod stops;
mod traced;
