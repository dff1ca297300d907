//! Vietnamese as a library: `&str` in, values out. No I/O, no clock, no configuration.
