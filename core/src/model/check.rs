//! What one part alone cannot know: that references lead somewhere, ids are unique, no
//! definition refers to itself, and each calculation can be made of what it names.

use std::collections::BTreeSet;

use super::System;
use super::kpi::{Calculation, Condition, Definition, Direction};
use super::plan::{Aim, Target};
use super::read::{Kind, Reference};
use crate::base::code::Code;
use crate::base::finding::{Finding, Origin, Severity};
use crate::base::id::Id;
use crate::text::one_of_help;

/// The most definitions a chain of formulas may pass through.
const MAX_CHAIN: usize = 64;

pub(super) fn system(system: &System, references: &[Reference], findings: &mut Vec<Finding>) {
    let mut check = Check { system, findings };
    check.references(references);
    check.unique_ids();
    check.cycles();
    check.figures();
    check.targets();
}

struct Check<'a> {
    system: &'a System,
    findings: &'a mut Vec<Finding>,
}

impl Check<'_> {
    fn error(&mut self, code: Code, origin: &Origin, message: String, help: impl Into<String>) {
        let place = origin.0.clone();
        self.findings.push(Finding { code, severity: Severity::Error, place, message, help: help.into() });
    }

    fn references(&mut self, references: &[Reference]) {
        for reference in references {
            let system = self.system;
            let figures = || system.kpis.iter().map(|kpi| &kpi.definition.id);
            let (what, known): (&str, Vec<&str>) = match reference.kind {
                Kind::Person => ("person", system.people.iter().map(|person| person.id.as_str()).collect()),
                Kind::Decision => ("decision", system.decisions().map(|decision| decision.id.as_str()).collect()),
                Kind::Stage => ("stage", system.stages.iter().map(|stage| stage.id.as_str()).collect()),
                Kind::Source => ("source", system.sources.iter().map(|source| source.id.as_str()).collect()),
                Kind::Kpi => ("KPI", figures().map(Id::as_str).collect()),
                Kind::Figure => ("KPI or measure", figures().chain(system.measures.iter().map(|measure| &measure.id)).map(Id::as_str).collect()),
            };
            if !known.contains(&reference.id.as_str()) {
                let message = format!("there is no {what} `{}`", reference.id);
                let help = one_of_help(reference.id.as_str(), &known);
                let place = reference.place.clone();
                self.findings.push(Finding { code: Code::UnknownReference, severity: Severity::Error, place, message, help });
            }
        }
    }

    fn unique_ids(&mut self) {
        let system = self.system;
        let figures = system.kpis.iter().map(|kpi| &kpi.definition).chain(&system.measures);
        self.unique(figures.map(|definition| (&definition.id, &definition.origin)).collect(), "KPI or measure");
        self.unique(system.decisions().map(|decision| (&decision.id, &decision.origin)).collect(), "decision");
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

    fn definitions(&self) -> impl Iterator<Item = &Definition> {
        self.system.kpis.iter().map(|kpi| &kpi.definition).chain(&self.system.measures)
    }

    /// A cycle is reported once, at the member that stands first in the text.
    fn cycles(&mut self) {
        let mut known: Vec<Vec<&Id>> = Vec::new();
        let system = self.system;
        let definitions: Vec<&Definition> = system.kpis.iter().map(|kpi| &kpi.definition).chain(&system.measures).collect();
        for definition in definitions {
            let mut finished: Vec<&Id> = Vec::new();
            let mut path = vec![&definition.id];
            let Some(cycle) = find_cycle(system, &mut path, &mut finished) else { continue };
            if known.iter().any(|seen| cycle.iter().all(|id| seen.contains(id))) {
                continue;
            }
            let names: Vec<String> = cycle.iter().chain(cycle.first()).map(|id| format!("`{id}`")).collect();
            let message = if cycle.len() > MAX_CHAIN {
                format!("`{}` passes through more than {MAX_CHAIN} definitions", definition.id)
            } else {
                format!("the definition refers to itself: {}", names.join(" → "))
            };
            known.push(cycle);
            self.error(Code::Cycle, &definition.origin, message, "compute one of them from sources");
        }
    }

    fn figures(&mut self) {
        let definitions: Vec<Definition> = self.definitions().cloned().collect();
        for definition in &definitions {
            self.columns(definition);
            if let Calculation::Conversion { from, to, .. } | Calculation::Duration { from, to, .. } = &definition.calculation {
                self.entities(definition, from, to);
            }
        }
        for kpi in &self.system.kpis {
            if kpi.owner.overlapping().is_some() {
                let message = format!("`{}` has two owners at the same time", kpi.definition.id);
                self.error(Code::WrongValue, &kpi.definition.origin, message, "give each a `from` and `to`");
            }
        }
    }

    fn columns(&mut self, definition: &Definition) {
        let Some(source) = definition.calculation.source().and_then(|id| self.system.source(id.as_str())) else { return };
        let keys: Vec<&str> = source.dimensions.iter().chain(&source.entity).map(|column| column.id.as_str()).collect();
        let numbers: Vec<&str> = source.measures.iter().map(|measure| measure.id.as_str()).collect();
        let wanted = match &definition.calculation {
            Calculation::Sum { measure, .. } | Calculation::Mean { measure, .. } => Some((measure, "measure", &numbers)),
            Calculation::Distinct { column, .. } => Some((column, "dimension or entity", &keys)),
            _ => None,
        };
        let conditions = definition.filter.iter().map(|Condition { column, .. }| (column, "dimension or entity", &keys));
        for (column, what, known) in wanted.into_iter().chain(conditions) {
            if !known.contains(&column.as_str()) {
                let message = format!("the source `{}` has no {what} `{column}`", source.id);
                let help = one_of_help(column.as_str(), known);
                self.error(Code::UnknownReference, &definition.origin, message, help);
            }
        }
    }

    /// Both sides of a conversion or duration count rows of sources that name their entity.
    fn entities(&mut self, definition: &Definition, from: &Id, to: &Id) {
        for id in [from, to] {
            let Some(side) = self.system.definition(id.as_str()) else { continue };
            let Calculation::Count { source } = &side.calculation else {
                let message = format!("`{id}` is not a count of rows");
                self.error(Code::NotCombinable, &definition.origin, message, "refer to a figure defined by `count`");
                continue;
            };
            if self.system.source(source.as_str()).is_some_and(|source| source.entity.is_none()) {
                let message = format!("the source `{source}` does not say which column names its entity");
                self.error(Code::NotCombinable, &definition.origin, message, format!("declare `entity` in `sources.{source}`"));
            }
        }
    }

    fn targets(&mut self) {
        let system = self.system;
        for (index, target) in system.targets.iter().enumerate() {
            let rival = system.targets.iter().take(index).find(|earlier| {
                earlier.kpi == target.kpi && earlier.grain == target.grain && earlier.set_on == target.set_on && earlier.span().overlap(target.span()).is_some()
            });
            if let Some(rival) = rival {
                let message = format!("`{}` has two targets for {}, set on the same day", target.kpi, overlap_text(target, rival));
                let help = "give the later one a later `set_on`, or let the periods not overlap";
                self.error(Code::AmbiguousTarget, &target.origin, message, help);
            }
            let Some(kpi) = system.kpi(target.kpi.as_str()) else { continue };
            let wants_band = kpi.direction == Direction::Band;
            if wants_band != matches!(target.aim, Aim::Band { .. }) {
                let message = format!("`{}` is better {}", target.kpi, if wants_band { "inside a band, and its target is a single value" } else { "in one direction, and its target is a band" });
                let help = if wants_band { "write `low` and `high`" } else { "write `value`, or `direction: band`" };
                self.error(Code::NotCombinable, &target.origin, message, help);
            }
        }
    }
}

fn overlap_text(left: &Target, right: &Target) -> String {
    left.span().overlap(right.span()).map_or_else(String::new, |both| format!("{} to {}", both.first, both.last))
}

/// Depth first from the last of `path`; the cycle that closes, or a chain that is too long.
fn find_cycle<'a>(system: &'a System, path: &mut Vec<&'a Id>, finished: &mut Vec<&'a Id>) -> Option<Vec<&'a Id>> {
    let current = *path.last()?;
    if path.len() > MAX_CHAIN {
        return Some(path.clone());
    }
    for next in system.definition(current.as_str()).map(|definition| definition.calculation.refers_to()).unwrap_or_default() {
        if let Some(start) = path.iter().position(|id| *id == next) {
            return Some(path.iter().skip(start).copied().collect());
        }
        if finished.contains(&next) {
            continue;
        }
        path.push(next);
        let found = find_cycle(system, path, finished);
        path.pop();
        if found.is_some() {
            return found;
        }
        finished.push(next);
    }
    None
}
