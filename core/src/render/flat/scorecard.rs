//! The scorecard: one row a KPI.

use super::{Cell, Flat, reason};
use crate::judge::scorecard::{Line, Scorecard};

const COLUMNS: [&str; 22] = [
    "kpi",
    "name",
    "unit",
    "owner",
    "period",
    "#actual",
    "#target",
    "#target_low",
    "#target_high",
    "#change_to_plan",
    "#relative_to_plan",
    "impact",
    "#previous",
    "#change_to_previous",
    "#prior_year",
    "#change_to_prior_year",
    "target_status",
    "signal_status",
    "#covered_days",
    "#period_days",
    "#rows",
    "notes",
];

impl Scorecard {
    /// The scorecard as CSV with a header. Numbers are exact decimals; where there is none the
    /// cell is empty and the last column gives the reason; there stand caveats too. Texts that a spreadsheet would take
    /// for a formula are preceded by an apostrophe.
    #[must_use]
    pub fn to_csv(&self) -> String {
        self.flat().to_csv()
    }

    pub(in crate::render) fn flat(&self) -> Flat {
        let mut flat = Flat::of(&COLUMNS);
        for line in &self.lines {
            flat.push(row(line));
        }
        flat
    }
}

fn row(line: &Line) -> Vec<Cell> {
    let why = match reason(&line.actual.value) {
        Cell::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    };
    let notes: Vec<String> = why.into_iter().chain(line.caveats.iter().map(|caveat| caveat.text.clone())).collect();
    // A band has two ends and no point.
    let band = line.target.as_ref().filter(|target| target.low != target.high);
    let target = if band.is_some() { Cell::Nothing } else { Cell::value(&line.plan.base.value) };
    let [low, high] = [band.map(|target| target.low.clone()), band.map(|target| target.high.clone())].map(|end| end.map_or(Cell::Nothing, Cell::Number));
    vec![
        line.kpi.as_str().into(),
        line.name.as_str().into(),
        line.unit.to_string().into(),
        line.owner.as_ref().map_or("", |owner| owner.name.as_str()).into(),
        line.period.label.as_str().into(),
        Cell::value(&line.actual.value),
        target,
        low,
        high,
        Cell::value(&line.plan.change.value),
        line.plan.relative.as_ref().map_or(Cell::Nothing, |relative| Cell::value(&relative.value)),
        line.plan.impact.word().into(),
        Cell::value(&line.previous.base.value),
        Cell::value(&line.previous.change.value),
        Cell::value(&line.prior_year.base.value),
        Cell::value(&line.prior_year.change.value),
        line.status.target.words().into(),
        line.status.signal.words().into(),
        Cell::whole(line.coverage.days),
        Cell::whole(line.coverage.of),
        Cell::whole(line.rows),
        notes.join("; ").into(),
    ]
}
