//! Nothing is added up that does not add up, and nothing declared to that does not (domain D9).

use super::{Check, Sources};
use crate::base::code::Code;
use crate::base::finding::{Finding, Place, Severity};
use crate::base::id::Id;
use crate::model::additivity::follow;
use crate::model::kpi::{Additivity, Calculation, Definition, Statistic};
use crate::model::parts::parts_first;

impl<'a> Check<'a, '_> {
    pub(super) fn additivity(&mut self, sources: &Sources<'_>, declared: &[(Id, Additivity, Place)]) {
        for definition in self.definitions.clone() {
            self.added(definition, sources);
        }
        // Only what declares something is derived.
        let roots = declared.iter().filter_map(|(id, ..)| self.by_id.get(id).copied());
        let known = follow(parts_first(roots, |id| self.by_id.get(id).copied()));
        for (id, additivity, place) in declared {
            let Some(follows) = known.get(id).filter(|follows| *follows != additivity) else { continue };
            let message = format!("`{id}` is declared as {}, and its calculation is {}", additivity.as_str(), follows.as_str());
            let help = format!("write `additivity: {}`, or leave it out: it follows from the calculation", follows.as_str());
            let place = place.clone();
            self.findings.push(Finding { code: Code::WrongAdditivity, severity: Severity::Error, place, message, help });
        }
    }

    /// The column that a calculation adds up, or takes the mean of.
    fn added(&mut self, definition: &'a Definition, sources: &Sources<'_>) {
        let (source, measure, sums, verb) = match &definition.calculation {
            Calculation::Sum { source, measure } => (source, measure, true, "adds up"),
            Calculation::Balance { source, measure, .. } => (source, measure, false, "adds up"),
            Calculation::Mean { source, measure } | Calculation::Summary { source, measure, statistic: Statistic::Mean } => {
                (source, measure, false, "takes the mean of")
            }
            _ => return,
        };
        let Some(column) = sources.get(source).and_then(|columns| columns.numbers.get(measure)) else { return };
        let (why, help) = match column.additivity {
            Additivity::SemiAdditive if sums => ("a balance, which does not add up over time", "use `last`, `first` or `daily_mean`"),
            Additivity::NonAdditive => ("declared as non_additive", "use `weighted_mean`, or a `ratio` of two sums"),
            _ => return,
        };
        self.error(Code::WrongAdditivity, &definition.origin, format!("`{}` {verb} `{source}.{measure}`, {why}", definition.id), help);
    }
}
