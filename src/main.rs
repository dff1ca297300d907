//! The `codau` command.

fn main() {}
