//! How signals are told from noise.

use serde::Serialize;

use crate::base::date::Date;

/// The process behaviour chart of every KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SignalRules {
    /// The number of periods, up to and including the current one, that the limits rest on.
    pub window: u32,
    /// The least number of values among them; fewer give no limits.
    pub min_points: u32,
    /// The rules that a signal breaks.
    // What is not said says nothing, so that systems keep their fingerprints.
    #[serde(skip_serializing_if = "is_default")]
    pub rules: RuleSet,
    /// What the limits lie about.
    #[serde(skip_serializing_if = "is_default")]
    pub centre: Centre,
}

impl Default for SignalRules {
    fn default() -> Self {
        Self { window: 24, min_points: 8, rules: RuleSet::default(), centre: Centre::default() }
    }
}

impl SignalRules {
    /// Whether so many periods can give limits.
    pub(crate) fn give_limits(self) -> bool {
        (2..=self.window).contains(&self.min_points)
    }

    /// Why they cannot, and how to mend it.
    pub(crate) fn no_limits(self) -> (String, &'static str) {
        let message = format!("limits from at least {} of {} periods cannot be computed", self.min_points, self.window);
        (message, "let `min_points` be at least 2 and at most `window`")
    }

    /// These, but for what a KPI's own chart says otherwise.
    #[must_use]
    pub fn with(self, chart: &ChartRules) -> Self {
        Self {
            window: chart.window.unwrap_or(self.window),
            min_points: chart.min_points.unwrap_or(self.min_points),
            rules: chart.rules.unwrap_or(self.rules),
            centre: chart.centre.unwrap_or(self.centre),
        }
    }
}

/// What is said of the process behaviour chart of one KPI; all else is as for every KPI.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChartRules {
    /// The number of periods that the limits rest on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<u32>,
    /// The least number of values among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_points: Option<u32>,
    /// The rules that a signal breaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<RuleSet>,
    /// What the limits lie about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub centre: Option<Centre>,
    /// The course that the process is expected to take.
    #[serde(skip_serializing_if = "is_default")]
    pub course: ChartCourse,
    /// The days that the limits are locked to; they hold until the process is declared to change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// When the process was changed on purpose, oldest first: limits start anew.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ProcessChange>,
}

impl ChartRules {
    /// Whether it says nothing of its own.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        is_default(self)
    }
}

/// The days that limits are locked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Baseline {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// A change of a process that was made on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProcessChange {
    /// From which day: limits start anew with the period in which it lies.
    pub on: Date,
    /// What was changed, and why.
    pub reason: String,
}

/// The course that a process is expected to take by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChartCourse {
    /// A level.
    #[default]
    Level,
    /// A straight line.
    Trend,
    /// The same season each year, each of its periods with its factor.
    Seasonal,
    /// The same season each year, each of its periods with its difference.
    SeasonalAdditive,
}

impl ChartCourse {
    pub(crate) const WORDS: [(&'static str, Self); 4] =
        [("level", Self::Level), ("trend", Self::Trend), ("seasonal", Self::Seasonal), ("seasonal_additive", Self::SeasonalAdditive)];
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The form of process limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Centre {
    /// Mean ± 2.660 · mean moving range.
    #[default]
    Mean,
    /// Median ± 3.145 · median moving range: less moved by a few wild values.
    Median,
}

impl Centre {
    pub(crate) const WORDS: [(&'static str, Self); 2] = [("mean", Self::Mean), ("median", Self::Median)];
}

#[doc = include_str!("rule_sets.md")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(description = "A published set of rules that tell a signal from noise."))]
#[serde(rename_all = "snake_case")]
pub enum RuleSet {
    /// Wheeler: a limit, eight on one side, three of four nearer a limit.
    #[default]
    Wheeler,
    /// Western Electric's four: a limit, two of three beyond 2σ, four of five beyond 1σ, eight on one side.
    WesternElectric,
    /// Nelson's eight.
    Nelson,
    /// NHS England, Making Data Count: a limit, seven on one side, seven rising or falling, two of three near a limit.
    Nhs,
}

impl RuleSet {
    pub(crate) const WORDS: [(&'static str, Self); 4] =
        [("wheeler", Self::Wheeler), ("western_electric", Self::WesternElectric), ("nelson", Self::Nelson), ("nhs", Self::Nhs)];
}
