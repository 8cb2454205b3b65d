//! What triggers an escalation.

use super::super::escalation::{Rung, Trigger, TriggerKind, When};
use super::{Context, Kind, share};
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::finding::Origin;
use crate::base::number::Number;
use crate::text::{MapReader, Node};

/// Every trigger is looked at for every KPI.
const MOST_TRIGGERS: usize = 100;
/// What lasts is looked at for so many periods in a row at most.
const MOST_PERIODS: u32 = 24;
/// What waits, and is late, is so within a year.
const MOST_DAYS: u32 = 366;
/// A running period has at most so many days: a quarter's.
const MOST_DAYS_OF_PACE: u32 = 98;

pub(super) fn triggers(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Vec<Trigger>> {
    let (node, path) = map.get("escalation")?;
    let mut items = context.reader.items(node, &path);
    if items.len() > MOST_TRIGGERS {
        let message = format!("there are {} triggers; at most {MOST_TRIGGERS} are looked at", items.len());
        context.reader.error(Code::TooLarge, node.mark, &path, message, "put some of them together");
        items.truncate(MOST_TRIGGERS);
    }
    Some(items.into_iter().filter_map(|(item, path)| trigger(context, item, &path)).collect())
}

fn trigger(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Trigger> {
    let mut map = context.reader.map(node, path)?;
    let to = map.require(&mut context.reader, "to", "write `owner`, `operator` or `executive`");
    let to = to.and_then(|(node, path)| context.reader.one_of(node, &path, &Rung::WORDS));
    let kind = map.require(&mut context.reader, "when", "write what triggers it, such as `off_target` or `no_value`");
    let kind = kind.and_then(|(node, path)| context.reader.one_of(node, &path, &TriggerKind::WORDS));
    let climbs_after = map.get("climbs_after").and_then(|(node, path)| Some((context.reader.count(node, &path, MOST_DAYS)?, node.mark, path)));
    if let (Some(Rung::Executive), Some((_, mark, path))) = (to, &climbs_after) {
        let message = "what goes to the executive cannot climb: there is no higher rung".to_owned();
        context.reader.error(Code::TopOfLadder, *mark, path, message, "leave `climbs_after` out, or begin with `owner` or `operator`");
    }
    let quiet_days = map.count(&mut context.reader, "quiet_days", MOST_DAYS);
    let Some(kind) = kind else {
        // Which keys belong there is not known, so that none is told to be unknown.
        return None;
    };
    let when = match kind {
        TriggerKind::OffTarget => When::OffTarget { by: by(context, &mut map), periods: map.count(&mut context.reader, "periods", MOST_PERIODS).unwrap_or(1) },
        TriggerKind::AdverseSignal => When::AdverseSignal,
        TriggerKind::NoValue => When::NoValue,
        TriggerKind::Pace => When::Pace { by: by(context, &mut map), days: map.count(&mut context.reader, "days", MOST_DAYS_OF_PACE).unwrap_or(1) },
        TriggerKind::BudgetOverrun => When::BudgetOverrun { by: by(context, &mut map) },
        TriggerKind::Overdue => When::Overdue { days: map.count(&mut context.reader, "days", MOST_DAYS).unwrap_or(0) },
        TriggerKind::Unowned => When::Unowned,
    };
    let periods = [("week", Grain::Week), ("month", Grain::Month), ("quarter", Grain::Quarter)];
    let each = if kind.is_of_periods() { map.one_of(&mut context.reader, "each", &periods) } else { None };
    let about_kpis = kind.is_of_periods() || kind == TriggerKind::Unowned;
    let kpis = if about_kpis { context.references(&mut map, "kpis", Kind::Kpi) } else { Vec::new() };
    map.finish(&mut context.reader);
    let origin = Origin(context.reader.place(node.mark, path));
    Some(Trigger { origin, when, each: each.unwrap_or(Grain::Month), to: to?, climbs_after: climbs_after.map(|(days, ..)| days), quiet_days, kpis })
}

fn by(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Number {
    map.get("by").and_then(|(node, path)| share(context, node, &path)).unwrap_or_else(|| Number::from(0))
}
