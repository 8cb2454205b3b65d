//! The running period is behind its plan to date by more than a share of it, for so many days in a row.

use super::ladder::Raised;
use super::{Fired, Found, in_days};
use crate::base::number::Number;
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::Trigger;
use crate::model::kpi::Kpi;
use crate::operate::sentence;

pub(super) fn fire<'t>(snapshot: &Snapshot, trigger: &'t Trigger, by: &Number, days: u32) -> Vec<Fired<'t>> {
    let kpis: Vec<&Kpi> = snapshot.system().kpis().iter().filter(|kpi| trigger.is_about(&kpi.definition.id)).collect();
    let mut fired = Vec::new();
    for (kpi, behind) in snapshot.behind(&kpis, trigger.each, by) {
        let lasting = behind.until.days_since(behind.since).saturating_add(1);
        if lasting < i64::from(days) {
            continue;
        }
        let (period, lasting) = (sentence::period(&behind.period), in_days(lasting));
        let than = if by.is_zero() { String::new() } else { format!(" by more than {}", sentence::share(by)) };
        let (actual, expected, until) = (&behind.actual.text, &behind.expected.text, behind.until);
        let within = if by.is_zero() { "at least as good as planned".to_owned() } else { format!("within {} of what is planned", sentence::share(by)) };
        let found = Found {
            why: format!("In {period} it is behind its plan{than}: {actual} by {until}, where {expected} was expected, for {lasting}."),
            clears: format!("a figure to date that is {within} by then"),
            since: Some(behind.period.clone()),
            since_on: Some(behind.since),
            raised: Raised::On(behind.since.plus_days(i64::from(days).saturating_sub(1))),
            lasting,
        };
        fired.push(Fired::of_kpi(snapshot, trigger, kpi, found));
    }
    fired
}
