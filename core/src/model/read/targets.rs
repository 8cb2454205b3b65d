//! The plan and its targets.

use super::super::System;
use super::super::plan::{Aim, Phasing, Target, TargetStatus};
use super::{Context, Kind};
use crate::base::calendar::{Calendar, Grain, Period};
use crate::base::code::Code;
use crate::base::finding::{Mark, Origin, quoted};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::text::{MapReader, Node};

pub(super) fn plan(context: &mut Context<'_>, map: &mut MapReader<'_>, system: &mut System) {
    let Some((node, path)) = map.get("plan") else { return };
    let Some(mut map) = context.reader.map(node, &path) else { return };
    if let Some(name) = map.text(&mut context.reader, "name") {
        system.plan_name = name;
    }
    super::budget::budgets(context, &mut map, system);
    let Some((node, path)) = map.get("targets") else {
        map.finish(&mut context.reader);
        return;
    };
    for (kpi, mark, node, path) in context.reader.by_id(node, &path) {
        context.refer(Kind::Kpi, &kpi, mark, &path);
        for (item, path) in context.reader.items(node, &path) {
            system.targets.extend(target(context, &system.calendar, &kpi, item, &path));
        }
    }
    map.finish(&mut context.reader);
}

fn target(context: &mut Context<'_>, calendar: &Calendar, kpi: &Id, node: &Node, path: &str) -> Option<Target> {
    let mut map = context.reader.map(node, path)?;
    let periods = periods(context, calendar, &mut map);
    let aim = aim(context, &mut map);
    let phasing = phasing(context, &mut map, periods.as_ref().map(|(from, _)| from));
    let set_by = context.reference(&mut map, "set_by", Kind::Person);
    let set_on = map.date(&mut context.reader, "set_on");
    let document = map.text(&mut context.reader, "document").unwrap_or_default();
    let status = map.one_of(&mut context.reader, "status", &TargetStatus::WORDS).unwrap_or(TargetStatus::Agreed);
    map.finish(&mut context.reader);
    let (from, to) = periods?;
    let origin = Origin(context.reader.place(node.mark, path));
    Some(Target { kpi: kpi.clone(), origin, grain: from.grain, first: from.first, last: to.last, aim: aim?, phasing, set_by, set_on, document, status })
}

/// `phasing: working_days`, or `weights: [1, 2, 3, 4]`.
fn phasing(context: &mut Context<'_>, map: &mut MapReader<'_>, period: Option<&Period>) -> Phasing {
    let word = map.one_of(&mut context.reader, "phasing", &[("linear", false), ("working_days", true)]);
    let Some((node, path)) = map.get("weights") else { return if word == Some(true) { Phasing::WorkingDays } else { Phasing::Linear } };
    let items = context.reader.items(node, &path);
    let count = items.len();
    let weights: Vec<Number> = items.into_iter().filter_map(|(item, path)| context.reader.number(item, &path)).collect();
    let mut refuse = |code, message: String, help: &str| context.reader.error(code, node.mark, &path, message, help);
    if word.is_some() {
        refuse(Code::ConflictingKeys, "`weights` stand beside `phasing`".to_owned(), "keep one of the two");
    }
    let fits = match period.map(|period| period.grain) {
        Some(Grain::Year) => count == 4 || count == 12,
        Some(Grain::Quarter) => count == 3,
        Some(_) => false,
        // What it is for was not understood, which is told.
        None => true,
    };
    if !fits {
        let help = "write 4 or 12 weights for a year, one for each quarter or month, or 3 for a quarter";
        refuse(Code::WrongValue, format!("{count} weights do not fit the period"), help);
    }
    if weights.iter().any(Number::is_negative) || (weights.len() == count && weights.iter().all(Number::is_zero)) {
        refuse(Code::WrongValue, "weights are not below zero, and not all zero".to_owned(), "write how much of the target each part has");
    }
    if weights.len() == count && fits { Phasing::Weights(weights) } else { Phasing::Linear }
}

/// `period: 2026-Q3`, or `from: 2026-01` and `to: 2026-06`.
fn periods(context: &mut Context<'_>, calendar: &Calendar, map: &mut MapReader<'_>) -> Option<(Period, Period)> {
    let single = map.get("period").map(|(node, path)| period(context, calendar, node, &path));
    let from = map.get("from").map(|(node, path)| (period(context, calendar, node, &path), node.mark, path));
    let to = map.get("to").map(|(node, path)| period(context, calendar, node, &path));
    match (single, from, to) {
        (Some(single), None, None) => single.map(|period| (period.clone(), period)),
        (None, Some((from, mark, path)), Some(to)) => check_range(context, from?, to?, mark, &path),
        _ => {
            let message = format!("{} does not say for which periods it is", quoted(&map.path));
            context.reader.error(Code::MissingKey, map.mark, &map.path, message, "write `period`, or both `from` and `to`");
            None
        }
    }
}

fn check_range(context: &mut Context<'_>, from: Period, to: Period, mark: Mark, path: &str) -> Option<(Period, Period)> {
    if from.grain != to.grain {
        let message = format!("`{from}` is a {} and `{to}` is a {}", from.grain.as_str(), to.grain.as_str());
        context.reader.error(Code::WrongValue, mark, path, message, "write two periods of the same length");
        return None;
    }
    if to.last < from.first {
        context.reader.error(Code::BadDates, mark, path, format!("`{to}` lies before `{from}`"), "swap the two periods");
        return None;
    }
    Some((from, to))
}

pub(super) fn period(context: &mut Context<'_>, calendar: &Calendar, node: &Node, path: &str) -> Option<Period> {
    let text = context.reader.text(node, path)?;
    let period = calendar.parse(text).filter(|period| period.grain != Grain::All);
    if period.is_none() {
        let message = format!("{} is not a period of this calendar", quoted(text));
        context.reader.error(Code::WrongValue, node.mark, path, message, calendar.how_to_write());
    }
    period
}

fn aim(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Aim> {
    let mut number = |key: &'static str| map.get(key).map(|(node, path)| context.reader.number(node, &path));
    match (number("value"), number("low"), number("high")) {
        (Some(value), None, None) => value.map(|value| Aim::Point { value }),
        (None, Some(low), Some(high)) => {
            let (low, high) = (low?, high?);
            if high < low {
                context.reader.error(
                    Code::WrongValue,
                    map.mark,
                    &map.path,
                    format!("the upper bound {high} lies below the lower bound {low}"),
                    "swap the two bounds",
                );
                return None;
            }
            Some(Aim::Band { low, high })
        }
        _ => {
            let message = format!("{} does not say what the target is", quoted(&map.path));
            context.reader.error(Code::MissingKey, map.mark, &map.path, message, "write `value`, or both `low` and `high`");
            None
        }
    }
}
