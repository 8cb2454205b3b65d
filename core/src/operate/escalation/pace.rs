//! The running period is behind its plan to date by more than a share of it, for so many days in a row.

use super::ladder::Raised;
use super::{Fired, Found, in_days};
use crate::base::number::Number;
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::Trigger;
use crate::model::kpi::Kpi;
use crate::words::Message;

pub(super) fn fire<'t>(snapshot: &Snapshot, trigger: &'t Trigger, by: &Number, days: u32) -> Vec<Fired<'t>> {
    let kpis: Vec<&Kpi> = snapshot.system().kpis().iter().filter(|kpi| trigger.is_about(&kpi.definition.id)).collect();
    let mut fired = Vec::new();
    for (kpi, behind) in snapshot.behind(&kpis, trigger.each, by) {
        let lasting = behind.until.days_since(behind.since).saturating_add(1);
        if lasting < i64::from(days) {
            continue;
        }
        let (words, share) = (snapshot.system().words(), snapshot.system().words().share(by));
        let lasting = in_days(words, lasting);
        let [actual, expected] = [&behind.actual, &behind.expected].map(|figure| words.figure(&kpi.unit, &figure.value));
        let given = [
            ("period", (&behind.period).into()),
            ("actual", (&actual).into()),
            ("until", behind.until.into()),
            ("expected", (&expected).into()),
            ("lasting", (&lasting).into()),
            ("share", (&share).into()),
        ];
        let (why, clears) = if by.is_zero() { (Message::PaceBehind, Message::ClearsPace) } else { (Message::PaceBehindBy, Message::ClearsPaceWithin) };
        let found = Found {
            why: words.text(why, &given),
            clears: words.text(clears, &given),
            since: Some(behind.period.clone()),
            since_on: Some(behind.since),
            raised: Raised::On(behind.since.plus_days(i64::from(days).saturating_sub(1))),
            lasting,
        };
        fired.push(Fired::of_kpi(snapshot, trigger, kpi, found));
    }
    fired
}
