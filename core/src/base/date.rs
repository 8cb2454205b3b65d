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

    /// Days from `earlier` to this day (negative when `earlier` is later).
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
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
    Literal(char),
    /// `*`: whatever follows, such as a time of day, is not part of the day.
    Rest,
}

/// How a source writes its dates: `YYYY`, `MM` or `M`, `DD` or `D`, and literal characters;
/// a final `*` allows (and ignores) what follows, such as a time of day.
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
            } else if rest == "*" {
                (Part::Rest, "*")
            } else if first.is_alphanumeric() || first == '*' {
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
        (complete && text.len() <= 40).then(|| Self { text: text.to_owned(), parts })
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The day that `text` names, or `None` when it does not fit or does not exist.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Date> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut rest = text;
        for part in &self.parts {
            match part {
                Part::Year => year = take_digits(&mut rest, 4, 4)?,
                Part::Month { padded } => month = take_digits(&mut rest, if *padded { 2 } else { 1 }, 2)?,
                Part::Day { padded } => day = take_digits(&mut rest, if *padded { 2 } else { 1 }, 2)?,
                Part::Literal(literal) => rest = rest.strip_prefix(*literal)?,
                Part::Rest => rest = "",
            }
        }
        if !rest.is_empty() {
            return None;
        }
        Date::new(i32::try_from(year).ok()?, month, day)
    }
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
    fn arithmetic_stops_at_the_ends() {
        let last: Date = "2199-12-31".parse().unwrap();
        assert_eq!(last.plus_days(i64::MAX), last);
        assert_eq!(last.plus_days(i64::MIN).to_string(), "1900-01-01");
    }
}
