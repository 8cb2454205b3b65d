//! The annual frame with its quarters and months, and the total with its members: parts that do
//! not sum to the whole (domain D4).

use super::Check;
use crate::base::calendar::{Calendar, Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Severity};
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::order;
use crate::model::kpi::{Additivity, Kpi};
use crate::model::plan::{PlannedMember, Target};

impl<'a> Check<'a, '_> {
    pub(super) fn frame(&mut self) {
        let system = self.system;
        for kpi in &system.kpis {
            for scenario in std::iter::once(None).chain(system.scenarios.iter().map(Some)) {
                let mut whose: Map<&[PlannedMember], Vec<&Target>> = Map::new();
                for target in system.targets_in(scenario, &kpi.definition.id) {
                    whose.entry(&target.by).or_default().push(target);
                }
                let longer = |target: &&Target| target.grain != Grain::Month && target.grain != Grain::Week;
                if whose.len() < 2 && !whose.values().flatten().any(longer) {
                    continue;
                }
                let additivity = system.additivity(&kpi.definition);
                if additivity == Additivity::Additive {
                    whose.values().for_each(|targets| self.parts(kpi, targets));
                }
                if additivity != Additivity::NonAdditive {
                    self.members(kpi, &whose);
                }
            }
        }
    }

    /// Quarters and months against the year and quarter that they make up.
    fn parts(&mut self, kpi: &'a Kpi, targets: &[&'a Target]) {
        let [years, quarters, months] = [Grain::Year, Grain::Quarter, Grain::Month].map(|grain| self.holding(grain, targets));
        for (wholes, parts, words) in [(&years, &quarters, "quarters"), (&years, &months, "months"), (&quarters, &months, "months")] {
            for (period, whole) in wholes.held() {
                self.sums(kpi, period, whole, parts.within(period), words);
            }
        }
    }

    /// What is told when every part has a target, and they come to something else.
    fn sums(&mut self, kpi: &'a Kpi, period: &Period, whole: &Target, parts: Option<Vec<(&Period, &Target)>>, words: &str) {
        let Some(parts) = parts else { return };
        let sum = parts.into_iter().map(|(period, target)| self.point(target, period)).sum::<Option<Number>>();
        let (Some(frame), Some(sum)) = (self.point(whole, period), sum) else { return };
        if sum == frame {
            return;
        }
        let (id, less) = (&kpi.definition.id, frame.clone() - sum.clone());
        let by = format!("{} {}", kpi.unit.format(&less.abs()), if less.is_negative() { "more" } else { "less" });
        let (sum, frame) = (kpi.unit.format(&sum), kpi.unit.format(&frame));
        let message = format!("the {words} of {period} sum to {sum} for `{id}`{}, and its target is {frame}: {by}", whole.whose());
        let (place, help) = (whole.origin.0.clone(), "let the parts sum to the whole, or take one of them out".to_owned());
        self.findings.push(Finding { code: Code::PlanDoesNotSum, severity: Severity::Warning, place, message, help });
    }

    /// The members of the same dimensions against the total. Which members there are is not known
    /// here, so that less than the total is no mistake.
    fn members(&mut self, kpi: &'a Kpi, whose: &Map<&[PlannedMember], Vec<&'a Target>>) {
        let Some(totals) = whose.get::<[PlannedMember]>(&[]) else { return };
        for grain in [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year] {
            let total = self.holding(grain, totals);
            // By the dimensions, and the first day of the period.
            let mut sums: Map<(Vec<&Id>, Date), Option<Number>> = Map::new();
            for (by, targets) in whose.iter().filter(|(by, _)| !by.is_empty()) {
                let dimensions: Vec<&Id> = by.iter().map(|each| &each.dimension).collect();
                for (period, target) in self.holding(grain, targets).held() {
                    let sum = sums.entry((dimensions.clone(), period.first)).or_insert_with(|| Some(Number::from(0)));
                    *sum = sum.take().zip(self.point(target, period)).map(|(sum, more)| sum + more);
                }
            }
            for ((dimensions, first), sum) in sums.iter() {
                let held = total.at(*first).and_then(|(period, target)| Some((period, target, self.point(target, period)?)));
                let (Some((period, target, whole)), Some(sum)) = (held, sum) else { continue };
                if *sum <= whole {
                    continue;
                }
                let names: Vec<&str> = dimensions.iter().map(|dimension| dimension.as_str()).collect();
                let [sum_text, whole_text, more] = [sum, &whole, &(sum.clone() - whole.clone())].map(|number| kpi.unit.format(number));
                let (names, id) = (names.join(" and "), &kpi.definition.id);
                let message = format!("the targets of `{id}` by {names} sum to {sum_text} for {period}, and that of the total is {whole_text}: {more} more");
                let (place, help) = (target.origin.0.clone(), "let the members' targets sum to at most the total's".to_owned());
                self.findings.push(Finding { code: Code::MembersAboveTotal, severity: Severity::Warning, place, message, help });
            }
        }
    }

    /// Which target holds for each period of a length, while that can still be looked up.
    fn holding(&mut self, grain: Grain, targets: &[&'a Target]) -> Holding<'a> {
        let calendar = &self.system.calendar;
        let own = || targets.iter().filter(|target| target.grain == grain);
        let span = own().map(|target| target.first).min().zip(own().map(|target| target.last).max());
        let count = span.map_or(0, |(first, last)| i64::from(calendar.index(grain, last)) - i64::from(calendar.index(grain, first)) + 1);
        let none = Holding { periods: Vec::new() };
        let Some(count) = usize::try_from(count).ok().filter(|count| *count > 0) else { return none };
        let Some(left) = self.periods.checked_sub(count) else {
            self.no_more_periods(targets);
            return none;
        };
        self.periods = left;
        Holding::of(calendar, grain, targets)
    }

    /// That nothing more is looked up is told once.
    fn no_more_periods(&mut self, targets: &[&'a Target]) {
        let Some(target) = targets.first().filter(|_| self.periods > 0) else { return };
        self.periods = 0;
        let message =
            format!("the targets reach over more than {} periods: from `{}` on, parts are not held against their wholes", super::MAX_PERIODS, target.kpi);
        let (place, help) = (target.origin.0.clone(), "let targets be for years that matter".to_owned());
        self.findings.push(Finding { code: Code::PlanDoesNotSum, severity: Severity::Note, place, message, help });
    }

    /// The one figure that a target comes to; a band has two.
    fn point(&self, target: &Target, period: &Period) -> Option<Number> {
        let goal = target.goal(&self.system.calendar, period.first);
        (goal.low == goal.high).then_some(goal.low)
    }

    /// A convention that a KPI names itself suits its direction.
    pub(super) fn attainment(&mut self) {
        let system = self.system;
        for kpi in &system.kpis {
            let rules = &kpi.variance.attainment;
            if !rules.is_empty() && !rules.iter().any(|rule| rule.suits(kpi.direction)) {
                let message = format!("the attainment of `{}` is named by a convention for KPIs of another direction", kpi.definition.id);
                let help = "write `actual_over_target` where higher is better; `target_over_actual` or `two_minus` where lower is better; or `from_baseline`";
                self.error(Code::NotCombinable, &kpi.definition.origin, message, help);
            }
        }
    }
}

/// Which target holds for each period of a length: of several the one that was set last.
struct Holding<'a> {
    periods: Vec<(Period, Option<&'a Target>)>,
}

impl<'a> Holding<'a> {
    fn of(calendar: &Calendar, grain: Grain, targets: &[&'a Target]) -> Self {
        let mut own: Vec<&Target> = targets.iter().copied().filter(|target| target.grain == grain).collect();
        order::sort_by_key(&mut own, |target| target.set_on);
        let span = own.iter().map(|target| target.first).min().zip(own.iter().map(|target| target.last).max());
        let mut periods = Vec::new();
        let mut next = span.map(|(first, _)| calendar.period(grain, first));
        while let Some(period) = next.take().filter(|period| span.is_some_and(|(_, last)| period.first <= last)) {
            next = calendar.next(&period);
            periods.push((period, None));
        }
        // The latest first, and each period taken once: where one is taken, the next free one is known.
        let mut free: Vec<usize> = (0..=periods.len()).collect();
        for target in own.into_iter().rev() {
            let mut at = periods.partition_point(|(period, _): &(Period, Option<&Target>)| period.first < target.first);
            loop {
                at = next_free(&mut free, at);
                let Some((_, holds)) = periods.get_mut(at).filter(|(period, _)| period.first <= target.last) else { break };
                *holds = Some(target);
                if let Some(taken) = free.get_mut(at) {
                    *taken = at.saturating_add(1);
                }
            }
        }
        Self { periods }
    }

    fn held(&self) -> impl Iterator<Item = (&Period, &'a Target)> {
        self.periods.iter().filter_map(|(period, target)| Some((period, (*target)?)))
    }

    /// The one for the period that starts on a day.
    fn at(&self, first: Date) -> Option<(&Period, &'a Target)> {
        let at = self.periods.partition_point(|(period, _)| period.first < first);
        let (period, target) = self.periods.get(at).filter(|(period, _)| period.first == first)?;
        Some((period, (*target)?))
    }

    /// The targets of the parts of a longer period, when each of its days has one.
    fn within(&self, whole: &Period) -> Option<Vec<(&Period, &'a Target)>> {
        let from = self.periods.partition_point(|(period, _)| period.first < whole.first);
        let parts = self.periods.get(from..)?.iter().take_while(|(period, _)| period.last <= whole.last);
        let (mut found, mut day): (Vec<(&Period, &Target)>, Date) = (Vec::new(), whole.first);
        for (period, target) in parts {
            if period.first != day {
                return None;
            }
            found.push((period, (*target)?));
            day = period.last.plus_days(1);
        }
        (day > whole.last).then_some(found)
    }
}

/// The first free position from one on; what lies between is passed quickly the next time.
fn next_free(free: &mut [usize], from: usize) -> usize {
    let mut found = from;
    while let Some(next) = free.get(found).copied().filter(|next| *next != found) {
        found = next;
    }
    let mut at = from;
    while let Some(next) = free.get_mut(at).filter(|next| **next != at && **next != found) {
        at = std::mem::replace(next, found);
    }
    found
}
