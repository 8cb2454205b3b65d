//! Targets: dated, sourced figures for periods, in the plan and in scenarios beside it.

use serde::{Serialize, Serializer};

use crate::base::calendar::{Calendar, Grain, Span};
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
    /// The members that it is for, by dimension in the order of their ids; none for the KPI's total.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "by_dimension")]
    pub by: Vec<PlannedMember>,
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

    /// What is aimed at in the period of its length that a day lies in.
    pub(crate) fn goal(&self, calendar: &Calendar, day: Date) -> Goal {
        let point = |value: &Number| Goal { low: value.clone(), high: value.clone(), levels: None, baseline: None, bound: None };
        match &self.aim {
            Aim::Point { value } => point(value),
            Aim::Band { low, high } => Goal { high: high.clone(), ..point(low) },
            Aim::AtLeast { value } => Goal { bound: Some(Bound::AtLeast), ..point(value) },
            Aim::AtMost { value } => Goal { bound: Some(Bound::AtMost), ..point(value) },
            Aim::Levels(levels) => Goal { levels: Some(levels.clone()), ..point(&levels.good) },
            Aim::Trajectory { start, value } => {
                let position = |day: Date| i64::from(calendar.index(self.grain, day)) - i64::from(calendar.index(self.grain, self.first)) + 1;
                let (step, steps) = (Number::from(position(day)), Number::from(position(self.last)));
                // There is at least one period, so the share is one.
                let share = step.divided_by(&steps).unwrap_or_else(|| Number::from(1));
                Goal { baseline: Some(start.clone()), ..point(&(start.clone() + (value.clone() - start.clone()) * share)) }
            }
        }
    }

    /// Whom it is for, as a sentence says it after the KPI: ` of channel web`; nothing for the total.
    pub(crate) fn whose(&self) -> String {
        PlannedMember::whose(&self.by)
    }
}

/// A member that a target is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlannedMember {
    /// The dimension.
    pub dimension: Id,
    /// Its member; `None` for the null member.
    pub member: Option<String>,
}

/// As it is written: `{ channel: web }`.
fn by_dimension<S: Serializer>(by: &[PlannedMember], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(by.iter().map(|each| (&each.dimension, &each.member)))
}

impl PlannedMember {
    /// As [`Target::whose`].
    pub(crate) fn whose(by: &[Self]) -> String {
        let each = |each: &Self| format!("{} {}", each.dimension, each.member.as_deref().unwrap_or("(not given)"));
        let members: Vec<String> = by.iter().map(each).collect();
        if members.is_empty() { String::new() } else { format!(" of {}", members.join(", ")) }
    }
}

/// What a target comes to in one of its periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Goal {
    pub(crate) low: Number,
    pub(crate) high: Number,
    pub(crate) levels: Option<Levels>,
    pub(crate) baseline: Option<Number>,
    pub(crate) bound: Option<Bound>,
}

/// Another set of targets beside the plan, such as a forecast, the budget or the worst case.
///
/// ```
/// use marketingos::{Facts, Source, System};
/// let text = "
/// marketingos: 1
/// name: Small firm
/// sources: { leads: { date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
/// kpis: { leads: { unit: count of leads, direction: higher, count: leads } }
/// plan:
///   targets: { leads: { period: 2026-Q1, value: 9 } }
///   scenarios: { forecast: { code: FC, targets: { leads: { period: 2026-01, value: 2 } } } }
/// ";
/// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
/// let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n2026-01-09\n2026-01-31\n").build()?;
/// let january = system.snapshot(&facts, "2026-01-31".parse()?).line_for("leads", "2026-01")?;
/// let forecast = &january.scenarios[0];
/// assert_eq!((forecast.comparison.code.as_ref(), forecast.comparison.change.text.as_str()), ("FC", "+1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scenario {
    /// Its id.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// Its short code: FC for a forecast and BU for a budget (IBCS), or one of its own.
    pub code: String,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its targets, in the order written.
    pub targets: Vec<Target>,
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
    /// As the KPI's own facts of the year before were: each month has the share that its month of
    /// the year before had, and the days of a month the same. For a year or a quarter.
    LastYear,
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
    /// At least so much.
    AtLeast {
        /// The figure.
        value: Number,
    },
    /// At most so much.
    AtMost {
        /// The figure.
        value: Number,
    },
    /// From a baseline in equal steps to a figure: in period `i` of `n`,
    /// `start + (value − start) × i ÷ n`.
    Trajectory {
        /// The figure before the first period.
        start: Number,
        /// The figure in the last period.
        value: Number,
    },
    /// Several levels, of which the good one is the target.
    Levels(Levels),
    /// Inside a band, bounds included.
    Band {
        /// The lower bound.
        low: Number,
        /// The upper bound.
        high: Number,
    },
}

/// Which way a target asks for, where it says so by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// At least so much.
    AtLeast,
    /// At most so much.
    AtMost,
}

/// The levels of a target; where less is better, each is at most the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Levels {
    /// What must be reached.
    pub minimum: Number,
    /// The target.
    pub good: Number,
    /// What is more than was asked for.
    pub excellent: Number,
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
