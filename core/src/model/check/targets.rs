//! Targets that fit neither each other nor their KPI.

use super::Check;
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Severity};
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::order;
use crate::base::unit::Unit;
use crate::model::kpi::Direction;
use crate::model::plan::{Aim, Target};

/// A target for a rate above five times the whole is more likely a percentage without its sign.
const IMPLAUSIBLE_SHARE: i32 = 5;

impl Check<'_, '_> {
    /// A rate is written as a share: 30 means 3,000 %.
    fn plausible(&mut self, target: &Target) {
        let percent = self.system.kpi(target.kpi.as_str()).is_some_and(|kpi| kpi.unit == Unit::Percent);
        let Aim::Point { value } = &target.aim else { return };
        if percent && value.abs() > Number::from(IMPLAUSIBLE_SHARE) {
            let message = format!("the target of `{}` is {}", target.kpi, Unit::Percent.format(value));
            let help = format!("write `{value} %` if that is what is meant");
            let place = target.origin.0.clone();
            self.findings.push(Finding { code: Code::ImplausibleTarget, severity: Severity::Warning, place, message, help });
        }
    }

    pub(super) fn targets(&mut self) {
        let system = self.system;
        for (target, rival) in rivals(&system.targets) {
            let message = format!("`{}` has two targets for {}, set on the same day", target.kpi, overlap_text(target, rival));
            let help = "give the later one a later `set_on`, or let the periods not overlap";
            self.error(Code::AmbiguousTarget, &target.origin, message, help);
        }
        let directions = Map::from_iter(system.kpis.iter().rev().map(|kpi| (&kpi.definition.id, kpi.direction)));
        for target in &system.targets {
            let Some(direction) = directions.get(&target.kpi) else { continue };
            self.plausible(target);
            let wants_band = *direction == Direction::Band;
            if wants_band != matches!(target.aim, Aim::Band { .. }) {
                let message = format!(
                    "`{}` is better {}",
                    target.kpi,
                    if wants_band { "inside a band, and its target is a single value" } else { "in one direction, and its target is a band" }
                );
                let help = if wants_band { "write `low` and `high`" } else { "write `value`, or `direction: band`" };
                self.error(Code::NotCombinable, &target.origin, message, help);
            }
        }
    }
}

/// Targets that overlap one before them in the text: same KPI, length of periods and day of
/// setting.
fn rivals(targets: &[Target]) -> Vec<(&Target, &Target)> {
    type Alike<'a> = (&'a Id, Grain, Option<Date>);
    let mut groups: Map<Alike<'_>, Vec<(usize, &Target)>> = Map::new();
    for (position, target) in targets.iter().enumerate() {
        groups.entry((&target.kpi, target.grain, target.set_on)).or_default().push((position, target));
    }
    let mut found: Map<usize, (&Target, &Target)> = Map::new();
    for mut group in groups.into_values() {
        // In order of their starts, each needs to be held only against the latest end so far.
        order::sort_by_key(&mut group, |(position, target)| (target.first, *position));
        let mut latest: Option<(usize, &Target)> = None;
        for (position, target) in group {
            if let Some((other, rival)) = latest.filter(|(_, rival)| target.first <= rival.last) {
                let pair = if other < position { (target, rival) } else { (rival, target) };
                found.entry(other.max(position)).or_insert(pair);
            }
            if latest.is_none_or(|(_, rival)| rival.last < target.last) {
                latest = Some((position, target));
            }
        }
    }
    found.into_values().collect()
}

fn overlap_text(left: &Target, right: &Target) -> String {
    left.span().overlap(right.span()).map_or_else(String::new, |both| format!("{} to {}", both.first, both.last))
}
