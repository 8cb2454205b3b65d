//! Weeks, and the years made of whole weeks.
//!
//! ISO week-numbering years and retail years follow one rule: a year starts with the week whose
//! first day is the last one up to, or the nearest to, the first day of a month.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::choices::Weekday;

pub(super) const DAYS: i32 = 7;
/// 1970-01-01, from which days are counted, was a Thursday.
const EPOCH_SINCE_MONDAY: i32 = 3;

/// The first day of a month, as days since 1970-01-01; months count from January of the year 0.
pub(super) fn month_start(months: i32) -> i32 {
    let month = u32::try_from(months.rem_euclid(12)).unwrap_or_default() + 1;
    NaiveDate::from_ymd_opt(months.div_euclid(12), month, 1).unwrap_or_default().to_epoch_days()
}

/// The same date of the year before, and 28 for 29 February.
pub(super) fn year_before(day: i32) -> i32 {
    let Some(date) = NaiveDate::from_epoch_days(day) else { return day };
    let same = |days: u32| NaiveDate::from_ymd_opt(date.year().saturating_sub(1), date.month(), days);
    same(date.day()).or_else(|| same(28)).unwrap_or(date).to_epoch_days()
}

/// Years made of whole weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct WeekYears {
    pub(super) week_starts: Weekday,
    /// The month, 1 to 12, around whose first day a year starts.
    #[serde(skip)]
    pub(super) month: u32,
    /// Days after that first day up to which the first week may start: 0 or 3.
    #[serde(skip)]
    pub(super) latest: i32,
}

impl WeekYears {
    /// Which week holds a day, counted without end.
    pub(super) fn week(self, day: i32) -> i32 {
        (day + EPOCH_SINCE_MONDAY - self.week_starts.since_monday()).div_euclid(DAYS)
    }

    /// The first day of such a week.
    pub(super) fn week_start(self, week: i32) -> i32 {
        week * DAYS - EPOCH_SINCE_MONDAY + self.week_starts.since_monday()
    }

    /// The first day of the year that starts around the month of this calendar year.
    pub(super) fn start(self, year: i32) -> i32 {
        let month = i32::try_from(self.month).unwrap_or(1) - 1;
        self.week_start(self.week(month_start(year * 12 + month) + self.latest))
    }

    /// The year that holds a day, its first day, and how many whole weeks of it passed before.
    pub(super) fn holding(self, day: i32) -> (i32, i32, i32) {
        // No year starts more than seven days before the first of its month, so none that holds
        // the day starts after the next calendar year.
        let mut year = NaiveDate::from_epoch_days(day).unwrap_or_default().year() + 1;
        let mut start = self.start(year);
        while start > day {
            year -= 1;
            start = self.start(year);
        }
        (year, start, (day - start) / DAYS)
    }

    /// The weeks of a year: 52 or 53.
    pub(super) fn weeks(self, year: i32) -> i32 {
        (self.start(year + 1) - self.start(year)) / DAYS
    }
}
