//! What a change is made of, as far as exact arithmetic says so.

use super::sentence;
use crate::base::calendar::Period;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::order;
use crate::base::unit::format_relative;
use crate::base::value::Value;
use crate::judge::scorecard::Line;
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::Comparison;
use crate::measure::MemberName;
use crate::model::kpi::{Additivity, Calculation, Kpi};

/// The comparison that a reader is most helped by: with the prior year if there is one, since
/// it has the same season, else with the previous period.
pub(super) fn reference(line: &Line) -> Option<&Comparison> {
    [&line.prior_year, &line.previous].into_iter().find(|comparison| comparison.change.value.number().is_some_and(|change| !change.is_zero()))
}

/// One sentence on what the change is made of; `None` where exact arithmetic says nothing.
pub(super) fn sentence(snapshot: &Snapshot, kpi: &Kpi, line: &Line) -> Option<String> {
    let reference = reference(line)?;
    let base = reference.period.as_ref()?;
    match &kpi.definition.calculation {
        Calculation::Ratio { numerator, denominator } => parts(snapshot, [numerator, denominator], &line.period, base),
        _ if snapshot.system().additivity(&kpi.definition) == Additivity::Additive => members(snapshot, kpi, line, reference.change.value.number()?, base),
        _ => None,
    }
}

/// A ratio moves because its two parts move.
fn parts(snapshot: &Snapshot, parts: [&Id; 2], period: &Period, base: &Period) -> Option<String> {
    let mut clauses = Vec::new();
    for id in parts {
        let series = snapshot.series(id.as_str(), period.grain, &[]).ok()?;
        let at =
            |wanted: &Period| series.iter().find(|observation| observation.period.first == wanted.first).and_then(|observation| observation.value.number());
        let (now, then) = (at(period)?, at(base)?);
        let change = (now.clone() - then.clone()).divided_by(&then.abs())?;
        let name = snapshot.system().kpi(id.as_str()).map_or_else(|| id.as_str().replace('_', " "), |kpi| kpi.name.clone());
        let direction = match (change.is_zero(), change.is_negative()) {
            (true, _) => "did not change".to_owned(),
            (_, true) => format!("fell by {}", unsigned(change)),
            (_, false) => format!("rose by {}", unsigned(change)),
        };
        clauses.push(format!("{name} {direction}"));
    }
    Some(format!("Against {}: {}.", sentence::period(base), sentence::list(&clauses)))
}

fn unsigned(change: Number) -> String {
    format_relative(&Value::of(change.abs())).trim_start_matches(['+', '±']).to_owned()
}

/// An amount's change is the sum of its members' changes: the largest are named.
fn members(snapshot: &Snapshot, kpi: &Kpi, line: &Line, total: &Number, base: &Period) -> Option<String> {
    let source = snapshot.system().source(kpi.definition.calculation.source()?.as_str())?;
    let filtered = |id: &Id| kpi.definition.filter.iter().any(|filter| filter.condition.columns().contains(&id));
    let dimension = source.dimensions.iter().find(|column| !filtered(&column.id))?;
    let series = snapshot.series(kpi.definition.id.as_str(), line.period.grain, &[dimension.id.as_str()]).ok()?;
    let mut by_member: Map<MemberName, Number> = Map::new();
    for (period, sign) in [(&line.period, 1), (base, -1)] {
        for observation in series.iter().filter(|observation| observation.period.first == period.first) {
            let value = observation.value.number()?.clone() * Number::from(sign);
            let member = observation.member.first()?.clone();
            let change = by_member.entry(member).or_insert_with(|| Number::from(0));
            *change = change.clone() + value;
        }
    }
    let mut changes: Vec<(MemberName, Number)> = by_member.into_iter().collect();
    order::sort_by(&mut changes, |(left_name, left), (right_name, right)| right.abs().cmp(&left.abs()).then_with(|| left_name.cmp(right_name)));
    if changes.len() < 2 {
        return None;
    }
    let named: Vec<String> = changes
        .iter()
        .filter(|(_, change)| !change.is_zero())
        .take(2)
        .map(|(member, change)| format!("{} {}", member.readable(), line.unit.format_change(change)))
        .collect();
    let rest = changes.iter().skip(2).map(|(_, change)| change.clone()).sum::<Number>();
    let rest = if changes.len() > 2 { format!("; all others {}", line.unit.format_change(&rest)) } else { String::new() };
    let change = line.unit.format_change(total);
    Some(format!("Of the change of {change} on {}, by {}: {}{rest}.", sentence::period(base), dimension.id.as_str().replace('_', " "), named.join(", ")))
}
