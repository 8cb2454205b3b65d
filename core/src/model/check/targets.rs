//! Targets that fit neither each other nor their KPI, nor its dimensions.

use super::{Check, Names, Sources};
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Severity};
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::base::number::Number;
use crate::base::order;
use crate::base::unit::Unit;
use crate::model::kpi::{Direction, Kpi};
use crate::model::plan::{Aim, Levels, PlannedMember, Target};

/// A target for a rate above five times the whole is more likely a percentage without its sign.
const IMPLAUSIBLE_SHARE: i32 = 5;

impl<'a> Check<'a, '_> {
    /// Every set of targets: the plan, and each scenario.
    fn sets(&self) -> impl Iterator<Item = &'a [Target]> + use<'a> {
        let system = self.system;
        std::iter::once(system.targets.as_slice()).chain(system.scenarios.iter().map(|scenario| scenario.targets.as_slice()))
    }

    pub(super) fn targets(&mut self, sources: &Sources<'_>) {
        let kpis = Map::from_iter(self.system.kpis.iter().rev().map(|kpi| (&kpi.definition.id, kpi)));
        for targets in self.sets() {
            for (target, rival) in rivals(targets) {
                let message = format!("`{}`{} has two targets for {}, set on the same day", target.kpi, target.whose(), overlap_text(target, rival));
                let help = "give the later one a later `set_on`, or let the periods not overlap";
                self.error(Code::AmbiguousTarget, &target.origin, message, help);
            }
            for target in targets {
                let Some(kpi) = kpis.get(&target.kpi) else { continue };
                self.plausible(kpi, target);
                self.asks(kpi, target);
                self.dimensions(kpi, target, sources);
            }
        }
    }

    /// A rate is written as a share: 30 means 3,000 %.
    fn plausible(&mut self, kpi: &Kpi, target: &Target) {
        let largest = match &target.aim {
            Aim::Point { value } | Aim::AtLeast { value } | Aim::AtMost { value } => value,
            Aim::Trajectory { start, value } => {
                if start.abs() > value.abs() {
                    start
                } else {
                    value
                }
            }
            Aim::Levels(levels) => {
                if levels.minimum.abs() > levels.excellent.abs() {
                    &levels.minimum
                } else {
                    &levels.excellent
                }
            }
            Aim::Band { .. } => return,
        };
        if kpi.unit == Unit::Percent && largest.abs() > Number::from(IMPLAUSIBLE_SHARE) {
            let message = format!("the target of `{}`{} is {}", target.kpi, target.whose(), Unit::Percent.format(largest));
            let help = format!("write `{largest} %` if that is what is meant");
            let place = target.origin.0.clone();
            self.findings.push(Finding { code: Code::ImplausibleTarget, severity: Severity::Warning, place, message, help });
        }
    }

    /// What is aimed at goes the KPI's way.
    fn asks(&mut self, kpi: &Kpi, target: &Target) {
        let mut refuse = |code, message: &str, help: &str| self.error(code, &target.origin, format!("`{}` is better {message}", target.kpi), help);
        match (kpi.direction, &target.aim) {
            (Direction::Band, Aim::Band { .. }) => {}
            (Direction::Band, _) => refuse(Code::NotCombinable, "inside a band, and its target is a single value", "write `low` and `high`"),
            (_, Aim::Band { .. }) => refuse(Code::NotCombinable, "in one direction, and its target is a band", "write `value`, or `direction: band`"),
            (Direction::Lower, Aim::AtLeast { .. }) => {
                refuse(Code::TargetDirection, "when it is lower, and its target asks for at least so much", "write `at_most`, or mend the KPI's direction");
            }
            (Direction::Higher, Aim::AtMost { .. }) => {
                refuse(Code::TargetDirection, "when it is higher, and its target asks for at most so much", "write `at_least`, or mend the KPI's direction");
            }
            (Direction::None, Aim::Levels(_)) => refuse(Code::NotCombinable, "in no direction, and its target has levels", "write `at_least` or `at_most`"),
            (Direction::Higher, Aim::Levels(levels)) if !in_order([&levels.minimum, &levels.good, &levels.excellent]) => {
                refuse(Code::LevelsOutOfOrder, &order_text("higher", levels), "let `minimum` be at most `good`, and `good` at most `excellent`");
            }
            (Direction::Lower, Aim::Levels(levels)) if !in_order([&levels.excellent, &levels.good, &levels.minimum]) => {
                refuse(Code::LevelsOutOfOrder, &order_text("lower", levels), "let `excellent` be at most `good`, and `good` at most `minimum`");
            }
            _ => {}
        }
    }

    /// Every source that decides on the KPI's members has the dimensions of whose member the target is.
    fn dimensions(&mut self, kpi: &'a Kpi, target: &Target, sources: &Sources<'_>) {
        if target.by.is_empty() {
            return;
        }
        let (mut seen, mut waiting) = (Set::new(), vec![&kpi.definition.id]);
        while let Some(id) = waiting.pop() {
            let Some(definition) = self.by_id.get(id).copied().filter(|_| seen.insert(id)) else { continue };
            waiting.extend(definition.calculation.members_from());
            let Some(columns) = definition.calculation.source().and_then(|source| sources.get(source)) else { continue };
            let known: Names<'_> = columns.source.dimensions.iter().map(|dimension| &dimension.id).collect();
            if let Some(unknown) = target.by.iter().find(|each| !known.known.contains(each.dimension.as_str())) {
                let of = if definition.id == kpi.definition.id { String::new() } else { format!(", from which `{}` is computed,", kpi.definition.id) };
                let message = format!("the source `{}` of `{}`{of} has no dimension `{}`", columns.source.id, definition.id, unknown.dimension);
                let help = self.help(unknown.dimension.as_str(), &known);
                self.error(Code::UnknownReference, &target.origin, message, help);
                return;
            }
        }
    }
}

fn in_order(levels: [&Number; 3]) -> bool {
    levels.is_sorted()
}

fn order_text(way: &str, levels: &Levels) -> String {
    format!("when it is {way}, and the levels {}, {} and {} of its target do not go that way", levels.minimum, levels.good, levels.excellent)
}

/// Targets that overlap one before them in the text: same KPI, members, length of periods and day
/// of setting.
fn rivals(targets: &[Target]) -> Vec<(&Target, &Target)> {
    type Alike<'a> = (&'a Id, &'a [PlannedMember], Grain, Option<Date>);
    let mut groups: Map<Alike<'_>, Vec<(usize, &Target)>> = Map::new();
    for (position, target) in targets.iter().enumerate() {
        groups.entry((&target.kpi, &target.by, target.grain, target.set_on)).or_default().push((position, target));
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
