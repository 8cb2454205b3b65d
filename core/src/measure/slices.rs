//! Slices: the stretches of days that cells are made for.
//!
//! Every period of every grain that is asked for is a whole number of slices, so each row is
//! folded once, into its slice, and periods are made of slices afterwards.

use std::ops::Range;

use crate::base::calendar::{Calendar, Grain, Span};
use crate::base::date::Date;
use crate::base::order;

/// The first days of slices, ascending; each lasts until the day before the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Slices {
    pub(super) firsts: Vec<Date>,
}

impl Slices {
    /// The common refinement of the periods of some grains.
    pub(super) fn of(calendar: &Calendar, grains: &[Grain], span: Span) -> Self {
        let mut firsts = Vec::new();
        // Of the periods that hold the first day, the one that starts last begins the first slice.
        firsts.extend(grains.iter().map(|grain| calendar.first_day(*grain, span.first)).max());
        for grain in grains {
            let mut period = calendar.period(*grain, span.first);
            while let Some(next) = calendar.next(&period).filter(|next| next.first <= span.last && next.first > period.first) {
                firsts.push(next.first);
                period = next;
            }
        }
        order::sort_distinct(&mut firsts);
        Self { firsts }
    }

    /// A slice for every day.
    pub(super) fn days(span: Span) -> Self {
        let days = usize::try_from(span.days()).unwrap_or(0);
        Self { firsts: (0i64..).take(days).map(|day| span.first.plus_days(day)).collect() }
    }

    /// The same, cut at the ends of some stretches too.
    pub(super) fn cut(mut self, cuts: &[Span]) -> Self {
        let Some(first) = self.firsts.first().copied() else { return self };
        let ends = cuts.iter().flat_map(|cut| [cut.first, cut.last.plus_days(1)]);
        self.firsts.extend(ends.filter(|end| *end > first));
        order::sort_distinct(&mut self.firsts);
        self
    }

    /// The slices of both.
    pub(super) fn union(&self, other: &Self) -> Self {
        let mut firsts: Vec<Date> = self.firsts.iter().chain(&other.firsts).copied().collect();
        order::sort_distinct(&mut firsts);
        Self { firsts }
    }

    pub(super) fn len(&self) -> usize {
        self.firsts.len()
    }

    /// The slices that start within a span.
    pub(super) fn within(&self, span: Span) -> Range<usize> {
        self.firsts.partition_point(|first| *first < span.first)..self.firsts.partition_point(|first| *first <= span.last)
    }

    /// The slice that holds a day.
    pub(super) fn position(&self, day: Date) -> Option<usize> {
        self.firsts.partition_point(|first| *first <= day).checked_sub(1)
    }

    /// The slice of each day of a span.
    pub(super) fn by_day(&self, span: Span) -> Vec<Option<usize>> {
        let days = usize::try_from(span.days()).unwrap_or(0);
        (0i64..).take(days).map(|day| self.position(span.first.plus_days(day))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Slices;
    use crate::base::calendar::{Calendar, Grain, Span};
    use crate::base::date::Date;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_period_is_a_whole_number_of_slices(start in 400i64..100_000, days in 0i64..900, at in 0i64..900) {
            let calendar = Calendar::default();
            let first = Date::min().plus_days(start);
            let span = Span { first, last: first.plus_days(days) };
            let grains = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];
            let slices = Slices::of(&calendar, &grains, span);
            let day = first.plus_days(at.min(days));
            let slice = slices.position(day).unwrap();
            for grain in grains {
                let period = calendar.period(grain, day);
                prop_assert!(slices.within(period.span()).contains(&slice));
                // No slice reaches beyond the period of its first day.
                let next = slices.firsts.get(slice + 1).copied().unwrap_or(span.last.plus_days(1));
                prop_assert!(next.plus_days(-1) <= period.last);
            }
        }
    }
}
