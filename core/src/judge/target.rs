//! Which target holds for a period, as known at a date.

use serde::Serialize;

use super::phasing;
use super::snapshot::Snapshot;
use crate::base::calendar::{Grain, Period, Span};
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::measure::Observation;
use crate::model::System;
use crate::model::kpi::{Additivity, Calculation, Direction, Kpi};
use crate::model::plan::{Bound, Goal, Levels, Phasing, PlannedMember, Scenario, Target, TargetStatus};

/// The target of a KPI for one period, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetFor {
    /// The lower bound; equal to the upper one unless the target is a band.
    pub low: Number,
    /// The upper bound.
    pub high: Number,
    /// The levels, of which the good one is the target; `None` where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub levels: Option<Levels>,
    /// The baseline from which a trajectory starts; of an amount, that of the period's days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Number>,
    /// Which way it asks for, where it says so by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// Who set it last.
    pub set_by: Option<Id>,
    /// When it was set.
    pub set_on: Option<Date>,
    /// Where it is written; empty when nowhere else.
    pub document: String,
    /// How firm it is.
    pub status: TargetStatus,
    /// The length of the periods it was set for; amounts are spread over their days by its phasing.
    pub set_for: Grain,
    /// Whether each of the period's days, or of its months, has the same of it, so that any so many
    /// days have as much of it as any others.
    #[serde(skip)]
    pub(crate) is_even: bool,
}

impl TargetFor {
    /// Which way is better, when a figure of a KPI is held against it.
    pub(crate) fn direction(&self, kpi: &Kpi) -> Direction {
        match self.bound {
            Some(Bound::AtLeast) => Direction::Higher,
            Some(Bound::AtMost) => Direction::Lower,
            None => kpi.direction,
        }
    }

    /// Only so much of it, by its days.
    pub(crate) fn share(mut self, share: &Number) -> Self {
        let part = |number: &mut Number| *number = number.clone() * share.clone();
        part(&mut self.low);
        part(&mut self.high);
        self.baseline.iter_mut().for_each(part);
        self.levels.iter_mut().flat_map(|levels| [&mut levels.minimum, &mut levels.good, &mut levels.excellent]).for_each(part);
        self
    }
}

/// What was measured in a period, from which last year's shape is drawn: the amount, or why it is
/// not known whole.
pub(crate) type Measured<'a> = &'a dyn Fn(&Period) -> Value;

/// The targets that one figure is held against: those of a KPI's total or of a member, in the plan
/// or in a scenario.
pub(crate) struct Planned<'a> {
    system: &'a System,
    kpi: &'a Kpi,
    additive: bool,
    pub(crate) targets: Vec<&'a Target>,
    /// What the figure was in other periods.
    measured: Measured<'a>,
    /// What has no target, as a sentence names it.
    whose: String,
}

impl<'a> Planned<'a> {
    /// Those of the members named; of the total where none is.
    pub(crate) fn new(system: &'a System, kpi: &'a Kpi, scenario: Option<&'a Scenario>, by: &[PlannedMember], measured: Measured<'a>) -> Self {
        let targets = system.targets_in(scenario, &kpi.definition.id).filter(|target| target.by == by).collect();
        Self::of(system, kpi, scenario, by, targets, measured)
    }

    /// The same, of targets that are known to be theirs.
    pub(crate) fn of(
        system: &'a System,
        kpi: &'a Kpi,
        scenario: Option<&'a Scenario>,
        by: &[PlannedMember],
        targets: Vec<&'a Target>,
        measured: Measured<'a>,
    ) -> Self {
        let additive = system.additivity(&kpi.definition) == Additivity::Additive;
        let whose = format!("`{}`{}", kpi.definition.id, PlannedMember::whose(by));
        let whose = scenario.map_or_else(|| whose.clone(), |scenario| format!("{whose} in `{}`", scenario.id));
        Self { system, kpi, additive, targets, measured, whose }
    }

    /// The target for a period, or the reason why there is none.
    ///
    /// A target set for periods of the same length is taken as it is. Otherwise targets for other
    /// lengths are used, shortest first: amounts that add up are spread over their days by the
    /// target's phasing (evenly unless it says otherwise); other figures keep their target where it
    /// is the same throughout. Of two targets for the same days, the one set last holds, of those
    /// known when the period ended.
    pub(crate) fn on(&self, period: &Period, as_of: Date) -> Result<TargetFor, Value> {
        self.holding(period, as_of).map(|(target, _)| target)
    }

    /// The same, and what it is made of.
    pub(crate) fn holding(&self, period: &Period, as_of: Date) -> Result<(TargetFor, Vec<Part<'a>>), Value> {
        // What was known when the period ended holds for it; what was set later, only if nothing was.
        let then = as_of.min(period.last);
        self.known_on(period, then).or_else(|reason| if then == as_of { Err(reason) } else { self.known_on(period, as_of) })
    }

    /// The one that holds for a period by what was known on a day, whenever the period ended.
    fn known_on(&self, period: &Period, day: Date) -> Result<(TargetFor, Vec<Part<'a>>), Value> {
        let known: Vec<&Target> = self.targets.iter().copied().filter(|target| target.set_on.is_none_or(|set_on| set_on <= day)).collect();
        self.of_known(period, &known)
    }

    /// Of known targets the one that holds, and what it is made of.
    pub(crate) fn of_known(&self, period: &Period, known: &[&'a Target]) -> Result<(TargetFor, Vec<Part<'a>>), Value> {
        let others = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year].into_iter().filter(|grain| *grain != period.grain);
        for grain in std::iter::once(period.grain).chain(others) {
            if (grain == period.grain || self.borrows())
                && let Some(parts) = self.cover(known, grain, period)?
            {
                return Ok((combine(&parts, self.additive)?, parts));
            }
        }
        Err(Value::missing(format!("{} has no target for {}", self.whose, period.label)))
    }

    /// Distinct members of parts do not add up to those of the whole, nor does what a formula makes
    /// of amounts, unless it only adds them.
    fn borrows(&self) -> bool {
        let computed = matches!(self.kpi.definition.calculation, Calculation::Distinct { .. } | Calculation::Formula { .. } | Calculation::Cumulative { .. });
        self.additive || !computed
    }

    /// The targets of one grain that together cover every day of the period.
    fn cover(&self, known: &[&'a Target], grain: Grain, period: &Period) -> Result<Option<Vec<Part<'a>>>, Value> {
        let calendar = self.system.calendar();
        let mut found = Vec::new();
        let mut day = period.first;
        while day <= period.last {
            let native = calendar.period(grain, day);
            let holding = known.iter().filter(|target| target.grain == grain && target.span().contains(native.first));
            let Some(target) = holding.max_by_key(|target| target.set_on) else { return Ok(None) };
            day = native.last.plus_days(1);
            let last = native.last >= Date::max();
            found.push((*target, native));
            if last {
                break;
            }
        }
        let parts = found.into_iter().map(|(target, native)| self.part(target, &native, period));
        parts.collect::<Result<Option<Vec<Part<'_>>>, Value>>()
    }

    /// How much of a target's period belongs to the one asked for.
    pub(crate) fn part(&self, target: &'a Target, native: &Period, period: &Period) -> Result<Option<Part<'a>>, Value> {
        let calendar = self.system.calendar();
        let Some(shared) = native.span().overlap(period.span()) else { return Ok(None) };
        let share = match &target.phasing {
            _ if !self.additive || shared == native.span() => Some(Number::from(1)),
            Phasing::LastYear => phasing::share(&phasing::last_year(calendar, native, self.measured)?, calendar, native, shared),
            phasing => phasing::share(phasing, calendar, native, shared),
        };
        let goal = target.goal(calendar, native.first);
        let of_a_day = |bound: &Number| bound.divided_by(&Number::from(native.span().days()));
        let per_day = if target.phasing.is_linear() { of_a_day(&goal.low).zip(of_a_day(&goal.high)) } else { None };
        Ok(share.map(|share| Part { target, goal, share, per_day }))
    }

    /// What one target by itself comes to on the days of a period for which it is set, and how many
    /// these are.
    pub(crate) fn alone(&self, target: &'a Target, period: &Period) -> (Result<TargetFor, Value>, i64) {
        let calendar = self.system.calendar();
        let (mut parts, mut days) = (Vec::new(), 0i64);
        let mut native = Some(calendar.period(target.grain, period.first.max(target.first)));
        while let Some(this) = native.take().filter(|this| this.first <= period.last && this.first <= target.last) {
            days = days.saturating_add(this.span().overlap(period.span()).map_or(0, Span::days));
            match self.part(target, &this, period) {
                Ok(part) => parts.extend(part),
                Err(reason) => return (Err(reason), days),
            }
            native = calendar.next(&this);
        }
        (combine(&parts, self.additive), days)
    }
}

/// What a target aims at, and the share of its period's amount that lies in the period asked for.
pub(crate) struct Part<'a> {
    pub(crate) target: &'a Target,
    goal: Goal,
    share: Number,
    /// Its bounds for a day; `None` where days differ.
    per_day: Option<(Number, Number)>,
}

pub(crate) fn combine(parts: &[Part<'_>], additive: bool) -> Result<TargetFor, Value> {
    let latest = parts.iter().max_by_key(|part| (part.target.set_on, part.target.first));
    let Some(latest) = latest else { return Err(Value::missing("the period has no days")) };
    let goal = if additive {
        let sum = |of: fn(&Goal) -> Option<&Number>| parts.iter().map(|part| Some(of(&part.goal)?.clone() * part.share.clone())).sum::<Option<Number>>();
        let zero = || Number::from(0);
        let level =
            |of: fn(&Levels) -> &Number| parts.iter().map(|part| Some(of(part.goal.levels.as_ref()?).clone() * part.share.clone())).sum::<Option<Number>>();
        let levels = (level(|levels| &levels.minimum), level(|levels| &levels.good), level(|levels| &levels.excellent));
        let levels = if let (Some(minimum), Some(good), Some(excellent)) = levels { Some(Levels { minimum, good, excellent }) } else { None };
        let mut bounds = parts.iter().filter_map(|part| part.goal.bound);
        let bound = bounds.next();
        if bounds.any(|other| Some(other) != bound) {
            return Err(Value::not_comparable("the targets of the period ask for opposite things"));
        }
        Goal {
            low: sum(|goal| Some(&goal.low)).unwrap_or_else(zero),
            high: sum(|goal| Some(&goal.high)).unwrap_or_else(zero),
            levels,
            baseline: sum(|goal| goal.baseline.as_ref()),
            bound,
        }
    } else if parts.iter().all(|part| part.goal == latest.goal) {
        latest.goal.clone()
    } else {
        return Err(Value::not_comparable("the target changes within the period, and this figure does not add up"));
    };
    // The same for each month is as even as months are.
    let alike = |part: &Part<'_>| part.per_day == latest.per_day || (part.goal == latest.goal && part.target.grain == latest.target.grain);
    let is_even = parts.iter().all(|part| part.per_day.is_some() && alike(part));
    let Goal { low, high, levels, baseline, bound } = goal;
    let Target { set_by, set_on, document, status, grain, .. } = latest.target;
    let (set_by, document) = (set_by.clone(), document.clone());
    Ok(TargetFor { low, high, levels, baseline, bound, set_by, set_on: *set_on, document, status: *status, set_for: *grain, is_even })
}

impl Snapshot {
    /// The plan's target of a KPI for a period as known on a day, or the reason why there is none.
    pub(crate) fn target(&self, kpi: &Kpi, period: &Period, day: Date) -> Result<TargetFor, Value> {
        self.target_in(None, kpi, period, day)
    }

    /// The same in a scenario, where one is named.
    pub(crate) fn target_in(&self, scenario: Option<&Scenario>, kpi: &Kpi, period: &Period, day: Date) -> Result<TargetFor, Value> {
        Planned::new(self.system(), kpi, scenario, &[], &|period| self.whole(kpi, period)).on(period, day)
    }

    /// The same by all that was known on that day, even where the period ended before it: a part of
    /// a running period is held against the plan that the whole of it is.
    pub(crate) fn target_as_known(&self, kpi: &Kpi, period: &Period, day: Date) -> Result<TargetFor, Value> {
        let measured: Measured<'_> = &|period| self.whole(kpi, period);
        Planned::new(self.system(), kpi, None, &[], measured).known_on(period, day).map(|(target, _)| target)
    }

    /// What was measured in a period, when all of its days are covered, and it means the same today.
    pub(crate) fn whole(&self, kpi: &Kpi, period: &Period) -> Value {
        self.shape_of(kpi, &self.observation(kpi, period))
    }

    /// The same of what was observed, of the total or a member.
    pub(crate) fn shape_of(&self, kpi: &Kpi, observation: &Observation) -> Value {
        let redefined = || self.redefined_between(kpi, observation.period.first, self.as_of());
        match phasing::whole(observation) {
            Value::Value { value } => redefined().map_or_else(|| Value::of(value), Value::not_comparable),
            reason => reason,
        }
    }
}
