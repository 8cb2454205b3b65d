//! The plan and its targets.

use super::values::{Day, Id, List, Map, Number, Period};
use crate::model::plan::TargetStatus;

part! {
    /// The plan.
    Plan {
        /// What it is called.
        name: (String),
        /// The targets of each KPI, by its id.
        targets: {targets_of: List<Target>},
    }
}

impl Plan {
    /// With one more target of a KPI.
    #[must_use]
    pub fn target(mut self, kpi: &str, target: Target) -> Self {
        match self.targets.0.iter_mut().find(|(id, _)| id == kpi) {
            Some((_, targets)) => targets.0.push(target),
            None => self.targets.push(kpi, target),
        }
        self
    }
}

impl From<Map<List<Target>>> for Plan {
    fn from(targets: Map<List<Target>>) -> Self {
        Self { targets, ..Self::default() }
    }
}

words! {
    /// How the target of an amount is spread over the days of its period.
    Phasing {
        /// Evenly over all days.
        Linear,
        /// Evenly over Mondays to Fridays.
        WorkingDays,
    }
}

part! {
    /// A target: for which periods, and what is aimed at.
    Target shape super::schema::target, {
        /// The period that it is for.
        period: (Period),
        /// The first of several periods.
        from: (Period),
        /// The last of several periods.
        to: (Period),
        /// What is aimed at.
        value: (Number),
        /// The lower bound, for a KPI whose direction is `band`.
        low: (Number),
        /// The upper bound, for a KPI whose direction is `band`.
        high: (Number),
        /// How an amount is spread over the days of its period: `linear` (default) or `working_days`.
        phasing: (Phasing),
        /// Instead, a weight for each quarter or month of a year, or month of a quarter.
        weights: [Number],
        /// Who set it.
        set_by: (Id),
        /// When it was set; it is not known before.
        set_on: (Day),
        /// Where it is written.
        document: (String),
        /// `agreed` (default), `proposed`, `placeholder` or `inferred`.
        status: (TargetStatus),
    }
}

impl Target {
    /// A target for a period.
    #[must_use]
    pub fn new(period: impl Into<Period>, value: impl Into<Number>) -> Self {
        Self::default().period(period).value(value)
    }

    /// A target for each of several periods.
    #[must_use]
    pub fn through(from: impl Into<Period>, to: impl Into<Period>, value: impl Into<Number>) -> Self {
        Self::default().from(from).to(to).value(value)
    }
}
