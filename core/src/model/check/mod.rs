//! What one part alone cannot know: that references lead somewhere, ids are unique, no
//! definition refers to itself, and each calculation can be made of what it names.
//!
//! Everything is looked up in sorted sets: a system may hold a hundred thousand parts.

mod additivity;
mod calculations;
mod chains;
mod conditions;
mod inheritance;
mod targets;
mod units;

use super::System;
use super::kpi::Definition;
use super::read::{Kind, References};
use super::source::{MeasureColumn, SourceTable};
use crate::base::code::Code;
use crate::base::finding::{Finding, Origin, Severity};
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::text::one_of_help;

/// The most names that are compared to find those nearest to unknown ones. Who has more slips
/// than that in one text needs no suggestion for each.
const MAX_COMPARISONS: usize = 500_000;

pub(super) fn system(system: &System, references: &References, findings: &mut Vec<Finding>) {
    let definitions: Vec<&Definition> = system.definitions().collect();
    let mut by_id = Map::new();
    for definition in &definitions {
        by_id.entry(&definition.id).or_insert(*definition);
    }
    let sources = Map::from_iter(system.sources.iter().map(|source| (&source.id, Columns::of(source))));
    let mut check = Check { system, definitions, by_id, findings, comparisons: MAX_COMPARISONS };
    check.references(references);
    check.unique_ids();
    check.cycles();
    check.inheritance();
    check.columns(&sources);
    check.conditions(&sources);
    check.entities(&sources);
    check.additivity(&sources, &references.additivity);
    check.units(&sources);
    check.targets();
}

struct Check<'a, 'f> {
    system: &'a System,
    /// Every definition, KPIs first.
    definitions: Vec<&'a Definition>,
    by_id: Map<&'a Id, &'a Definition>,
    findings: &'f mut Vec<Finding>,
    /// How many names may still be compared.
    comparisons: usize,
}

/// Names in the order of the text, and for looking up.
struct Names<'a> {
    listed: Vec<&'a str>,
    known: Set<&'a str>,
}

impl<'a> FromIterator<&'a Id> for Names<'a> {
    fn from_iter<I: IntoIterator<Item = &'a Id>>(ids: I) -> Self {
        let listed: Vec<&str> = ids.into_iter().map(Id::as_str).collect();
        Self { known: listed.iter().copied().collect(), listed }
    }
}

/// A source and the names of its columns.
struct Columns<'a> {
    source: &'a SourceTable,
    /// Its dimensions and entity.
    keys: Names<'a>,
    measures: Names<'a>,
    numbers: Map<&'a Id, &'a MeasureColumn>,
}

impl<'a> Columns<'a> {
    fn of(source: &'a SourceTable) -> Self {
        let keys = source.keys().map(|column| &column.id).collect();
        let measures = source.measures.iter().map(|measure| &measure.id).collect();
        Self { source, keys, measures, numbers: Map::from_iter(source.measures.iter().map(|measure| (&measure.id, measure))) }
    }
}

type Sources<'a> = Map<&'a Id, Columns<'a>>;

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
        let mut names: Map<Kind, Names<'_>> = Map::new();
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
        let mut seen = Set::new();
        for (id, origin) in ids {
            if !seen.insert(id) {
                let message = format!("the id `{id}` is used by another {what} too");
                self.error(Code::DuplicateId, origin, message, "give each an id of its own");
            }
        }
    }
}
