//! Measures and KPIs, and what they compute.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::people::Assignment;
use super::plan::Variance;
use super::rhythm::Chart;
use super::values::{Day, Id, Map, Number, SourceColumn, Statistic, Unit, Whole, YesNo};
use crate::model::kpi::{Additivity, Basis, Direction, Missing};

part! {
    /// A figure that KPIs are made of.
    Measure shape super::schema::measure, {
        /// What it is called; default the id.
        name: (String),
        /// Its unit; default what follows from the calculation.
        unit: (Unit),
        /// What is computed. The schema has one key for each.
        #[serde(flatten)]
        calculation: (Calculation),
        /// The variant of the standard KPI that is picked.
        variant: (Id),
        /// What the standard KPI is made of: a KPI or measure, a number, or a dimension.
        inputs: {input: Given},
        /// Which rows count.
        #[serde(rename = "where")]
        filter: (Where),
        /// What is missing: `stays` (default), or counts as `zero`.
        missing: (Missing),
        /// What must follow from the calculation.
        additivity: (Additivity),
    }
}

part! {
    /// A change of what a KPI means: figures from before are of something else.
    Redefinition requires [on, reason] {
        /// The day from which it is so.
        on: (Day),
        /// What was changed, and why.
        reason: (String),
        /// Whether the figures from before were computed anew, so that they mean the same.
        restated: (YesNo),
    }
}

part! {
    /// A KPI of the short list.
    inheriting Kpi shape super::schema::kpi, {
        /// What it is called; default the id, or the standard KPI's name.
        name: (String),
        /// What it means, in words.
        meaning: (String),
        /// Its unit; required unless a standard KPI is picked.
        unit: (Unit),
        /// What is better: `higher`, `lower`, within a `band`, or `none`; required unless a standard KPI is picked.
        direction: (Direction),
        /// Who answers for it.
        owner: [Assignment],
        /// The stage that it belongs to.
        stage: (Id),
        /// The shortest period in which it means something; default `week`.
        shortest: (Shortest),
        /// The least share of a period's days that must be covered by data.
        min_coverage: (Number),
        /// When it was redefined, oldest first.
        redefined: [Redefinition],
        /// What its process behaviour chart has of its own.
        chart: (Chart),
        /// What is computed. The schema has one key for each.
        #[serde(flatten)]
        calculation: (Calculation),
        /// The named convention that it follows.
        variant: (String),
        /// What the standard KPI is made of: a KPI or measure, a number, or a dimension.
        inputs: {input: Given},
        /// Which rows count.
        #[serde(rename = "where")]
        filter: (Where),
        /// What is missing: `stays` (default), or counts as `zero`.
        missing: (Missing),
        /// What must follow from the calculation.
        additivity: (Additivity),
        /// How its differences are judged, where that is not as for the whole system.
        variance: (Variance),
    }
}

impl Kpi {
    /// Higher is better.
    #[must_use]
    pub fn higher(self) -> Self {
        self.direction(Direction::Higher)
    }

    /// Lower is better.
    #[must_use]
    pub fn lower(self) -> Self {
        self.direction(Direction::Lower)
    }
}

macro_rules! calculated {
    ($($name:ident)*) => {$(
        impl $name {
            /// The number of rows of a source.
            #[must_use]
            pub fn count(source: impl Into<Id>) -> Self {
                Calculation::Count(source.into()).into()
            }

            /// The exact sum of `source.measure`.
            #[must_use]
            pub fn sum(of: impl Into<SourceColumn>) -> Self {
                Calculation::Sum(of.into()).into()
            }

            /// The number of different members of `source.column`.
            #[must_use]
            pub fn distinct(of: impl Into<SourceColumn>) -> Self {
                Calculation::Distinct(of.into()).into()
            }

            /// One figure ÷ another, recomputed at every level.
            #[must_use]
            pub fn ratio(numerator: impl Into<Id>, denominator: impl Into<Id>) -> Self {
                Calculation::Ratio(Ratio::default().numerator(numerator).denominator(denominator)).into()
            }

            /// Figures and numbers with `+ - * /`, parentheses and functions.
            #[must_use]
            pub fn formula(text: impl Into<String>) -> Self {
                Calculation::Formula(text.into()).into()
            }

            /// A standard KPI.
            #[must_use]
            pub fn standard(kpi: impl Into<String>) -> Self {
                Calculation::Kpi(kpi.into()).into()
            }
        }

        impl From<Calculation> for $name {
            fn from(calculation: Calculation) -> Self {
                Self::default().calculation(calculation)
            }
        }
    )*};
}

calculated!(Measure Kpi);

/// What is computed: each has one key of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Calculation {
    /// The number of rows of a source.
    Count(Id),
    /// The exact sum.
    Sum(SourceColumn),
    /// The sum ÷ the number of rows that have a number.
    Mean(SourceColumn),
    /// Σ(by × of) ÷ Σ by, over the rows that have both.
    WeightedMean(WeightedMean),
    /// The smallest number.
    Min(SourceColumn),
    /// The largest number.
    Max(SourceColumn),
    /// The middle number.
    Median(SourceColumn),
    /// A statistic of the numbers.
    Summary(Summary),
    /// A balance: the sum over the rows of the period's first day that has rows.
    First(SourceColumn),
    /// A balance: the sum over the rows of the period's last day that has rows.
    Last(SourceColumn),
    /// A balance: the mean of the daily sums.
    DailyMean(SourceColumn),
    /// The number of different members of a dimension, or entities, exactly.
    Distinct(SourceColumn),
    /// The same by a sketch, so that cells stay small.
    ApproximateDistinct(SourceColumn),
    /// One figure ÷ another, recomputed at every level.
    Ratio(Ratio),
    /// Figures and numbers with `+ - * /`, parentheses, `min`, `max`, `abs`, `coalesce`, `previous`, `prior_year`.
    Formula(String),
    /// A figure over a longer stretch that ends with the period.
    Cumulative(Cumulative),
    /// The share of the entities counted by `from` that `to` counts too.
    Conversion(Conversion),
    /// Days between an entity's first rows in both.
    Duration(Duration),
    /// What a count or sum owes to touches of the same entity before it.
    Credit(Credit),
    /// A standard KPI, with its `variant` and `inputs`.
    Kpi(String),
}

part! {
    /// Σ(by × of) ÷ Σ by.
    WeightedMean requires [of, by] {
        /// The measure, as `source.measure`.
        of: (SourceColumn),
        /// A measure of the same source that weighs.
        by: (Id),
    }
}

part! {
    /// A statistic of the numbers of a measure.
    Summary requires [of, statistic] {
        /// The measure, as `source.measure`.
        of: (SourceColumn),
        /// Which statistic; percentiles are linear between neighbours.
        statistic: (Statistic),
    }
}

part! {
    /// One figure ÷ another.
    Ratio requires [numerator, denominator] {
        /// The KPI or measure that is divided.
        numerator: (Id),
        /// The KPI or measure by which it is divided.
        denominator: (Id),
    }
}

part! {
    /// A figure over a longer stretch that ends with the period.
    Cumulative requires [of, over] {
        /// The KPI or measure.
        of: (Id),
        /// The stretch.
        over: (Over),
    }
}

/// A stretch of time that ends with a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// So many periods, 1 to 120, this one included.
    Periods(Whole<120>),
    /// From the start of the week.
    WeekToDate,
    /// From the start of the month.
    MonthToDate,
    /// From the start of the quarter.
    QuarterToDate,
    /// From the start of the year.
    YearToDate,
    /// From the start of recording.
    AllTime,
}

part! {
    /// The share of the entities counted by `from` that `to` counts too.
    Conversion requires [from, to] {
        /// What counts those that enter.
        from: (Id),
        /// What counts those that move on.
        to: (Id),
        /// Within how many days; without, it is open-ended.
        within_days: (Whole<3660>),
        /// Whose period counts: that of those who entered (`same_cohort`, the default), or `same_period`.
        basis: (Basis),
        /// A dimension of both sources that must have the same member.
        matching: (Id),
    }
}

part! {
    /// Days between an entity's first rows in both, in the period of `to`.
    Duration requires [from, to, statistic] {
        /// What counts the beginning.
        from: (Id),
        /// What counts the end.
        to: (Id),
        /// Which statistic.
        statistic: (Statistic),
    }
}

words! {
    /// How an outcome is shared among touches.
    CreditRule {
        /// All to the first.
        First,
        /// All to the last.
        Last,
        /// The same to each.
        Linear,
        /// 40 % to the first, 40 % to the last, 20 % between.
        Position,
        /// Half for each `half_life_days`.
        TimeDecay,
        /// All of it to every touch, which does not add up.
        Any,
    }
}

part! {
    /// What a count or sum of `outcome` owes to touches of the same entity before it.
    Credit requires [outcome, touches, rule] shape super::schema::only_with("half_life_days", "rule", "time_decay"), {
        /// The count or sum that is shared.
        outcome: (Id),
        /// What counts the touches that compete.
        touches: (Id),
        /// What counts the touches whose credit this is; default all.
        to: (Id),
        /// How it is shared.
        rule: (CreditRule),
        /// In how many days a touch loses half of its weight; only with `time_decay`.
        half_life_days: (Whole<3660>),
        /// At most so many days before.
        within_days: (Whole<3660>),
    }
}

words! {
    /// The shortest period in which a KPI means something.
    Shortest {
        /// A week.
        Week,
        /// A month.
        Month,
        /// A quarter.
        Quarter,
        /// A year.
        Year,
    }
}

/// An input of a standard KPI: the id of a figure or dimension, or a number, as text.
///
/// ```
/// use marketingos::written::Given;
/// assert_eq!([Given::from("won_deals").0, Given::from(90).0, Given::from("80 %").0], ["won_deals", "90", "80 %"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Given(pub String);

impl From<&str> for Given {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<i32> for Given {
    fn from(number: i32) -> Self {
        Self(number.to_string())
    }
}

/// Which rows count.
///
/// ```
/// use marketingos::written::Where;
/// let condition = Where::from("channel = 'paid' and amount > 100");
/// let members = Where::member("outcome", "won").and("channel", [Some("paid"), None]).and_not("region", "test");
/// assert_ne!(condition, members);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// A condition as an expression.
    Condition(String),
    /// Dimensions and the members that they must have, and must not have.
    Members {
        /// What must be so.
        is: Map<Members>,
        /// What must not be so.
        not: Map<Members>,
    },
}

impl From<&str> for Where {
    fn from(condition: &str) -> Self {
        Self::Condition(condition.to_owned())
    }
}

impl Where {
    /// Rows whose dimension has one of these members.
    #[must_use]
    pub fn member(dimension: &str, members: impl Into<Members>) -> Self {
        Self::Members { is: Map::from([(dimension, members.into())]), not: Map::default() }
    }

    /// And whose dimension has one of these. An expression has its own `and`, and stays as it is.
    #[must_use]
    pub fn and(mut self, dimension: &str, members: impl Into<Members>) -> Self {
        if let Self::Members { is, .. } = &mut self {
            is.push(dimension, members);
        }
        self
    }

    /// And whose dimension has none of these. An expression has its own `not`, and stays as it is.
    #[must_use]
    pub fn and_not(mut self, dimension: &str, members: impl Into<Members>) -> Self {
        if let Self::Members { not, .. } = &mut self {
            not.push(dimension, members);
        }
        self
    }
}

impl Serialize for Where {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (is, not) = match self {
            Self::Condition(text) => return serializer.serialize_str(text),
            Self::Members { is, not } => (is, not),
        };
        let mut map = serializer.serialize_map(None)?;
        is.0.iter().try_for_each(|(dimension, members)| map.serialize_entry(dimension, members))?;
        if !not.0.is_empty() {
            map.serialize_entry("not", not)?;
        }
        map.end()
    }
}

/// Members of a dimension; `None` is the null member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Members(pub Vec<Option<String>>);

impl From<&str> for Members {
    fn from(member: &str) -> Self {
        Self(vec![Some(member.to_owned())])
    }
}

impl<const N: usize> From<[&str; N]> for Members {
    fn from(members: [&str; N]) -> Self {
        Self(members.into_iter().map(|member| Some(member.to_owned())).collect())
    }
}

impl<const N: usize> From<[Option<&str>; N]> for Members {
    fn from(members: [Option<&str>; N]) -> Self {
        Self(members.into_iter().map(|member| member.map(str::to_owned)).collect())
    }
}

impl From<Vec<Option<String>>> for Members {
    fn from(members: Vec<Option<String>>) -> Self {
        Self(members)
    }
}
