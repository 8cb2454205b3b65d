//! Why a figure changed: decompositions that name their convention and sum exactly to the change
//! (domain D9).

pub(crate) mod contributors;
pub(crate) mod drivers;
pub(crate) mod effects;
mod logarithm;
pub(crate) mod price_volume;
pub(crate) mod rate_mix;
