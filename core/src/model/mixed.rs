//! Systems that have one part of another, to tell what follows from that part alone.

use super::System;
use super::index::Index;
use super::plan::{Scenario, Target};

impl System {
    /// This system with the calendar of another.
    pub(crate) fn with_calendar_of(&self, other: &Self) -> Self {
        Self { calendar: other.calendar.clone(), ..self.clone() }.indexed()
    }

    /// This system with the plan of another, as far as it has the KPIs.
    pub(crate) fn with_plan_of(&self, other: &Self) -> Self {
        let ours = |targets: &[Target]| targets.iter().filter(|target| self.kpi(target.kpi.as_str()).is_some()).cloned().collect::<Vec<_>>();
        let scenarios = other.scenarios.iter().map(|scenario| Scenario { targets: ours(&scenario.targets), ..scenario.clone() });
        Self { plan_name: other.plan_name.clone(), targets: ours(&other.targets), scenarios: scenarios.collect(), ..self.clone() }.indexed()
    }

    /// Whether two systems compute every figure in the same way.
    pub(crate) fn defines_as(&self, other: &Self) -> bool {
        self.sources == other.sources && self.measures == other.measures && self.kpis == other.kpis
    }

    /// Whether two systems aim at the same.
    pub(crate) fn plans_as(&self, other: &Self) -> bool {
        self.targets == other.targets && self.scenarios == other.scenarios
    }

    fn indexed(mut self) -> Self {
        self.index = Index::of(&self);
        self
    }
}
