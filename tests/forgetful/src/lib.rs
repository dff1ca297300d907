//! A disk that forgets: an SQLite VFS that notes every change of a file before the system's own
//! makes it, so that a test can ask what the files may hold after the power failed at any moment.
//!
//! What was written since a file's last sync may be there, be missing, or be there in part,
//! whatever was written later: a disk keeps what it likes. See [`Files::after_power_loss`].

mod files;
mod vfs;

pub use files::{Files, Weather};
pub use vfs::{Step, disregard, install, moment, steps};
