//! The scorecard as comma-separated values: exact numbers, one line a KPI.

use super::escape;
use crate::base::value::Value;
use crate::judge::scorecard::{Line, Scorecard};

const COLUMNS: &str = "kpi,name,unit,owner,period,actual,target,change_to_plan,relative_to_plan,impact,previous,change_to_previous,prior_year,change_to_prior_year,target_status,signal_status,covered_days,period_days,rows,notes\n";

impl Scorecard {
    /// The scorecard as CSV with a header. Numbers are exact decimals; where there is none the
    /// cell is empty and the last column gives the reason; there stand caveats too. Texts that a spreadsheet would take
    /// for a formula are preceded by an apostrophe.
    #[must_use]
    pub fn to_csv(&self) -> String {
        self.lines.iter().fold(COLUMNS.to_owned(), |text, line| text + &row(line))
    }
}

fn row(line: &Line) -> String {
    let number = |value: &Value| value.number().map(ToString::to_string).unwrap_or_default();
    let reason = line.actual.value.reason().map(|reason| format!("{reason}: {}", line.actual.value.cause()));
    let caveats = line.caveats.iter().map(|caveat| caveat.text.clone());
    let notes: Vec<String> = reason.into_iter().chain(caveats).collect();
    let word = |word: &str| word.to_owned();
    let target = if line.target.as_ref().is_some_and(|target| target.low != target.high) { line.plan.base.text.clone() } else { number(&line.plan.base.value) };
    let cells = [
        word(line.kpi.as_str()),
        escape::csv(&line.name),
        escape::csv(&line.unit.to_string()),
        line.owner.as_ref().map(|owner| escape::csv(&owner.name)).unwrap_or_default(),
        escape::csv(&line.period.label),
        number(&line.actual.value),
        target,
        number(&line.plan.change.value),
        line.plan.relative.as_ref().map(|relative| number(&relative.value)).unwrap_or_default(),
        word(line.plan.impact.word()),
        number(&line.previous.base.value),
        number(&line.previous.change.value),
        number(&line.prior_year.base.value),
        number(&line.prior_year.change.value),
        word(line.status.target.words()),
        word(line.status.signal.words()),
        line.coverage.days.to_string(),
        line.coverage.of.to_string(),
        line.rows.to_string(),
        escape::csv(&notes.join("; ")),
    ];
    let mut row = cells.join(",");
    row.push('\n');
    row
}
