//! Reviews and triggers.

use super::super::rhythm::{Cadence, Review, Rung, Trigger, When};
use super::{Context, Entry, Kind, share};
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::text::MapReader;

/// A stand-up longer than this is a different meeting, and so on up.
const MAX_MINUTES: u32 = 1_440;

pub(super) fn review(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Review> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let cadence = map.require(&mut context.reader, "cadence", "write `weekly`, `monthly` or `quarterly`");
    let cadence = cadence.and_then(|(node, path)| context.reader.one_of(node, &path, &Cadence::WORDS));
    let day = map.text(&mut context.reader, "day").unwrap_or_default();
    map.require(&mut context.reader, "held_by", "name who holds the review");
    let held_by = context.reference(&mut map, "held_by", Kind::Person);
    let deputy = context.reference(&mut map, "deputy", Kind::Person);
    if deputy.is_some() && deputy == held_by {
        let message = format!("`{}` is named as the deputy of the same person", deputy.as_ref().map_or("", Id::as_str));
        context.reader.error(Code::WrongValue, entry.mark, &entry.path, message, "name somebody else, or nobody");
    }
    map.require(&mut context.reader, "escalates_to", "name to whom the review escalates");
    let escalates_to = context.reference(&mut map, "escalates_to", Kind::Person);
    let minutes = map.get("minutes").and_then(|(node, path)| context.reader.count(node, &path, MAX_MINUTES)).unwrap_or(30);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Review { id: entry.id, origin, name, cadence: cadence?, day, held_by: held_by?, deputy, escalates_to: escalates_to?, minutes })
}

pub(super) fn triggers(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Vec<Trigger>> {
    let (node, path) = map.get("escalation")?;
    let mut triggers = Vec::new();
    for (item, path) in context.reader.items(node, &path) {
        let Some(mut map) = context.reader.map(item, &path) else { continue };
        let to = map.require(&mut context.reader, "to", "write `owner`, `operator` or `executive`");
        let to = to.and_then(|(node, path)| context.reader.one_of(node, &path, &Rung::WORDS));
        let kinds = [("off_target", 0u8), ("adverse_signal", 1), ("no_value", 2)];
        let kind = map.require(&mut context.reader, "when", "write `off_target`, `adverse_signal` or `no_value`");
        let kind = kind.and_then(|(node, path)| context.reader.one_of(node, &path, &kinds));
        let when = match kind {
            Some(0) => Some(off_target(context, &mut map)),
            Some(1) => Some(When::AdverseSignal),
            Some(_) => Some(When::NoValue),
            None => None,
        };
        let each = map.one_of(&mut context.reader, "each", &[("week", Grain::Week), ("month", Grain::Month), ("quarter", Grain::Quarter)]);
        map.finish(&mut context.reader);
        if let (Some(when), Some(to)) = (when, to) {
            triggers.push(Trigger { when, each: each.unwrap_or(Grain::Month), to });
        }
    }
    Some(triggers)
}

fn off_target(context: &mut Context<'_>, map: &mut MapReader<'_>) -> When {
    let by = map.get("by").and_then(|(node, path)| share(context, node, &path)).unwrap_or_else(|| Number::from(0));
    let periods = map.get("periods").and_then(|(node, path)| context.reader.count(node, &path, 24)).unwrap_or(1);
    When::OffTarget { by, periods }
}
