//! Time zones: on which business day an instant falls, and how far into it.

use std::fmt;

use serde::{Serialize, Serializer};

use super::date::{Date, Moment, Stamp, take_offset};

const DAY: i64 = 86_400;

/// A declared time zone: `UTC`, a fixed distance from it such as `+01:00`, or a name of the IANA
/// database such as `Europe/Amsterdam`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    text: String,
    rule: Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Fixed(i32),
    #[cfg(feature = "zones")]
    Named(chrono_tz::Tz),
}

impl Zone {
    /// Reads a zone; `None` when there is no such zone, or names are not part of this build.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut rest = text;
        let rule = match text {
            "UTC" | "Z" => Some(Rule::Fixed(0)),
            _ if text.starts_with(['+', '-']) => take_offset(&mut rest).filter(|_| rest.is_empty()).map(Rule::Fixed),
            _ => named(text),
        };
        rule.map(|rule| Self { text: text.to_owned(), rule })
    }

    /// Whether this build knows zones by name.
    #[must_use]
    pub fn knows_names() -> bool {
        cfg!(feature = "zones")
    }

    /// The zone as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// By how many seconds local time is ahead of UTC at an instant.
    #[cfg_attr(not(feature = "zones"), allow(unused_variables, reason = "distances from UTC do not change"))]
    fn ahead(&self, instant: i64) -> i64 {
        match self.rule {
            Rule::Fixed(seconds) => i64::from(seconds),
            #[cfg(feature = "zones")]
            Rule::Named(zone) => {
                use chrono::{Offset, TimeZone};
                let utc = chrono::DateTime::from_timestamp(instant, 0).unwrap_or_default().naive_utc();
                i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
            }
        }
    }

    /// The first instant at which the clock shows this local time (counted as if it were UTC);
    /// where the clock skips it, the instant at which it does.
    fn instant(&self, local: i64) -> i64 {
        let (before, after) = (self.ahead(local - 2 * DAY), self.ahead(local + 2 * DAY));
        let early = local - before;
        if before == after || self.ahead(early) == before {
            return early;
        }
        let late = local - after;
        if self.ahead(late) == after {
            return late;
        }
        // Between them the clock is put forward, past the local time: look for when.
        let (mut low, mut high) = (late.min(early), late.max(early));
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.ahead(middle) == after { high = middle } else { low = middle }
        }
        high
    }

    /// The business day of an instant, in seconds since 1970, and the seconds since it began:
    /// on a day of 25 hours more than 86,400, the hour that comes twice kept apart.
    pub(crate) fn moment(&self, instant: i64) -> Option<Moment> {
        let local = instant.checked_add(self.ahead(instant))?;
        let day = i32::try_from(local.div_euclid(DAY)).ok().filter(|day| Date::from_epoch_days(*day).epoch_days() == *day)?;
        let second = instant - self.instant(i64::from(day) * DAY);
        Some(Moment { day, second: i32::try_from(second.max(0)).ok()? })
    }

    /// The instant, in seconds since 1970, at which the clock first shows a time of a day.
    pub(crate) fn instant_of(&self, date: Date, second: i64) -> i64 {
        self.instant(i64::from(date.epoch_days()) * DAY + second)
    }

    /// The same for a time by this zone's own clock; of two with the same time, the first.
    pub(crate) fn local_moment(&self, stamp: Stamp) -> Option<Moment> {
        let day = stamp.date.epoch_days();
        let midnight = i64::from(day) * DAY;
        let second = self.instant(midnight + i64::from(stamp.second)) - self.instant(midnight);
        Some(Moment { day, second: i32::try_from(second.max(0)).ok()? })
    }
}

#[cfg(feature = "zones")]
fn named(text: &str) -> Option<Rule> {
    text.parse().ok().map(Rule::Named)
}

#[cfg(not(feature = "zones"))]
fn named(_: &str) -> Option<Rule> {
    None
}

impl Stamp {
    /// Seconds since 1970-01-01 00:00 UTC, of a stamp that says its distance from UTC.
    pub(crate) fn instant(self) -> Option<i64> {
        Some(i64::from(self.date.epoch_days()) * DAY + i64::from(self.second) - i64::from(self.offset?))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::Zone;
    use crate::base::date::DatePattern;

    fn moment(zone: &str, text: &str) -> (String, i32) {
        let stamp = DatePattern::new("YYYY-MM-DDThh:mm:ss±hh:mm").unwrap().stamp(text).unwrap();
        let moment = Zone::new(zone).unwrap().moment(stamp.instant().unwrap()).unwrap();
        (crate::Date::from_epoch_days(moment.day).to_string(), moment.second)
    }

    #[test]
    fn an_instant_falls_on_the_business_day_of_the_zone() {
        for (zone, text, day, second) in [
            ("UTC", "2011-10-01T00:38:44+02:00", "2011-09-30", 81_524),
            ("+02:00", "2011-10-01T00:38:44+02:00", "2011-10-01", 2_324),
            ("-05:30", "2011-10-01T00:00:00Z", "2011-09-30", 66_600),
        ] {
            assert_eq!(moment(zone, text), (day.to_owned(), second), "{zone} {text}");
        }
        for bad in ["", "+1", "+25:00", "+01:00x", "Mars/Olympus", "europe/amsterdam"] {
            assert!(Zone::new(bad).is_none(), "{bad}");
        }
    }

    #[cfg(feature = "zones")]
    #[test]
    fn a_day_on_which_the_clock_changes_has_its_own_length() {
        for (zone, text, day, second) in [
            // 25 hours: the hour from two to three comes twice.
            ("Europe/Amsterdam", "2011-10-30T02:30:00+02:00", "2011-10-30", 9_000),
            ("Europe/Amsterdam", "2011-10-30T02:30:00+01:00", "2011-10-30", 12_600),
            ("Europe/Amsterdam", "2011-10-30T23:59:59+01:00", "2011-10-30", 89_999),
            ("Europe/Amsterdam", "2011-10-30T23:00:00Z", "2011-10-31", 0),
            // 23 hours.
            ("Europe/Amsterdam", "2012-03-25T23:59:59+02:00", "2012-03-25", 82_799),
            // The clock skips midnight: the day begins at one.
            ("America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-04", 0),
            ("America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-03", 86_399),
            ("America/Sao_Paulo", "2018-11-05T01:59:59Z", "2018-11-04", 82_799),
            // A day that did not exist (2011-12-30) lies between these.
            ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29", 86_399),
            ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31", 0),
        ] {
            assert_eq!(moment(zone, text), (day.to_owned(), second), "{zone} {text}");
        }
    }

    #[cfg(feature = "zones")]
    #[test]
    fn a_local_time_is_that_of_the_zone() {
        let zone = Zone::new("Europe/Amsterdam").unwrap();
        let pattern = DatePattern::new("YYYY-MM-DD hh:mm").unwrap();
        let second = |text: &str| zone.local_moment(pattern.stamp(text).unwrap()).unwrap().second;
        assert_eq!(second("2011-10-30 02:30"), 9_000, "the first of two");
        assert_eq!(second("2011-10-30 03:00"), 14_400);
        assert_eq!(second("2012-03-25 03:00"), 7_200);
    }
}
