//! What `codau` can be told to do, one module a family of commands.

pub mod language;
