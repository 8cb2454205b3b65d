//! Whatever form facts come in, to columns. Every form hands its rows to the same [`sink::Sink`],
//! so that the same rows give the same table, the same fingerprint and the same findings.

#[cfg(feature = "arrow")]
pub(super) mod arrow;
mod codes;
pub(super) mod csv;
mod days;
pub(super) mod fingerprint;
mod header;
pub(super) mod json;
mod number;
mod numbers;
pub(super) mod parts;
mod records;
pub(super) mod refusals;
pub(super) mod rows;
mod scan;
pub(super) mod sink;
