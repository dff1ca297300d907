//! Có Dấu: the comment desk for Vietnamese newspapers.
//!
//! # The map
//!
//! Modules stand in layers, and each names only those before it:
//! `language → domain → config → store → moderation → accounts → cleanup → exchange → logs → web →
//! server → commands`. The README says what each is for.

pub mod accounts;
pub mod cleanup;
pub mod commands;
pub mod config;
pub mod domain;
pub mod exchange;
pub mod language;
pub mod logs;
pub mod moderation;
pub mod server;
pub mod store;
pub mod web;
