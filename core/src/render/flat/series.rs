//! A figure period by period and member by member: one row an observation.

use serde::Serialize;

use super::{Cell, Flat, reason};
use crate::measure::{MemberName, Observation};

/// Observations, and the dimensions that their members are of.
#[derive(Serialize)]
pub(crate) struct Series<'a> {
    pub(crate) by: &'a [&'a str],
    pub(crate) observations: &'a [Observation],
}

impl Series<'_> {
    pub(in crate::render) fn flat(&self) -> Flat {
        // A dimension may be called like one of our own columns.
        let own = ["period", "@first", "@last", "#value", "reason", "#covered_days", "#period_days", "#rows", "notes"];
        let named = |by: &&str| if own.iter().any(|name| name.trim_start_matches(['#', '@']) == *by) { format!("{by}_member") } else { (*by).to_owned() };
        let by: Vec<String> = self.by.iter().map(named).collect();
        let (before, after) = own.split_at(3);
        let columns: Vec<&str> = before.iter().copied().chain(by.iter().map(String::as_str)).chain(after.iter().copied()).collect();
        let mut flat = Flat::of(&columns);
        for observation in self.observations {
            let period = &observation.period;
            let mut row = vec![period.label.as_str().into(), Cell::Day(period.first), Cell::Day(period.last)];
            row.extend(observation.member.iter().map(MemberName::readable).map(Cell::from));
            row.push(Cell::value(&observation.value));
            row.push(reason(&observation.value));
            row.extend([Cell::whole(observation.coverage.days), Cell::whole(observation.coverage.of), Cell::whole(observation.rows)]);
            let notes: Vec<&str> = observation.caveats.iter().map(|caveat| caveat.text.as_str()).collect();
            row.push(notes.join("; ").into());
            flat.push(row);
        }
        flat
    }
}
