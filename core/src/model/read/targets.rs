//! The plan and its targets.

use super::super::System;
use super::super::plan::{Phasing, Scenario, Target, TargetStatus};
use super::aims::{aim, by};
use super::{Context, Entry, Kind};
use crate::base::calendar::{Calendar, Grain, Period};
use crate::base::code::Code;
use crate::base::finding::{Mark, Origin, quoted};
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::text::{MapReader, Node};

pub(super) fn plan(context: &mut Context<'_>, map: &mut MapReader<'_>, system: &mut System) {
    let Some((node, path)) = map.get("plan") else { return };
    let Some(mut map) = context.reader.map(node, &path) else { return };
    if let Some(name) = map.text(&mut context.reader, "name") {
        system.plan_name = name;
    }
    super::budget::budgets(context, &mut map, system);
    system.targets.extend(targets(context, &system.calendar, &mut map));
    let calendar = &system.calendar;
    let mut codes: Map<String, Id> = Map::new();
    let scenarios = context.section(&mut map, "scenarios", |context, entry| scenario(context, calendar, entry, &mut codes));
    system.scenarios.extend(scenarios);
    map.finish(&mut context.reader);
}

/// `targets: { leads: [ … ] }`.
fn targets(context: &mut Context<'_>, calendar: &Calendar, map: &mut MapReader<'_>) -> Vec<Target> {
    let Some((node, path)) = map.get("targets") else { return Vec::new() };
    let mut read = Vec::new();
    for (kpi, mark, node, path) in context.reader.by_id(node, &path) {
        context.refer(Kind::Kpi, &kpi, mark, &path);
        for (item, path) in context.reader.items(node, &path) {
            read.extend(target(context, calendar, &kpi, item, &path));
        }
    }
    read
}

/// What the codes of IBCS mean, and no scenario may be called.
const TAKEN: [(&str, &str); 4] = [("AC", "the actual"), ("PL", "the plan"), ("PP", "the previous period"), ("PY", "the prior year")];

/// `{ name: Forecast of June, code: FC, targets: { leads: [ … ] } }`.
fn scenario(context: &mut Context<'_>, calendar: &Calendar, entry: Entry<'_>, codes: &mut Map<String, Id>) -> Option<Scenario> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let help = "write `FC` for a forecast, `BU` for a budget, or a code of your own";
    let code = map.require(&mut context.reader, "code", help).and_then(|(node, path)| {
        let code = context.reader.text(node, &path)?.to_owned();
        let plain = (1..=4).contains(&code.len()) && code.starts_with(|first: char| first.is_ascii_uppercase());
        let plain = plain && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let taken = TAKEN.iter().find(|(taken, _)| *taken == code).map(|(_, what)| (*what).to_owned());
        let taken = taken.or_else(|| codes.get(&code).map(|other| format!("the scenario `{other}`")));
        let message = match taken {
            _ if !plain => format!("{} is not a short code", quoted(&code)),
            Some(what) => format!("`{code}` is the code of {what}"),
            None => {
                codes.insert(code.clone(), entry.id.clone());
                return Some(code);
            }
        };
        let help = "write one to four upper-case letters and digits that mean nothing else, such as `FC`, `BU` or `WC`";
        context.reader.error(Code::ScenarioCode, node.mark, &path, message, help);
        None
    });
    let targets = targets(context, calendar, &mut map);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Scenario { id: entry.id, name, code: code?, origin, targets })
}

fn target(context: &mut Context<'_>, calendar: &Calendar, kpi: &Id, node: &Node, path: &str) -> Option<Target> {
    let mut map = context.reader.map(node, path)?;
    let periods = periods(context, calendar, &mut map);
    let by = by(context, &mut map);
    let aim = aim(context, &mut map);
    let phasing = phasing(context, &mut map, periods.as_ref().map(|(from, _)| from));
    let set_by = context.reference(&mut map, "set_by", Kind::Person);
    let set_on = map.date(&mut context.reader, "set_on");
    let document = map.text(&mut context.reader, "document").unwrap_or_default();
    let status = map.one_of(&mut context.reader, "status", &TargetStatus::WORDS).unwrap_or(TargetStatus::Agreed);
    map.finish(&mut context.reader);
    let (from, to) = periods?;
    let origin = Origin(context.reader.place(node.mark, path));
    Some(Target { kpi: kpi.clone(), origin, grain: from.grain, first: from.first, last: to.last, by, aim: aim?, phasing, set_by, set_on, document, status })
}

/// `phasing: working_days`, or `weights: [1, 2, 3, 4]`.
fn phasing(context: &mut Context<'_>, map: &mut MapReader<'_>, period: Option<&Period>) -> Phasing {
    let word = map.get("phasing").and_then(|(node, path)| {
        let words = [("linear", &Phasing::Linear), ("working_days", &Phasing::WorkingDays), ("last_year", &Phasing::LastYear)];
        let phasing = context.reader.one_of(node, &path, &words)?.clone();
        if phasing == Phasing::LastYear && period.is_some_and(|period| period.grain < Grain::Quarter) {
            let message = "a week or month has no months, by which last year's shape is told".to_owned();
            context.reader.error(Code::WrongValue, node.mark, &path, message, "set the target for a quarter or a year, or leave the phasing out");
        }
        Some(phasing)
    });
    let Some((node, path)) = map.get("weights") else { return word.unwrap_or_default() };
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
