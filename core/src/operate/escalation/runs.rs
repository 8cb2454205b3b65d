//! How long something has been so, period by period.

use super::ladder::Raised;
use crate::base::calendar::{Grain, Period};
use crate::judge::snapshot::Snapshot;
use crate::model::kpi::Kpi;
use crate::words::{Message, Words};

/// How many periods back the beginning of a trouble is looked for.
const MOST_PERIODS: usize = 36;

/// The unbroken run of periods, latest first, in which something is so.
pub(super) struct Run(Vec<Period>);

impl Run {
    /// The run that ends with the last period whose figure is final.
    pub(super) fn of(snapshot: &Snapshot, kpi: &Kpi, grain: Grain, is_so: impl Fn(&Period) -> bool) -> Self {
        let mut run = Vec::new();
        let mut next = Some(snapshot.last_final(kpi, grain, snapshot.as_of()));
        while let Some(period) = next.filter(|period| run.len() < MOST_PERIODS && is_so(period)) {
            next = snapshot.system().calendar().previous(&period);
            run.push(period);
        }
        Self(run)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The first period in which it was so.
    pub(super) fn since(&self) -> Option<&Period> {
        self.0.last()
    }

    /// When it was raised: on the day on which so many periods of it were known.
    pub(super) fn raised(&self, snapshot: &Snapshot, kpi: &Kpi, after: usize) -> Raised {
        let at = self.0.len().checked_sub(after.max(1)).and_then(|at| self.0.get(at));
        match at.map(|period| snapshot.final_on(kpi, period)) {
            Some(day) if self.0.len() >= MOST_PERIODS => Raised::Before(day),
            Some(day) => Raised::On(day),
            None => Raised::Unknown,
        }
    }

    /// For how long, in words.
    pub(super) fn lasting(&self, words: &Words, each: Grain) -> String {
        let message = match each {
            Grain::Week => Message::LastingWeeks,
            Grain::Month => Message::LastingMonths,
            Grain::Quarter => Message::LastingQuarters,
            Grain::Year | Grain::All => Message::LastingYears,
        };
        let lasting = words.text(message, &[("count", self.0.len().into())]);
        if self.0.len() < MOST_PERIODS { lasting } else { words.text(Message::AtLeast, &[("lasting", (&lasting).into())]) }
    }
}
