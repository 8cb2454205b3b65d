//! How signals are told from noise: for all KPIs, and for one.

use super::super::signals::{Baseline, Centre, ChartCourse, ChartRules, ProcessChange, RuleSet, SignalRules};
use super::Context;
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
    chart.changes = changes(context, &mut map);
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

/// `changes: [ { on, reason } ]`, oldest first.
fn changes(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Vec<ProcessChange> {
    let Some((node, path)) = map.get("changes") else { return Vec::new() };
    let mut changes: Vec<ProcessChange> = Vec::new();
    for (node, path) in context.reader.items(node, &path) {
        let Some(mut map) = context.reader.map(node, &path) else { continue };
        let on = map.required_date(&mut context.reader, "on", "write the day from which the process is another");
        let reason = map.required_text(&mut context.reader, "reason", "say what was changed");
        map.finish(&mut context.reader);
        let Some(on) = on else { continue };
        if let Some(last) = changes.last().filter(|last| last.on >= on) {
            let message = format!("the change of {on} does not come after that of {}", last.on);
            context.reader.error(Code::BadDates, node.mark, &path, message, "list changes from the oldest to the newest, one a day");
        }
        changes.push(ProcessChange { on, reason });
    }
    changes
}
