//! Room on the disk: new comments stop before it is full, so that decisions, erasures and the
//! cleanup still find some.

use std::path::PathBuf;

use crate::store::{Result, StoreError};

/// Bytes that new comments leave free.
const RESERVE: u64 = 32 << 20;

/// Where the file lies.
pub(super) struct Space {
    folder: PathBuf,
}

impl Space {
    /// The disk that the file at `path` is on.
    pub(super) fn of(path: &str) -> Space {
        let folder = PathBuf::from(path).parent().map(PathBuf::from).unwrap_or_default();
        let here = folder.as_os_str().is_empty();
        Space { folder: if here { PathBuf::from(".") } else { folder } }
    }

    /// Refuses what may wait while little room is left.
    pub(super) fn check(&self) -> Result<()> {
        match fs4::available_space(&self.folder) {
            Ok(left) if left < RESERVE => Err(StoreError::Unavailable(format!(
                "{left} bytes are left on the disk: no new comments are taken"
            ))),
            // Where nobody knows, the write itself will tell.
            _ => Ok(()),
        }
    }
}
