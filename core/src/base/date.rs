//! Calendar days, and the date patterns that a source may declare.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the Gregorian calendar, from 1900-01-01 to 2199-12-31.
///
/// The range is bounded so that arithmetic on dates always has an answer: it stops at the
/// ends instead of overflowing.
///
/// ```
/// use marketingos::Date;
/// let day: Date = "2026-02-28".parse().unwrap();
/// assert_eq!(day.plus_days(1).to_string(), "2026-03-01");
/// assert!("2026-02-30".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// The text is not a day in the expected form, or outside 1900–2199.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a date of the form YYYY-MM-DD between 1900 and 2199")]
pub struct DateError {
    text: String,
}

const MIN_YEAR: i32 = 1900;
const MAX_YEAR: i32 = 2199;

impl Date {
    /// The day with this year, month and day of month; `None` if there is none in range.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(MIN_YEAR..=MAX_YEAR).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// The first representable day.
    pub(crate) fn min() -> Self {
        Self(NaiveDate::from_ymd_opt(MIN_YEAR, 1, 1).unwrap_or_default())
    }

    /// The last representable day.
    pub(crate) fn max() -> Self {
        Self(NaiveDate::from_ymd_opt(MAX_YEAR, 12, 31).unwrap_or_default())
    }

    /// Days since 1970-01-01, negative before.
    pub(crate) fn epoch_days(self) -> i32 {
        self.0.to_epoch_days()
    }

    /// The day so many days after 1970-01-01, stopping at the ends of the range.
    pub(crate) fn from_epoch_days(days: i32) -> Self {
        let end = if days < 0 { Self::min() } else { Self::max() };
        NaiveDate::from_epoch_days(days).map_or(end, |date| Self(date).clamp(Self::min(), Self::max()))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// Days since Monday, 0 to 6.
    #[must_use]
    pub fn days_since_monday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// The ISO 8601 week-numbering year and week.
    #[must_use]
    pub fn iso_week(self) -> (i32, u32) {
        let week = self.0.iso_week();
        (week.year(), week.week())
    }

    /// `days` later (earlier when negative), stopping at the ends of the range.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let end = if days < 0 { Self::min() } else { Self::max() };
        chrono::Duration::try_days(days).and_then(|duration| self.0.checked_add_signed(duration)).map_or(end, |date| Self(date).clamp(Self::min(), Self::max()))
    }

    /// So many months later, on the same day of the month or, where there is none, the month's
    /// last; stopping at the end of the range.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        self.0.checked_add_months(chrono::Months::new(months)).map_or(Self::max(), |date| Self(date).min(Self::max()))
    }

    /// Days from `earlier` to this day (negative when `earlier` is later).
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }
}

/// A day, and the seconds since it began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Days since 1970-01-01, within the range of [`Date`].
    pub(crate) day: i32,
    pub(crate) second: i32,
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self { day: date.epoch_days(), second: 0 }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        DatePattern::iso().read(text).ok_or_else(|| DateError { text: text.to_owned() })
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("not a date"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month {
        padded: bool,
    },
    Day {
        padded: bool,
    },
    /// `hh`, 0 to 23.
    Hour,
    /// `mm`.
    Minute,
    /// `ss`, and a fraction of a second if one follows, which is dropped; 60 is a leap second.
    Second,
    /// `±hh:mm`: how far local time is ahead of UTC, or `Z`.
    Offset,
    Literal(char),
    /// `*`: whatever follows, such as a time of day, is not part of the day.
    Rest,
}

/// How a source writes its dates: `YYYY`, `MM` or `M`, `DD` or `D`, and literal characters;
/// a final `*` allows (and ignores) what follows, such as a time of day. A time of day is `hh`,
/// `mm` and `ss`, with whatever fraction of a second follows, and its distance from UTC `±hh:mm`,
/// which also stands for `Z`.
///
/// ```
/// use marketingos::DatePattern;
/// let pattern = DatePattern::new("M/D/YYYY").unwrap();
/// assert_eq!(pattern.read("9/14/2014").unwrap().to_string(), "2014-09-14");
/// assert!(pattern.read("14/9/2014").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatePattern {
    text: String,
    parts: Vec<Part>,
}

impl DatePattern {
    /// `YYYY-MM-DD`.
    #[must_use]
    pub fn iso() -> Self {
        let dash = Part::Literal('-');
        let parts = vec![Part::Year, dash, Part::Month { padded: true }, dash, Part::Day { padded: true }];
        Self { text: "YYYY-MM-DD".to_owned(), parts }
    }

    /// Reads a pattern; `None` unless it has exactly one year, month and day.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (part, used) = if rest.starts_with("YYYY") {
                (Part::Year, "YYYY")
            } else if rest.starts_with("MM") {
                (Part::Month { padded: true }, "MM")
            } else if rest.starts_with('M') {
                (Part::Month { padded: false }, "M")
            } else if rest.starts_with("DD") {
                (Part::Day { padded: true }, "DD")
            } else if rest.starts_with('D') {
                (Part::Day { padded: false }, "D")
            } else if rest.starts_with("±hh:mm") {
                (Part::Offset, "±hh:mm")
            } else if rest.starts_with("hh") {
                (Part::Hour, "hh")
            } else if rest.starts_with("mm") {
                (Part::Minute, "mm")
            } else if rest.starts_with("ss") {
                (Part::Second, "ss")
            } else if rest == "*" {
                (Part::Rest, "*")
            } else if (first.is_alphanumeric() && first != 'T') || first == '*' {
                return None;
            } else {
                (Part::Literal(first), "")
            };
            rest = if used.is_empty() { rest.strip_prefix(first)? } else { rest.strip_prefix(used)? };
            parts.push(part);
        }
        let count = |wanted: fn(&Part) -> bool| parts.iter().filter(|part| wanted(part)).count();
        let complete = count(|part| matches!(part, Part::Year)) == 1
            && count(|part| matches!(part, Part::Month { .. })) == 1
            && count(|part| matches!(part, Part::Day { .. })) == 1;
        let (hours, minutes) = (count(|part| matches!(part, Part::Hour)), count(|part| matches!(part, Part::Minute)));
        let (seconds, offsets) = (count(|part| matches!(part, Part::Second)), count(|part| matches!(part, Part::Offset)));
        // Each part of a time needs the one before it.
        let timed = hours <= 1 && minutes <= hours && seconds <= minutes && offsets <= hours;
        (complete && timed && text.len() <= 40).then(|| Self { text: text.to_owned(), parts })
    }

    /// Whether it says a time of day.
    pub(crate) fn has_time(&self) -> bool {
        self.parts.contains(&Part::Hour)
    }

    /// Whether it says how far local time is ahead of UTC.
    pub(crate) fn has_offset(&self) -> bool {
        self.parts.contains(&Part::Offset)
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The day that `text` names, or `None` when it does not fit or does not exist.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Date> {
        self.stamp(text).map(|stamp| stamp.date)
    }

    /// The day and time that `text` names.
    pub(crate) fn stamp(&self, text: &str) -> Option<Stamp> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        let (mut hour, mut minute, mut second, mut offset) = (0, 0, 0, None);
        let mut rest = text;
        for part in &self.parts {
            match part {
                Part::Year => year = take_digits(&mut rest, 4, 4)?,
                Part::Month { padded } => month = take_digits(&mut rest, if *padded { 2 } else { 1 }, 2)?,
                Part::Day { padded } => day = take_digits(&mut rest, if *padded { 2 } else { 1 }, 2)?,
                Part::Hour => hour = below(take_digits(&mut rest, 2, 2)?, 24)?,
                Part::Minute => minute = below(take_digits(&mut rest, 2, 2)?, 60)?,
                Part::Second => {
                    second = below(take_digits(&mut rest, 2, 2)?, 61)?;
                    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
                        let after = fraction.trim_start_matches(|digit: char| digit.is_ascii_digit());
                        if after.len() < fraction.len() {
                            rest = after;
                        }
                    }
                }
                Part::Offset => offset = Some(take_offset(&mut rest)?),
                Part::Literal(literal) => rest = rest.strip_prefix(*literal)?,
                Part::Rest => rest = "",
            }
        }
        if !rest.is_empty() {
            return None;
        }
        let date = Date::new(i32::try_from(year).ok()?, month, day)?;
        Some(Stamp { date, second: hour * 3_600 + minute * 60 + second, offset })
    }
}

/// A local day and time, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) date: Date,
    /// Since midnight by the clock.
    pub(crate) second: i32,
    /// By how many seconds that clock is ahead of UTC.
    pub(crate) offset: Option<i32>,
}

fn below(number: u32, limit: u32) -> Option<i32> {
    if number < limit { i32::try_from(number).ok() } else { None }
}

/// `Z`, or a sign, hours and minutes with or without a colon, or hours alone.
pub(crate) fn take_offset(rest: &mut &str) -> Option<i32> {
    if let Some(after) = rest.strip_prefix(['Z', 'z']) {
        *rest = after;
        return Some(0);
    }
    let (sign, after) = match rest.strip_prefix('+') {
        Some(after) => (1, after),
        None => (-1, rest.strip_prefix(['-', '\u{2212}'])?),
    };
    *rest = after;
    let hours = below(take_digits(rest, 2, 2)?, 24)?;
    let mut minutes = rest.strip_prefix(':').unwrap_or(rest);
    let minutes = match take_digits(&mut minutes, 2, 2) {
        Some(read) => {
            *rest = minutes;
            below(read, 60)?
        }
        None => 0,
    };
    Some(sign * (hours * 3_600 + minutes * 60))
}

impl Serialize for DatePattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

fn take_digits(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (digits, after) = rest.split_at_checked(length)?;
    *rest = after;
    if length < least { None } else { digits.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::{Date, DatePattern};

    #[test]
    fn impossible_days_are_not_dates() {
        for text in ["2026-02-30", "2025-02-29", "2026-13-01", "2026-1-1", "1899-12-31", "2200-01-01", "", "2026-01-01T00:00"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert!("2024-02-29".parse::<Date>().is_ok());
    }

    #[test]
    fn a_pattern_may_ignore_the_time_of_day() {
        let pattern = DatePattern::new("YYYY-MM-DD*").unwrap();
        assert_eq!(pattern.read("2018-02-26 19:58:54").unwrap().to_string(), "2018-02-26");
        for bad in ["YYYY-MM", "YYYY-MM-DD-DD", "DD.MM.YY", "Y", ""] {
            assert!(DatePattern::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_pattern_may_say_the_time_and_its_distance_from_utc() {
        let pattern = DatePattern::new("YYYY-MM-DDThh:mm:ss±hh:mm").unwrap();
        let read = |text: &str| pattern.stamp(text).map(|stamp| (stamp.date.to_string(), stamp.second, stamp.offset.unwrap()));
        let day = || "2011-10-01".to_owned();
        for (text, second, offset) in [
            ("2011-10-01T00:38:44.546+02:00", 2_324, 7_200),
            ("2011-10-01T23:59:60Z", 86_400, 0),
            ("2011-10-01T08:00:00,5-0330", 28_800, -12_600),
            ("2011-10-01T08:00:00+01", 28_800, 3_600),
        ] {
            assert_eq!(read(text), Some((day(), second, offset)), "{text}");
        }
        for bad in [
            "2011-10-01",
            "2011-10-01T24:00:00Z",
            "2011-10-01T08:60:00Z",
            "2011-10-01T08:00:00",
            "2011-10-01T08:00:00.Z",
            "2011-10-01T08:00:00+1:00",
            "2011-10-01T08:00:00+02:60",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
        for bad in ["YYYY-MM-DD mm", "YYYY-MM-DD hh:ss", "YYYY-MM-DD hh hh", "YYYY-MM-DD±hh:mm"] {
            assert!(DatePattern::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        let last: Date = "2199-12-31".parse().unwrap();
        assert_eq!(last.plus_days(i64::MAX), last);
        assert_eq!(last.plus_days(i64::MIN).to_string(), "1900-01-01");
    }
}
