//! A running budget, or a line of it, has cost more than was planned to date, or has more ordered than
//! there is, by more than a share of that.

use super::ladder::Raised;
use super::{EscalatedKind, Fired, Found, Subject, in_days};
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::judge::budget::overrun::Overrun;
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::Figure;
use crate::model::escalation::Trigger;
use crate::words::Message;

pub(super) fn fire<'t>(snapshot: &Snapshot, trigger: &'t Trigger, by: &Number) -> Vec<Fired<'t>> {
    let overruns = snapshot.overruns(by);
    overruns.into_iter().map(|overrun| fired(snapshot, trigger, by, &overrun)).collect()
}

fn fired<'t>(snapshot: &Snapshot, trigger: &'t Trigger, by: &Number, overrun: &Overrun<'_>) -> Fired<'t> {
    let words = snapshot.system().words();
    let (share, unit) = (words.share(by), Unit::Currency(overrun.budget.amount.currency));
    let written = |figure: &Figure| words.figure(&unit, &figure.value);
    let (spent, planned, committed, revised) = (written(&overrun.spent), written(&overrun.to_date), written(&overrun.committed), written(&overrun.revised));
    let (why, clears) = match (overrun.is_spent, by.is_zero()) {
        (true, true) => (Message::OverrunSpent, Message::ClearsSpent),
        (true, false) => (Message::OverrunSpentBy, Message::ClearsSpent),
        (false, true) => (Message::OverrunOrdered, Message::ClearsOrdered),
        (false, false) => (Message::OverrunOrderedBy, Message::ClearsOrdered),
    };
    let (id, name, owner) = match overrun.line {
        Some(line) => (line.id.to_string(), line.name.clone(), line.owner.on(snapshot.as_of()).map(|held| held.person.clone())),
        // No line has the name of a period.
        None => (overrun.budget.period.label.clone(), words.text(Message::BudgetFor, &[("period", (&overrun.budget.period).into())]), None),
    };
    let found = Found {
        why: words.text(why, &[("share", (&share).into())]),
        clears: words.word(clears),
        lasting: in_days(words, snapshot.as_of().days_since(overrun.since).saturating_add(1)),
        since: None,
        since_on: Some(overrun.since),
        raised: Raised::On(overrun.since),
    };
    let is_ordered = overrun.committed.value.number().is_some_and(|ordered| !ordered.is_zero());
    let text = words.text(
        if is_ordered { Message::OverrunTextOrdered } else { Message::OverrunText },
        &[
            ("spent", (&spent).into()),
            ("date", snapshot.as_of().into()),
            ("planned", (&planned).into()),
            ("committed", (&committed).into()),
            ("revised", (&revised).into()),
            ("period", (&overrun.budget.period).into()),
        ],
    );
    Fired { trigger, subject: Subject { kind: EscalatedKind::Budget, id, name, owner }, text, found }
}
