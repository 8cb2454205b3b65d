//! Facts and figures: rows are folded into mergeable cells, cells give values with their
//! coverage. Nothing here knows targets or people.

mod axes;
mod by_member;
mod cell;
mod cells;
mod column;
mod corrected;
mod credit;
mod dictionary;
mod entities;
mod evaluate;
mod facts;
mod fill;
mod finer;
mod folding;
mod fraction;
mod given;
mod grid;
mod hierarchy;
mod known;
mod lanes;
mod layout;
mod load;
mod notice;
mod observation;
mod other;
mod panel;
mod pass;
mod places;
mod plan;
mod predicate;
mod reads;
mod sets;
mod sketch;
mod slices;
mod table;
mod told;
mod top;
mod total;

pub use cells::Cells;
pub(crate) use evaluate::Figures;
pub use facts::{Facts, FactsBuilder, Load};
pub(crate) use given::Given;
pub use load::rows::Datum;
pub use observation::{Caveat, CaveatKind, Coverage, Member, MemberName, Observation};
pub use panel::{Panel, PanelColumn, Reason};
