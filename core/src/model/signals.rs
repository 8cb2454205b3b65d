//! How signals are told from noise.

use serde::Serialize;

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
