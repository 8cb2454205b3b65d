//! What an evaluation leaves out, counted and said.

use super::evaluate::Figures;
use super::given::Given;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Mark, Place, Severity, quoted};
use crate::base::id::{Id, nearest};
use crate::model::kpi::{Calculation, Definition};
use crate::model::source::{RecordedUntil, SourceTable};

/// A gap of up to so many days is no cause for doubt, however dense the rows are.
const USUAL_GAP: i64 = 31;

impl Figures {
    /// Rows dated after the as-of date, and outcomes of entities that never entered.
    pub(crate) fn findings(&self, given: &Given) -> Vec<Finding> {
        let mut findings = Vec::new();
        for read in given.sources().filter(|read| self.system.source(read.id.as_str()) != Some(*read)) {
            let message = format!("the facts of `{}` were read for a system that declares it differently; they are not used", read.id);
            findings.push(Finding { severity: Severity::Warning, ..note(Code::OtherDeclaration, &read.id, message, "read the facts for this system") });
        }
        for source in self.system.sources() {
            let Some(days) = given.days(source) else { continue };
            let rows: u64 = days.values().sum();
            let count = |kept: &dyn Fn(Date) -> bool| days.iter().filter(|(day, _)| kept(**day)).map(|(_, rows)| *rows).sum::<u64>();
            let later = count(&|day| day > self.as_of);
            let span = self.recorded.get(&source.id).and_then(|recorded| recorded.span);
            let outside = count(&|day| day <= self.as_of && !span.is_some_and(|span| span.contains(day)));
            if outside > 0 {
                let message =
                    format!("{outside} of {rows} rows {} dated outside the declared recording, and not counted", if outside == 1 { "is" } else { "are" });
                let help = format!("mend `recorded_from` and `recorded_until` in `sources.{}`", source.id);
                findings.push(Finding { severity: Severity::Warning, ..note(Code::OutsideRecording, &source.id, message, &help) });
            }
            if later > 0 {
                let message = format!("{later} of {rows} rows {} dated after {}, and not counted", if later == 1 { "is" } else { "are" }, self.as_of);
                findings.push(note(Code::FutureRows, &source.id, message, "ask as of a later date to count them"));
            }
        }
        findings.extend(self.system.sources().iter().filter_map(|source| self.stale(source, given)));
        findings.extend(self.system.definitions().flat_map(|definition| self.unknown_members(definition, given)));
        findings.extend(self.unmatched.iter().filter_map(|(node, counts)| self.unmatched(&self.plan.nodes.get(*node)?.definition, *counts)));
        findings
    }

    /// A source that is declared complete up to the as-of date, and whose last row is older than
    /// any gap it ever had, is more likely an old export than a silent world.
    fn stale(&self, source: &SourceTable, given: &Given) -> Option<Finding> {
        if source.recorded_until != RecordedUntil::AsOf {
            return None;
        }
        let days: Vec<Date> = given.days(source)?.range(..=self.as_of).map(|(day, _)| *day).collect();
        let usual = days.iter().zip(days.iter().skip(1)).map(|(left, right)| right.days_since(*left)).max().unwrap_or(0).max(USUAL_GAP);
        let last = *days.last()?;
        let gap = self.as_of.days_since(last);
        let message = format!(
            "the last row is of {last}, {gap} days before {}; no gap before was longer than {usual} days, and the days since count as days on which nothing happened",
            self.as_of
        );
        let help = format!("give newer rows, or declare `recorded_until` in `sources.{}`", source.id);
        (gap > usual).then(|| Finding { severity: Severity::Warning, ..note(Code::StaleRows, &source.id, message, &help) })
    }

    /// A member that no row has is more likely misspelt than absent, and would count nothing.
    fn unknown_members(&self, definition: &Definition, given: &Given) -> Vec<Finding> {
        let source = definition.calculation.source().and_then(|source| self.system.source(source.as_str()));
        let Some(source) = source.filter(|source| given.has_rows(source)) else { return Vec::new() };
        let mut findings = Vec::new();
        for (id, member) in definition.filter.iter().flat_map(|filter| filter.condition.members()) {
            let Some(known) = given.lacking(source, id, member) else { continue };
            let message = format!("`{}`: no row of `{}` has {} in `{id}`", definition.id, source.id, quoted(member));
            let help = nearest(member, known)
                .map_or_else(|| "check the spelling, or leave it if such rows may come".to_owned(), |near| format!("did you mean {}?", quoted(near)));
            let place = definition.origin.0.clone();
            findings.push(Finding { code: Code::UnknownMember, severity: Severity::Warning, place, message, help });
        }
        findings
    }

    /// A cohort is made of those who entered: an outcome of somebody who did not is in none.
    fn unmatched(&self, definition: &Definition, (count, all): (u64, u64)) -> Option<Finding> {
        let (Calculation::Conversion { from, to, .. } | Calculation::Duration { from, to, .. }) = &definition.calculation else { return None };
        let source = self.system.definition(to.as_str())?.calculation.source()?;
        let message = format!(
            "`{}`: {count} of {} counted by `{to}` never entered `{from}`, so no cohort holds {}",
            definition.id,
            all,
            if count == 1 { "it" } else { "them" }
        );
        let help = "give the rows in which they entered, or live with the gap";
        (count > 0).then(|| note(Code::UnmatchedEntities, source, message, help))
    }
}

/// A declared source of which there is nothing, not even an empty table.
pub(super) fn not_loaded(source: &Id) -> Finding {
    let message = format!("no facts were given for the source `{source}`; figures that need them are missing");
    let help = "give its rows, or an empty table with its header";
    Finding { severity: Severity::Warning, ..note(Code::SourceNotLoaded, source, message, help) }
}

/// A source in which some rows name an entity that others name too.
pub(super) fn repeated(source: &Id, rows: u64) -> Finding {
    let rows = if rows == 1 { "1 row names".to_owned() } else { format!("{rows} rows name") };
    let message = format!("{rows} an entity that stands in an earlier row too");
    note(Code::DuplicateRows, source, message, "a count counts rows; use `distinct` to count entities once")
}

pub(super) fn note(code: Code, source: &Id, message: String, help: &str) -> Finding {
    let place = Place { file: format!("{source}.csv"), mark: Mark { line: 1, column: 1 }, path: String::new() };
    Finding { code, severity: Severity::Note, place, message, help: help.to_owned() }
}
