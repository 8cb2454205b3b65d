//! Times of day, by the clock on the wall.

use std::fmt;

use serde::{Serialize, Serializer};

/// A time of day, to the minute.
///
/// ```
/// use marketingos::TimeOfDay;
/// let time = TimeOfDay::new("09:30").unwrap();
/// assert_eq!((time.to_string().as_str(), time.minutes()), ("09:30", 570));
/// assert!(["9:30", "24:00", "09:60", "0930"].iter().all(|text| TimeOfDay::new(text).is_none()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// Reads `HH:MM`, from `00:00` to `23:59`.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let two = |digits: &str| (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse::<u16>().ok()).flatten();
        let (hours, minutes) = (two(hours)?, two(minutes)?);
        (hours < 24 && minutes < 60).then(|| Self(hours * 60 + minutes))
    }

    /// Minutes since midnight, by the clock.
    #[must_use]
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
