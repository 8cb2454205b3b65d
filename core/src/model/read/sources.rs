//! Declared tables.

use super::super::kpi::Additivity;
use super::super::source::{Column, DateColumn, KnownColumn, MeasureColumn, RecordedUntil, Rows, SourceTable};
use super::figures::unit_of;
use super::{Context, Entry, hierarchy};
use crate::base::code::Code;
use crate::base::date::DatePattern;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::base::zone::Zone;
use crate::text::{Data, MapReader, Node};

pub(super) fn source(context: &mut Context<'_>, entry: Entry<'_>) -> Option<SourceTable> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let separator = map.get("separator").and_then(|(node, path)| character(context, node, &path)).unwrap_or(',');
    let date = map.require(&mut context.reader, "date", "name the column that dates each row").and_then(|(node, path)| date(context, node, &path));
    let entity = map.get("entity").and_then(|(node, path)| entity(context, node, &path));
    let dimensions = map.get("dimensions").map(|(node, path)| columns(context, node, &path)).unwrap_or_default();
    let measures = map.get("measures").map(|(node, path)| measures(context, node, &path)).unwrap_or_default();
    let rows = map.require(&mut context.reader, "rows", "write `events` if a day without rows had none, `daily` if it is then missing");
    let rows = rows.and_then(|(node, path)| context.reader.one_of(node, &path, &Rows::WORDS));
    let recorded_from = map.date(&mut context.reader, "recorded_from");
    let recorded_until = recorded_until(context, &mut map);
    if let (Some(from), RecordedUntil::Day(until)) = (recorded_from, recorded_until)
        && until < from
    {
        context.reader.error(
            Code::BadDates,
            entry.mark,
            &entry.path,
            format!("the end of recording {until} lies before its start {from}"),
            "swap the two dates",
        );
    }
    let recorded_at = known(context, &mut map, "recorded_at");
    let superseded_at = known(context, &mut map, "superseded_at");
    let known_columns = recorded_at.iter().chain(&superseded_at).map(|known| &known.key);
    unique(context, &entry, entity.iter().chain(&dimensions).chain(known_columns).map(|column| &column.id).chain(measures.iter().map(|measure| &measure.id)));
    hierarchy::check(context, &entry, &dimensions, entity.as_ref());
    map.finish(&mut context.reader);
    Some(SourceTable {
        id: entry.id,
        separator,
        date: date?,
        entity,
        dimensions,
        measures,
        rows: rows?,
        recorded_from,
        recorded_until,
        recorded_at,
        superseded_at,
    })
}

/// `recorded_at: entered`, written like `date`.
fn known(context: &mut Context<'_>, map: &mut MapReader<'_>, key: &'static str) -> Option<KnownColumn> {
    let (node, path) = map.get(key)?;
    let date = date(context, node, &path)?;
    let key = Column { id: Id::new(key)?, column: date.column.clone(), within: None };
    Some(KnownColumn { key, date })
}

/// One column, by its name or as `{ id: column }`.
fn entity(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Column> {
    let columns = columns(context, node, path);
    if columns.len() > 1 {
        let message = format!("{} columns are named, and an entity has one", columns.len());
        context.reader.error(Code::WrongShape, node.mark, path, message, "name the column that identifies what a row is about");
        return None;
    }
    columns.into_iter().next()
}

fn unique<'a>(context: &mut Context<'_>, entry: &Entry<'_>, ids: impl Iterator<Item = &'a Id>) {
    let mut seen: Set<&Id> = Set::new();
    for id in ids {
        if !seen.insert(id) {
            let message = format!("the column id {} stands twice in this source", quoted(id.as_str()));
            context.reader.error(Code::DuplicateId, entry.mark, &entry.path, message, "give each column an id of its own");
        }
    }
}

fn recorded_until(context: &mut Context<'_>, map: &mut MapReader<'_>) -> RecordedUntil {
    let Some((node, path)) = map.get("recorded_until") else { return RecordedUntil::LastRow };
    match &node.data {
        Data::Scalar { text, .. } if text == "as_of" => RecordedUntil::AsOf,
        Data::Scalar { text, .. } if text == "last_row" => RecordedUntil::LastRow,
        _ => context.reader.date(node, &path).map_or(RecordedUntil::LastRow, RecordedUntil::Day),
    }
}

/// `date: created`, or `date: { column: created, pattern: DD.MM.YYYY }`.
fn date(context: &mut Context<'_>, node: &Node, path: &str) -> Option<DateColumn> {
    if let Data::Scalar { text, .. } = &node.data {
        return Some(DateColumn { column: text.clone(), pattern: DatePattern::iso(), zone: None });
    }
    let mut map = context.reader.map(node, path)?;
    let column = map.require(&mut context.reader, "column", "name the column").and_then(|(node, path)| context.reader.text(node, &path));
    let column = column.map(str::to_owned);
    let pattern = match map.get("pattern") {
        None => Some(DatePattern::iso()),
        Some((node, path)) => context.reader.text(node, &path).and_then(|text| {
            let pattern = DatePattern::new(text);
            if pattern.is_none() {
                let help = "use `YYYY`, `MM` or `M`, `DD` or `D` once each with the marks between them; then `hh`, `mm`, `ss` and `±hh:mm` for a time, or `*` to ignore it";
                context.reader.error(Code::WrongValue, node.mark, &path, format!("{} is not a date pattern", quoted(text)), help);
            }
            pattern
        }),
    };
    let zone = match map.get("zone") {
        None => None,
        Some((node, path)) => Some(context.reader.text(node, &path).and_then(|text| zone(context, text, node, &path))?),
    };
    map.finish(&mut context.reader);
    if let Some(pattern) = pattern.as_ref().filter(|pattern| pattern.has_offset() && zone.is_none()) {
        let message = format!("the pattern {} says distances from UTC, and no zone is declared in which they fall on a day", quoted(pattern.as_str()));
        let help = "declare the `zone` of the business, such as `Europe/Amsterdam`, `+01:00` or `UTC`";
        context.reader.error(Code::MissingKey, node.mark, path, message, help);
        return None;
    }
    Some(DateColumn { column: column?, pattern: pattern?, zone })
}

/// `UTC`, `+01:00` or `Europe/Amsterdam`.
fn zone(context: &mut Context<'_>, text: &str, node: &Node, path: &str) -> Option<Zone> {
    let zone = Zone::new(text);
    if zone.is_none() {
        let help = if Zone::knows_names() {
            "write `UTC`, a distance from it such as `+01:00`, or a name of the IANA database such as `Europe/Amsterdam`"
        } else {
            "this build knows no zones by name: write `UTC` or a distance from it such as `+01:00`"
        };
        context.reader.error(Code::WrongValue, node.mark, path, format!("{} is not a zone that is known", quoted(text)), help);
    }
    zone
}

/// `[channel, region]`, or `{ channel: utm_source, campaign: { column: utm_campaign, within: channel } }`,
/// or a single name.
fn columns(context: &mut Context<'_>, node: &Node, path: &str) -> Vec<Column> {
    if let Data::Map(_) = node.data {
        let entries = context.reader.by_id(node, path);
        return entries.into_iter().filter_map(|(id, _, node, path)| column(context, id, node, &path)).collect();
    }
    plain_columns(context, node, path).into_iter().map(|id| Column { column: id.to_string(), id, within: None }).collect()
}

/// `utm_source`, or `{ column: utm_campaign, within: channel }`.
fn column(context: &mut Context<'_>, id: Id, node: &Node, path: &str) -> Option<Column> {
    let Data::Map(_) = node.data else {
        let column = context.reader.text(node, path)?.to_owned();
        return Some(Column { id, column, within: None });
    };
    let mut map = context.reader.map(node, path)?;
    let column = map.text(&mut context.reader, "column").unwrap_or_else(|| id.to_string());
    let within = map.id(&mut context.reader, "within").map(|(id, _)| id);
    map.finish(&mut context.reader);
    Some(Column { id, column, within })
}

/// Columns whose names are ids already.
fn plain_columns(context: &mut Context<'_>, node: &Node, path: &str) -> Vec<Id> {
    let items = context.reader.items(node, path);
    let read = items.into_iter().filter_map(|(item, path)| {
        let text = context.reader.text(item, &path)?;
        let id = Id::new(text);
        if id.is_none() {
            let help = format!("give the column an id of its own: `{{ {}: {text} }}`", Id::nearest_spelling(text));
            context.reader.error(Code::BadId, item.mark, &path, format!("{} is not an id", quoted(text)), help);
        }
        id
    });
    read.collect()
}

/// Like columns; `{ amount: { column: Amount, decimal: ",", thousands: ".", unit: EUR } }` in full.
fn measures(context: &mut Context<'_>, node: &Node, path: &str) -> Vec<MeasureColumn> {
    let plain = |id: Id, column: String| MeasureColumn { id, column, decimal: '.', thousands: None, unit: None, additivity: Additivity::Additive };
    let Data::Map(_) = node.data else {
        return plain_columns(context, node, path).into_iter().map(|id| plain(id.clone(), id.to_string())).collect();
    };
    let entries = context.reader.by_id(node, path);
    let mut read = Vec::new();
    for (id, _, node, path) in entries {
        if let Data::Scalar { text, .. } = &node.data {
            read.push(plain(id, text.clone()));
            continue;
        }
        let Some(mut map) = context.reader.map(node, &path) else { continue };
        let column = map.text(&mut context.reader, "column").unwrap_or_else(|| id.to_string());
        let decimal = map.get("decimal").and_then(|(node, path)| character(context, node, &path)).unwrap_or('.');
        let thousands = map.get("thousands").and_then(|(node, path)| character(context, node, &path));
        if thousands == Some(decimal) {
            context.reader.error(
                Code::WrongValue,
                node.mark,
                &path,
                "the decimal mark and the thousands mark are the same".to_owned(),
                "declare two different marks",
            );
        }
        let unit = map.get("unit").and_then(|(node, path)| unit_of(context, node, &path));
        let additivity = map.one_of(&mut context.reader, "additivity", &Additivity::WORDS).unwrap_or(Additivity::Additive);
        map.finish(&mut context.reader);
        read.push(MeasureColumn { id, column, decimal, thousands, unit, additivity });
    }
    read
}

/// One character that can stand between digits or cells.
fn character(context: &mut Context<'_>, node: &Node, path: &str) -> Option<char> {
    let text = context.reader.text(node, path)?;
    let mut characters = text.chars();
    let single = match (text, characters.next(), characters.next()) {
        ("tab", ..) => Some('\t'),
        (_, Some(single), None) if single.is_ascii() && !single.is_ascii_alphanumeric() && !"\"\r\n-+".contains(single) => Some(single),
        _ => None,
    };
    if single.is_none() {
        context.reader.error(Code::WrongValue, node.mark, path, format!("{} is not a mark", quoted(text)), "write a single mark such as `\",\"`, or `tab`");
    }
    single
}
