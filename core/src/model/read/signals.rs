//! How signals are told from noise: for all KPIs, and for one.

use super::super::signals::{Baseline, Centre, ChartCourse, ChartRules, ProcessChange, RuleSet, SignalRules};
use super::Context;
use super::dated::Dated;
use crate::base::code::Code;
use crate::text::MapReader;

/// The most periods that limits rest on.
const MOST_PERIODS: u32 = 120;

/// `signals: { window, min_points, rules, centre }`.
pub(super) fn signals(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<SignalRules> {
    let (node, path) = map.get("signals")?;
    let mut map = context.reader.map(node, &path)?;
    let found = SignalRules::default().with(&rules(context, &mut map));
    if !found.give_limits() {
        let (message, help) = found.no_limits();
        context.reader.error(Code::WrongValue, node.mark, &map.path, message, help);
    }
    map.finish(&mut context.reader);
    Some(found)
}

/// What the chart of one KPI says otherwise, and what only a single chart can have.
pub(super) fn chart(context: &mut Context<'_>, map: &mut MapReader<'_>) -> ChartRules {
    let Some((node, path)) = map.get("chart") else { return ChartRules::default() };
    let Some(mut map) = context.reader.map(node, &path) else { return ChartRules::default() };
    let mut chart = rules(context, &mut map);
    chart.course = map.one_of(&mut context.reader, "course", &ChartCourse::WORDS).unwrap_or_default();
    chart.baseline = baseline(context, &mut map);
    chart.changes = CHANGES.read(context, &mut map, |_, _| ()).into_iter().map(|(on, reason, ())| ProcessChange { on, reason }).collect();
    map.finish(&mut context.reader);
    chart
}

fn rules(context: &mut Context<'_>, map: &mut MapReader<'_>) -> ChartRules {
    let window = map.count(&mut context.reader, "window", MOST_PERIODS);
    let min_points = map.count(&mut context.reader, "min_points", MOST_PERIODS);
    let rules = map.one_of(&mut context.reader, "rules", &RuleSet::WORDS);
    let centre = map.one_of(&mut context.reader, "centre", &Centre::WORDS);
    ChartRules { window, min_points, rules, centre, ..ChartRules::default() }
}

/// `baseline: { from: 2025-01-01, to: 2025-12-31 }`.
fn baseline(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Baseline> {
    let (node, path) = map.get("baseline")?;
    let mut map = context.reader.map(node, &path)?;
    let from = map.required_date(&mut context.reader, "from", "write the first day that the limits rest on");
    let to = map.required_date(&mut context.reader, "to", "write the last day that the limits rest on");
    map.finish(&mut context.reader);
    let (from, to) = (from?, to?);
    if to < from {
        context.reader.error(Code::BadDates, node.mark, &path, format!("the baseline ends on {to}, before it begins on {from}"), "swap the two days");
        return None;
    }
    Some(Baseline { from, to })
}

const CHANGES: Dated = Dated { key: "changes", one: "change", on: "write the day from which the process is another", reason: "say what was changed" };
