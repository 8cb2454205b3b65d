//! Where running periods will end: one row a KPI and period.

use super::{Cell, Flat, reason};
use crate::judge::landing::Landing;

const COLUMNS: [&str; 14] =
    ["kpi", "name", "unit", "period", "@until", "#actual", "#expected", "#pace", "#target", "#projected", "#low", "#high", "#chance", "reason"];

impl Landing {
    /// Where running periods will end as CSV with a header: one row a KPI and period. Numbers are exact
    /// decimals; where nothing is forecast the cells are empty, and the last column says why.
    #[must_use]
    pub fn to_csv(&self) -> String {
        self.flat().to_csv()
    }

    pub(in crate::render) fn flat(&self) -> Flat {
        let mut flat = Flat::of(&COLUMNS);
        for line in &self.lines {
            let (low, high) =
                line.interval.as_ref().map_or((Cell::Nothing, Cell::Nothing), |interval| (Cell::value(&interval.low.value), Cell::value(&interval.high.value)));
            flat.push(vec![
                line.kpi.as_str().into(),
                line.name.as_str().into(),
                line.unit.to_string().into(),
                line.period.label.as_str().into(),
                Cell::Day(line.pacing.until),
                Cell::value(&line.pacing.actual.value),
                Cell::value(&line.pacing.expected.value),
                Cell::value(&line.pacing.pace.value),
                Cell::value(&line.plan.value),
                Cell::value(&line.projected.value),
                low,
                high,
                Cell::value(&line.chance.value),
                reason(&line.projected.value),
            ]);
        }
        flat
    }
}
