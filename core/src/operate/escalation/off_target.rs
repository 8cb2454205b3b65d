//! Adverse to target by more than a share of it, for so many periods in a row.

use super::runs::Run;
use super::{Fired, Found};
use crate::base::number::Number;
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::{Comparison, Impact};
use crate::model::escalation::Trigger;
use crate::model::kpi::Kpi;
use crate::words::Message;

pub(super) fn fires<'t>(snapshot: &Snapshot, trigger: &'t Trigger, kpi: &Kpi, by: &Number, periods: u32) -> Option<Fired<'t>> {
    let each = trigger.each.max(kpi.shortest);
    let run = Run::of(snapshot, kpi, each, |period| is_off(&snapshot.standing(kpi, period, None).comparison, by));
    let least = usize::try_from(periods).unwrap_or(usize::MAX);
    if run.len() < least {
        return None;
    }
    let words = snapshot.system().words();
    let (lasting, share, grain) = (run.lasting(words, each), words.share(by), words.grain(each));
    let given = [("lasting", (&lasting).into()), ("share", (&share).into()), ("grain", (&grain).into())];
    let (why, clears) = if by.is_zero() { (Message::MissedFor, Message::ClearsOnTarget) } else { (Message::MissedByFor, Message::ClearsWithin) };
    let [why, clears] = [why, clears].map(|message| words.text(message, &given));
    let found =
        Found { why, clears, lasting, since: run.since().cloned(), since_on: run.since().map(|since| since.first), raised: run.raised(snapshot, kpi, least) };
    Some(Fired::of_kpi(snapshot, trigger, kpi, found))
}

/// Adverse by more than the share of the target.
fn is_off(plan: &Comparison, by: &Number) -> bool {
    let (Some(change), Some(target)) = (plan.change.value.number(), plan.base.value.number()) else { return false };
    plan.impact == Impact::Adverse && change.abs() > by.clone() * target.abs()
}
