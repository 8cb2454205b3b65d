//! The days on which a cadence falls.
//!
//! A rule repeats over periods: days, weeks, months or years, of which every so-many-th counts.
//! Within one, a day belongs to it when no part of the rule says otherwise; that is what RFC 5545
//! comes to when only days are looked at, where "expand" and "limit" are the same.

use super::Stretch;
use super::picks::Nth;
use super::rule::{Every, Rule, add, by_day, ordinal_and_weekday};
use crate::base::calendar::{Calendar, Grain, Span};
use crate::base::date::Date;

impl Rule {
    /// The days from `first` through `last`, or why they cannot be told without a start.
    pub(super) fn days(&self, start: Option<Date>, first: Date, last: Date) -> Result<Vec<Date>, &'static str> {
        let mut rule = self.clone();
        match (start, self.left_to_start()) {
            (Some(start), _) => rule.complete(start),
            (None, None) => {}
            (None, Some(why)) => return Err(why),
        }
        let from = start.unwrap_or(first);
        let last = self.until.map_or(last, |until| until.min(last));
        let step = i64::from(self.interval);
        let (mut period, end) = (self.period_of(from), self.period_of(last));
        if self.count.is_none() {
            // What comes before cannot matter.
            period += (self.period_of(first) - period).max(0) / step * step;
        }
        let mut left = self.count.unwrap_or(u32::MAX);
        let (mut found, mut set) = (Vec::new(), Vec::new());
        while period <= end {
            rule.gather(period, &mut set);
            for day in set.iter().filter(|day| **day >= from) {
                if *day > last || left == 0 {
                    return Ok(found);
                }
                left -= u32::from(self.count.is_some());
                if *day >= first {
                    found.push(*day);
                }
            }
            period = period.saturating_add(step);
        }
        Ok(found)
    }

    /// What the days depend on but their names.
    fn left_to_start(&self) -> Option<&'static str> {
        let dated = !(self.month_days.is_empty() && self.days.is_empty());
        let named = match self.every {
            Every::Day => true,
            Every::Week => !self.days.is_empty(),
            Every::Month => dated,
            Every::Year => dated || !(self.weeks.is_empty() && self.year_days.is_empty()),
        };
        if self.interval > 1 {
            Some("needs a start to be counted from")
        } else if self.count.is_some() {
            Some("ends after so many times, which are counted from its start")
        } else if !named {
            Some("falls on the day on which it starts")
        } else {
            None
        }
    }

    /// Takes what the rule leaves open from the start.
    fn complete(&mut self, start: Date) {
        if !(self.weeks.is_empty() && self.year_days.is_empty() && self.month_days.is_empty() && self.days.is_empty()) {
            return;
        }
        match self.every {
            Every::Day => {}
            Every::Week => add(&mut self.days, by_day(0, small(start.days_since_monday()))),
            Every::Month => add(&mut self.month_days, small(start.day())),
            Every::Year => {
                add(&mut self.month_days, small(start.day()));
                if self.months.is_empty() {
                    add(&mut self.months, small(start.month()));
                }
            }
        }
    }

    /// The number of the period that holds the day.
    fn period_of(&self, day: Date) -> i64 {
        let days = i64::from(day.epoch_days());
        match self.every {
            Every::Day => days,
            // 1970-01-01 was a Thursday.
            Every::Week => (days + 3 - i64::from(self.week_starts)).div_euclid(7),
            Every::Month => i64::from(day.year()) * 12 + i64::from(day.month()) - 1,
            Every::Year => i64::from(day.year()),
        }
    }

    /// The first day of the period with this number, and how many it has, as days since 1970.
    fn stretch(&self, period: i64) -> Option<(i64, i64)> {
        let dated = |year: i64, month: u32| Date::new(i32::try_from(year).ok()?, month, 1);
        Some(match self.every {
            Every::Day => (period, 1),
            Every::Week => (period * 7 - 3 + i64::from(self.week_starts), 7),
            Every::Month => {
                let first = dated(period.div_euclid(12), u32::try_from(period.rem_euclid(12)).ok()? + 1)?;
                (first.epoch_days().into(), days_in_month(first).into())
            }
            Every::Year => {
                let first = dated(period, 1)?;
                (first.epoch_days().into(), days_in_year(first.year()).into())
            }
        })
    }

    /// The days of the period on which the rule falls, in order.
    fn gather(&self, period: i64, set: &mut Vec<Date>) {
        set.clear();
        let Some((first, length)) = self.stretch(period) else { return };
        for number in first..first + length {
            let Ok(number) = i32::try_from(number) else { continue };
            let day = Date::from_epoch_days(number);
            // A week may reach beyond the days there are.
            if day.epoch_days() == number && self.holds(day) {
                set.push(day);
            }
        }
        if !self.positions.is_empty() {
            let length = short(set.len());
            let mut position = 0;
            set.retain(|_| {
                position += 1;
                self.positions.contains(&position) || self.positions.contains(&(position - length - 1))
            });
        }
    }

    fn holds(&self, day: Date) -> bool {
        let (year_day, year_length) = (day_of_year(day), days_in_year(day.year()));
        let (month_day, month_length) = (small(day.day()), days_in_month(day));
        let allowed = |list: &[i16], position: i16, length: i16| list.is_empty() || list.contains(&position) || list.contains(&(position - length - 1));
        let month = small(day.month());
        (self.months.is_empty() || self.months.contains(&month))
            && allowed(&self.month_days, month_day, month_length)
            && allowed(&self.year_days, year_day, year_length)
            && (self.weeks.is_empty() || self.holds_week(day))
            && (self.days.is_empty() || {
                let weekday = small(day.days_since_monday());
                // Within the year, unless months are said.
                let within_year = self.every == Every::Year && self.months.is_empty();
                let (from_front, from_back) = if within_year { which(year_day, year_length) } else { which(month_day, month_length) };
                self.days.iter().any(|wanted| {
                    let (ordinal, wanted) = ordinal_and_weekday(*wanted);
                    wanted == weekday && (ordinal == 0 || ordinal == from_front || ordinal == from_back)
                })
            })
    }

    /// Whether the week of the day is one of those wanted. A week belongs to the year of its
    /// fourth day, and is numbered as that day's weekday is within the year.
    fn holds_week(&self, day: Date) -> bool {
        let since = (small(day.days_since_monday()) - self.week_starts).rem_euclid(7);
        let (mut fourth, mut length) = (day_of_year(day) + 3 - since, days_in_year(day.year()));
        if fourth < 1 {
            length = days_in_year(day.year() - 1);
            fourth += length;
        } else if fourth > length {
            fourth -= length;
            length = days_in_year(day.year() + 1);
        }
        let (from_front, from_back) = which(fourth, length);
        self.weeks.contains(&from_front) || self.weeks.contains(&from_back)
    }
}

/// Which one of its weekday a day is, from the front and, negative, from the back.
fn which(position: i16, length: i16) -> (i16, i16) {
    ((position - 1) / 7 + 1, -((length - position) / 7 + 1))
}

fn small(number: u32) -> i16 {
    i16::try_from(number).unwrap_or_default()
}

fn short(length: usize) -> i16 {
    i16::try_from(length).unwrap_or_default()
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_year(year: i32) -> i16 {
    365 + i16::from(is_leap(year))
}

fn days_in_month(day: Date) -> i16 {
    match day.month() {
        2 => 28 + i16::from(is_leap(day.year())),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn day_of_year(day: Date) -> i16 {
    let before = Date::new(day.year(), 1, 1).map_or(0, |first| day.days_since(first));
    i16::try_from(before).unwrap_or_default() + 1
}

/// The periods of this length that overlap the days, in order.
fn periods(grain: Grain, first: Date, last: Date, calendar: &Calendar) -> Vec<Span> {
    let mut found = Vec::new();
    let mut day = first;
    while day <= last {
        let period = calendar.period(grain, day).span();
        found.push(period);
        if period.last >= Date::max() {
            break;
        }
        day = period.last.plus_days(1);
    }
    found
}

/// The days from `first` through `last` that are counted within fiscal periods.
pub(super) fn fiscal(grain: Grain, picks: &[Nth], first: Date, last: Date, calendar: &Calendar) -> Vec<Date> {
    let mut found = Vec::new();
    for period in periods(grain, first, last, calendar) {
        let mut picked = Vec::new();
        for pick in picks {
            picked.extend(pick.of(period));
        }
        let mut day = period.first.max(first);
        while day <= period.last.min(last) {
            if picked.contains(&day) {
                found.push(day);
            }
            if day == Date::max() {
                break;
            }
            day = day.plus_days(1);
        }
    }
    found
}

impl Nth {
    /// The day that it is within a period.
    fn of(self, period: Span) -> Option<Date> {
        let mut left = self.ordinal.unsigned_abs();
        let (mut day, step) = if self.ordinal < 0 { (period.last, -1) } else { (period.first, 1) };
        for _ in 0..period.days() {
            if self.days & 1 << day.days_since_monday() != 0 {
                left = left.saturating_sub(1);
                if left == 0 {
                    return Some(day);
                }
            }
            day = day.plus_days(step);
        }
        None
    }
}

impl Stretch {
    /// The stretches that overlap the days from `first` through `last`, in order.
    pub(super) fn overlapping(self, start: Option<Date>, first: Date, last: Date, calendar: &Calendar) -> Vec<Span> {
        let asked = Span { first, last };
        match self {
            Self::Periods(grain, 0 | 1) => periods(grain, first, last, calendar),
            Self::Periods(grain, every) => {
                // Counted from the start, of which the caller has made sure; whole stretches before
                // the first day cannot matter.
                let (from, step) = (calendar.index(grain, start.unwrap_or(first)), i32::try_from(every).unwrap_or(i32::MAX));
                let begins = from + (calendar.index(grain, first) - from).max(0) / step * step;
                let all = periods(grain, calendar.at(grain, begins).first, last, calendar);
                let every = usize::try_from(every).unwrap_or(usize::MAX);
                let mut found = Vec::new();
                for periods in all.chunks(every) {
                    if let (Some(head), Some(tail)) = (periods.first(), periods.last()) {
                        let missing = every - periods.len();
                        let tail = (0..missing).fold(*tail, |tail, _| calendar.period(grain, tail.last.plus_days(1)).span());
                        found.push(Span { first: head.first, last: tail.last });
                    }
                }
                found.retain(|span| span.overlap(asked).is_some());
                found
            }
            Self::Months(wanted) => {
                let months = Calendar::default();
                let mut found = periods(Grain::Month, first, last, &months);
                found.retain(|month| wanted & 1 << (month.first.month() - 1) != 0);
                found
            }
            Self::Week { last: at_end, of } => {
                let mut found = periods(of, first, last, calendar);
                for span in &mut found {
                    if at_end { span.first = span.last.plus_days(-6) } else { span.last = span.first.plus_days(6) }
                }
                found.retain(|week| week.overlap(asked).is_some());
                found
            }
        }
    }
}
