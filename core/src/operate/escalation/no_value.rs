//! No value for the last period, for whatever reason.

use super::runs::Run;
use super::{Fired, Found};
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::Trigger;
use crate::model::kpi::Kpi;
use crate::words::Message;

pub(super) fn fires<'t>(snapshot: &Snapshot, trigger: &'t Trigger, kpi: &Kpi) -> Option<Fired<'t>> {
    let each = trigger.each.max(kpi.shortest);
    let run = Run::of(snapshot, kpi, each, |period| snapshot.observation(kpi, period).value.number().is_none());
    let (words, since) = (snapshot.system().words(), run.since()?);
    let lasting = run.lasting(words, each);
    let found = Found {
        why: words.text(Message::NoValueSince, &[("lasting", (&lasting).into())]),
        clears: words.word(Message::ClearsData),
        since: Some(since.clone()),
        since_on: Some(since.first),
        raised: run.raised(snapshot, kpi, 1),
        lasting,
    };
    Some(Fired::of_kpi(snapshot, trigger, kpi, found))
}
