//! Periods of a fiscal calendar, and which earlier period each is compared with.

use std::fmt;

use serde::Serialize;

use super::date::Date;

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// An ISO 8601 week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months of the fiscal year.
    Quarter,
    /// A fiscal year.
    Year,
    /// Everything that the facts cover, up to the as-of date.
    All,
}

impl Grain {
    /// Every grain, shortest first.
    pub const ALL: [Self; 5] = [Self::Week, Self::Month, Self::Quarter, Self::Year, Self::All];

    /// The word for it, as used in requests.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grain| grain.as_str() == text)
    }
}

/// A stretch of days, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Span {
    /// The number of days; zero when the last lies before the first.
    #[must_use]
    pub fn days(self) -> i64 {
        self.last.days_since(self.first).saturating_add(1).max(0)
    }

    /// The days that both have.
    #[must_use]
    pub fn overlap(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }

    /// Whether the day is inside.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

/// One period of a calendar.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Period {
    /// Its length.
    pub grain: Grain,
    /// Its name, such as `2026-W39`, `2026-09`, `2026-Q3` or `FY2026`.
    pub label: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Period {
    /// Its days.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { first: self.first, last: self.last }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

/// A calendar: months grouped into fiscal quarters and years, and ISO weeks.
///
/// ```
/// use marketingos::{Calendar, Grain};
/// let july = Calendar::starting_in(7).unwrap();
/// let day = "2014-09-14".parse().unwrap();
/// // A fiscal year is named by the calendar year in which it ends.
/// assert_eq!(july.period(Grain::Year, day).label, "FY2015");
/// assert_eq!(july.period(Grain::Week, day).label, "2014-W37");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Calendar {
    fiscal_year_starts: u32,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { fiscal_year_starts: 1 }
    }
}

impl Calendar {
    /// A calendar whose fiscal year starts on the first day of this month, 1 to 12.
    #[must_use]
    pub fn starting_in(month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { fiscal_year_starts: month })
    }

    /// The month, 1 to 12, in which the fiscal year starts.
    #[must_use]
    pub fn fiscal_year_starts(self) -> u32 {
        self.fiscal_year_starts
    }

    /// The period of this length that holds the day. For [`Grain::All`] it is every day there is.
    #[must_use]
    pub fn period(self, grain: Grain, day: Date) -> Period {
        let into_year = self.months_into_year(day);
        let first = self.first_day(grain, day);
        let last = match grain {
            Grain::Week => first.plus_days(6),
            Grain::Month => day_before_month(day, 1),
            Grain::Quarter => day_before_month(day, 3 - i64::from(into_year % 3)),
            Grain::Year => day_before_month(day, 12 - i64::from(into_year)),
            Grain::All => Date::max(),
        };
        let label = self.label(grain, day, into_year, last);
        Period { grain, label, first, last }
    }

    /// The first day of the period of this length that holds the day.
    #[must_use]
    pub fn first_day(self, grain: Grain, day: Date) -> Date {
        let into_year = i64::from(self.months_into_year(day));
        match grain {
            Grain::Week => day.plus_days(-i64::from(day.days_since_monday())),
            Grain::Month => first_of_month(day, 0).unwrap_or_else(Date::min),
            Grain::Quarter => first_of_month(day, -(into_year % 3)).unwrap_or_else(Date::min),
            Grain::Year => first_of_month(day, -into_year).unwrap_or_else(Date::min),
            Grain::All => Date::min(),
        }
    }

    /// Months since the fiscal year began, 0 to 11.
    fn months_into_year(self, day: Date) -> u32 {
        (day.month() + 12 - self.fiscal_year_starts) % 12
    }

    fn label(self, grain: Grain, day: Date, into_year: u32, last: Date) -> String {
        let fiscal = self.fiscal_year_starts != 1;
        // The year in which the fiscal year that holds `day` ends.
        let year = if fiscal && day.month() >= self.fiscal_year_starts { day.year().saturating_add(1) } else { day.year() };
        let prefix = if fiscal { "FY" } else { "" };
        match grain {
            Grain::Week => {
                let (year, week) = day.iso_week();
                format!("{year}-W{week:02}")
            }
            Grain::Month => format!("{:04}-{:02}", last.year(), last.month()),
            Grain::Quarter => format!("{prefix}{year}-Q{}", into_year / 3 + 1),
            Grain::Year => format!("{prefix}{year}"),
            Grain::All => "all".to_owned(),
        }
    }

    /// The period before.
    #[must_use]
    pub fn previous(self, period: &Period) -> Option<Period> {
        (period.first > Date::min()).then(|| self.period(period.grain, period.first.plus_days(-1)))
    }

    /// The period after.
    #[must_use]
    pub fn next(self, period: &Period) -> Option<Period> {
        (period.last < Date::max()).then(|| self.period(period.grain, period.last.plus_days(1)))
    }

    /// The same period of the year before: for a week, 364 days earlier; otherwise the same
    /// month, quarter or fiscal year.
    #[must_use]
    pub fn prior_year(self, period: &Period) -> Option<Period> {
        let day = match period.grain {
            Grain::All => return None,
            Grain::Week => Some(period.first.plus_days(-364)),
            Grain::Month | Grain::Quarter | Grain::Year => Date::new(period.first.year().saturating_sub(1), period.first.month(), 1),
        };
        day.filter(|day| *day > Date::min()).map(|day| self.period(period.grain, day))
    }

    /// The period with this name, in any of the forms that labels have.
    #[must_use]
    pub fn parse(self, label: &str) -> Option<Period> {
        let bare = label.strip_prefix("FY").unwrap_or(label);
        let (year, rest) = bare.split_at_checked(4)?;
        let year: i32 = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
        let (grain, day) = if rest.is_empty() {
            (Grain::Year, self.fiscal_month(year, 0)?)
        } else if let Some(quarter) = rest.strip_prefix("-Q") {
            let quarter: u32 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
            (Grain::Quarter, self.fiscal_month(year, (quarter - 1) * 3)?)
        } else if let Some(week) = rest.strip_prefix("-W") {
            let week: i64 = week.parse().ok().filter(|week| (1..=53).contains(week))?;
            (Grain::Week, Date::new(year, 1, 4)?.plus_days((week - 1) * 7))
        } else {
            (Grain::Month, Date::new(year, rest.strip_prefix('-')?.parse().ok()?, 1)?)
        };
        Some(self.period(grain, day)).filter(|period| period.label == label)
    }

    /// The first day of the month that lies `months` into the fiscal year named `year`.
    fn fiscal_month(self, year: i32, months: u32) -> Option<Date> {
        let month = self.fiscal_year_starts - 1 + months;
        let first_year = if self.fiscal_year_starts == 1 { year } else { year.saturating_sub(1) };
        Date::new(first_year.saturating_add(i32::from(month >= 12)), month % 12 + 1, 1)
    }
}

/// The first day of the month that lies `months` after the day's own.
fn first_of_month(day: Date, months: i64) -> Option<Date> {
    let number = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 + months;
    Date::new(i32::try_from(number.div_euclid(12)).ok()?, u32::try_from(number.rem_euclid(12)).ok()? + 1, 1)
}

/// The last day before that month.
fn day_before_month(day: Date, months: i64) -> Date {
    first_of_month(day, months).map_or_else(Date::max, |first| first.plus_days(-1))
}

#[cfg(test)]
mod tests {
    use super::{Calendar, Grain};
    use crate::Date;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn fiscal_periods_are_named_by_the_year_in_which_they_end() {
        let july = Calendar::starting_in(7).unwrap();
        let quarter = july.period(Grain::Quarter, date("2026-02-10"));
        assert_eq!((quarter.label.as_str(), quarter.first.to_string().as_str(), quarter.last.to_string().as_str()), ("FY2026-Q3", "2026-01-01", "2026-03-31"));
        assert_eq!(july.period(Grain::Year, date("2026-06-30")).label, "FY2026");
        assert_eq!(july.period(Grain::Year, date("2026-07-01")).label, "FY2027");
        assert_eq!(Calendar::default().period(Grain::Quarter, date("2026-12-31")).label, "2026-Q4");
    }

    #[test]
    fn a_prior_year_week_lies_364_days_earlier() {
        let calendar = Calendar::default();
        let week = calendar.parse("2020-W53").unwrap();
        assert_eq!(calendar.prior_year(&week).unwrap().label, "2020-W01");
        assert!(calendar.parse("2021-W53").is_none(), "2021 has 52 ISO weeks");
        assert!(calendar.parse("FY2021").is_none(), "this calendar has no fiscal years");
    }

    proptest! {
        #[test]
        fn periods_tile_the_calendar(days in 400i64..109_000, month in 1u32..=12) {
            let calendar = Calendar::starting_in(month).unwrap();
            let day = Date::min().plus_days(days);
            for grain in [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year] {
                let period = calendar.period(grain, day);
                prop_assert!(period.span().contains(day));
                prop_assert_eq!(&calendar.period(grain, period.first), &period);
                prop_assert_eq!(&calendar.period(grain, period.last), &period);
                prop_assert_eq!(calendar.parse(&period.label), Some(period.clone()));
                let previous = calendar.previous(&period).unwrap();
                prop_assert_eq!(previous.last.plus_days(1), period.first);
                prop_assert_eq!(calendar.next(&previous), Some(period));
            }
        }
    }
}
