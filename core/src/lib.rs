//! The marketing operating system as an embeddable library.

mod base;
mod model;
mod text;

pub use base::calendar::{Calendar, Grain, Period, Span};
pub use base::code::Code;
pub use base::date::{Date, DateError, DatePattern};
pub use base::error::Error;
pub use base::finding::{Finding, Mark, Place, Severity};
pub use base::fingerprint::Fingerprint;
pub use base::id::Id;
pub use base::number::Number;
pub use base::unit::Unit;
pub use base::value::Value;
pub use model::System;
pub use text::Source;
