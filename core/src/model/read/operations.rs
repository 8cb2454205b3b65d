//! Assets, inputs, tools and workflows: what the system is run with.

use super::super::content::{Asset, AssetKind, AssetLife};
use super::super::operations::{Input, InputKind, Tool, Workflow, WorkflowStep};
use super::super::people::Assignments;
use super::{Context, Entry, Kind};
use crate::base::code::Code;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::base::money::Cost;
use crate::base::number::Number;
use crate::text::{Data, MapReader};

/// Assets are refreshed, and knowledge comes in, within a century and ten years.
const MOST_MONTHS: u32 = 1_200;
const MOST_DAYS: u32 = 3_660;

pub(super) fn asset(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Asset> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let kind = map.one_of(&mut context.reader, "kind", &AssetKind::WORDS).unwrap_or(AssetKind::Asset);
    let owner = context.assignments(&mut map, "owner");
    let used_in = context.references(&mut map, "used_in", Kind::Channel);
    let made_of = context.references(&mut map, "made_of", Kind::Asset);
    let made_on = map.date(&mut context.reader, "made_on");
    let refreshed_on = map.date(&mut context.reader, "refreshed_on");
    let life_months = map.count(&mut context.reader, "life_months", MOST_MONTHS);
    let life = map.one_of(&mut context.reader, "life", &AssetLife::WORDS).unwrap_or(AssetLife::Durable);
    let inherits = context.inheritance(&mut map);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Asset { id: entry.id, origin, name, kind, owner, used_in, made_of, made_on, refreshed_on, life_months, life, inherits })
}

pub(super) fn input(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Input> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let kind = map.require(&mut context.reader, "kind", "write `quantitative`, `feedback` or `competitive`");
    let kind = kind.and_then(|(node, path)| context.reader.one_of(node, &path, &InputKind::ALL));
    let owner = context.assignments(&mut map, "owner");
    let rhythm = map.text(&mut context.reader, "rhythm").unwrap_or_default();
    let from = map.date(&mut context.reader, "from");
    let fresh_days = map.count(&mut context.reader, "fresh_days", MOST_DAYS);
    let last_on = map.date(&mut context.reader, "last_on");
    let source = context.reference(&mut map, "source", Kind::Source);
    let tool = context.reference(&mut map, "tool", Kind::Tool);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Input { id: entry.id, origin, name, kind: kind?, owner, rhythm, from, fresh_days, last_on, source, tool })
}

pub(super) fn tool(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Tool> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let kind = map.text(&mut context.reader, "kind").unwrap_or_default();
    let owner = context.assignments(&mut map, "owner");
    let serves = context.references(&mut map, "serves", Kind::Workflow);
    let cost = map.get("cost").and_then(|(node, path)| {
        let text = context.reader.text(node, &path)?;
        let cost = Cost::parse(text);
        if cost.is_none() {
            let message = format!("{} is not a cost", quoted(text));
            context.reader.error(Code::WrongValue, node.mark, &path, message, "write an amount, a currency and a time, such as 900 EUR per month");
        }
        cost
    });
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Tool { id: entry.id, origin, name, kind, owner, serves, cost })
}

pub(super) fn workflow(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Workflow> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let owner = context.assignments(&mut map, "owner");
    let critical = map.truth(&mut context.reader, "critical");
    let runs_per_month = positive(context, &mut map, "runs_per_month").unwrap_or_else(|| Number::from(1));
    let mut steps = context.section(&mut map, "steps", step);
    let too_many = context.references.lend(&owner, steps.iter_mut().map(|step| (&mut step.owner, &step.origin)));
    context.reader.report(too_many);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Workflow { id: entry.id, origin, name, owner, critical, runs_per_month, steps })
}

fn step(context: &mut Context<'_>, entry: Entry<'_>) -> Option<WorkflowStep> {
    let origin = entry.origin(context);
    if let Data::Scalar { text, .. } = &entry.node.data {
        return Some(WorkflowStep {
            id: entry.id,
            origin,
            name: text.clone(),
            owner: Assignments::default(),
            needs: Vec::new(),
            makes: Vec::new(),
            tool: None,
            template: None,
            handoff_hours: None,
            hours: None,
            from_scratch: false,
        });
    }
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let owner = context.assignments(&mut map, "owner");
    let needs = ids(context, &mut map, "needs");
    let makes = ids(context, &mut map, "makes");
    let tool = context.reference(&mut map, "tool", Kind::Tool);
    let template = context.reference(&mut map, "template", Kind::Template);
    let handoff_hours = positive(context, &mut map, "handoff_hours");
    let hours = positive(context, &mut map, "hours");
    let from_scratch = map.truth(&mut context.reader, "from_scratch");
    map.finish(&mut context.reader);
    Some(WorkflowStep { id: entry.id, origin, name, owner, needs, makes, tool, template, handoff_hours, hours, from_scratch })
}

/// Ids that may lead anywhere: who makes what a step needs is a question of the audit.
fn ids(context: &mut Context<'_>, map: &mut MapReader<'_>, key: &'static str) -> Vec<Id> {
    let found = map.get(key).map(|(node, path)| context.reader.ids(node, &path)).unwrap_or_default();
    found.into_iter().map(|(id, _)| id).collect()
}

fn positive(context: &mut Context<'_>, map: &mut MapReader<'_>, key: &'static str) -> Option<Number> {
    let (node, path) = map.get(key)?;
    let number = context.reader.number(node, &path)?;
    if number.is_negative() || number.is_zero() {
        context.reader.error(Code::WrongValue, node.mark, &path, format!("{number} is not above zero"), "write a number above zero, or leave it out");
        return None;
    }
    Some(number)
}
