//! No value for the last period, for whatever reason. Of periods before recording began, nothing was
//! due; where nobody knows when it began, nobody knows how long it lasts.

use super::ladder::Raised;
use super::runs::Run;
use super::{Fired, Found};
use crate::base::calendar::Period;
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::Trigger;
use crate::model::kpi::Kpi;
use crate::words::Message;

pub(super) fn fires<'t>(snapshot: &Snapshot, trigger: &'t Trigger, kpi: &Kpi) -> Option<Fired<'t>> {
    let each = trigger.each.max(kpi.shortest);
    let from = snapshot.due_from(kpi.definition.id.as_str());
    let is_due = |period: &Period| from.is_none_or(|from| from <= period.first);
    let run = Run::of(snapshot, kpi, each, |period| is_due(period) && snapshot.observation(kpi, period).value.number().is_none());
    let (words, since) = (snapshot.system().words(), run.since()?);
    let (lasting, clears) = (run.lasting(words, each), words.word(Message::ClearsData));
    let found = match from {
        None => Found { why: words.word(Message::NeverHadValue), clears, lasting: String::new(), since: None, since_on: None, raised: Raised::Unknown },
        Some(_) => Found {
            why: words.text(Message::NoValueSince, &[("lasting", (&lasting).into())]),
            clears,
            since: Some(since.clone()),
            since_on: Some(since.first),
            raised: run.raised(snapshot, kpi, 1),
            lasting,
        },
    };
    Some(Fired::of_kpi(snapshot, trigger, kpi, found))
}
