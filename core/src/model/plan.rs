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
    /// How an amount is spread over the days of each period.
    #[serde(skip_serializing_if = "Phasing::is_linear")]
    pub phasing: Phasing,
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

/// How the target of an amount is spread over the parts of its period (domain D9: linear unless
/// declared).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phasing {
    /// Evenly over all days.
    #[default]
    Linear,
    /// Evenly over Mondays to Fridays.
    WorkingDays,
    /// By a weight for each of the equally long parts that the period is made of, and evenly over
    /// the days of these: for a year its 4 quarters or 12 months, for a quarter its 3 months.
    Weights(Vec<Number>),
}

impl Phasing {
    /// How an amount is spread unless something is declared.
    #[must_use]
    pub fn is_linear(&self) -> bool {
        *self == Self::Linear
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
