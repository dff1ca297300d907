//! What leaves the database as a whole, and comes back.

pub mod backup;
pub mod lines;
