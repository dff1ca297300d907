//! Có Dấu: the comment desk for Vietnamese newspapers.

pub mod commands;
pub mod language;
