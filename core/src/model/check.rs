//! What one part alone cannot know: that references lead somewhere, ids are unique, no
//! definition refers to itself, and each calculation can be made of what it names.
//!
//! Everything is looked up in sorted sets: a system may hold a hundred thousand parts.

use std::collections::{BTreeMap, BTreeSet};

use super::System;
use super::kpi::{Calculation, Definition, Direction};
use super::plan::{Aim, Target};
use super::read::{Kind, References};
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Origin, Severity};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::text::one_of_help;

/// The most definitions a chain of formulas may pass through.
const MAX_CHAIN: usize = 64;
/// A target for a rate above five times the whole is more likely a percentage without its sign.
const IMPLAUSIBLE_SHARE: i32 = 5;
/// The most names that are compared to find those nearest to unknown ones. Who has more slips
/// than that in one text needs no suggestion for each.
const MAX_COMPARISONS: usize = 500_000;

pub(super) fn system(system: &System, references: &References, findings: &mut Vec<Finding>) {
    let definitions: Vec<&Definition> = system.definitions().collect();
    let mut by_id = BTreeMap::new();
    for definition in &definitions {
        by_id.entry(&definition.id).or_insert(*definition);
    }
    let mut check = Check { system, definitions, by_id, findings, comparisons: MAX_COMPARISONS };
    check.references(references);
    check.unique_ids();
    check.cycles();
    check.columns();
    check.entities();
    check.targets();
}

struct Check<'a, 'f> {
    system: &'a System,
    /// Every definition, KPIs first.
    definitions: Vec<&'a Definition>,
    by_id: BTreeMap<&'a Id, &'a Definition>,
    findings: &'f mut Vec<Finding>,
    /// How many names may still be compared.
    comparisons: usize,
}

/// Names in the order of the text, and for looking up.
struct Names<'a> {
    listed: Vec<&'a str>,
    known: BTreeSet<&'a str>,
}

impl<'a> FromIterator<&'a Id> for Names<'a> {
    fn from_iter<I: IntoIterator<Item = &'a Id>>(ids: I) -> Self {
        let listed: Vec<&str> = ids.into_iter().map(Id::as_str).collect();
        Self { known: listed.iter().copied().collect(), listed }
    }
}

impl<'a> Check<'a, '_> {
    fn error(&mut self, code: Code, origin: &Origin, message: String, help: impl Into<String>) {
        let place = origin.0.clone();
        self.findings.push(Finding { code, severity: Severity::Error, place, message, help: help.into() });
    }

    fn help(&mut self, name: &str, names: &Names<'_>) -> String {
        match self.comparisons.checked_sub(names.listed.len()) {
            Some(left) => {
                self.comparisons = left;
                one_of_help(name, &names.listed)
            }
            None => "use a name that is defined".to_owned(),
        }
    }

    fn names(&self, kind: Kind) -> Names<'a> {
        let system = self.system;
        match kind {
            Kind::Person => system.people.iter().map(|person| &person.id).collect(),
            Kind::Decision => system.decisions().map(|decision| &decision.id).collect(),
            Kind::Stage => system.stages.iter().map(|stage| &stage.id).collect(),
            Kind::Source => system.sources.iter().map(|source| &source.id).collect(),
            Kind::Kpi => system.kpis.iter().map(|kpi| &kpi.definition.id).collect(),
            Kind::Figure => self.definitions.iter().map(|definition| &definition.id).collect(),
        }
    }

    fn references(&mut self, references: &References) {
        let mut names: BTreeMap<Kind, Names<'_>> = BTreeMap::new();
        for reference in &references.all {
            let names = names.entry(reference.kind).or_insert_with(|| {
                let mut names = self.names(reference.kind);
                let unread = references.unread.iter().filter(|(section, _)| reference.kind.sections().contains(section));
                for (_, id) in unread {
                    names.listed.push(id.as_str());
                    names.known.insert(id.as_str());
                }
                names
            });
            for id in reference.ids.iter().filter(|id| !names.known.contains(id.as_str())) {
                let message = format!("there is no {} `{id}`", reference.kind.words());
                let help = self.help(id.as_str(), names);
                let place = reference.place.clone();
                self.findings.push(Finding { code: Code::UnknownReference, severity: Severity::Error, place, message, help });
            }
        }
    }

    fn unique_ids(&mut self) {
        let figures = self.definitions.iter().map(|definition| (&definition.id, &definition.origin));
        self.unique(figures.collect(), "KPI or measure");
        self.unique(self.system.decisions().map(|decision| (&decision.id, &decision.origin)).collect(), "decision");
    }

    fn unique(&mut self, ids: Vec<(&Id, &Origin)>, what: &str) {
        let mut seen = BTreeSet::new();
        for (id, origin) in ids {
            if !seen.insert(id) {
                let message = format!("the id `{id}` is used by another {what} too");
                self.error(Code::DuplicateId, origin, message, "give each an id of its own");
            }
        }
    }

    /// A cycle is reported once, at the member that stands first in the text; so is a chain
    /// that is too long, where it starts.
    fn cycles(&mut self) {
        let positions: BTreeMap<&Id, usize> = self.definitions.iter().enumerate().rev().map(|(position, definition)| (&definition.id, position)).collect();
        let mut chains = Chains { by_id: &self.by_id, seen: BTreeMap::new() };
        let mut found = Vec::new();
        for definition in &self.definitions {
            let mut path = vec![&definition.id];
            let Some(Stop { start, ids }) = chains.follow(&mut path) else { continue };
            let at = ids.iter().filter_map(|id| positions.get(id)).min().filter(|_| start == Start::Cycle);
            found.extend(at.or_else(|| positions.get(&definition.id)).map(|at| (*at, start, ids)));
        }
        for (at, start, ids) in found {
            let Some(definition) = self.definitions.get(at).copied() else { continue };
            let message = match start {
                Start::TooLong => format!("`{}` passes through more than {MAX_CHAIN} definitions", definition.id),
                Start::Cycle => {
                    // Told from the member at which it is reported.
                    let first = ids.iter().position(|id| **id == definition.id).unwrap_or(0);
                    let round = ids.iter().cycle().skip(first).take(ids.len().saturating_add(1));
                    let names: Vec<String> = round.map(|id| format!("`{id}`")).collect();
                    format!("the definition refers to itself: {}", names.join(" → "))
                }
            };
            self.error(Code::Cycle, &definition.origin, message, "compute one of them from sources");
        }
    }

    /// Columns that a calculation or its conditions name.
    fn columns(&mut self) {
        let mut columns: BTreeMap<&Id, (Names<'_>, Names<'_>)> = BTreeMap::new();
        for source in &self.system.sources {
            let keys = source.dimensions.iter().chain(&source.entity).map(|column| &column.id).collect();
            columns.insert(&source.id, (keys, source.measures.iter().map(|measure| &measure.id).collect()));
        }
        for definition in self.definitions.clone() {
            let Some((source, (keys, numbers))) = definition.calculation.source().and_then(|id| columns.get_key_value(id)) else { continue };
            let wanted = match &definition.calculation {
                Calculation::Sum { measure, .. }
                | Calculation::Mean { measure, .. }
                | Calculation::WeightedMean { measure, .. }
                | Calculation::Summary { measure, .. }
                | Calculation::Balance { measure, .. } => Some((measure, "measure", numbers)),
                Calculation::Distinct { column, .. } => Some((column, "dimension or entity", keys)),
                _ => None,
            };
            let weights = match &definition.calculation {
                Calculation::WeightedMean { weight, .. } => Some((weight, "measure", numbers)),
                _ => None,
            };
            let conditions = weights.into_iter();
            for (column, what, names) in wanted.into_iter().chain(conditions) {
                if !names.known.contains(column.as_str()) {
                    let message = format!("the source `{source}` has no {what} `{column}`");
                    let help = self.help(column.as_str(), names);
                    self.error(Code::UnknownReference, &definition.origin, message, help);
                }
            }
        }
    }

    /// Both sides of a conversion or duration count rows of sources that name their entity.
    fn entities(&mut self) {
        let nameless: BTreeSet<&Id> = self.system.sources.iter().filter(|source| source.entity.is_none()).map(|source| &source.id).collect();
        for definition in self.definitions.clone() {
            let (Calculation::Conversion { from, to, .. } | Calculation::Duration { from, to, .. }) = &definition.calculation else { continue };
            for id in [from, to] {
                let Some(side) = self.by_id.get(id) else { continue };
                let Calculation::Count { source } = &side.calculation else {
                    let message = format!("`{id}` is not a count of rows");
                    self.error(Code::NotCombinable, &definition.origin, message, "refer to a figure defined by `count`");
                    continue;
                };
                if nameless.contains(source) {
                    let message = format!("the source `{source}` does not say which column names its entity");
                    self.error(Code::NotCombinable, &definition.origin, message, format!("declare `entity` in `sources.{source}`"));
                }
            }
        }
    }

    /// A rate is written as a share: 30 means 3,000 %.
    fn plausible(&mut self, target: &Target) {
        let percent = self.system.kpi(target.kpi.as_str()).is_some_and(|kpi| kpi.unit == Unit::Percent);
        let Aim::Point { value } = &target.aim else { return };
        if percent && value.abs() > Number::from(IMPLAUSIBLE_SHARE) {
            let message = format!("the target of `{}` is {}", target.kpi, Unit::Percent.format(value));
            let help = format!("write `{value} %` if that is what is meant");
            let place = target.origin.0.clone();
            self.findings.push(Finding { code: Code::ImplausibleTarget, severity: Severity::Warning, place, message, help });
        }
    }

    fn targets(&mut self) {
        let system = self.system;
        for (target, rival) in rivals(&system.targets) {
            let message = format!("`{}` has two targets for {}, set on the same day", target.kpi, overlap_text(target, rival));
            let help = "give the later one a later `set_on`, or let the periods not overlap";
            self.error(Code::AmbiguousTarget, &target.origin, message, help);
        }
        let directions: BTreeMap<&Id, Direction> = system.kpis.iter().rev().map(|kpi| (&kpi.definition.id, kpi.direction)).collect();
        for target in &system.targets {
            let Some(direction) = directions.get(&target.kpi) else { continue };
            self.plausible(target);
            let wants_band = *direction == Direction::Band;
            if wants_band != matches!(target.aim, Aim::Band { .. }) {
                let message = format!(
                    "`{}` is better {}",
                    target.kpi,
                    if wants_band { "inside a band, and its target is a single value" } else { "in one direction, and its target is a band" }
                );
                let help = if wants_band { "write `low` and `high`" } else { "write `value`, or `direction: band`" };
                self.error(Code::NotCombinable, &target.origin, message, help);
            }
        }
    }
}

/// Targets that overlap one before them in the text: same KPI, length of periods and day of
/// setting.
fn rivals(targets: &[Target]) -> Vec<(&Target, &Target)> {
    type Alike<'a> = (&'a Id, Grain, Option<Date>);
    let mut groups: BTreeMap<Alike<'_>, Vec<(usize, &Target)>> = BTreeMap::new();
    for (position, target) in targets.iter().enumerate() {
        groups.entry((&target.kpi, target.grain, target.set_on)).or_default().push((position, target));
    }
    let mut found: BTreeMap<usize, (&Target, &Target)> = BTreeMap::new();
    for mut group in groups.into_values() {
        // In order of their starts, each needs to be held only against the latest end so far.
        group.sort_by_key(|(position, target)| (target.first, *position));
        let mut latest: Option<(usize, &Target)> = None;
        for (position, target) in group {
            if let Some((other, rival)) = latest.filter(|(_, rival)| target.first <= rival.last) {
                let pair = if other < position { (target, rival) } else { (rival, target) };
                found.entry(other.max(position)).or_insert(pair);
            }
            if latest.is_none_or(|(_, rival)| rival.last < target.last) {
                latest = Some((position, target));
            }
        }
    }
    found.into_values().collect()
}

fn overlap_text(left: &Target, right: &Target) -> String {
    left.span().overlap(right.span()).map_or_else(String::new, |both| format!("{} to {}", both.first, both.last))
}

/// Why a chain of definitions does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Cycle,
    TooLong,
}

/// The definitions of a cycle, or those that a chain passed through.
struct Stop<'a> {
    start: Start,
    ids: Vec<&'a Id>,
}

/// Chains of definitions, each definition followed once.
struct Chains<'c, 'a> {
    by_id: &'c BTreeMap<&'a Id, &'a Definition>,
    /// The definitions that the longest chain from each passes through; `None` where it does
    /// not end, which has been reported.
    seen: BTreeMap<&'a Id, Option<usize>>,
}

impl<'a> Chains<'_, 'a> {
    /// Depth first from the last of `path`: a cycle that closes, or a chain that is too long,
    /// unless it has been met before.
    fn follow(&mut self, path: &mut Vec<&'a Id>) -> Option<Stop<'a>> {
        let current = *path.last()?;
        if self.seen.contains_key(current) {
            return None;
        }
        if path.len() > MAX_CHAIN {
            return Some(Stop { start: Start::TooLong, ids: path.clone() });
        }
        // Until it is known better, for all the ways out below.
        let mut length = Some(1usize);
        for next in self.by_id.get(current).map(|definition| definition.calculation.refers_to()).unwrap_or_default() {
            if let Some(start) = path.iter().position(|id| *id == next) {
                self.seen.insert(current, None);
                return Some(Stop { start: Start::Cycle, ids: path.iter().skip(start).copied().collect() });
            }
            path.push(next);
            let stop = self.follow(path);
            path.pop();
            let beyond = self.seen.get(next).copied().flatten();
            let too_long = beyond.is_some_and(|beyond| beyond.saturating_add(path.len()) > MAX_CHAIN);
            if stop.is_some() || too_long {
                self.seen.insert(current, None);
                return stop.or_else(|| Some(Stop { start: Start::TooLong, ids: path.clone() }));
            }
            length = length.zip(beyond).map(|(length, beyond)| length.max(beyond.saturating_add(1)));
        }
        self.seen.insert(current, length);
        None
    }
}
