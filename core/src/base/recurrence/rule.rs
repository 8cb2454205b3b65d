//! RFC 5545 recurrence rules (section 3.3.10), as far as they are about days.

use std::fmt;

use super::RecurrenceError;
use crate::base::calendar::{Grain, Weekday};
use crate::base::date::Date;

/// Lists are in order, without repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) every: Every,
    pub(super) interval: u32,
    pub(super) count: Option<u32>,
    pub(super) until: Option<Date>,
    pub(super) months: Vec<i16>,
    pub(super) weeks: Vec<i16>,
    pub(super) year_days: Vec<i16>,
    pub(super) month_days: Vec<i16>,
    /// See [`by_day`].
    pub(super) days: Vec<i16>,
    pub(super) positions: Vec<i16>,
    /// Days since Monday.
    pub(super) week_starts: i16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Every {
    Day,
    Week,
    Month,
    Year,
}

const FREQUENCIES: [(&str, Every); 4] = [("DAILY", Every::Day), ("WEEKLY", Every::Week), ("MONTHLY", Every::Month), ("YEARLY", Every::Year)];

/// A weekday, counted from Monday as 0, and which one it is within the month or year, from its
/// end when negative; 0 is every one.
pub(super) fn by_day(ordinal: i16, weekday: i16) -> i16 {
    ordinal * 8 + weekday
}

/// The ordinal and weekday again.
pub(super) fn ordinal_and_weekday(day: i16) -> (i16, i16) {
    (day.div_euclid(8), day.rem_euclid(8))
}

/// Adds a number to a list that is in order and without repeats.
pub(super) fn add(list: &mut Vec<i16>, number: i16) {
    if let Err(at) = list.binary_search(&number) {
        list.insert(at, number);
    }
}

fn wrong(message: impl Into<String>, help: impl Into<String>) -> RecurrenceError {
    RecurrenceError::new(message, help)
}

impl Rule {
    pub(super) fn new(every: Every, interval: u32) -> Self {
        let none = Vec::new;
        let (months, weeks, year_days, month_days, days, positions) = (none(), none(), none(), none(), none(), none());
        Self { every, interval, count: None, until: None, months, weeks, year_days, month_days, days, positions, week_starts: 0 }
    }

    /// Whether a text looks like a rule rather than words.
    pub(super) fn is_meant(text: &str) -> bool {
        text.contains('=') || text.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("RRULE:"))
    }

    pub(super) fn parse(text: &str) -> Result<Self, RecurrenceError> {
        let upper = text.to_ascii_uppercase();
        let mut rule = Self::new(Every::Day, 1);
        let mut seen: Vec<&str> = Vec::new();
        for part in upper.strip_prefix("RRULE:").unwrap_or(&upper).split(';') {
            let Some((name, value)) = part.split_once('=') else {
                return Err(wrong(format!("`{part}` is not a part of a recurrence rule"), "write parts as `NAME=VALUE` with `;` between them"));
            };
            if seen.contains(&name) {
                return Err(wrong(format!("`{name}` is there twice"), "leave one out"));
            }
            rule.part(name, value)?;
            seen.push(name);
        }
        if !seen.contains(&"FREQ") {
            return Err(wrong("the rule does not say `FREQ`", "write `FREQ=DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`"));
        }
        rule.check()?;
        Ok(rule)
    }

    fn part(&mut self, name: &str, value: &str) -> Result<(), RecurrenceError> {
        match name {
            "FREQ" => {
                let known = FREQUENCIES.iter().find(|(word, _)| *word == value);
                let help = "write `DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`; times of day are not part of a cadence here";
                self.every = known.ok_or_else(|| wrong(format!("`FREQ={value}` is not known here"), help))?.1;
            }
            "INTERVAL" => self.interval = whole(name, value)?,
            "COUNT" => self.count = Some(whole(name, value)?),
            "UNTIL" => {
                let help = "write a day from 1900 to 2199 as YYYYMMDD, or leave it out for a cadence without end";
                self.until = Some(day(value).ok_or_else(|| wrong(format!("`UNTIL={value}` is not a day"), help))?);
            }
            "BYMONTH" => self.months = numbers(name, value, 1, 12)?,
            "BYWEEKNO" => self.weeks = numbers(name, value, -53, 53)?,
            "BYYEARDAY" => self.year_days = numbers(name, value, -366, 366)?,
            "BYMONTHDAY" => self.month_days = numbers(name, value, -31, 31)?,
            "BYSETPOS" => self.positions = numbers(name, value, -366, 366)?,
            "BYDAY" => {
                for text in value.split(',') {
                    let known = ordinal_day(text);
                    let help = "write `MO`, `TU`, `WE`, `TH`, `FR`, `SA` or `SU`, with a number from 1 to 53 or -53 to -1 before it for a single one of the month or year";
                    add(&mut self.days, known.ok_or_else(|| wrong(format!("`{text}` in `BYDAY` is not a day"), help))?);
                }
            }
            "WKST" => {
                let known = code_of(value).ok_or_else(|| wrong(format!("`WKST={value}` is not a day"), "write `MO` to `SU`"))?;
                self.week_starts = known;
            }
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => {
                return Err(wrong(format!("`{name}` is about times of day, and a cadence here is about days"), "leave it out"));
            }
            _ => return Err(wrong(format!("`{name}` is not a part of a recurrence rule"), "see RFC 5545, section 3.3.10, for the parts there are")),
        }
        Ok(())
    }

    /// What RFC 5545 rules out, part by part.
    fn check(&self) -> Result<(), RecurrenceError> {
        let numbered = self.days.iter().any(|day| ordinal_and_weekday(*day).0 != 0);
        let bare = self.months.is_empty() && self.weeks.is_empty() && self.year_days.is_empty() && self.month_days.is_empty() && self.days.is_empty();
        let (year, long) = (self.every == Every::Year, matches!(self.every, Every::Month | Every::Year));
        for (bad, what) in [
            (self.count.is_some() && self.until.is_some(), "both `COUNT` and `UNTIL` say when it ends"),
            (!self.weeks.is_empty() && !year, "`BYWEEKNO` needs `FREQ=YEARLY`"),
            (!self.year_days.is_empty() && !year, "`BYYEARDAY` needs `FREQ=YEARLY`"),
            (!self.month_days.is_empty() && self.every == Every::Week, "`BYMONTHDAY` cannot be in a weekly rule"),
            (numbered && !long, "numbers in `BYDAY` need `FREQ=MONTHLY` or `FREQ=YEARLY`"),
            (numbered && !self.weeks.is_empty(), "numbers in `BYDAY` cannot be beside `BYWEEKNO`"),
            (!self.positions.is_empty() && bare, "`BYSETPOS` needs another `BY…` part to choose from"),
        ] {
            if bad {
                return Err(wrong(what, "leave one of the two out (RFC 5545, section 3.3.10)"));
            }
        }
        Ok(())
    }

    pub(super) fn grain(&self) -> Option<Grain> {
        match self.every {
            Every::Day => None,
            Every::Week => Some(Grain::Week),
            Every::Month if self.months.is_empty() => Some(Grain::Month),
            Every::Month | Every::Year => Some(Grain::Year),
        }
    }
}

fn whole(name: &str, value: &str) -> Result<u32, RecurrenceError> {
    let plain = value.bytes().all(|byte| byte.is_ascii_digit());
    let number = if plain { value.parse().ok().filter(|number| *number > 0) } else { None };
    number.ok_or_else(|| wrong(format!("`{name}={value}` is not a whole number from 1 on"), "write such as `2`"))
}

/// A number with an optional sign, and none of spaces or the like.
fn signed(text: &str) -> Option<i16> {
    text.parse().ok()
}

fn numbers(name: &str, value: &str, least: i16, most: i16) -> Result<Vec<i16>, RecurrenceError> {
    let mut list = Vec::new();
    for text in value.split(',') {
        let number = signed(text).filter(|number| (least..=most).contains(number) && *number != 0);
        let range = if least < 0 { format!("from 1 to {most} or {least} to -1") } else { format!("from {least} to {most}") };
        add(&mut list, number.ok_or_else(|| wrong(format!("`{text}` in `{name}` is out of range"), format!("write numbers {range}, with `,` between them")))?);
    }
    Ok(list)
}

/// `YYYYMMDD`, whatever time of day follows.
fn day(value: &str) -> Option<Date> {
    let (day, time) = value.split_at_checked(8)?;
    let time = time.strip_suffix('Z').unwrap_or(time);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let timed = value.len() == 8 || (time.len() == 7 && time.strip_prefix('T').is_some_and(digits));
    if !timed || !digits(day) {
        return None;
    }
    Date::new(day.get(..4)?.parse().ok()?, day.get(4..6)?.parse().ok()?, day.get(6..)?.parse().ok()?)
}

fn ordinal_day(text: &str) -> Option<i16> {
    let (number, code) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let ordinal = if number.is_empty() { 0 } else { signed(number).filter(|number| (1..=53).contains(&number.abs()))? };
    Some(by_day(ordinal, code_of(code)?))
}

/// The days' codes are the first two letters of their names.
fn code_of(code: &str) -> Option<i16> {
    let known = (0..).zip(Weekday::WORDS).find(|(_, (word, _))| word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(code)));
    known.map(|(number, _)| number)
}

fn code(weekday: i16) -> String {
    let word = usize::try_from(weekday).ok().and_then(|weekday| Weekday::WORDS.get(weekday)).map_or("", |(word, _)| *word);
    word.get(..2).unwrap_or_default().to_ascii_uppercase()
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = FREQUENCIES.iter().find(|(_, every)| *every == self.every).map_or("", |(word, _)| word);
        write!(f, "FREQ={frequency}")?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        let parts = [("BYMONTH", &self.months), ("BYWEEKNO", &self.weeks), ("BYYEARDAY", &self.year_days), ("BYMONTHDAY", &self.month_days)];
        for (name, list) in parts.into_iter().chain([("BYDAY", &self.days), ("BYSETPOS", &self.positions)]) {
            for (at, number) in list.iter().enumerate() {
                let before = if at == 0 { format!(";{name}=") } else { ",".to_owned() };
                f.write_str(&before)?;
                match ordinal_and_weekday(*number) {
                    _ if name != "BYDAY" => write!(f, "{number}")?,
                    (0, weekday) => f.write_str(&code(weekday))?,
                    (ordinal, weekday) => write!(f, "{ordinal}{}", code(weekday))?,
                }
            }
        }
        if self.week_starts != 0 {
            write!(f, ";WKST={}", code(self.week_starts))?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        if let Some(day) = self.until {
            write!(f, ";UNTIL={:04}{:02}{:02}", day.year(), day.month(), day.day())?;
        }
        Ok(())
    }
}
