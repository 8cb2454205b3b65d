//! A review, an artefact or an action is later than so many days.

use super::ladder::Raised;
use super::{EscalatedKind, Fired, Found, Subject, in_days};
use crate::base::date::Date;
use crate::base::id::Id;
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::Trigger;

/// Something that was due and is not there.
struct Late {
    kind: EscalatedKind,
    id: String,
    name: String,
    owner: Option<Id>,
    due: Date,
    clears: String,
}

pub(super) fn fire<'t>(snapshot: &Snapshot, trigger: &'t Trigger, days: u32) -> Vec<Fired<'t>> {
    let late = actions(snapshot);
    late.into_iter().filter_map(|late| fires(snapshot, trigger, days, late)).collect()
}

fn actions(snapshot: &Snapshot) -> Vec<Late> {
    let open = snapshot.journal().open_actions();
    let late = open.map(|action| Late {
        kind: EscalatedKind::Action,
        id: action.id.to_string(),
        name: action.what.clone(),
        owner: Some(action.owner.clone()),
        due: action.deadline(),
        clears: "the day on which it is done, a later deadline, or that it is dropped, with the reason".to_owned(),
    });
    late.collect()
}

fn fires<'t>(snapshot: &Snapshot, trigger: &'t Trigger, days: u32, late: Late) -> Option<Fired<'t>> {
    let as_of = snapshot.as_of();
    let lasting = as_of.days_since(late.due);
    if lasting <= i64::from(days) {
        return None;
    }
    let found = Found {
        why: format!("It was due on {}, {} ago.", late.due, in_days(lasting)),
        clears: late.clears,
        lasting: in_days(lasting),
        since: None,
        since_on: Some(late.due.plus_days(1)),
        // The first day on which it was later than it may be.
        raised: Raised::On(late.due.plus_days(i64::from(days).saturating_add(1))),
    };
    let text = format!("Due on {}, and not there on {as_of}.", late.due);
    Some(Fired { trigger, subject: Subject { kind: late.kind, id: late.id, name: late.name, owner: late.owner }, text, found })
}
