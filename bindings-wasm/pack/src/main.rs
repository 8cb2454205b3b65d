//! Packs the browser build.
fn main() {}
