//! Measures and KPIs.

mod calculations;
mod conditions;

use super::super::kpi::{Additivity, Definition, Direction, Kpi, Measure, Missing, Redefinition};
use super::dated::Dated;
use super::standard::Choice;
use super::variance::variance;
use super::{Context, Entry, Kind, share, signals};
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::finding::{Origin, quoted};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::text::{MapReader, Node};

use calculations::CALCULATIONS;

/// The lengths of periods that a KPI may ask for at least.
const SHORTEST: [(&str, Grain); 4] = [("week", Grain::Week), ("month", Grain::Month), ("quarter", Grain::Quarter), ("year", Grain::Year)];

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
    let inherits = context.inheritance(&mut map);
    let shortest = map.one_of(&mut context.reader, "shortest", &SHORTEST).unwrap_or(Grain::Week);
    let min_coverage = map.get("min_coverage").and_then(|(node, path)| share(context, node, &path)).unwrap_or_else(|| default_coverage.clone());
    let redefined = REDEFINED.read(context, &mut map, |context, map| map.truth(&mut context.reader, "restated"));
    let redefined = redefined.into_iter().map(|(on, reason, restated)| Redefinition { on, reason, restated }).collect();
    let chart = signals::chart(context, &mut map);
    let variance = variance(context, &mut map).unwrap_or_default();
    let origin = entry.origin(context);
    let definition = definition(context, &mut map, entry.id, origin, choice);
    map.finish(&mut context.reader);
    Some(Kpi {
        definition: definition?,
        name,
        meaning,
        variant,
        unit: unit?,
        direction: direction?,
        owner,
        stage,
        inherits,
        shortest,
        min_coverage,
        redefined,
        chart,
        variance,
    })
}

const REDEFINED: Dated =
    Dated { key: "redefined", one: "redefinition", on: "write the day from which it means something else", reason: "say what was changed" };

/// A unit, as a figure or a column of numbers declares it.
pub(super) fn unit_of(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Unit> {
    let text = context.reader.text(node, path)?;
    let unit = Unit::parse(text);
    if unit.is_none() {
        let near = crate::base::id::nearest(text, Unit::WORDS).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let help = format!(
            "{near}use a currency code such as `EUR`, `count of leads`, `percent`, `ratio`, `days`, `months` or `score`, and `per day`, `per month` or `per lead` after it"
        );
        context.reader.error(Code::WrongValue, node.mark, path, format!("{} is not a unit", quoted(text)), help);
    }
    unit
}

fn definition(context: &mut Context<'_>, map: &mut MapReader<'_>, id: Id, origin: Origin, choice: Choice) -> Option<Definition> {
    let mut found = Vec::new();
    found.extend(choice.calculation(context, map).map(|calculation| ("kpi", calculation)));
    for (key, read) in CALCULATIONS {
        if let Some((node, path)) = map.get(key) {
            found.push((key, read(context, node, &path)));
        }
    }
    let filter = map.get("where").and_then(|(node, path)| conditions::filter(context, node, &path));
    let missing = map.one_of(&mut context.reader, "missing", &Missing::WORDS).unwrap_or_default();
    if let Some((node, path)) = map.get("additivity")
        && let Some(additivity) = context.reader.one_of(node, &path, &Additivity::WORDS)
    {
        let place = context.reader.place(node.mark, &path);
        context.references.additivity.push((id.clone(), additivity, place));
    }
    if found.len() != 1 {
        let message = if found.is_empty() {
            format!("{} says nothing about what is computed", quoted(&map.path))
        } else {
            let keys: Vec<String> = found.iter().map(|(key, _)| format!("`{key}`")).collect();
            format!("{} is computed in more than one way: {}", quoted(&map.path), keys.join(", "))
        };
        let keys: Vec<String> = CALCULATIONS.iter().map(|(key, _)| *key).chain(["kpi"]).map(|key| format!("`{key}`")).collect();
        context.reader.error(Code::DefinitionKind, map.mark, &map.path, message, format!("write exactly one of {}", keys.join(", ")));
        return None;
    }
    let calculation = found.pop().and_then(|(_, calculation)| calculation)?;
    if filter.is_some() && calculation.source().is_none() {
        let help = "put the `where` on the figures that it is made of";
        context.reader.error(Code::NotCombinable, map.mark, &map.path, "only a figure computed from rows can have a `where`".to_owned(), help);
    }
    Some(Definition { id, origin, calculation, filter, missing, standard: choice.standard() })
}
