//! What the command line can do, a file a command.

pub mod backup;
pub mod cleanup;
pub mod doctor;
pub mod exchange;
pub mod language;
pub mod moderator;
pub mod serve;
pub mod verify;

use std::sync::Arc;

use crate::config::Config;
use crate::store::{self, Store};

/// A runtime for a command that asks the store and ends.
fn block_on<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(work)
}

fn open_store(config: &Config) -> Result<Arc<dyn Store>, String> {
    store::open(&config.store_url)
}
