//! Definitions of figures: what is computed, from what, and who answers for it.

use std::fmt;

use serde::{Serialize, Serializer};

use super::element::Inheritance;
use super::people::Assignments;
use super::signals::ChartRules;
use super::variance::VarianceRules;
use crate::base::calendar::Grain;
use crate::base::condition::Condition;
use crate::base::date::Date;
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
    /// Which rows count; `None` for all.
    pub filter: Option<Filter>,
    /// What stands in for a missing value.
    pub missing: Missing,
    /// The standard KPI that it was made by; `None` where its author wrote the calculation.
    pub standard: Option<Standard>,
}

/// Which standard KPI of the [library](crate::library) a definition was made by.
///
/// ```
/// use marketingos::{Source, System};
/// let text = "{marketingos: 1, name: Small firm, sources: {deals: {date: closed, dimensions: [stage], rows: events}},
///   measures: {won: {count: deals, where: {stage: won}}, lost: {count: deals, where: {stage: lost}}},
///   kpis: {win_rate: {kpi: win_rate, inputs: {won: won, lost: lost}}}}";
/// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
/// let standard = system.definition("win_rate").unwrap().standard.as_ref().unwrap();
/// assert_eq!(standard.to_string(), "Win rate (won of decided)");
/// # Ok::<(), marketingos::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standard {
    /// The id of the KPI in the library.
    pub kpi: Id,
    /// The id of the variant.
    pub variant: Id,
}

impl fmt::Display for Standard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = super::library::kpi(self.kpi.as_str()).map_or(self.kpi.as_str(), |kpi| kpi.name);
        write!(f, "{name} ({})", self.variant.as_str().replace('_', " "))
    }
}

/// What stands in for a missing value (domain D9: missing is not zero, unless its author says so).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Nothing: missing stays missing.
    #[default]
    Stays,
    /// Zero, because the author says so; a caveat tells it.
    Zero,
}

impl Missing {
    pub(crate) const WORDS: [(&'static str, Self); 2] = [("stays", Self::Stays), ("zero", Self::Zero)];
}

/// Whether the values of parts add up to the value of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Additivity {
    /// Over periods and over members.
    Additive,
    /// Over members, and not over time: a balance.
    SemiAdditive,
    /// Over neither.
    NonAdditive,
}

impl Additivity {
    pub(crate) const WORDS: [(&'static str, Self); 3] =
        [("additive", Self::Additive), ("semi_additive", Self::SemiAdditive), ("non_additive", Self::NonAdditive)];

    /// As a system writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Additive => "additive",
            Self::SemiAdditive => "semi_additive",
            Self::NonAdditive => "non_additive",
        }
    }
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
    /// The mean of a measure in which each row weighs as much as another measure says:
    /// Σ(weight × measure) ÷ Σ weight, over the rows that have both.
    WeightedMean {
        /// The source.
        source: Id,
        /// Its measure.
        measure: Id,
        /// The measure that weighs.
        weight: Id,
    },
    /// A balance: the sum of a measure over the rows of a day, taken over the days of a period.
    /// It adds up over members, and not over time (domain D9, semi-additive).
    Balance {
        /// The source.
        source: Id,
        /// Its measure.
        measure: Id,
        /// Which of the days' sums.
        take: Take,
    },
    /// The number of different members of a dimension (or entities).
    Distinct {
        /// The source.
        source: Id,
        /// Its dimension or entity.
        column: Id,
        /// Whether it is estimated by a sketch, which keeps cells small, and not counted.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        approximate: bool,
    },
    /// Another figure over a longer stretch of days that ends with the period.
    Cumulative {
        /// The figure.
        of: Id,
        /// The stretch.
        window: Window,
    },
    /// What outcomes are credited to touches (domain D8: sourced and influenced).
    Credit {
        /// A count or sum over a source with an entity.
        outcome: Id,
        /// A count over a source with the same entity: every touch that competes for credit.
        touches: Id,
        /// A count over the same source: the touches whose credit is counted; all when `None`.
        to: Option<Id>,
        /// How an outcome is shared among its touches.
        rule: CreditRule,
        /// Only touches at most so many days before the outcome compete.
        within_days: Option<u32>,
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
    /// The share of the entities counted by `from` that `to` counts too.
    Conversion {
        /// A count over a source with an entity.
        from: Id,
        /// A count over a source with the same entity.
        to: Id,
        /// Only what happens within so many days counts; a cohort is complete when all its
        /// windows have closed.
        within_days: Option<u32>,
        /// Whose outcomes are set against whose entries.
        basis: Basis,
        /// A dimension of both sources that must have the same member on both sides.
        matching: Option<Id>,
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
    /// The definitions it refers to.
    #[must_use]
    pub fn refers_to(&self) -> Vec<&Id> {
        match self {
            Self::Count { .. }
            | Self::Sum { .. }
            | Self::Mean { .. }
            | Self::WeightedMean { .. }
            | Self::Summary { .. }
            | Self::Balance { .. }
            | Self::Distinct { .. } => Vec::new(),
            Self::Ratio { numerator, denominator } => vec![numerator, denominator],
            Self::Formula { formula } => formula.formula.figures(),
            Self::Cumulative { of, .. } => vec![of],
            Self::Conversion { from, to, .. } | Self::Duration { from, to, .. } => vec![from, to],
            Self::Credit { outcome, touches, to, .. } => [outcome, touches].into_iter().chain(to).collect(),
        }
    }

    /// Of the figures that it refers to, those whose rows decide which members there are: members are
    /// known where entities enter, and credit belongs to those of the touches.
    pub(crate) fn members_from(&self) -> Vec<&Id> {
        match self {
            Self::Conversion { from, .. } | Self::Duration { from, .. } => vec![from],
            Self::Credit { touches, .. } => vec![touches],
            _ => self.refers_to(),
        }
    }

    /// The source it reads itself, if it reads one.
    #[must_use]
    pub fn source(&self) -> Option<&Id> {
        match self {
            Self::Count { source }
            | Self::Sum { source, .. }
            | Self::Mean { source, .. }
            | Self::WeightedMean { source, .. }
            | Self::Summary { source, .. }
            | Self::Balance { source, .. }
            | Self::Distinct { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Which of a period's daily sums a balance takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// Of the first day that has rows.
    First,
    /// Of the last day that has rows.
    Last,
    /// The mean over the days that have rows.
    Mean,
}

/// A stretch of days that ends with the period it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// The last so many periods, this one included: trailing 6 weeks, 12 months.
    Rolling(u32),
    /// From the first day of the week, month, quarter or fiscal year in which the period ends.
    ToDate(Grain),
    /// From the first recorded day.
    AllTime,
}

/// Whose outcomes are set against whose entries (domain D8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The entities that entered in the period, whenever they move on.
    #[default]
    SameCohort,
    /// The entities that moved on in the period ÷ those that entered in it.
    SamePeriod,
}

impl Basis {
    pub(crate) const WORDS: [(&'static str, Self); 2] = [("same_cohort", Self::SameCohort), ("same_period", Self::SamePeriod)];
}

/// How an outcome is shared among the touches that came before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditRule {
    /// All of it to the first touch.
    First,
    /// All of it to the last touch.
    Last,
    /// The same to each touch.
    Linear,
    /// 40 % to the first, 40 % to the last, 20 % shared by those between (the U-shaped convention);
    /// of two touches, half to each.
    Position,
    /// Each touch half as much as one that came so many days later.
    TimeDecay {
        /// The days in which a touch loses half of its weight.
        half_life_days: u32,
    },
    /// All of it to every touch: influence, which does not add up.
    Any,
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

impl Filter {
    /// The condition as it is written; conditions given as a mapping are written as an expression.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Serialize for Filter {
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

/// Which rows count: a condition on their columns, three-valued as in SQL. A row counts when the
/// condition is true; a comparison with a missing number or a null member is neither true nor false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub(crate) text: String,
    pub(crate) condition: Condition,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// A figure that KPIs are made of and that is not a KPI itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// Its definition.
    #[serde(flatten)]
    pub definition: Definition,
    /// Its name as people write it.
    pub name: String,
    /// Its unit as declared; `None` where it is left to follow from the calculation.
    pub unit: Option<Unit>,
}

/// A change of what a KPI means: figures from before are of something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Redefinition {
    /// The day from which it is so.
    pub on: Date,
    /// What was changed, and why.
    pub reason: String,
    /// Whether the figures from before were computed anew, so that they mean the same.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub restated: bool,
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
    /// What it takes from decisions.
    #[serde(flatten)]
    pub inherits: Inheritance,
    /// The shortest period in which it means something: a scorecard for shorter ones shows it
    /// for this one.
    pub shortest: Grain,
    /// The least share of a period's days that must be covered by data, 0 to 1.
    pub min_coverage: Number,
    /// When it was redefined, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redefined: Vec<Redefinition>,
    /// What its process behaviour chart has of its own.
    #[serde(skip_serializing_if = "ChartRules::is_plain")]
    pub chart: ChartRules,
    /// How its differences are judged, where that is not as for the whole system.
    #[serde(skip_serializing_if = "VarianceRules::is_empty")]
    pub variance: VarianceRules,
}
