//! The foundation: what every stage may use, and what knows none of them.

pub(crate) mod calendar;
pub(crate) mod code;
pub(crate) mod condition;
pub(crate) mod date;
pub(crate) mod error;
pub(crate) mod finding;
pub(crate) mod fingerprint;
pub(crate) mod formula;
pub(crate) mod id;
pub(crate) mod map;
pub(crate) mod money;
pub(crate) mod number;
pub(crate) mod order;
pub(crate) mod quantity;
pub(crate) mod recurrence;
pub(crate) mod time;
pub(crate) mod unit;
pub(crate) mod value;
pub(crate) mod zone;
