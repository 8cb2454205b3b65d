//! A running budget, or a line of it, has cost more than was planned to date, or has more ordered than
//! there is, by more than a share of that.

use super::ladder::Raised;
use super::{EscalatedKind, Fired, Found, Subject, in_days};
use crate::base::number::Number;
use crate::judge::budget::overrun::Overrun;
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::Trigger;
use crate::operate::sentence;

pub(super) fn fire<'t>(snapshot: &Snapshot, trigger: &'t Trigger, by: &Number) -> Vec<Fired<'t>> {
    let overruns = snapshot.overruns(by);
    overruns.into_iter().map(|overrun| fired(snapshot, trigger, by, &overrun)).collect()
}

fn fired<'t>(snapshot: &Snapshot, trigger: &'t Trigger, by: &Number, overrun: &Overrun<'_>) -> Fired<'t> {
    let period = sentence::period(&overrun.budget.period);
    let than = if by.is_zero() { String::new() } else { format!(" by more than {}", sentence::share(by)) };
    let (spent, to_date, committed, revised) = (&overrun.spent.text, &overrun.to_date.text, &overrun.committed.text, &overrun.revised.text);
    let (why, clears) = if overrun.is_spent {
        (format!("More is spent than was planned to date{than}."), "spending back to the plan to date, or money moved there")
    } else {
        (format!("More is spent and ordered than there is{than}."), "an order less, or money moved there")
    };
    let (id, name, owner) = match overrun.line {
        Some(line) => (line.id.to_string(), line.name.clone(), line.owner.on(snapshot.as_of()).map(|held| held.person.clone())),
        // No line has the name of a period.
        None => (overrun.budget.period.label.clone(), format!("Budget for {period}"), None),
    };
    let found = Found {
        why,
        clears: clears.to_owned(),
        lasting: in_days(snapshot.as_of().days_since(overrun.since).saturating_add(1)),
        since: None,
        since_on: Some(overrun.since),
        raised: Raised::On(overrun.since),
    };
    let is_ordered = overrun.committed.value.number().is_some_and(|ordered| !ordered.is_zero());
    let ordered = if is_ordered { format!("; {committed} more is ordered") } else { String::new() };
    let text = format!("{spent} spent by {}, where {to_date} was planned{ordered}, of {revised} for {period}.", snapshot.as_of());
    Fired { trigger, subject: Subject { kind: EscalatedKind::Budget, id, name, owner }, text, found }
}
