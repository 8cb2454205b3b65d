//! The annual frame with its quarters and months: parts that do not sum to the whole (domain D4).

use super::Check;
use crate::base::calendar::{Calendar, Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Severity};
use crate::base::number::Number;
use crate::base::order;
use crate::model::kpi::{Additivity, Kpi};
use crate::model::plan::{Aim, Target};

impl<'a> Check<'a, '_> {
    pub(super) fn frame(&mut self) {
        let system = self.system;
        for kpi in &system.kpis {
            let targets: Vec<&Target> = system.targets_of(&kpi.definition.id).collect();
            let grains = targets.iter().any(|target| target.grain != Grain::Month && target.grain != Grain::Week);
            if !grains || system.additivity(&kpi.definition) != Additivity::Additive {
                continue;
            }
            let [years, quarters, months] = [Grain::Year, Grain::Quarter, Grain::Month].map(|grain| Holding::of(&system.calendar, grain, &targets));
            for (wholes, parts, words) in [(&years, &quarters, "quarters"), (&years, &months, "months"), (&quarters, &months, "months")] {
                for (period, whole) in wholes.held() {
                    self.sums(kpi, period, whole, parts.within(period), words);
                }
            }
        }
    }

    /// What is told when every part has a target, and they come to something else.
    fn sums(&mut self, kpi: &'a Kpi, period: &Period, whole: &Target, parts: Option<Vec<&Target>>, words: &str) {
        let point = |target: &Target| if let Aim::Point { value } = &target.aim { Some(value.clone()) } else { None };
        let Some(parts) = parts else { return };
        let (Some(frame), Some(sum)) = (point(whole), parts.into_iter().map(point).sum::<Option<Number>>()) else { return };
        if sum == frame {
            return;
        }
        let (id, less) = (&kpi.definition.id, frame.clone() - sum.clone());
        let by = format!("{} {}", kpi.unit.format(&less.abs()), if less.is_negative() { "more" } else { "less" });
        let (sum, frame) = (kpi.unit.format(&sum), kpi.unit.format(&frame));
        let message = format!("the {words} of {period} sum to {sum} for `{id}`, and its target is {frame}: {by}");
        let (place, help) = (whole.origin.0.clone(), "let the parts sum to the whole, or take one of them out".to_owned());
        self.findings.push(Finding { code: Code::PlanDoesNotSum, severity: Severity::Warning, place, message, help });
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

    /// The targets of the parts of a longer period, when each of its days has one.
    fn within(&self, whole: &Period) -> Option<Vec<&'a Target>> {
        let from = self.periods.partition_point(|(period, _)| period.first < whole.first);
        let parts = self.periods.get(from..)?.iter().take_while(|(period, _)| period.last <= whole.last);
        let (mut found, mut day): (Vec<&Target>, Date) = (Vec::new(), whole.first);
        for (period, target) in parts {
            if period.first != day {
                return None;
            }
            found.push((*target)?);
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
