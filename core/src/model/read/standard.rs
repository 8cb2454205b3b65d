//! Standard KPIs: which one is picked, and what it is made of.

use iso_currency::Currency;

use super::super::System;
use super::super::kpi::{Calculation, Definition, Direction, Standard};
use super::super::library::{self, Given, Input, InputKind, Inputs, StandardKpi, Variant};
use super::figures::unit_of;
use super::{Context, Entry, Kind};
use crate::base::code::Code;
use crate::base::finding::{Finding, Place, Severity, quoted};
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::base::order;
use crate::base::unit::Unit;
use crate::text::{Data, MapReader, Node, one_of_help};

/// The longest window, in days.
const MAX_WINDOW: u32 = 3_660;
/// How many definitions are looked at in the search for currencies. Who has more of them than
/// that writes the unit.
const MAX_STEPS: usize = 200_000;

/// What a definition says under `kpi`.
#[derive(Clone, Copy)]
pub(super) enum Choice {
    /// Nothing: its author writes the calculation.
    Own,
    /// A standard KPI and variant.
    Standard(&'static StandardKpi, &'static Variant),
    /// One that there is not, which has been reported.
    Mistaken,
}

impl Choice {
    pub(super) fn of(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Self {
        let Some((node, path)) = map.get("kpi") else { return Self::Own };
        let Some(kpi) = picked_kpi(context, node, &path) else { return Self::Mistaken };
        let variant = match map.get("variant") {
            Some((node, path)) => picked_variant(context, node, &path, kpi),
            None => kpi.variant(kpi.default_variant),
        };
        variant.map_or(Self::Mistaken, |variant| Self::Standard(kpi, variant))
    }

    pub(super) fn is_own(self) -> bool {
        matches!(self, Self::Own)
    }

    fn kpi(self) -> Option<&'static StandardKpi> {
        match self {
            Self::Standard(kpi, _) => Some(kpi),
            Self::Own | Self::Mistaken => None,
        }
    }

    /// The name; a variant that is not the default one is named with it.
    pub(super) fn name(self) -> Option<String> {
        match self {
            Self::Standard(kpi, variant) if variant.id == kpi.default_variant => Some(kpi.name.to_owned()),
            Self::Standard(..) => self.standard().map(|standard| standard.to_string()),
            Self::Own | Self::Mistaken => None,
        }
    }

    pub(super) fn meaning(self) -> &'static str {
        self.kpi().map_or("", |kpi| kpi.meaning)
    }

    pub(super) fn variant(self) -> Option<&'static str> {
        match self {
            Self::Standard(_, variant) => Some(variant.id),
            Self::Own | Self::Mistaken => None,
        }
    }

    pub(super) fn standard(self) -> Option<Standard> {
        match self {
            Self::Standard(kpi, variant) => Some(Standard { kpi: Id::new(kpi.id)?, variant: Id::new(variant.id)? }),
            Self::Own | Self::Mistaken => None,
        }
    }

    /// The unit: that of the library, or a declared one that measures the same.
    pub(super) fn unit(self, context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Unit> {
        let fixed = self.kpi().and_then(|kpi| kpi.unit.fixed());
        let Some((node, path)) = map.get("unit") else { return fixed };
        let unit = unit_of(context, node, &path)?;
        if let Some(kpi) = self.kpi().filter(|kpi| !kpi.unit.accepts(&unit)) {
            let message = format!("the standard KPI `{}` is measured in {}, not in {}", kpi.id, kpi.unit.words(), quoted(&unit.to_string()));
            let help = fixed
                .map_or_else(|| "write the currency, such as `EUR`, or leave `unit` out".to_owned(), |unit| format!("write `{unit}`, or leave `unit` out"));
            context.reader.error(Code::StandardFixed, node.mark, &path, message, help);
            return None;
        }
        Some(unit)
    }

    /// The same for a KPI, which must have one: a currency that is not written is looked up when
    /// everything has been read.
    pub(super) fn unit_or_inferred(self, context: &mut Context<'_>, map: &mut MapReader<'_>, entry: &Entry<'_>) -> Option<Unit> {
        let declared = map.get("unit").is_some();
        let unit = self.unit(context, map);
        if unit.is_some() || declared || self.kpi().is_none() {
            return unit;
        }
        let place = context.reader.place(entry.mark, &entry.path);
        context.references.without_currency.push((entry.id.clone(), place));
        Some(Unit::Count(String::new()))
    }

    /// The direction, which the library alone decides.
    pub(super) fn direction(self, context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Direction> {
        let written = map.get("direction").and_then(|(node, path)| Some((context.reader.one_of(node, &path, &Direction::WORDS)?, node.mark, path)));
        let kpi = self.kpi()?;
        if let Some((_, mark, path)) = written.filter(|(written, _, _)| *written != kpi.direction) {
            let word = Direction::WORDS.iter().find(|(_, direction)| *direction == kpi.direction).map_or("", |(word, _)| *word);
            let message = format!("the direction of the standard KPI `{}` is `{word}`", kpi.id);
            context.reader.error(Code::StandardFixed, mark, &path, message, "leave `direction` out");
        }
        Some(kpi.direction)
    }

    /// What is computed; `None` where no standard KPI is picked.
    pub(super) fn calculation(self, context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Option<Calculation>> {
        match self {
            Self::Own => None,
            Self::Mistaken => {
                // What stands there may be right for the KPI that is meant.
                map.get("inputs");
                map.get("variant");
                Some(None)
            }
            Self::Standard(kpi, variant) => Some(inputs(context, map, kpi, variant).and_then(|inputs| variant.calculation(&inputs))),
        }
    }
}

fn picked_kpi(context: &mut Context<'_>, node: &Node, path: &str) -> Option<&'static StandardKpi> {
    let text = context.reader.text(node, path)?;
    let kpi = library::kpi(text);
    if kpi.is_none() {
        let known: Vec<&str> = library::kpis().iter().map(|kpi| kpi.id).collect();
        let help = one_of_help(&text.replace('-', "_"), &known);
        context.reader.error(Code::UnknownReference, node.mark, path, format!("there is no standard KPI {}", quoted(text)), help);
    }
    kpi
}

fn picked_variant(context: &mut Context<'_>, node: &Node, path: &str, kpi: &StandardKpi) -> Option<&'static Variant> {
    let text = context.reader.text(node, path)?;
    let variant = kpi.variant(text);
    if variant.is_none() {
        let known: Vec<&str> = kpi.variants.iter().map(|variant| variant.id).collect();
        let help = one_of_help(&text.replace('-', "_"), &known);
        context.reader.error(Code::UnknownReference, node.mark, path, format!("the standard KPI `{}` has no variant {}", kpi.id, quoted(text)), help);
    }
    variant
}

/// What the system gives for the inputs of a variant; `None` where one that is needed is missing.
fn inputs(context: &mut Context<'_>, map: &mut MapReader<'_>, kpi: &StandardKpi, variant: &'static Variant) -> Option<Inputs> {
    let (mark, path) = (map.mark, map.path.clone());
    let mut given = Inputs::default();
    let mut missing: Vec<&Input> = Vec::new();
    let (mark, path) = match map.get("inputs") {
        None => {
            missing.extend(variant.inputs.iter().filter(|input| input.required));
            (mark, path)
        }
        Some((node, path)) => {
            let mut inputs = context.reader.map(node, &path)?;
            for input in variant.inputs {
                match inputs.get(input.id) {
                    Some((node, path)) => given.0.extend(read(context, node, &path, input).map(|value| (input.id, value))),
                    None if input.required => missing.push(input),
                    None => {}
                }
            }
            inputs.finish(&mut context.reader);
            (node.mark, path)
        }
    };
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|input| format!("`{}`", input.id)).collect();
        let message = format!("the standard KPI `{}`, variant `{}`, needs {}", kpi.id, variant.id, names.join(", "));
        let needs: Vec<String> = missing.iter().map(|input| format!("`{}` ({}: {})", input.id, input.kind.words(), input.meaning)).collect();
        context.reader.error(Code::MissingKey, mark, &path, message, format!("give under `inputs` {}", needs.join("; ")));
    }
    // A mistake in one of them has been reported.
    let complete = variant.inputs.iter().filter(|input| input.required).all(|input| given.0.iter().any(|(id, _)| *id == input.id));
    complete.then_some(given)
}

fn read(context: &mut Context<'_>, node: &Node, path: &str, input: &Input) -> Option<Given> {
    match input.kind {
        InputKind::Window => context.reader.count(node, path, MAX_WINDOW).map(Given::Days),
        InputKind::Dimension => context.reader.id(node, path).map(Given::Dimension),
        kind => {
            // No id starts with a digit or a sign.
            let is_number = matches!(&node.data, Data::Scalar { text } if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)));
            if is_number && kind.takes_number() {
                return context.reader.number(node, path).map(Given::Number);
            }
            let id = context.reader.id(node, path)?;
            context.refer(Kind::Figure, &id, node.mark, path);
            Some(Given::Figure(id))
        }
    }
}

/// Gives standard KPIs in money the currency of what they are made of.
pub(super) fn infer_currencies(system: &mut System, without: &[(Id, Place)], findings: &mut Vec<Finding>) {
    let found: Vec<Vec<Currency>> = {
        let mut search = Search::new(system, without);
        without.iter().map(|(id, _)| search.currencies(id)).collect()
    };
    for ((id, place), found) in without.iter().zip(found) {
        let Some(kpi) = system.kpis.iter_mut().find(|kpi| kpi.definition.id == *id) else {
            // What could not be read has been reported.
            continue;
        };
        let (code, message, help) = match found.as_slice() {
            [currency] => {
                let standard = kpi.definition.standard.as_ref().and_then(|standard| library::kpi(standard.kpi.as_str()));
                kpi.unit = standard.map_or(Unit::Currency(*currency), |standard| standard.unit.in_currency(*currency));
                continue;
            }
            [] => {
                let message = format!("`{}` has no `unit`, and none of its inputs says in which currency it is", place.path);
                (Code::MissingKey, message, "write the currency, such as `unit: EUR`")
            }
            several => {
                let codes: Vec<&str> = several.iter().map(Currency::code).collect();
                let message = format!("the inputs of `{}` are in {}", place.path, codes.join(" and "));
                (Code::NotCombinable, message, "bring them to one currency; amounts of two are never added")
            }
        };
        findings.push(Finding { code, severity: Severity::Error, place: place.clone(), message, help: help.to_owned() });
    }
}

/// A search for the currencies of figures: declared, or those of the parts.
struct Search<'s> {
    definitions: Map<&'s Id, (&'s Definition, Option<&'s Unit>)>,
    columns: Map<(&'s Id, &'s Id), &'s Unit>,
    /// How many definitions may still be looked at.
    steps: usize,
}

impl<'s> Search<'s> {
    fn new(system: &'s System, without: &[(Id, Place)]) -> Self {
        let without: Set<&Id> = without.iter().map(|(id, _)| id).collect();
        let kpis = system.kpis.iter().map(|kpi| (&kpi.definition, Some(&kpi.unit).filter(|_| !without.contains(&kpi.definition.id))));
        let measures = system.measures.iter().map(|measure| (&measure.definition, measure.unit.as_ref()));
        let columns =
            system.sources.iter().flat_map(|source| source.measures.iter().filter_map(|column| Some(((&source.id, &column.id), column.unit.as_ref()?))));
        Self {
            definitions: Map::from_iter(kpis.chain(measures).map(|(definition, unit)| (&definition.id, (definition, unit)))),
            columns: Map::from_iter(columns),
            steps: MAX_STEPS,
        }
    }

    fn currencies(&mut self, id: &Id) -> Vec<Currency> {
        let mut found: Vec<Currency> = Vec::new();
        let mut seen: Set<&Id> = Set::new();
        let mut waiting: Vec<&Id> = self.definitions.get_key_value(id).map(|(id, _)| *id).into_iter().collect();
        while let Some(id) = waiting.pop().filter(|_| self.steps > 0) {
            if !seen.insert(id) {
                continue;
            }
            self.steps = self.steps.saturating_sub(1);
            let Some((definition, declared)) = self.definitions.get(id) else { continue };
            match declared.or_else(|| self.of_column(&definition.calculation)).map(Unit::base) {
                Some(Unit::Currency(currency)) if !found.contains(currency) => found.push(*currency),
                Some(_) => {}
                None => waiting.extend(definition.calculation.refers_to()),
            }
        }
        order::sort_by_key(&mut found, Currency::code);
        found
    }

    /// The unit of the column that a calculation reads.
    fn of_column(&self, calculation: &Calculation) -> Option<&'s Unit> {
        match calculation {
            Calculation::Sum { source, measure }
            | Calculation::Mean { source, measure }
            | Calculation::Summary { source, measure, .. }
            | Calculation::WeightedMean { source, measure, .. }
            | Calculation::Balance { source, measure, .. } => self.columns.get(&(source, measure)).copied(),
            _ => None,
        }
    }
}
