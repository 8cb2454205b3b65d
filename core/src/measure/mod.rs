//! Facts and figures: rows are folded into mergeable cells, cells give values with their
//! coverage. Nothing here knows targets or people.

mod cell;
mod column;
mod dictionary;
mod evaluate;
mod facts;
mod load;
mod notice;
mod observation;
mod rows;
mod table;

pub(crate) use evaluate::Evaluation;
pub use facts::{Facts, FactsBuilder, Load};
pub use load::rows::Datum;
pub use observation::{Caveat, CaveatKind, Coverage, Member, Observation};
