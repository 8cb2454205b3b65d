//! What a target aims at, and for which members.

use super::super::plan::{Aim, Levels, PlannedMember};
use super::Context;
use crate::base::code::Code;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::order;
use crate::text::{Data, MapReader};

const HOW: &str = "write `value`, with `start` for a trajectory; `at_least`; `at_most`; `levels`; or both `low` and `high`";

/// `value`, `start` and `value`, `at_least`, `at_most`, `low` and `high`, or `levels`.
pub(super) fn aim(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Aim> {
    let mut number = |key: &'static str| map.get(key).map(|(node, path)| context.reader.number(node, &path));
    let [value, start, low, high, least, most] = ["value", "start", "low", "high", "at_least", "at_most"].map(&mut number);
    let levels = map.get("levels").map(|(node, path)| levels(context, node, &path));
    let kinds = [value.is_some(), low.is_some() || high.is_some(), least.is_some(), most.is_some(), levels.is_some()];
    if kinds.into_iter().filter(|said| *said).count() > 1 {
        let message = format!("{} says more than one thing that is aimed at", quoted(&map.path));
        context.reader.error(Code::ConflictingKeys, map.mark, &map.path, message, HOW);
        return None;
    }
    if start.is_some() && value.is_none() {
        let message = format!("{} says where a trajectory starts, and not where it leads", quoted(&map.path));
        context.reader.error(Code::MissingKey, map.mark, &map.path, message, "write `value` for the last period beside `start`");
        return None;
    }
    match (value, low.zip(high), least, most, levels) {
        (Some(value), ..) => match start {
            None => value.map(|value| Aim::Point { value }),
            Some(start) => start.zip(value).map(|(start, value)| Aim::Trajectory { start, value }),
        },
        (_, Some((low, high)), ..) => {
            let (low, high) = (low?, high?);
            if high < low {
                let message = format!("the upper bound {high} lies below the lower bound {low}");
                context.reader.error(Code::WrongValue, map.mark, &map.path, message, "swap the two bounds");
                return None;
            }
            Some(Aim::Band { low, high })
        }
        (_, _, Some(least), ..) => least.map(|value| Aim::AtLeast { value }),
        (_, _, _, Some(most), _) => most.map(|value| Aim::AtMost { value }),
        (.., Some(levels)) => levels.map(Aim::Levels),
        _ => {
            let message = format!("{} does not say what the target is", quoted(&map.path));
            context.reader.error(Code::MissingKey, map.mark, &map.path, message, HOW);
            None
        }
    }
}

/// `{ minimum: 80, good: 100, excellent: 120 }`.
fn levels(context: &mut Context<'_>, node: &crate::text::Node, path: &str) -> Option<Levels> {
    let mut map = context.reader.map(node, path)?;
    let mut level = |context: &mut Context<'_>, key: &'static str| -> Option<Number> {
        let (node, path) = map.require(&mut context.reader, key, "write `minimum`, `good` and `excellent`")?;
        context.reader.number(node, &path)
    };
    let (minimum, good, excellent) = (level(context, "minimum"), level(context, "good"), level(context, "excellent"));
    map.finish(&mut context.reader);
    Some(Levels { minimum: minimum?, good: good?, excellent: excellent? })
}

/// `by: { channel: web }`: the members that a target is for, one of each dimension.
pub(super) fn by(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Vec<PlannedMember> {
    let Some((node, path)) = map.get("by") else { return Vec::new() };
    let Data::Map(entries) = &node.data else {
        context.reader.wrong_shape(node, &path, "a mapping of dimensions to members");
        return Vec::new();
    };
    let mut members = Vec::with_capacity(entries.len());
    for entry in entries {
        let path = format!("{path}.{}", entry.key);
        let Some(dimension) = Id::new(&entry.key) else {
            context.reader.error(Code::BadId, entry.mark, &path, format!("{} is not an id", quoted(&entry.key)), "name a dimension of the KPI's source");
            continue;
        };
        let member = match &entry.value.data {
            Data::Null => Some(None),
            _ => context.reader.text(&entry.value, &path).map(|text| Some(text.to_owned())),
        };
        members.extend(member.map(|member| PlannedMember { dimension, member }));
    }
    order::sort_by_key(&mut members, |member| member.dimension.clone());
    members
}
