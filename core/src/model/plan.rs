//! Targets: dated, sourced figures for periods.

use serde::Serialize;

use crate::base::calendar::{Grain, Span};
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;
use crate::base::number::Number;

/// A figure that a KPI is measured against, for each period of a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// The KPI.
    pub kpi: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// The length of the periods that it is set for.
    pub grain: Grain,
    /// The first day of the first period.
    pub first: Date,
    /// The last day of the last period.
    pub last: Date,
    /// The aim in each period.
    pub aim: Aim,
    /// Who set it.
    pub set_by: Option<Id>,
    /// When; it is not known before this day.
    pub set_on: Option<Date>,
    /// The document in which it is written; empty when it is written nowhere else.
    pub document: String,
    /// How firm it is.
    pub status: TargetStatus,
}

impl Target {
    /// The days it is set for.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { first: self.first, last: self.last }
    }
}

/// What a target asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Aim {
    /// At least, or at most, by the KPI's direction.
    Point {
        /// The figure.
        value: Number,
    },
    /// Inside a band, bounds included.
    Band {
        /// The lower bound.
        low: Number,
        /// The upper bound.
        high: Number,
    },
}

/// How firm a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TargetStatus {
    /// Agreed between the team and the executive.
    Agreed,
    /// Proposed by one side.
    Proposed,
    /// A stand-in until there is a real one.
    Placeholder,
    /// Read out of something else, such as a strategy deck.
    Inferred,
}

impl TargetStatus {
    pub(crate) const WORDS: [(&'static str, Self); 4] =
        [("agreed", Self::Agreed), ("proposed", Self::Proposed), ("placeholder", Self::Placeholder), ("inferred", Self::Inferred)];
}
