//! What one part alone cannot know: that references lead somewhere, ids are unique, no
//! definition refers to itself, and each calculation can be made of what it names.
//!
//! Everything is looked up in sorted sets: a system may hold a hundred thousand parts.

mod additivity;
mod budget;
mod cadences;
mod calculations;
mod chains;
mod charts;
mod conditions;
mod escalation;
mod frame;
mod inheritance;
mod targets;
mod units;

use super::System;
use super::campaigns::ProposalAnswer;
use super::content::AssetKind;
use super::frameworks;
use super::kpi::Definition;
use super::read::{Kind, References};
use super::source::{MeasureColumn, SourceTable};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Origin, Severity};
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::text::one_of_help;

/// The most names that are compared to find those nearest to unknown ones. Who has more slips
/// than that in one text needs no suggestion for each.
const MAX_COMPARISONS: usize = 500_000;

/// The most periods in which it is looked up which target holds, to hold parts against wholes. Whose
/// plan has more has other worries.
const MAX_PERIODS: usize = 3_000_000;

pub(super) fn system(system: &System, references: &References, findings: &mut Vec<Finding>) {
    let definitions: Vec<&Definition> = system.definitions().collect();
    let mut by_id = Map::new();
    for definition in &definitions {
        by_id.entry(&definition.id).or_insert(*definition);
    }
    let sources = Map::from_iter(system.sources.iter().map(|source| (&source.id, Columns::of(source))));
    let mut check = Check { system, definitions, by_id, findings, comparisons: MAX_COMPARISONS, periods: MAX_PERIODS };
    check.references(references);
    check.unique_ids();
    check.inherited_ids();
    check.critical_workflow();
    check.lessons();
    check.cadences();
    check.cycles();
    check.inheritance();
    check.columns(&sources);
    check.conditions(&sources);
    check.entities(&sources);
    check.additivity(&sources, &references.additivity);
    check.units(&sources);
    check.charts();
    check.targets(&sources);
    check.frame();
    check.attainment();
    check.budgets();
    check.triggers();
}

struct Check<'a, 'f> {
    system: &'a System,
    /// Every definition, KPIs first.
    definitions: Vec<&'a Definition>,
    by_id: Map<&'a Id, &'a Definition>,
    findings: &'f mut Vec<Finding>,
    /// How many names may still be compared.
    comparisons: usize,
    /// In how many periods it may still be looked up which target holds.
    periods: usize,
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
            Kind::Person => system.lineage().flat_map(System::people).map(|person| &person.id).collect(),
            Kind::Decision => system.decisions().map(|decision| &decision.id).collect(),
            Kind::Segment => system.lineage().flat_map(System::segments).map(|segment| &segment.id).collect(),
            Kind::Channel => system.channels.iter().map(|channel| &channel.id).collect(),
            Kind::Stage => system.stages.iter().map(|stage| &stage.id).collect(),
            Kind::Asset => system.lineage().flat_map(System::assets).map(|asset| &asset.id).collect(),
            Kind::Template => {
                let assets = system.lineage().flat_map(System::assets);
                assets.filter(|asset| asset.kind == AssetKind::Template).map(|asset| &asset.id).collect()
            }
            Kind::Tool => system.tools.iter().map(|tool| &tool.id).collect(),
            Kind::Workflow => system.workflows.iter().map(|workflow| &workflow.id).collect(),
            Kind::Campaign => system.campaigns.iter().map(|campaign| &campaign.id).collect(),
            Kind::Lesson => system.lessons.iter().map(|lesson| &lesson.id).collect(),
            Kind::Framework => {
                let mut names: Names<'a> = system.lineage().flat_map(|system| &system.frameworks).map(|framework| &framework.id).collect();
                for id in frameworks::IDS {
                    names.listed.push(id);
                    names.known.insert(id);
                }
                names
            }
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
        self.unique(self.system.own_decisions().map(|decision| (&decision.id, &decision.origin)).collect(), "decision");
    }

    /// What a system inherits it does not state again, and what is published keeps its name.
    fn inherited_ids(&mut self) {
        let system = self.system;
        if let Some(parent) = system.parent() {
            let inherited: Set<&Id> = parent.decisions().map(|decision| &decision.id).collect();
            for decision in system.own_decisions().filter(|decision| inherited.contains(&decision.id)) {
                let message = format!("the decision `{}` is inherited from the parent system, and stated again", decision.id);
                self.error(Code::DuplicateId, &decision.origin, message, "leave it out, or give it an id of its own that rests on the inherited one");
            }
        }
        for framework in system.frameworks.iter().filter(|framework| frameworks::IDS.contains(&framework.id.as_str())) {
            let message = format!("`{}` is the id of a published framework", framework.id);
            self.error(Code::DuplicateId, &framework.origin, message, "give yours an id of its own");
        }
    }

    /// At most one workflow is the critical one.
    fn critical_workflow(&mut self) {
        let mut first = None;
        for other in self.system.workflows.iter().filter(|workflow| workflow.critical) {
            let Some(first) = first.replace(other) else { continue };
            let message = format!("`{}` is critical, and so is `{}`", other.id, first.id);
            self.error(Code::WrongValue, &other.origin, message, "choose the one workflow to perfect first");
        }
    }

    /// Loops that are said to be closed by a revision.
    fn lessons(&mut self) {
        let decisions = Map::from_iter(self.system.decisions().map(|decision| (&decision.id, decision)));
        let revised = self.system.decisions().flat_map(|decision| decision.revisions.iter().map(|revision| (&decision.id, revision.on)));
        let revised: Set<(&Id, Date)> = revised.collect();
        for lesson in &self.system.lessons {
            let (Some(proposal), Some(ProposalAnswer::Revised { on })) = (&lesson.proposal, &lesson.answer) else { continue };
            let Some(decision) = decisions.get(&proposal.decision) else { continue };
            if !revised.contains(&(&decision.id, *on)) {
                let message = format!("the lesson `{}` is said to have led to a revision of `{}` on {on}, which that does not have", lesson.id, decision.id);
                let help = format!("write the revision with `{}`, or correct the day", decision.id);
                self.findings.push(Finding { code: Code::UnmatchedRevision, severity: Severity::Warning, place: lesson.origin.0.clone(), message, help });
            }
        }
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
