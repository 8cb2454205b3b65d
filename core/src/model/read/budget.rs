//! Budgets.

use super::super::System;
use super::super::budget::{Allocation, Budget, BudgetLine, BudgetMove, Commitment};
use super::super::frameworks::Home;
use super::targets::period;
use super::{Context, Entry, Kind};
use crate::base::calendar::{Calendar, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Origin, quoted};
use crate::base::id::Id;
use crate::base::map::Set;
use crate::base::money::Money;
use crate::base::order;
use crate::text::{MapReader, Node};

/// The most lines among which the nearest to an unknown one is looked for.
const MOST_SUGGESTED: usize = 200;

/// `budget: { period, amount, lines, moves }`, or a list of these.
pub(super) fn budgets(context: &mut Context<'_>, map: &mut MapReader<'_>, system: &mut System) {
    let Some((node, path)) = map.get("budget") else { return };
    for (node, path) in context.reader.items(node, &path) {
        system.budgets.extend(budget(context, &system.calendar, node, &path));
    }
}

fn budget(context: &mut Context<'_>, calendar: &Calendar, node: &Node, path: &str) -> Option<Budget> {
    let mut map = context.reader.map(node, path)?;
    let of = map
        .require(&mut context.reader, "period", "name the period that it is for, such as a year")
        .and_then(|(node, path)| period(context, calendar, node, &path));
    let amount = map.require(&mut context.reader, "amount", "write the whole of it, such as 600_000 EUR").and_then(|(node, path)| money(context, node, &path));
    let document = map.text(&mut context.reader, "document").unwrap_or_default();
    let lines = context.section(&mut map, "lines", |context, entry| line(context, calendar, of.as_ref(), entry));
    let known: Set<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    let moves = moves(context, &mut map, &known);
    map.finish(&mut context.reader);
    let origin = Origin(context.reader.place(node.mark, path));
    Some(Budget { origin, period: of?, amount: amount?, document, lines, moves })
}

fn line(context: &mut Context<'_>, calendar: &Calendar, of: Option<&Period>, entry: Entry<'_>) -> Option<BudgetLine> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let owner = context.assignments(&mut map, "owner");
    let layer = map.one_of(&mut context.reader, "layer", &Home::ALL);
    let channel = context.reference(&mut map, "channel", Kind::Channel);
    let campaign = context.reference(&mut map, "campaign", Kind::Campaign);
    let cost_kind = map.id(&mut context.reader, "cost_kind").map(|(id, _)| id);
    let amounts = amounts(context, calendar, of, &mut map);
    let spent = context.reference(&mut map, "spent", Kind::Figure);
    let committed = committed(context, &mut map);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(BudgetLine { id: entry.id, origin, name, owner, layer, channel, campaign, cost_kind, amounts: amounts?, spent, committed })
}

/// `amount: 40_000 EUR`, or `amounts: [ { period: 2026-Q1, amount: 10_000 EUR }, … ]`.
fn amounts(context: &mut Context<'_>, calendar: &Calendar, of: Option<&Period>, map: &mut MapReader<'_>) -> Option<Vec<Allocation>> {
    let whole = map.get("amount").map(|(node, path)| money(context, node, &path));
    let parts = map.get("amounts").map(|(node, path)| {
        let mut found: Vec<Allocation> = Vec::new();
        for (node, path) in context.reader.items(node, &path) {
            found.extend(allocation(context, calendar, of, node, &path, &found));
        }
        found
    });
    match (whole, parts) {
        (Some(amount), None) => Some(vec![Allocation { period: of?.clone(), amount: amount? }]),
        (None, Some(parts)) if !parts.is_empty() => Some(parts),
        (None, _) => {
            let message = format!("{} does not say how much is allocated", quoted(&map.path));
            context.reader.error(Code::MissingKey, map.mark, &map.path, message, "write `amount`, or `amounts` by period");
            None
        }
        (Some(_), Some(_)) => {
            context.reader.error(Code::ConflictingKeys, map.mark, &map.path, "`amount` stands beside `amounts`".to_owned(), "keep one of the two");
            None
        }
    }
}

/// `{ period, amount }`, of periods that lie within that of the budget and do not overlap.
fn allocation(context: &mut Context<'_>, calendar: &Calendar, of: Option<&Period>, node: &Node, path: &str, before: &[Allocation]) -> Option<Allocation> {
    let mut map = context.reader.map(node, path)?;
    let part = map.require(&mut context.reader, "period", "name a part of the budget's period").and_then(|(node, path)| period(context, calendar, node, &path));
    let amount = map.require(&mut context.reader, "amount", "write how much, such as 10_000 EUR").and_then(|(node, path)| money(context, node, &path));
    map.finish(&mut context.reader);
    let part = part?;
    if of.is_some_and(|of| part.first < of.first || of.last < part.last) {
        let message = format!("`{part}` does not lie within the period of the budget");
        context.reader.error(Code::WrongValue, node.mark, path, message, "name a part of that period");
    }
    if let Some(other) = before.iter().find(|other| other.period.span().overlap(part.span()).is_some()) {
        let message = format!("`{part}` and `{}` have days in common", other.period);
        context.reader.error(Code::WrongValue, node.mark, path, message, "let the periods of a line not overlap");
        return None;
    }
    Some(Allocation { period: part, amount: amount? })
}

fn committed(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Vec<Commitment> {
    let Some((node, path)) = map.get("committed") else { return Vec::new() };
    let items = context.reader.items(node, &path);
    items.into_iter().filter_map(|(node, path)| commitment(context, node, &path)).collect()
}

/// `{ on, amount, what, settled_on }`.
fn commitment(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Commitment> {
    let mut map = context.reader.map(node, path)?;
    let on = map.required_date(&mut context.reader, "on", "write the day of the order");
    let settled_on = map.date(&mut context.reader, "settled_on");
    let amount = map.require(&mut context.reader, "amount", "write how much, such as 3_000 EUR").and_then(|(node, path)| money(context, node, &path));
    let what = map.required_text(&mut context.reader, "what", "say what it is for");
    map.finish(&mut context.reader);
    if let Some((on, settled)) = on.zip(settled_on).filter(|(on, settled)| settled < on) {
        let message = format!("it is settled on {settled}, before it is ordered on {on}");
        context.reader.error(Code::BadDates, node.mark, path, message, "swap the two days");
    }
    Some(Commitment { on: on?, settled_on, amount: amount?, what })
}

fn moves(context: &mut Context<'_>, map: &mut MapReader<'_>, lines: &Set<&str>) -> Vec<BudgetMove> {
    let Some((node, path)) = map.get("moves") else { return Vec::new() };
    let items = context.reader.items(node, &path);
    let mut moves: Vec<BudgetMove> = items.into_iter().filter_map(|(node, path)| one_move(context, node, &path, lines)).collect();
    order::sort_by_key(&mut moves, |moved| moved.on);
    moves
}

/// `{ on, from, to, amount, by, reason }`.
fn one_move(context: &mut Context<'_>, node: &Node, path: &str, lines: &Set<&str>) -> Option<BudgetMove> {
    let mut map = context.reader.map(node, path)?;
    let on: Option<Date> = map.required_date(&mut context.reader, "on", "write the day from which it counts");
    let from = line_id(context, &mut map, "from", lines);
    let to = line_id(context, &mut map, "to", lines);
    let amount = map.require(&mut context.reader, "amount", "write how much, such as 5_000 EUR").and_then(|(node, path)| money(context, node, &path));
    let by = context.reference(&mut map, "by", Kind::Person);
    let reason = map.required_text(&mut context.reader, "reason", "say why it was moved");
    map.finish(&mut context.reader);
    let origin = Origin(context.reader.place(node.mark, path));
    if from.is_some() && from == to {
        context.reader.error(Code::WrongValue, node.mark, path, "a line gives to itself".to_owned(), "name two lines");
        return None;
    }
    Some(BudgetMove { on: on?, from: from?, to: to?, amount: amount?, by, reason, origin })
}

/// The id of a line of the same budget.
fn line_id(context: &mut Context<'_>, map: &mut MapReader<'_>, key: &'static str, lines: &Set<&str>) -> Option<Id> {
    map.require(&mut context.reader, key, "name a line of this budget");
    let (id, mark) = map.id(&mut context.reader, key)?;
    if lines.contains(id.as_str()) {
        return Some(id);
    }
    // Suggestions are for budgets that a person reads.
    let names: Vec<&str> = lines.iter().copied().take(MOST_SUGGESTED).collect();
    let (message, help) = (format!("there is no line {} in this budget", quoted(id.as_str())), crate::text::one_of_help(id.as_str(), &names));
    context.reader.error(Code::UnknownReference, mark, &format!("{}.{key}", map.path), message, help);
    None
}

/// `20_000 EUR`.
pub(super) fn money(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Money> {
    let text = context.reader.text(node, path)?;
    let money = Money::parse(text);
    if money.is_none() {
        let message = format!("{} is not an amount of money", quoted(text));
        context.reader.error(Code::WrongValue, node.mark, path, message, "write an amount and a currency, such as 20_000 EUR");
    }
    money
}
