//! Which days a period, or a part of one, is compared with: like for like.

use super::weeks::{DAYS, year_before};
use super::{Against, Calendar, Grain, Period, Span, Week53};
use crate::base::date::Date;

/// 52 weeks, after which weekdays, and most holidays, fall on nearly the same dates.
const YEAR_OF_WEEKS: i32 = 52 * DAYS;

impl Calendar {
    /// The same period of the year before.
    ///
    /// - In a calendar of months: the week 364 days earlier, otherwise the same month, quarter or
    ///   fiscal year.
    /// - In a retail calendar: the same week, month, quarter or year of the fiscal year before.
    ///   Where that year has a 53rd week and the rule is [`Week53::Restated`], the days 364 days
    ///   earlier: the year before with its first week left out. For a month, quarter or year that is no period
    ///   of the calendar, and its label says so: `FY2023-M01 restated`. The 53rd week itself has
    ///   no such week by either rule.
    ///
    /// `None` as well where the year before begins before 1900-01-01, and for [`Grain::All`].
    ///
    /// ```
    /// use marketingos::{Calendar, Week53};
    /// let restated = Calendar::nrf();
    /// let week = restated.parse("FY2024-W01").unwrap();
    /// assert_eq!(restated.prior_year(&week).unwrap().label, "FY2023-W02");
    /// let year = restated.prior_year(&restated.parse("FY2024").unwrap()).unwrap();
    /// assert_eq!((year.label.as_str(), year.first.to_string().as_str()), ("FY2023 restated", "2023-02-05"));
    /// let as_it_was = Calendar::nrf().with_week_53(Week53::NotRestated);
    /// assert_eq!(as_it_was.prior_year(&week).unwrap().label, "FY2023-W01");
    /// assert!(as_it_was.prior_year(&as_it_was.parse("FY2023-W53").unwrap()).is_none());
    /// ```
    #[must_use]
    pub fn prior_year(&self, period: &Period) -> Option<Period> {
        let grain = period.grain;
        let index = self.index(grain, period.first);
        let earlier = match grain {
            Grain::Week => {
                let shift = self.weeks_earlier(period.first)?;
                index - shift / DAYS
            }
            Grain::Month => index - 12,
            Grain::Quarter => index - 4,
            Grain::Year => index - 1,
            Grain::All => return None,
        };
        let (mut first, mut last) = self.days(grain, earlier);
        let restated = grain != Grain::Week && self.restates(period.first);
        if restated {
            let (own_first, own_last) = self.days(grain, index);
            (first, last) = (own_first - YEAR_OF_WEEKS, own_last - YEAR_OF_WEEKS);
        }
        let span = span(first, last)?;
        let label = self.label(grain, earlier);
        Some(Period { grain, label: if restated { format!("{label} restated") } else { label }, first: span.first, last: span.last })
    }

    /// From the first day of the week, month, quarter or year that holds the day, through that
    /// day. For [`Grain::All`], from the first day there is.
    ///
    /// ```
    /// use marketingos::{Calendar, Grain};
    /// let to_date = Calendar::starting_in(7).unwrap().to_date(Grain::Year, "2026-08-15".parse().unwrap());
    /// assert_eq!((to_date.first.to_string().as_str(), to_date.days()), ("2026-07-01", 46));
    /// ```
    #[must_use]
    pub fn to_date(&self, grain: Grain, day: Date) -> Span {
        Span { first: self.first_day(grain, day), last: day }
    }

    /// The last `n` weeks, months, quarters or years that end with the period: from the first day
    /// of the one that lies `n` − 1 before the one that holds the period's last day, through that
    /// day. `n` below 1 counts as 1. A window that would begin before 1900-01-01 begins there.
    ///
    /// ```
    /// use marketingos::{Calendar, Grain};
    /// let calendar = Calendar::default();
    /// let march = calendar.parse("2026-03").unwrap();
    /// assert_eq!(calendar.trailing(Grain::Month, 12, &march).first.to_string(), "2025-04-01");
    /// ```
    #[must_use]
    pub fn trailing(&self, grain: Grain, n: u32, period: &Period) -> Span {
        let back = i32::try_from(n.max(1) - 1).unwrap_or(i32::MAX);
        let index = self.index(grain, period.last).saturating_sub(back).max(self.index(grain, Date::min()));
        Span { first: Date::from_epoch_days(self.days(grain, index).0), last: period.last }
    }

    /// The same part of another period as [`Calendar::to_date`] is of its own.
    ///
    /// - [`Against::Previous`]: as many days from the start of the period before, cut at its end.
    /// - [`Against::PriorYear`] in a calendar of months: for a week, the days 364 days earlier; for a
    ///   month, quarter or year, the same dates a year earlier, where 28 February stands for 29.
    /// - [`Against::PriorYear`] in a retail calendar: from the same week and weekday to the same week and
    ///   weekday of the fiscal year before; restated, where it has a 53rd week and the rule is
    ///   [`Week53::Restated`]. Nothing is like a part that reaches into a 53rd week.
    ///
    /// `None` as well where the other part begins before 1900-01-01, and for [`Grain::All`].
    ///
    /// ```
    /// use marketingos::{Against, Calendar, Grain};
    /// let calendar = Calendar::default();
    /// let leap_day = "2024-02-29".parse().unwrap();
    /// let year_before = calendar.comparable_to_date(Grain::Month, leap_day, Against::PriorYear).unwrap();
    /// assert_eq!(year_before.last.to_string(), "2023-02-28");
    /// let month_before = calendar.comparable_to_date(Grain::Month, leap_day, Against::Previous).unwrap();
    /// assert_eq!((month_before.first.to_string().as_str(), month_before.days()), ("2024-01-01", 29));
    /// ```
    #[must_use]
    pub fn comparable_to_date(&self, grain: Grain, day: Date, against: Against) -> Option<Span> {
        if grain == Grain::All {
            return None;
        }
        let index = self.index(grain, day);
        let (own_first, last) = (self.start(grain, index), day.epoch_days());
        match against {
            Against::Previous => {
                let (first, end) = self.days(grain, index - 1);
                span(first, end.min(first + last - own_first))
            }
            Against::PriorYear if self.is_retail() || grain == Grain::Week => {
                let shift = self.weeks_earlier(day)?;
                span(own_first - shift, last - shift)
            }
            Against::PriorYear => span(year_before(own_first), year_before(last)),
        }
    }

    /// How many days before a day the one lies that it is compared with, a whole number of weeks;
    /// `None` in a 53rd week.
    fn weeks_earlier(&self, day: Date) -> Option<i32> {
        let Some(retail) = self.retail else { return Some(YEAR_OF_WEEKS) };
        let (year, start, week) = self.week_years.holding(day.epoch_days());
        let shift = match retail.week_53 {
            Week53::Restated => YEAR_OF_WEEKS,
            Week53::NotRestated => start - self.week_years.start(year - 1),
        };
        (week < 52).then_some(shift)
    }

    /// Whether the fiscal year that holds a day is compared with a restated one.
    fn restates(&self, day: Date) -> bool {
        self.retail.is_some_and(|retail| {
            let (year, ..) = self.week_years.holding(day.epoch_days());
            retail.week_53 == Week53::Restated && self.week_years.weeks(year - 1) == 53
        })
    }
}

/// The days, if all of them are dates.
fn span(first: i32, last: i32) -> Option<Span> {
    (first >= Date::min().epoch_days()).then(|| Span { first: Date::from_epoch_days(first), last: Date::from_epoch_days(last) })
}
