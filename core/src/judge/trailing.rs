//! The last four quarters as one, and the four before: the same figure of a year, whatever its name.

use super::snapshot::{Snapshot, unobserved};
use crate::base::calendar::{Grain, Period};
use crate::measure::{Figures, Given, Observation};
use crate::model::kpi::{Definition, Kpi};

impl Snapshot {
    /// A KPI over four quarters that end with one, and over the four before these, each computed from
    /// its rows: a ratio from its summed parts. `None` where days cannot be told apart, or the
    /// calendar does not reach back so far.
    pub(crate) fn years_of_quarters(&self, kpi: &Kpi, last: &Period) -> Option<[Observation; 2]> {
        let Given::Rows(_) = self.given_by() else { return None };
        let calendar = self.system().calendar();
        let back = |from: &Period, quarters: usize| (0..quarters).try_fold(from.clone(), |period, _| calendar.previous(&period));
        let year = |last: &Period| -> Option<Period> {
            let first = back(last, 3)?;
            Some(Period { grain: Grain::Year, label: format!("{} to {}", first.label, last.label), first: first.first, last: last.last })
        };
        let years = [year(last)?, year(&back(last, 4)?)?];
        let definitions: [&Definition; 1] = [&kpi.definition];
        let spans = years.iter().map(Period::span).collect();
        let figures = Figures::over(self.system_shared(), self.given_by(), self.as_of(), &definitions, &[Grain::Year], spans);
        let at = |period: &Period| figures.at(kpi.definition.id.as_str(), &kpi.min_coverage, period).unwrap_or_else(|| unobserved(period));
        Some([at(&years[0]), at(&years[1])])
    }
}
