//! How an actual figure stands against its target, in the plan or in a scenario.

use std::borrow::Cow;

use serde::Serialize;

use super::attainment::Attainment;
use super::scorecard::OnTarget;
use super::snapshot::Snapshot;
use super::target::TargetFor;
use super::variance::{Comparison, Impact, difference};
use crate::base::calendar::Period;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::measure::Observation;
use crate::model::System;
use crate::model::kpi::{Additivity, Direction, Kpi};
use crate::model::plan::{Levels, Scenario};

/// How far a figure reaches on the levels of its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LevelReached {
    /// Not even the minimum.
    BelowMinimum,
    /// The minimum, and not the target.
    Minimum,
    /// The target.
    Good,
    /// More than was asked for.
    Excellent,
}

impl LevelReached {
    fn of(levels: &Levels, actual: &Number, direction: Direction) -> Option<Self> {
        let reaches = |level: &Number| match direction {
            Direction::Higher => Some(actual >= level),
            Direction::Lower => Some(actual <= level),
            Direction::Band | Direction::None => None,
        };
        Some(match (reaches(&levels.excellent)?, reaches(&levels.good)?, reaches(&levels.minimum)?) {
            (true, ..) => Self::Excellent,
            (_, true, _) => Self::Good,
            (_, _, true) => Self::Minimum,
            _ => Self::BelowMinimum,
        })
    }
}

/// A KPI against a set of targets beside the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgainstScenario {
    /// The scenario's id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Against it, under its code.
    pub comparison: Comparison,
}

/// How a figure stands against its target.
pub(crate) struct Standing {
    /// Where the target comes from, if there is one.
    pub(crate) target: Option<TargetFor>,
    pub(crate) comparison: Comparison,
    pub(crate) level: Option<LevelReached>,
    pub(crate) status: OnTarget,
}

impl Standing {
    /// Holds a figure of a KPI, its total or a member of it, against a target.
    pub(crate) fn of(
        system: &System,
        kpi: &Kpi,
        period: &Period,
        actual: &Observation,
        target: Result<TargetFor, Value>,
        code: impl Into<Cow<'static, str>>,
    ) -> Self {
        let rules = system.variance_of(kpi);
        let (base, change, target, fair) = match target {
            Err(reason) => (reason.clone(), reason, None, None),
            Ok(target) => {
                // An amount that lacks days is held against the plan for the days that it has.
                let covered = Number::from(actual.coverage.days).divided_by(&Number::from(actual.coverage.of));
                let lacks = !actual.coverage.is_full() && actual.value.number().is_some();
                let additive = lacks && system.additivity(&kpi.definition) == Additivity::Additive;
                let fair = covered.filter(|_| additive).map_or_else(|| target.clone(), |covered| target.clone().share(&covered));
                let band = |holds: fn(&Number, &TargetFor) -> bool| fair.low != fair.high && actual.value.number().is_some_and(|actual| holds(actual, &fair));
                let inside = band(|actual, fair| fair.low <= *actual && *actual <= fair.high);
                let upper = band(|actual, fair| *actual > fair.high);
                let base = Value::of(if upper { fair.high.clone() } else { fair.low.clone() });
                let uneven = additive && !target.is_even;
                let change = if uneven {
                    let (days, of) = (actual.coverage.days, actual.coverage.of);
                    Value::not_comparable(format!("{days} of {of} days are covered, and the plan is not the same for each of them"))
                } else if let Some(cause) = actual.incomparable().filter(|_| actual.value.number().is_some()) {
                    Value::not_comparable(cause)
                } else if inside {
                    Value::of(Number::from(0))
                } else {
                    difference(&actual.value, &base)
                };
                (base, change, Some(target), Some(fair))
            }
        };
        let direction = target.as_ref().map_or(kpi.direction, |target| target.direction(kpi));
        let baseline = fair.as_ref().and_then(|fair| fair.baseline.as_ref());
        let attainment = fair.as_ref().and_then(|_| Attainment::of(&rules, direction, &actual.value, &base, baseline, &change));
        let judged = fair.as_ref().filter(|_| change.number().is_some());
        let level = judged.and_then(|fair| LevelReached::of(fair.levels.as_ref()?, actual.value.number()?, direction));
        let mut comparison = Comparison::with_target(code.into(), period.clone(), base, change, &kpi.unit, direction).judged(&rules, &kpi.unit);
        comparison.attainment = attainment;
        // What is so near to the target that it is met has reached its level.
        let level = if comparison.impact == Impact::Neutral { level.map(|level| level.max(LevelReached::Good)) } else { level };
        if let Some(fair) = fair.as_ref().filter(|fair| fair.low != fair.high) {
            comparison.base.text = format!("{} to {}", kpi.unit.format(&fair.low), kpi.unit.format(&fair.high));
        }
        let status = on_target(direction, actual, &comparison);
        Self { target, comparison, level, status }
    }
}

fn on_target(direction: Direction, actual: &Observation, plan: &Comparison) -> OnTarget {
    let known = actual.value.number().is_some();
    match (plan.base.value.number().is_some(), known, direction, plan.impact) {
        // There is a target, but none that this period could be held against.
        (false, ..) if plan.base.value.reason() == Some("not comparable") => OnTarget::NotJudged,
        (false, ..) => OnTarget::NoTarget,
        (_, false, ..) => OnTarget::Unknown,
        (_, _, Direction::None, _) | (_, _, _, Impact::Unknown) => OnTarget::NotJudged,
        (_, _, _, Impact::Adverse) => OnTarget::Missed,
        _ => OnTarget::Met,
    }
}

impl Snapshot {
    /// A KPI in a period against the plan or a scenario. What it is held against is the base of the
    /// comparison: where the figure lacks days, that of the days that it has.
    pub(crate) fn standing(&self, kpi: &Kpi, period: &Period, scenario: Option<&Scenario>) -> Standing {
        let code = scenario.map_or(Cow::Borrowed("PL"), |scenario| Cow::Owned(scenario.code.clone()));
        let target = self.target_in(scenario, kpi, period, self.as_of());
        Standing::of(self.system(), kpi, period, &self.observation(kpi, period), target, code)
    }

    /// A KPI in a period against every scenario that says something about it.
    pub(super) fn scenarios(&self, kpi: &Kpi, period: &Period) -> Vec<AgainstScenario> {
        let says =
            self.system().scenarios().iter().filter(|scenario| self.system().targets_in(Some(scenario), &kpi.definition.id).any(|target| target.by.is_empty()));
        let against = says.map(|scenario| AgainstScenario {
            id: scenario.id.clone(),
            name: scenario.name.clone(),
            comparison: self.standing(kpi, period, Some(scenario)).comparison,
        });
        against.collect()
    }
}
