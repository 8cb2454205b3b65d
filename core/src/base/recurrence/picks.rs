//! Days as words pick them out of a week, month, quarter or year, and the form they are lowered to.

use std::fmt;

use super::rule::{Every, Rule, add, by_day};
use super::vocabulary::{ALL_DAYS, MONTHS, ORDINALS, WORKING, nth};
use super::{Kind, Stretch};
use crate::base::calendar::{Grain, Weekday};

/// One of certain weekdays within a period, counted from its end when negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nth {
    pub(super) ordinal: i16,
    /// A bit each from Monday on.
    pub(super) days: u8,
}

/// What words pick, whatever they pick it from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// A bit each from Monday on.
    Weekdays(u8),
    MonthDays(Vec<i16>),
    Nth(Vec<Nth>),
    Date {
        month: u32,
        day: u32,
    },
    /// A bit each from January on.
    Months(u16),
    /// The first or last week.
    Week {
        last: bool,
    },
}

/// What words pick days from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// Every so-many-th period of this length, years being calendar years.
    Period(Grain, u32),
    FiscalYear,
    /// Certain months of every year, a bit each from January on.
    Months(u16),
}

/// Why a pick cannot be taken from a period, and how to write what may be meant.
pub(super) type Unfit = (&'static str, &'static str);

impl Pick {
    /// How many days it names.
    pub(super) fn len(&self) -> u32 {
        match self {
            Self::Weekdays(days) => days.count_ones(),
            Self::MonthDays(days) => u32::try_from(days.len()).unwrap_or(u32::MAX),
            Self::Nth(picks) => u32::try_from(picks.len()).unwrap_or(u32::MAX),
            Self::Months(months) => months.count_ones(),
            Self::Date { .. } | Self::Week { .. } => 1,
        }
    }

    pub(super) fn lower(self, from: Option<From>) -> Result<Kind, Unfit> {
        match (self, from) {
            (Self::Weekdays(days), None) => Ok(weekdays(days, 1)),
            (Self::Weekdays(days), Some(From::Period(Grain::Week, every))) => Ok(weekdays(days, every)),
            (Self::Weekdays(_), _) => Err(("does not say which one of the period is meant", "write such as `first Monday of the month`")),
            (Self::MonthDays(days), None) => Ok(month_days(days, 1, 0)),
            (Self::MonthDays(days), Some(From::Period(Grain::Month, every))) => Ok(month_days(days, every, 0)),
            (Self::MonthDays(days), Some(From::Months(months))) => Ok(month_days(days, 1, months)),
            (Self::MonthDays(_), _) => Err(("does not say of which month", "write such as `on the 15th of every month` or `yearly on 15 March`")),
            (Self::Date { month, day }, Some(From::Period(Grain::Year, every))) => {
                let mut rule = Rule::new(Every::Year, every);
                add(&mut rule.months, i16::try_from(month).unwrap_or_default());
                add(&mut rule.month_days, i16::try_from(day).unwrap_or_default());
                Ok(Kind::Rule(rule))
            }
            (Self::Date { .. }, _) => Err(("may be a single day", "write such as `yearly on 3 March`")),
            (Self::Months(months), None | Some(From::Period(Grain::Year, 1))) => Ok(Kind::Counted(1, Stretch::Months(months))),
            (Self::Months(_), _) => Err(("names months, which come once a year", "write such as `every year in June`")),
            (Self::Week { last }, Some(From::Period(of @ (Grain::Month | Grain::Quarter), 1))) => Ok(Kind::Counted(1, Stretch::Week { last, of })),
            (Self::Week { .. }, _) => Err(("does not say of what it is the week", "write such as `last week of the quarter`")),
            (Self::Nth(picks), Some(From::Period(grain @ Grain::Quarter, 1))) => Ok(Kind::Fiscal(grain, picks)),
            (Self::Nth(picks), Some(From::FiscalYear)) => Ok(Kind::Fiscal(Grain::Year, picks)),
            (Self::Nth(picks), Some(From::Period(Grain::Month, every))) => counted(&picks, Every::Month, every, 0),
            (Self::Nth(picks), Some(From::Period(Grain::Year, every))) => counted(&picks, Every::Year, every, 0),
            (Self::Nth(picks), Some(From::Months(months))) => counted(&picks, Every::Month, 1, months),
            (Self::Nth(_), None) => Err(("does not say of what it is counted", "write such as `second Tuesday of the month` or `first Monday of the quarter`")),
            (Self::Nth(_), _) => Err(("counts days in a period in which they cannot be counted", "write such as `second Tuesday of the month`")),
        }
    }
}

pub(super) fn weekdays(days: u8, every: u32) -> Kind {
    let mut rule = Rule::new(Every::Week, every);
    list_days(&mut rule, days);
    Kind::Rule(rule)
}

fn list_days(rule: &mut Rule, days: u8) {
    for weekday in (0..7).filter(|weekday| days & 1 << weekday != 0) {
        add(&mut rule.days, by_day(0, weekday));
    }
}

fn list_months(rule: &mut Rule, months: u16) {
    for month in (1..=12).filter(|month| months & 1 << (month - 1) != 0) {
        add(&mut rule.months, month);
    }
}

fn month_days(days: Vec<i16>, every: u32, months: u16) -> Kind {
    let mut rule = Rule::new(Every::Month, every);
    rule.month_days = days;
    list_months(&mut rule, months);
    Kind::Rule(rule)
}

/// The first Monday, working day or day of a month or year as a rule.
fn counted(picks: &[Nth], period: Every, every: u32, months: u16) -> Result<Kind, Unfit> {
    let mut rule = Rule::new(period, every);
    list_months(&mut rule, months);
    let days = picks.first().map_or(0, |pick| pick.days);
    let single = |days: u8| days.count_ones() == 1;
    // More than this there are not.
    let most = match (period, days) {
        (Every::Month, ALL_DAYS) => 31,
        (Every::Month, WORKING) => 23,
        (Every::Month, _) => 5,
        (_, ALL_DAYS) => 366,
        (_, WORKING) => 262,
        _ => 53,
    };
    for pick in picks {
        let ordinal = pick.ordinal;
        if ordinal > most {
            return Err(("counts further than the period goes", "mend the number"));
        }
        if single(pick.days) && single(days) {
            add(&mut rule.days, by_day(ordinal, i16::try_from(pick.days.trailing_zeros()).unwrap_or_default()));
        } else if pick.days != days {
            return Err(("counts different kinds of days", "write one of them"));
        } else if days == ALL_DAYS {
            add(if period == Every::Year { &mut rule.year_days } else { &mut rule.month_days }, ordinal);
        } else {
            add(&mut rule.positions, ordinal);
        }
    }
    if !rule.positions.is_empty() {
        list_days(&mut rule, days);
    }
    Ok(Kind::Rule(rule))
}

/// In words that are read back as the same.
pub(super) fn write(grain: Grain, picks: &[Nth], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (number, pick) in picks.iter().enumerate() {
        if number > 0 {
            f.write_str(" and ")?;
        }
        let at = usize::from(pick.ordinal.unsigned_abs());
        match ORDINALS.get(at.wrapping_sub(1)) {
            _ if pick.ordinal < 0 => f.write_str("last")?,
            Some(word) => f.write_str(word)?,
            None => f.write_str(&nth(pick.ordinal.unsigned_abs().into()))?,
        }
        let name = match pick.days {
            WORKING => "working day",
            ALL_DAYS => "day",
            single => usize::try_from(single.trailing_zeros()).ok().and_then(|at| Weekday::WORDS.get(at)).map_or("", |(word, _)| word),
        };
        f.write_str(" ")?;
        // Weekdays are written large.
        match name.get(..1).filter(|_| pick.days.count_ones() == 1) {
            Some(first) => write!(f, "{}{}", first.to_ascii_uppercase(), name.get(1..).unwrap_or_default())?,
            None => f.write_str(name)?,
        }
    }
    f.write_str(if grain == Grain::Year { " of the fiscal year" } else { " of the quarter" })
}

impl Stretch {
    pub(super) fn write(self, times: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Periods(..) = self {
            match times {
                1 => f.write_str("once")?,
                2 => f.write_str("twice")?,
                _ => write!(f, "{times} times")?,
            }
        }
        match self {
            Self::Periods(grain, 1) => write!(f, " a {}", grain.as_str()),
            Self::Periods(grain, every) => write!(f, " every {every} {}s", grain.as_str()),
            Self::Week { last, of } => write!(f, "{} week of the {}", if last { "last" } else { "first" }, of.as_str()),
            Self::Months(months) => {
                let mut lead = "in ";
                for (at, month) in MONTHS.iter().enumerate().filter(|(at, _)| months & 1 << at != 0) {
                    write!(f, "{}{month}", if at == 0 { "in " } else { lead })?;
                    lead = " and ";
                }
                Ok(())
            }
        }
    }
}
