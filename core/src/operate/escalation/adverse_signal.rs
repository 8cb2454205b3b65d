//! A signal in the adverse direction: the KPI's own past says that something changed for the worse.

use super::runs::Run;
use super::{Fired, Found};
use crate::judge::scorecard::SignalStatus;
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::Trigger;
use crate::model::kpi::Kpi;
use crate::operate::sentence;
use crate::words::Message;

pub(super) fn fires<'t>(snapshot: &Snapshot, trigger: &'t Trigger, kpi: &Kpi) -> Option<Fired<'t>> {
    let each = trigger.each.max(kpi.shortest);
    let run = Run::of(snapshot, kpi, each, |period| snapshot.line(kpi, period).status.signal == SignalStatus::Adverse);
    let (words, since) = (snapshot.system().words(), run.since()?);
    let why = sentence::signal(&snapshot.line(kpi, &snapshot.last_final(kpi, each, snapshot.as_of())));
    let found = Found {
        why,
        clears: words.word(Message::ClearsChart),
        lasting: run.lasting(words, each),
        since: Some(since.clone()),
        since_on: Some(since.first),
        raised: run.raised(snapshot, kpi, 1),
    };
    Some(Fired::of_kpi(snapshot, trigger, kpi, found))
}
