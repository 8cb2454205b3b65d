//! Questions that a system answers, each in a file of its own. Those that depend on time take a day.

pub(crate) mod impact;
pub(crate) mod responsibility;
