//! What an evaluation leaves out, counted and said.

use std::collections::BTreeSet;

use super::evaluate::Evaluation;
use crate::base::code::Code;
use crate::base::finding::{Finding, Mark, Place, Severity};
use crate::base::id::Id;
use crate::model::kpi::{Calculation, Definition};

impl Evaluation<'_> {
    /// Rows dated after the as-of date, and outcomes of entities that never entered.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for read in self.facts.sources().filter(|read| self.system.source(read.id.as_str()) != Some(*read)) {
            let message = format!("the facts of `{}` were read for a system that declares it differently; they are not used", read.id);
            findings.push(Finding { severity: Severity::Warning, ..note(Code::OtherDeclaration, &read.id, message, "read the facts for this system") });
        }
        for source in self.system.sources() {
            let Some(table) = self.facts.table(source) else { continue };
            let later = table.dates.iter().filter(|date| **date > self.as_of).count();
            if later > 0 {
                let message = format!("{later} of {} rows {} dated after {}, and not counted", table.dates.len(), if later == 1 { "is" } else { "are" }, self.as_of);
                findings.push(note(Code::FutureRows, &source.id, message, "ask as of a later date to count them"));
            }
        }
        let kpis = self.system.kpis().iter().map(|kpi| &kpi.definition);
        findings.extend(kpis.chain(self.system.measures()).filter_map(|definition| self.unmatched(definition)));
        findings
    }

    /// A cohort is made of those who entered: an outcome of somebody who did not is in none.
    fn unmatched(&self, definition: &Definition) -> Option<Finding> {
        let (Calculation::Conversion { from, to, .. } | Calculation::Duration { from, to, .. }) = &definition.calculation else { return None };
        let (_, entered) = self.first_rows(from)?;
        let (table, left) = self.first_rows(to)?;
        let entered: BTreeSet<&str> = entered.into_keys().collect();
        let count = left.keys().filter(|entity| !entered.contains(*entity)).count();
        let message = format!("`{}`: {count} of {} counted by `{to}` never entered `{from}`, so no cohort holds {}", definition.id, left.len(), if count == 1 { "it" } else { "them" });
        let help = "give the rows in which they entered, or live with the gap";
        (count > 0).then(|| note(Code::UnmatchedEntities, &table.source.id, message, help))
    }
}

fn note(code: Code, source: &Id, message: String, help: &str) -> Finding {
    let place = Place { file: format!("{source}.csv"), mark: Mark { line: 1, column: 1 }, path: String::new() };
    Finding { code, severity: Severity::Note, place, message, help: help.to_owned() }
}
