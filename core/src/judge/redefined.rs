//! Across the day on which a figure was redefined nothing is compared, unless it was restated
//! (domain D9: not comparable, since the definition changed).

use super::snapshot::Snapshot;
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::base::order;
use crate::model::kpi::{Kpi, Redefinition};

impl Snapshot {
    /// The redefinitions of a KPI, and of those that it is made of, that were not restated; oldest first.
    pub(crate) fn redefinitions<'s>(&'s self, kpi: &'s Kpi) -> Vec<(&'s Id, &'s Redefinition)> {
        self.redefinitions_of(&kpi.definition.id)
    }

    /// The same of a KPI or measure.
    fn redefinitions_of<'s>(&'s self, figure: &'s Id) -> Vec<(&'s Id, &'s Redefinition)> {
        if self.system().kpis().iter().all(|kpi| kpi.redefined.is_empty()) {
            return Vec::new();
        }
        let (mut found, mut seen, mut waiting) = (Vec::new(), Set::new(), vec![figure]);
        while let Some(id) = waiting.pop() {
            let Some(definition) = self.system().definition(id.as_str()).filter(|definition| seen.insert(&definition.id)) else { continue };
            let redefined = self.system().kpi(id.as_str()).map(|kpi| kpi.redefined.as_slice()).unwrap_or_default();
            found.extend(redefined.iter().filter(|redefinition| !redefinition.restated).map(|redefinition| (&definition.id, redefinition)));
            waiting.extend(definition.calculation.refers_to());
        }
        order::sort_by_key(&mut found, |(id, redefinition)| (redefinition.on, *id));
        found
    }

    /// The last day, up to and including one, from which a KPI has meant what it means.
    pub(super) fn redefined_on(&self, kpi: &Kpi, day: Date) -> Option<Date> {
        self.redefinitions(kpi).into_iter().map(|(_, redefinition)| redefinition.on).rfind(|on| *on <= day)
    }

    /// Why figures of two periods do not mean the same, given the first day of the earlier and the
    /// last of the later one.
    pub(crate) fn redefined_between(&self, kpi: &Kpi, first: Date, last: Date) -> Option<String> {
        self.figure_redefined_between(&kpi.definition.id, first, last)
    }

    /// The same of a KPI or measure.
    pub(super) fn figure_redefined_between(&self, figure: &Id, first: Date, last: Date) -> Option<String> {
        let between = self.redefinitions_of(figure).into_iter().rfind(|(_, redefinition)| first < redefinition.on && redefinition.on <= last);
        between.map(|(id, redefinition)| format!("`{id}` was redefined on {}: {}", redefinition.on, redefinition.reason))
    }
}
