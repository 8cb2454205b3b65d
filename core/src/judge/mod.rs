//! From values to judgement: targets, variances, signals, and the snapshot that holds them.

pub(crate) mod against;
pub(crate) mod attainment;
pub(crate) mod budget;
pub(crate) mod by_member;
pub(crate) mod compare;
pub(crate) mod contributors;
pub(crate) mod describe;
pub(crate) mod difference;
pub(crate) mod explanation;
mod in_words;
pub(crate) mod landing;
pub(crate) mod phasing;
pub(crate) mod process_chart;
pub(crate) mod progress;
pub(crate) mod redefined;
pub(crate) mod reference;
pub(crate) mod scorecard;
pub(crate) mod signals;
pub(crate) mod snapshot;
pub(crate) mod target;
pub(crate) mod target_history;
pub(crate) mod to_date;
mod told;
mod trailing;
pub(crate) mod variance;
pub(crate) mod why;
