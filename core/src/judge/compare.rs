//! How two figures differ: by definition, in words, and on given facts, period by period.

use serde::Serialize;

use super::describe::{describe, describe_calculation};
use super::snapshot::Snapshot;
use super::variance::{Figure, difference, relative};
use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::Observation;
use crate::model::System;
use crate::model::kpi::{Calculation, Definition, Direction, Kpi, Missing, Standard, Window};
use crate::model::library;

/// How two figures differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DefinitionComparison {
    /// One figure.
    pub a: ComparedFigure,
    /// The figure that it is set against.
    pub b: ComparedFigure,
    /// Whether they are defined alike in every aspect.
    pub same_definition: bool,
    /// How they are defined, aspect by aspect.
    pub aspects: Vec<AspectComparison>,
    /// The length of the periods.
    pub grain: Grain,
    /// Both, period by period, wherever either has facts.
    pub periods: Vec<ComparedPeriod>,
    /// By how much they differ in the last period that can be compared, in a sentence.
    pub summary: String,
}

/// One of two figures that are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedFigure {
    /// The KPI or measure.
    pub figure: Id,
    /// Its name as people write it.
    pub name: String,
    /// What it is, in one line.
    pub definition: String,
    /// The standard KPI that it was made by.
    pub standard: Option<Standard>,
    /// Its unit; `None` for a measure that declares none.
    pub unit: Option<Unit>,
    /// What the company or team is called.
    pub system: String,
    /// The as-of date of its snapshot.
    pub as_of: Date,
    /// The fingerprint of its snapshot.
    pub fingerprint: Fingerprint,
}

/// Something in which two definitions can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// The named convention (domain D8).
    Variant,
    /// What is computed.
    Calculation,
    /// The figures that it is computed from, through and through.
    Inputs,
    /// Which rows count.
    Filter,
    /// What stands in for a missing value.
    Missing,
    /// The days in which something counts.
    Window,
    /// The unit.
    Unit,
    /// Which way is better.
    Direction,
    /// The least share of days that must be covered.
    Coverage,
    /// The sources whose rows are read.
    Sources,
}

impl Aspect {
    /// As a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Variant => "variant",
            Self::Calculation => "calculation",
            Self::Inputs => "inputs",
            Self::Filter => "filter",
            Self::Missing => "missing values",
            Self::Window => "window",
            Self::Unit => "unit",
            Self::Direction => "direction",
            Self::Coverage => "coverage",
            Self::Sources => "sources",
        }
    }
}

/// Two definitions in one aspect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AspectComparison {
    /// The aspect.
    pub aspect: Aspect,
    /// Whether they are alike in it.
    pub same: bool,
    /// The first one's.
    pub a: String,
    /// The second one's.
    pub b: String,
    /// What the difference means, in sentences; none where more is not to be said.
    pub text: Vec<String>,
}

/// Two figures in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedPeriod {
    /// The period.
    pub period: Period,
    /// The first figure.
    pub a: Figure,
    /// The second.
    pub b: Figure,
    /// First − second; for rates in percentage points.
    pub change: Figure,
    /// The difference ÷ |second|; absent for rates, whose difference is in points already.
    pub relative: Option<Figure>,
}

impl Snapshot {
    /// How two figures of this snapshot differ: by definition, and on its facts.
    ///
    /// ```
    /// use marketingos::{Facts, Grain, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// sources:
    ///   spend: { date: day, dimensions: [kind], measures: [amount], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
    ///   deals: { date: won, rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
    /// measures:
    ///   all_spend: { sum: spend.amount, unit: EUR }
    ///   media: { sum: spend.amount, where: { kind: media }, unit: EUR }
    ///   customers: { count: deals }
    /// kpis:
    ///   cac: { kpi: cac, variant: marketing_only, inputs: { marketing: all_spend, new_customers: customers } }
    ///   cac_media: { kpi: cac, variant: media_only, inputs: { media: media, new_customers: customers } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system)
    ///     .csv("spend", "day,kind,amount\n2026-01-05,media,350\n2026-01-07,people,120\n")
    ///     .csv("deals", "won\n2026-01-20\n")
    ///     .build()?;
    /// let comparison = system.snapshot(&facts, "2026-01-31".parse()?).compare("cac", "cac_media", Grain::Month)?;
    /// assert!(!comparison.same_definition);
    /// assert_eq!(comparison.summary, "On these facts, `cac` is EUR 120 higher than `cac_media` in 2026-01 (+34.3%).");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such figure.
    pub fn compare(&self, a: &str, b: &str, grain: Grain) -> Result<DefinitionComparison, Error> {
        self.compare_with(a, self, b, grain)
    }

    /// How a figure of this snapshot differs from one of another: of another system, of another
    /// version of this one, or on other facts.
    ///
    /// # Errors
    /// When there is no such figure.
    pub fn compare_with(&self, a: &str, other: &Self, b: &str, grain: Grain) -> Result<DefinitionComparison, Error> {
        let (first, second) = (Side::new(self, a, grain)?, Side::new(other, b, grain)?);
        let aspects = aspects(&first, &second);
        let periods = periods(&first, &second);
        let names = if a == b { [format!("the first `{a}`"), format!("the second `{b}`")] } else { [format!("`{a}`"), format!("`{b}`")] };
        Ok(DefinitionComparison {
            a: first.figure(),
            b: second.figure(),
            same_definition: aspects.iter().all(|aspect| aspect.same),
            grain,
            summary: summary(&names, &unit(&first, &second), &periods),
            periods,
            aspects,
        })
    }
}

/// One of the two, with what is known about it.
struct Side<'s> {
    snapshot: &'s Snapshot,
    definition: &'s Definition,
    kpi: Option<&'s Kpi>,
    name: &'s str,
    unit: Option<&'s Unit>,
    /// All that it is computed from, itself left out.
    parts: Map<&'s Id, &'s Definition>,
    observations: Vec<Observation>,
}

impl<'s> Side<'s> {
    fn new(snapshot: &'s Snapshot, figure: &str, grain: Grain) -> Result<Self, Error> {
        let observations = snapshot.series(figure, grain, &[])?;
        let system = snapshot.system();
        let kpi = system.kpi(figure);
        let measure = system.measures().iter().find(|measure| measure.definition.id.as_str() == figure);
        // A figure that has a series is one of the two.
        let found = kpi.map(|kpi| (&kpi.definition, kpi.name.as_str(), Some(&kpi.unit)));
        let found = found.or_else(|| measure.map(|measure| (&measure.definition, measure.name.as_str(), measure.unit.as_ref())));
        let missing =
            || Error::new(crate::base::code::Code::UnknownKpi, format!("there is no figure {}", crate::base::finding::quoted(figure)), "name a KPI or measure");
        let (definition, name, unit) = found.ok_or_else(missing)?;
        Ok(Self { snapshot, definition, kpi, name, unit, parts: parts(system, definition), observations })
    }

    fn figure(&self) -> ComparedFigure {
        ComparedFigure {
            figure: self.definition.id.clone(),
            name: self.name.to_owned(),
            definition: describe(self.snapshot.system(), self.definition),
            standard: self.definition.standard.clone(),
            unit: self.unit.cloned(),
            system: self.snapshot.system().name().to_owned(),
            as_of: self.snapshot.as_of(),
            fingerprint: self.snapshot.fingerprint().clone(),
        }
    }

    fn variant(&self) -> String {
        let named = self.kpi.map(|kpi| kpi.variant.as_str()).filter(|variant| !variant.is_empty()).map(|variant| format!("`{variant}`, an own definition"));
        self.definition.standard.as_ref().map(Standard::to_string).or(named).unwrap_or_else(|| "an own definition".to_owned())
    }

    fn filter(&self) -> String {
        self.definition.filter.as_ref().map_or_else(|| "all rows".to_owned(), |filter| filter.as_str().to_owned())
    }

    fn missing(&self) -> String {
        match self.definition.missing {
            Missing::Stays => "missing stays missing".to_owned(),
            Missing::Zero => "missing is zero".to_owned(),
        }
    }

    fn window(&self) -> String {
        match &self.definition.calculation {
            Calculation::Conversion { within_days: Some(days), .. } | Calculation::Credit { within_days: Some(days), .. } => format!("{days} days"),
            Calculation::Conversion { .. } | Calculation::Credit { .. } => "no window".to_owned(),
            Calculation::Cumulative { window, .. } => match window {
                Window::Rolling(periods) => format!("the last {periods} periods"),
                Window::ToDate(grain) => format!("{} to date", grain.as_str()),
                Window::AllTime => "all time".to_owned(),
            },
            _ => "the period".to_owned(),
        }
    }

    fn unit_words(&self) -> String {
        self.unit.map_or_else(|| "not declared".to_owned(), ToString::to_string)
    }

    fn direction(&self) -> String {
        let word = |direction: Direction| Direction::WORDS.iter().find(|(_, known)| *known == direction).map_or("", |(word, _)| *word);
        self.kpi.map_or_else(|| "not declared".to_owned(), |kpi| word(kpi.direction).to_owned())
    }

    fn coverage(&self) -> String {
        self.kpi.map_or_else(|| "not declared".to_owned(), |kpi| Unit::Percent.format(&kpi.min_coverage))
    }

    fn sources(&self) -> String {
        let all = std::iter::once(self.definition).chain(self.parts.values().copied());
        let sources: Set<&Id> = all.filter_map(|definition| definition.calculation.source()).collect();
        listed(sources)
    }
}

/// Every definition that one is made of, itself left out.
fn parts<'s>(system: &'s System, definition: &'s Definition) -> Map<&'s Id, &'s Definition> {
    let mut parts = Map::new();
    let mut waiting = definition.calculation.refers_to();
    while let Some(id) = waiting.pop() {
        let Some(part) = system.definition(id.as_str()).filter(|part| !parts.contains_key(&part.id)) else { continue };
        parts.insert(&part.id, part);
        waiting.extend(part.calculation.refers_to());
    }
    parts
}

fn listed<'i>(ids: impl IntoIterator<Item = &'i Id>) -> String {
    let names: Vec<String> = ids.into_iter().map(|id| format!("`{id}`")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn aspects(a: &Side<'_>, b: &Side<'_>) -> Vec<AspectComparison> {
    let plain = |aspect, a: String, b: String| AspectComparison { aspect, same: a == b, a, b, text: Vec::new() };
    let calculation = |side: &Side<'_>| describe_calculation(side.snapshot.system(), side.definition);
    let mut calculations = plain(Aspect::Calculation, calculation(a), calculation(b));
    // Words leave some of it out.
    calculations.same = a.definition.calculation == b.definition.calculation;
    let mut filters = plain(Aspect::Filter, a.filter(), b.filter());
    filters.same = a.definition.filter == b.definition.filter;
    vec![
        AspectComparison { text: convention(a, b), ..plain(Aspect::Variant, a.variant(), b.variant()) },
        calculations,
        inputs(a, b),
        filters,
        plain(Aspect::Missing, a.missing(), b.missing()),
        plain(Aspect::Window, a.window(), b.window()),
        plain(Aspect::Unit, a.unit_words(), b.unit_words()),
        plain(Aspect::Direction, a.direction(), b.direction()),
        plain(Aspect::Coverage, a.coverage(), b.coverage()),
        plain(Aspect::Sources, a.sources(), b.sources()),
    ]
}

/// What the library says about two variants of one standard KPI.
fn convention(a: &Side<'_>, b: &Side<'_>) -> Vec<String> {
    let found = |side: &Side<'_>| {
        let standard = side.definition.standard.as_ref()?;
        let kpi = library::kpi(standard.kpi.as_str())?;
        Some((kpi, kpi.variant(standard.variant.as_str())?))
    };
    match (found(a), found(b)) {
        (Some((kpi, first)), Some((other, second))) if kpi.id == other.id && first.id != second.id => library::compared(kpi, first, second).text,
        (Some((kpi, _)), Some((other, _))) if kpi.id != other.id => vec![format!("They are two standard KPIs, {} and {}.", kpi.name, other.name)],
        _ => Vec::new(),
    }
}

fn inputs(a: &Side<'_>, b: &Side<'_>) -> AspectComparison {
    let mut text = Vec::new();
    for (one, other, which) in [(a, b, "first"), (b, a, "second")] {
        let only: Vec<&Id> = one.parts.keys().filter(|id| !other.parts.contains_key(**id)).copied().collect();
        if !only.is_empty() {
            text.push(format!("Only the {which} is made of {}.", listed(only)));
        }
    }
    for (id, part) in a.parts.iter() {
        // The place in the text takes no part in this.
        if let Some(other) = b.parts.get(id).filter(|other| other != &part) {
            let [first, second] = [(a, *part), (b, *other)].map(|(side, part)| describe(side.snapshot.system(), part));
            text.push(if first == second {
                format!("`{id}` is defined differently.")
            } else {
                format!("`{id}` is {first} for the first, and {second} for the second.")
            });
        }
    }
    AspectComparison { aspect: Aspect::Inputs, same: text.is_empty(), a: listed(a.parts.keys().copied()), b: listed(b.parts.keys().copied()), text }
}

/// The unit in which the difference is written.
fn unit(a: &Side<'_>, b: &Side<'_>) -> Result<Unit, String> {
    match (a.unit, b.unit) {
        (Some(Unit::Percent | Unit::Ratio), Some(other @ (Unit::Percent | Unit::Ratio))) => Ok(other.clone()),
        (Some(unit), Some(other)) if unit == other => Ok(unit.clone()),
        (Some(unit), Some(other)) => Err(format!("one is in {unit}, the other in {other}")),
        (Some(unit), None) | (None, Some(unit)) => Ok(unit.clone()),
        (None, None) => Ok(written_as(a)),
    }
}

/// How a measure without a unit is written.
fn written_as(side: &Side<'_>) -> Unit {
    side.unit.cloned().unwrap_or_else(|| match side.definition.calculation {
        Calculation::Ratio { .. } | Calculation::Conversion { .. } => Unit::Ratio,
        _ => Unit::Count(String::new()),
    })
}

fn periods(a: &Side<'_>, b: &Side<'_>) -> Vec<ComparedPeriod> {
    // Two systems can cut the year in different ways; only the same days are compared.
    let mut pairs: Map<(Date, Date), [Option<&Observation>; 2]> = Map::new();
    for observation in &a.observations {
        pairs.entry((observation.period.first, observation.period.last)).or_default()[0] = Some(observation);
    }
    for observation in &b.observations {
        pairs.entry((observation.period.first, observation.period.last)).or_default()[1] = Some(observation);
    }
    let unit = unit(a, b);
    let row = |[first, second]: [Option<&Observation>; 2]| {
        let period = first.or(second)?.period.clone();
        let value =
            |side: Option<&Observation>| side.map_or_else(|| Value::missing(format!("there are no data for {}", period.label)), |side| side.value.clone());
        let values = [value(first), value(second)];
        let change = match (difference(&values[0], &values[1]), &unit, first, second) {
            (_, Err(cause), _, _) => Value::not_comparable(cause.clone()),
            (Value::Value { .. }, Ok(_), Some(first), Some(second)) if !first.coverage.equals(second.coverage) => Value::not_comparable(format!(
                "{} of {} days are covered, and {} of {} of the other",
                first.coverage.days, first.coverage.of, second.coverage.days, second.coverage.of
            )),
            (change, ..) => change,
        };
        let shown = unit.clone().unwrap_or(Unit::Ratio);
        let relative = (shown != Unit::Percent).then(|| Figure::relative(relative(&change, &values[1])));
        let change = Figure::change(change, &shown);
        let [first, second] = values;
        Some(ComparedPeriod { period, a: Figure::of(first, &written_as(a)), b: Figure::of(second, &written_as(b)), change, relative })
    };
    pairs.into_values().filter_map(row).collect()
}

fn summary(names: &[String; 2], unit: &Result<Unit, String>, periods: &[ComparedPeriod]) -> String {
    let [a, b] = names;
    let comparable: Vec<(&ComparedPeriod, &crate::base::number::Number)> =
        periods.iter().filter_map(|period| Some((period, period.change.value.number()?))).collect();
    let unit = match unit {
        Ok(unit) => unit,
        Err(cause) => return format!("{a} and {b} cannot be compared on any facts: {cause}."),
    };
    let Some((last, change)) = comparable.last() else {
        let why = periods.last().map_or_else(String::new, |period| format!(": in {}, {}", period.period.label, period.change.value.cause()));
        return format!("On these facts, {a} and {b} cannot be compared in any period{why}.");
    };
    let label = &last.period.label;
    let mut text = if change.is_zero() {
        format!("On these facts, {a} and {b} are the same in {label}")
    } else {
        let size = unit.format_change(&change.abs());
        let size = size.trim_start_matches(['+', '±']);
        let way = if change.is_negative() { "lower" } else { "higher" };
        let share = last.relative.as_ref().filter(|relative| relative.value.number().is_some()).map(|relative| format!(" ({})", relative.text));
        format!("On these facts, {a} is {size} {way} than {b} in {label}{}", share.unwrap_or_default())
    };
    if comparable.len() > 1 {
        let differing = comparable.iter().filter(|(_, change)| !change.is_zero()).count();
        text.push_str(&format!("; they differ in {differing} of {} periods", comparable.len()));
    }
    text.push('.');
    text
}
