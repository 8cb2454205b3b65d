//! Reviews, and when components are due.

use super::super::cadence::{ComponentCadence, OnHoliday};
use super::super::journal::Component;
use super::super::people::Assignments;
use super::super::rhythm::{Cadence, Review};
use super::{Context, Entry, Kind};
use crate::base::code::Code;
use crate::base::finding::{Origin, quoted};
use crate::base::id::Id;
use crate::base::time::TimeOfDay;
use crate::text::{Data, MapReader, Node};

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
    let at = map.get("at").and_then(|(node, path)| time_of_day(context, node, &path));
    let from = map.date(&mut context.reader, "from");
    let on_holiday = map.one_of(&mut context.reader, "on_holiday", &OnHoliday::WORDS).unwrap_or_default();
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    let (cadence, held_by, escalates_to) = (cadence?, held_by?, escalates_to?);
    Some(Review { id: entry.id, origin, name, cadence, day, held_by, deputy, escalates_to, minutes, at, from, on_holiday })
}

fn time_of_day(context: &mut Context<'_>, node: &Node, path: &str) -> Option<TimeOfDay> {
    let text = context.reader.text(node, path)?;
    let time = TimeOfDay::new(text);
    if time.is_none() {
        context.reader.error(Code::WrongValue, node.mark, path, format!("{} is not a time of day", quoted(text)), "write `HH:MM`, such as 09:30");
    }
    time
}

/// The section `rhythm`: when components are due.
pub(super) fn cadences(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Vec<ComponentCadence> {
    let Some((node, path)) = map.get("rhythm") else { return Vec::new() };
    let Some(mut map) = context.reader.map(node, &path) else { return Vec::new() };
    let found = Component::WORDS.into_iter().filter_map(|(word, component)| {
        let (node, path) = map.get(word)?;
        cadence(context, component, node, &path)
    });
    let cadences = found.collect();
    map.finish(&mut context.reader);
    cadences
}

/// `monthly on the 5th`, or `{ cadence: monthly on the 5th, owner: ana }`.
fn cadence(context: &mut Context<'_>, component: Component, node: &Node, path: &str) -> Option<ComponentCadence> {
    let origin = Origin(context.reader.place(node.mark, path));
    if let Data::Scalar { text } = &node.data {
        let on_holiday = OnHoliday::default();
        return Some(ComponentCadence { component, origin, cadence: text.clone(), owner: Assignments::default(), from: None, on_holiday });
    }
    let mut map = context.reader.map(node, path)?;
    let cadence = map.require(&mut context.reader, "cadence", "write when it is due, such as `monthly on the 5th`");
    let cadence = cadence.and_then(|(node, path)| context.reader.text(node, &path)).map(str::to_owned);
    let owner = context.assignments(&mut map, "owner");
    let from = map.date(&mut context.reader, "from");
    let on_holiday = map.one_of(&mut context.reader, "on_holiday", &OnHoliday::WORDS).unwrap_or_default();
    map.finish(&mut context.reader);
    Some(ComponentCadence { component, origin, cadence: cadence?, owner, from, on_holiday })
}
