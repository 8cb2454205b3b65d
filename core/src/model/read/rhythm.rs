//! Reviews and the report template.

use super::super::rhythm::{Cadence, ReportTemplate, Review, Section};
use super::{Context, Entry, Kind};
use crate::base::code::Code;
use crate::base::id::Id;
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

pub(super) fn report(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<ReportTemplate> {
    let (node, path) = map.get("report")?;
    let mut map = context.reader.map(node, &path)?;
    let title = map.text(&mut context.reader, "title").unwrap_or_else(|| "Monthly marketing report".to_owned());
    let sections = match map.get("sections") {
        None => Section::WORDS.iter().map(|(_, section)| *section).collect(),
        Some((node, path)) => {
            let items = context.reader.items(node, &path);
            items.into_iter().filter_map(|(item, path)| context.reader.one_of(item, &path, &Section::WORDS)).collect()
        }
    };
    map.finish(&mut context.reader);
    Some(ReportTemplate { title, sections })
}
