//! Definitions of figures: what is computed, from what, and who answers for it.

use serde::{Serialize, Serializer};

use super::people::Assignments;
use crate::base::calendar::Grain;
use crate::base::finding::Origin;
use crate::base::formula::Formula;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;

/// A figure's definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// What is computed.
    pub calculation: Calculation,
    /// Which rows count; empty for all.
    pub filter: Vec<Condition>,
}

/// What is computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Calculation {
    /// The number of rows.
    Count {
        /// The source.
        source: Id,
    },
    /// The exact sum of a measure.
    Sum {
        /// The source.
        source: Id,
        /// Its measure.
        measure: Id,
    },
    /// The sum of a measure ÷ the number of rows that have it.
    Mean {
        /// The source.
        source: Id,
        /// Its measure.
        measure: Id,
    },
    /// A summary of a measure's numbers.
    Summary {
        /// The source.
        source: Id,
        /// Its measure.
        measure: Id,
        /// How the numbers are summarised.
        statistic: Statistic,
    },
    /// The number of different members of a dimension (or entities), exactly.
    Distinct {
        /// The source.
        source: Id,
        /// Its dimension or entity.
        column: Id,
    },
    /// One figure ÷ another, recomputed at every level.
    Ratio {
        /// The figure above the line.
        numerator: Id,
        /// The figure below the line.
        denominator: Id,
    },
    /// Arithmetic over other figures.
    Formula {
        /// The formula.
        formula: WrittenFormula,
    },
    /// The share of the entities counted by `from` that `to` counts too. The period is that of
    /// the entity's first row in `from` (same cohort).
    Conversion {
        /// A count over a source with an entity.
        from: Id,
        /// A count over a source with the same entity.
        to: Id,
        /// Only what happens within so many days counts; a cohort is complete when all its
        /// windows have closed.
        within_days: Option<u32>,
    },
    /// The days between an entity's first rows in two sources. The period is that of `to`.
    Duration {
        /// A count over a source with an entity.
        from: Id,
        /// A count over a source with the same entity.
        to: Id,
        /// How the durations are summarised.
        statistic: Statistic,
    },
}

impl Calculation {
    /// Whether the values of parts (periods, members) add up to the value of the whole.
    #[must_use]
    pub fn is_additive(&self) -> bool {
        matches!(self, Self::Count { .. } | Self::Sum { .. })
    }

    /// The definitions it refers to.
    #[must_use]
    pub fn refers_to(&self) -> Vec<&Id> {
        match self {
            Self::Count { .. } | Self::Sum { .. } | Self::Mean { .. } | Self::Summary { .. } | Self::Distinct { .. } => Vec::new(),
            Self::Ratio { numerator, denominator } => vec![numerator, denominator],
            Self::Formula { formula } => formula.formula.figures(),
            Self::Conversion { from, to, .. } | Self::Duration { from, to, .. } => vec![from, to],
        }
    }

    /// The source it reads itself, if it reads one.
    #[must_use]
    pub fn source(&self) -> Option<&Id> {
        match self {
            Self::Count { source } | Self::Sum { source, .. } | Self::Mean { source, .. } | Self::Summary { source, .. } | Self::Distinct { source, .. } => {
                Some(source)
            }
            _ => None,
        }
    }
}

/// A formula and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFormula {
    pub(crate) text: String,
    pub(crate) formula: Formula,
}

impl WrittenFormula {
    /// The formula as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Serialize for WrittenFormula {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// A summary of a set of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// The arithmetic mean.
    Mean,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The percentile, 1 to 99, by linear interpolation between order statistics (Hyndman and
    /// Fan's type 7, the default of NumPy, pandas and DuckDB). The median is the 50th.
    Percentile(u32),
}

/// That a dimension has, or has not, one of some members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// The dimension (or entity).
    pub column: Id,
    /// The members; `None` stands for the null member.
    pub members: Vec<Option<String>>,
    /// Whether rows with these members are left out instead of kept.
    pub excluded: bool,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Inside a band is better.
    Band,
    /// Neither; movements are not judged.
    None,
}

impl Direction {
    pub(crate) const WORDS: [(&'static str, Self); 4] = [("higher", Self::Higher), ("lower", Self::Lower), ("band", Self::Band), ("none", Self::None)];
}

/// A measured metric of the short list, with an owner (domain D4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kpi {
    /// Its definition.
    #[serde(flatten)]
    pub definition: Definition,
    /// Its name as people write it.
    pub name: String,
    /// What it means, in words; may be empty.
    pub meaning: String,
    /// The named convention it follows (domain D8), such as `fully_loaded`; may be empty.
    pub variant: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// Who answers for it.
    pub owner: Assignments,
    /// The lifecycle stage it is tied to.
    pub stage: Option<Id>,
    /// The shortest period in which it means something: a scorecard for shorter ones shows it
    /// for this one.
    pub shortest: Grain,
    /// The least share of a period's days that must be covered by data, 0 to 1.
    pub min_coverage: Number,
}
