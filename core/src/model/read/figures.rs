//! Measures and KPIs.

use super::super::kpi::{Basis, Calculation, Definition, Direction, Filter, Kpi, Measure, Missing, Statistic, WrittenFormula};
use super::standard::Choice;
use super::{Context, Entry, Kind, share};
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::condition::Condition;
use crate::base::finding::{Origin, quoted};
use crate::base::formula::Formula;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::text::{Data, MapReader, Node};

/// The keys of which a definition has exactly one.
const CALCULATIONS: &str = "`count`, `sum`, `mean`, `summary`, `distinct`, `ratio`, `formula`, `conversion`, `duration` or `kpi`";
/// The lengths of periods that a KPI may ask for at least.
const SHORTEST: [(&str, Grain); 4] = [("week", Grain::Week), ("month", Grain::Month), ("quarter", Grain::Quarter), ("year", Grain::Year)];
/// The longest window of a conversion, in days.
const MAX_WINDOW: u32 = 3_660;

pub(super) fn measure(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Measure> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let choice = Choice::of(context, &mut map);
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| choice.name().unwrap_or_else(|| entry.id.to_string()));
    let unit = if choice.is_own() { map.get("unit").and_then(|(node, path)| unit_of(context, node, &path)) } else { choice.unit(context, &mut map) };
    let origin = entry.origin(context);
    let definition = definition(context, &mut map, entry.id, origin, choice);
    map.finish(&mut context.reader);
    Some(Measure { definition: definition?, name, unit })
}

pub(super) fn kpi(context: &mut Context<'_>, entry: Entry<'_>, default_coverage: &Number) -> Option<Kpi> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let choice = Choice::of(context, &mut map);
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| choice.name().unwrap_or_else(|| entry.id.to_string()));
    let meaning = map.text(&mut context.reader, "meaning").unwrap_or_else(|| choice.meaning().to_owned());
    let variant = map.text(&mut context.reader, "variant").map(|written| choice.variant().map_or(written, str::to_owned));
    let variant = variant.unwrap_or_else(|| choice.variant().unwrap_or_default().to_owned());
    let (unit, direction) = if choice.is_own() {
        let unit = map.require(&mut context.reader, "unit", "write a unit such as `EUR`, `count of leads` or `percent`");
        let unit = unit.and_then(|(node, path)| unit_of(context, node, &path));
        let direction = map.require(&mut context.reader, "direction", "write `higher`, `lower`, `band` or `none`");
        (unit, direction.and_then(|(node, path)| context.reader.one_of(node, &path, &Direction::WORDS)))
    } else {
        (choice.unit_or_inferred(context, &mut map, &entry), choice.direction(context, &mut map))
    };
    let owner = context.assignments(&mut map, "owner");
    let stage = context.reference(&mut map, "stage", Kind::Stage);
    let shortest = map.one_of(&mut context.reader, "shortest", &SHORTEST).unwrap_or(Grain::Week);
    let min_coverage = map.get("min_coverage").and_then(|(node, path)| share(context, node, &path)).unwrap_or_else(|| default_coverage.clone());
    let origin = entry.origin(context);
    let definition = definition(context, &mut map, entry.id, origin, choice);
    map.finish(&mut context.reader);
    Some(Kpi { definition: definition?, name, meaning, variant, unit: unit?, direction: direction?, owner, stage, shortest, min_coverage })
}

pub(super) fn unit_of(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Unit> {
    let text = context.reader.text(node, path)?;
    let unit = Unit::parse(text);
    if unit.is_none() {
        let near = crate::base::id::nearest(text, Unit::WORDS).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let help = format!("{near}use a currency code such as `EUR`, `count of leads`, `percent`, `ratio`, `days`, `months` or `score`");
        context.reader.error(Code::WrongValue, node.mark, path, format!("{} is not a unit", quoted(text)), help);
    }
    unit
}

fn definition(context: &mut Context<'_>, map: &mut MapReader<'_>, id: Id, origin: Origin, choice: Choice) -> Option<Definition> {
    let mut found: Vec<(&'static str, Option<Calculation>)> = Vec::new();
    type Read = fn(&mut Context<'_>, &Node, &str) -> Option<Calculation>;
    let readers: [(&'static str, Read); 9] = [
        ("count", count),
        ("sum", sum),
        ("mean", mean),
        ("summary", summary),
        ("distinct", distinct),
        ("ratio", ratio),
        ("formula", formula),
        ("conversion", conversion),
        ("duration", duration),
    ];
    found.extend(choice.calculation(context, map).map(|calculation| ("kpi", calculation)));
    for (key, read) in readers {
        if let Some((node, path)) = map.get(key) {
            found.push((key, read(context, node, &path)));
        }
    }
    let filter = map.get("where").map(|(node, path)| conditions(context, node, &path, false)).filter(|conditions| !conditions.is_empty());
    let filter = filter.map(|conditions| Filter { text: String::new(), condition: Condition::All(conditions) });
    let missing = map.one_of(&mut context.reader, "missing", &Missing::WORDS).unwrap_or_default();
    if found.len() != 1 {
        let message = if found.is_empty() {
            format!("{} says nothing about what is computed", quoted(&map.path))
        } else {
            let keys: Vec<String> = found.iter().map(|(key, _)| format!("`{key}`")).collect();
            format!("{} is computed in more than one way: {}", quoted(&map.path), keys.join(", "))
        };
        context.reader.error(Code::DefinitionKind, map.mark, &map.path, message, format!("write exactly one of {CALCULATIONS}"));
        return None;
    }
    let calculation = found.pop().and_then(|(_, calculation)| calculation)?;
    if filter.is_some() && calculation.source().is_none() {
        let help = "put the `where` on the figures that it is made of";
        context.reader.error(Code::NotCombinable, map.mark, &map.path, "only a figure computed from rows can have a `where`".to_owned(), help);
    }
    Some(Definition { id, origin, calculation, filter, missing, standard: choice.standard() })
}

fn count(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let source = context.reader.id(node, path)?;
    context.refer(Kind::Source, &source, node.mark, path);
    Some(Calculation::Count { source })
}

/// `source.column`.
fn column(context: &mut Context<'_>, node: &Node, path: &str) -> Option<(Id, Id)> {
    let text = context.reader.text(node, path)?;
    let parts = text.split_once('.').and_then(|(source, column)| Some((Id::new(source)?, Id::new(column)?)));
    match &parts {
        Some((source, _)) => context.refer(Kind::Source, source, node.mark, path),
        None => context.reader.error(Code::WrongValue, node.mark, path, format!("{} does not name a column", quoted(text)), "write `source.column`"),
    }
    parts
}

fn sum(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    column(context, node, path).map(|(source, measure)| Calculation::Sum { source, measure })
}

fn mean(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    column(context, node, path).map(|(source, measure)| Calculation::Mean { source, measure })
}

fn summary(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let of = map.require(&mut context.reader, "of", "name a measure as `source.column`").and_then(|(node, path)| column(context, node, &path));
    let statistic = statistic(context, &mut map);
    map.finish(&mut context.reader);
    let (source, measure) = of?;
    Some(Calculation::Summary { source, measure, statistic: statistic? })
}

fn distinct(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    column(context, node, path).map(|(source, column)| Calculation::Distinct { source, column, approximate: false })
}

/// The figure under a required key.
fn figure(context: &mut Context<'_>, map: &mut MapReader<'_>, key: &'static str) -> Option<Id> {
    map.require(&mut context.reader, key, "name a KPI or measure")?;
    context.reference(map, key, Kind::Figure)
}

fn ratio(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let numerator = figure(context, &mut map, "numerator");
    let denominator = figure(context, &mut map, "denominator");
    map.finish(&mut context.reader);
    Some(Calculation::Ratio { numerator: numerator?, denominator: denominator? })
}

fn formula(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let text = context.reader.text(node, path)?;
    match Formula::parse(text) {
        Ok(formula) => {
            context.refer_all(Kind::Figure, &formula.figures(), node.mark, path);
            Some(Calculation::Formula { formula: WrittenFormula { text: text.to_owned(), formula } })
        }
        Err(error) => {
            let message = format!("the formula {} cannot be read at character {}: {}", quoted(text), error.at.saturating_add(1), error.message);
            context.reader.error(
                Code::BadFormula,
                node.mark,
                path,
                message,
                "use figures' ids, numbers, `+ - * /`, parentheses, `min`, `max`, `abs`, `coalesce`",
            );
            None
        }
    }
}

fn conversion(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let from = figure(context, &mut map, "from");
    let to = figure(context, &mut map, "to");
    let within_days = map.get("within_days").and_then(|(node, path)| context.reader.count(node, &path, MAX_WINDOW));
    map.finish(&mut context.reader);
    Some(Calculation::Conversion { from: from?, to: to?, within_days, basis: Basis::SameCohort, matching: None })
}

fn duration(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let from = figure(context, &mut map, "from");
    let to = figure(context, &mut map, "to");
    let statistic = statistic(context, &mut map);
    map.finish(&mut context.reader);
    Some(Calculation::Duration { from: from?, to: to?, statistic: statistic? })
}

/// The required key `statistic`.
fn statistic(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Statistic> {
    let statistic = map.require(&mut context.reader, "statistic", "write `mean`, `median`, `min`, `max` or a percentile such as `p90`");
    statistic.and_then(|(node, path)| statistic_of(context, node, &path))
}

fn statistic_of(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Statistic> {
    let text = context.reader.text(node, path)?;
    let percentile = text.strip_prefix('p').and_then(|digits| digits.parse().ok()).filter(|percent| (1..=99).contains(percent));
    let statistic = match text {
        "mean" => Some(Statistic::Mean),
        "min" => Some(Statistic::Min),
        "max" => Some(Statistic::Max),
        "median" => Some(Statistic::Percentile(50)),
        _ => percentile.map(Statistic::Percentile),
    };
    if statistic.is_none() {
        context.reader.error(
            Code::WrongValue,
            node.mark,
            path,
            format!("{} is not a statistic", quoted(text)),
            "write `mean`, `median`, `min`, `max` or a percentile from `p1` to `p99`",
        );
    }
    statistic
}

/// `{ outcome: won, channel: [paid_search, null], not: { region: test } }`.
fn conditions(context: &mut Context<'_>, node: &Node, path: &str, excluded: bool) -> Vec<Condition> {
    let Data::Map(entries) = &node.data else {
        context.reader.wrong_shape(node, path, "a mapping of dimensions to members");
        return Vec::new();
    };
    let mut read = Vec::new();
    for entry in entries {
        let path = format!("{path}.{}", entry.key);
        if entry.key == "not" && !excluded {
            read.extend(conditions(context, &entry.value, &path, true));
            continue;
        }
        let Some(column) = Id::new(&entry.key) else {
            context.reader.error(Code::BadId, entry.mark, &path, format!("{} is not an id", quoted(&entry.key)), "name a dimension of the source");
            continue;
        };
        let items = if let Data::List(items) = &entry.value.data { items.as_slice() } else { std::slice::from_ref(&entry.value) };
        let members = items.iter().filter_map(|item| match &item.data {
            Data::Null => Some(None),
            _ => context.reader.text(item, &path).map(|text| Some(text.to_owned())),
        });
        let members: Vec<Option<String>> = members.collect();
        if members.is_empty() {
            context.reader.error(
                Code::WrongShape,
                entry.value.mark,
                &path,
                "no member is named".to_owned(),
                "name at least one member, or leave the condition out",
            );
        }
        let member = Condition::Member { column, members };
        read.push(if excluded { Condition::Not(Box::new(member)) } else { member });
    }
    read
}
