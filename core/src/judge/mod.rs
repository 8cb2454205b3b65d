//! From values to judgement: targets, variances, signals, and the snapshot that holds them.

pub(crate) mod compare;
pub(crate) mod describe;
pub(crate) mod explanation;
pub(crate) mod landing;
pub(crate) mod phasing;
pub(crate) mod progress;
pub(crate) mod scorecard;
pub(crate) mod signals;
pub(crate) mod snapshot;
pub(crate) mod target;
pub(crate) mod to_date;
pub(crate) mod variance;
pub(crate) mod why;
