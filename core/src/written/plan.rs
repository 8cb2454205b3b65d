//! The plan and its targets.

use super::people::Assignment;
use super::values::{Day, Id, List, Map, Member, Money, Number, Period, ShortCode};
use crate::model::plan::TargetStatus;
use crate::model::variance::AttainmentRule;

part! {
    /// The plan.
    Plan {
        /// What it is called.
        name: (String),
        /// The budgets, one for each period.
        budget: [Budget],
        /// The targets of each KPI, by its id.
        targets: {targets_of: List<Target>},
        /// Other sets of targets beside the plan, by id: forecasts, budgets, cases.
        scenarios: {scenario: Scenario},
    }
}

part! {
    /// A set of targets beside the plan.
    Scenario requires [code] {
        /// What it is called; default the id.
        name: (String),
        /// One to four upper-case letters and digits: `FC` for a forecast, `BU` for a budget, or your own.
        code: (ShortCode),
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
        /// As the KPI's own facts of the year before were, month by month; for quarters and years.
        LastYear,
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
        /// The members that it is for, one of each dimension; the KPI's total without.
        by: {member: Member},
        /// What is aimed at.
        value: (Number),
        /// The baseline before the first period, from which the target moves in equal steps to the value in the last one.
        start: (Number),
        /// At least so much.
        at_least: (Number),
        /// At most so much.
        at_most: (Number),
        /// Several levels, of which the good one is the target.
        levels: (Levels),
        /// The lower bound, for a KPI whose direction is `band`.
        low: (Number),
        /// The upper bound, for a KPI whose direction is `band`.
        high: (Number),
        /// How an amount is spread over the days of its period: `linear` (default), `working_days` or `last_year`.
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

part! {
    /// The levels of a target, in the order of the KPI's direction.
    Levels requires [minimum, good, excellent] {
        /// What must be reached.
        minimum: (Number),
        /// The target.
        good: (Number),
        /// What is more than was asked for.
        excellent: (Number),
    }
}

part! {
    /// How differences are judged.
    Variance {
        /// A change of at most this share of the base, or for rates of so many points, is neutral.
        neutral: (Number),
        /// From where on a change is material.
        material: (Materiality),
        /// How attainment is computed: the first that suits the KPI's direction.
        attainment: [AttainmentRule],
    }
}

part! {
    /// The size from which a change is material: it reaches all that are written.
    Materiality shape super::schema::materiality, {
        /// In the KPI's unit; a rate's as a share.
        absolute: (Number),
        /// As a share of the base; for rates in points.
        relative: (Number),
    }
}

part! {
    /// A budget: a frame for a period, and what is allocated of it.
    Budget requires [period, amount] {
        /// The period that it is for.
        period: (Period),
        /// The frame: all of it.
        amount: (Money),
        /// Where it is written.
        document: (String),
        /// The allocations, which sum to the frame.
        lines: {line: BudgetLine},
        /// What was moved from one line to another.
        moves: [BudgetMove],
    }
}

part! {
    /// An allocation.
    BudgetLine shape super::schema::budget_line, {
        /// What it is called; default the id.
        name: (String),
        /// Who answers for it.
        owner: [Assignment],
        /// The place of the model that it is for, by the word of frameworks, such as `channels` or `brand.identity`.
        layer: (String),
        /// The channel that it is for.
        channel: (Id),
        /// The campaign that it is for.
        campaign: (Id),
        /// What kind of cost it is, such as `media` or `payroll`.
        cost_kind: (Id),
        /// How much is allocated for the whole period.
        amount: (Money),
        /// Instead, how much for which periods within it.
        amounts: [Allocation],
        /// The KPI or measure that says what was spent.
        spent: (Id),
        /// What is ordered and will be spent.
        committed: [Commitment],
    }
}

part! {
    /// An amount for a part of a budget's period.
    Allocation requires [period, amount] {
        /// The part.
        period: (Period),
        /// The amount.
        amount: (Money),
    }
}

part! {
    /// Money that is ordered.
    Commitment requires [on, amount, what] {
        /// The day of the order.
        on: (Day),
        /// The day from which it is among what is spent.
        settled_on: (Day),
        /// How much.
        amount: (Money),
        /// What for.
        what: (String),
    }
}

part! {
    /// Money that was moved from one line to another.
    BudgetMove requires [on, from, to, amount, reason] {
        /// The day from which it counts.
        on: (Day),
        /// The line that has less.
        from: (Id),
        /// The line that has more.
        to: (Id),
        /// How much.
        amount: (Money),
        /// Who decided it.
        by: (Id),
        /// Why.
        reason: (String),
    }
}
