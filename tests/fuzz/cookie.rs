//! The fuzzer of `targets::cookie`.

#![no_main]

#[allow(dead_code, reason = "each fuzzer has one of them")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::cookie(bytes));
