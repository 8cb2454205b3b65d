//! A review, an artefact or an action is later than so many days.

use super::ladder::Raised;
use super::{EscalatedKind, Fired, Found, Subject, count, in_days};
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::Trigger;
use crate::operate::rhythm::{RhythmItem, RhythmKind, RhythmStatus};
use crate::words::Message;

/// Something that was due and is not there.
#[derive(Clone)]
pub(super) struct Late {
    kind: EscalatedKind,
    id: String,
    name: String,
    owner: Option<Id>,
    /// When it was due first.
    due: Date,
    /// How often it was, since and with that day.
    times: u32,
    /// Whether it may have been due, and not there, before that.
    is_cut: bool,
    clears: String,
}

/// How many days back what is overdue is looked for.
const FURTHEST: i64 = 400;
/// What is late for so long may have been so before the days that are looked at: no cadence of a
/// quarter or less has due dates further apart than the rest.
const LONGEST: i64 = FURTHEST - 100;

pub(super) fn fire<'t>(snapshot: &Snapshot, trigger: &'t Trigger, days: u32, late: &[Late]) -> Vec<Fired<'t>> {
    late.iter().filter_map(|late| fires(snapshot, trigger, days, late)).collect()
}

/// All that is late, by however much.
pub(super) fn late(snapshot: &Snapshot) -> Vec<Late> {
    reviews_and_components(snapshot).into_iter().chain(actions(snapshot)).collect()
}

/// Reviews and components whose last due dates went by without anything recorded. Due dates from before
/// the first record that the journal has of the rhythm are not told: nobody kept one then.
fn reviews_and_components(snapshot: &Snapshot) -> Vec<Late> {
    let journal = snapshot.journal();
    let records = journal.minutes().iter().map(|minutes| minutes.held_on);
    let records = records.chain(journal.done().iter().map(|done| done.on)).chain(journal.skipped().iter().map(|skipped| skipped.on));
    let Some(first) = records.min() else { return Vec::new() };
    let mut found: Vec<(RhythmKind, String, Late)> = Vec::new();
    // What took place in these days: what is late since then began to be so within them.
    let mut held: Set<(RhythmKind, String)> = Set::new();
    let is_older = first < snapshot.as_of().plus_days(-FURTHEST);
    for item in snapshot.rhythm_back(FURTHEST).into_iter().filter(|item| item.due >= first) {
        let known = found.iter().position(|(kind, id, _)| *kind == item.kind && *id == item.id);
        match (item.status, known) {
            // What took place again is not overdue any more; what was left out on purpose changes nothing.
            (RhythmStatus::Done | RhythmStatus::DoneLate, known) => {
                known.into_iter().for_each(|known| drop(found.remove(known)));
                held.insert((item.kind, item.id));
            }
            (RhythmStatus::Late, Some(known)) => found.iter_mut().skip(known).take(1).for_each(|(.., late)| late.times = late.times.saturating_add(1)),
            (RhythmStatus::Late, None) => {
                let mut late = of_rhythm(snapshot, &item);
                late.is_cut &= is_older && !held.contains(&(item.kind, item.id.clone()));
                found.push((item.kind, item.id, late));
            }
            _ => {}
        }
    }
    found.into_iter().map(|(.., late)| late).collect()
}

fn of_rhythm(snapshot: &Snapshot, item: &RhythmItem) -> Late {
    let system = snapshot.system();
    let (kind, owner, clears) = if item.kind == RhythmKind::Review {
        let review = system.reviews().iter().find(|review| review.id.as_str() == item.id);
        (EscalatedKind::Review, review.map(|review| review.held_by.clone()), Message::ClearsMinutes)
    } else {
        let cadence = system.component_cadences().iter().find(|cadence| cadence.component.word() == item.id);
        let owner = cadence.and_then(|cadence| cadence.owner.on(snapshot.as_of())).map(|held| held.person.clone());
        (EscalatedKind::Component, owner, Message::ClearsRecord)
    };
    Late {
        kind,
        id: item.id.clone(),
        name: crate::words::capitalised(&item.name),
        owner,
        due: item.due,
        times: 1,
        is_cut: snapshot.as_of().days_since(item.due) > LONGEST,
        clears: system.words().word(clears),
    }
}

fn actions(snapshot: &Snapshot) -> Vec<Late> {
    let open = snapshot.journal().open_actions();
    let late = open.map(|action| Late {
        kind: EscalatedKind::Action,
        id: action.id.to_string(),
        name: action.what.clone(),
        owner: Some(action.owner.clone()),
        due: action.deadline(),
        times: 1,
        is_cut: false,
        clears: snapshot.system().words().word(Message::ClearsAction),
    });
    late.collect()
}

fn fires<'t>(snapshot: &Snapshot, trigger: &'t Trigger, days: u32, late: &Late) -> Option<Fired<'t>> {
    let as_of = snapshot.as_of();
    let lasting = as_of.days_since(late.due);
    if lasting <= i64::from(days) {
        return None;
    }
    // The first day on which it was later than it may be.
    let raised = late.due.plus_days(i64::from(days).saturating_add(1));
    let words = snapshot.system().words();
    let why = if late.times == 1 { Message::OverdueWhy } else { Message::OverdueTimes };
    let found = Found {
        why: words.text(why, &[("due", late.due.into()), ("times", u64::from(late.times).into()), ("count", count(lasting).into())]),
        clears: late.clears.clone(),
        lasting: in_days(words, lasting),
        since: None,
        since_on: Some(late.due.plus_days(1)),
        raised: if late.is_cut { Raised::Before(raised) } else { Raised::On(raised) },
    };
    let message = if late.kind == EscalatedKind::Action { Message::OverdueAction } else { Message::OverdueText };
    let text = words.text(message, &[("due", late.due.into()), ("date", as_of.into())]);
    let Late { kind, id, name, owner, .. } = late.clone();
    Some(Fired { trigger, subject: Subject { kind, id, name, owner }, text, found })
}
