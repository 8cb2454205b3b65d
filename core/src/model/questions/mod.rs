//! Questions that a system answers, each in a file of its own. Those that depend on time take a day.

pub(crate) mod audit;
pub(crate) mod compounding;
mod contents;
pub(crate) mod coverage;
pub(crate) mod diff;
pub(crate) mod impact;
pub(crate) mod next_steps;
pub(crate) mod responsibility;
pub(crate) mod shipping;
pub(crate) mod surfaces;
