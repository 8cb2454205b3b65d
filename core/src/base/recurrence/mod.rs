//! Published cadences: read from a recurrence rule or from plain words, and told as days.

mod occurrences;
mod picks;
mod rule;
mod vocabulary;
mod words;

#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Serialize, Serializer};

use super::calendar::{Calendar, Grain, Span};
use super::date::Date;
use picks::Nth;
use rule::Rule;

/// A published cadence: an RFC 5545 recurrence rule, or the plain words that the format's section
/// on cadences lists, read into one form.
///
/// ```
/// use marketingos::{Calendar, Falls, Recurrence};
/// let words = Recurrence::parse("last working day of the month").unwrap();
/// assert_eq!(words.as_rule().unwrap(), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
/// assert_eq!(Recurrence::parse("RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"), Ok(words.clone()));
///
/// let (first, last) = ("2026-01-01".parse().unwrap(), "2026-02-28".parse().unwrap());
/// let Falls::On(days) = words.days(None, first, last, &Calendar::default()) else { panic!() };
/// assert_eq!(days, ["2026-01-30".parse().unwrap(), "2026-02-27".parse().unwrap()]);
///
/// let ambiguous = Recurrence::parse("bi-weekly").unwrap_err();
/// assert_eq!(ambiguous.help(), "write `twice a week` or `every two weeks`");
/// ```
#[derive(Clone, Debug)]
pub struct Recurrence {
    written: String,
    kind: Kind,
}

/// Equal is what means the same, however it was written.
impl PartialEq for Recurrence {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Recurrence {}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Rule(Rule),
    /// Days counted within the fiscal quarter or year, of which a rule knows nothing.
    Fiscal(Grain, Vec<Nth>),
    /// So many times within each stretch.
    Counted(u32, Stretch),
    Always,
}

/// Within what something takes place on a day that is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stretch {
    /// So many periods of this length, counted from the one that holds the start.
    Periods(Grain, u32),
    /// These months of every year, a bit each from January on.
    Months(u16),
    /// The first or last seven days of each period.
    Week { last: bool, of: Grain },
}

/// When a cadence falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Falls {
    /// On these days, in order; there may be none.
    On(Vec<Date>),
    /// So many times within each of these stretches, on days that are not said.
    Within {
        /// How many times in each stretch.
        times: u32,
        /// The length of a stretch, or of the periods that it is made of (`every two weeks`).
        grain: Grain,
        /// Whole stretches, in order: all that overlap the days that were asked for and do not
        /// lie before the start.
        stretches: Vec<Span>,
    },
    /// On every day, without a break.
    Always,
    /// This cannot be told, and why.
    Unknown(String),
}

/// The text is not a cadence, or can be understood in two ways.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {help}")]
pub struct RecurrenceError {
    message: String,
    help: String,
}

impl RecurrenceError {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// What was wrong, in the user's words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How to mend it.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

/// Longer texts are no cadence.
const MAX_CHARS: usize = 500;

impl Recurrence {
    /// Reads a rule such as `RRULE:FREQ=WEEKLY;BYDAY=TU`, with or without the prefix, or plain
    /// words such as `every second Tuesday`, in letters of either case.
    ///
    /// # Errors
    /// When the text is neither, or ambiguous.
    pub fn parse(text: &str) -> Result<Self, RecurrenceError> {
        let short = bounded(text)?;
        let kind = if Rule::is_meant(short) { Kind::Rule(Rule::parse(short)?) } else { words::cadence(short)? };
        Ok(Self { written: short.to_owned(), kind })
    }

    /// Reads the day of a standing review whose level is known: `Monday 9:30` of a weekly one is
    /// every Monday, `first working day` of a monthly one is that of the month. Without words, it
    /// takes place once in each period. A rule is taken as it is.
    ///
    /// ```
    /// use marketingos::{Grain, Recurrence};
    /// let monthly = Recurrence::of_review(Grain::Month, "second Tuesday 9:30").unwrap();
    /// assert_eq!(monthly.as_rule().unwrap(), "FREQ=MONTHLY;BYDAY=2TU");
    /// assert_eq!(Recurrence::of_review(Grain::Quarter, "").unwrap().to_string(), "once a quarter");
    /// ```
    ///
    /// # Errors
    /// When the words are not understood, ambiguous, or say another level.
    pub fn of_review(grain: Grain, words: &str) -> Result<Self, RecurrenceError> {
        let short = bounded(words)?;
        let kind = if Rule::is_meant(short) { Kind::Rule(Rule::parse(short)?) } else { words::review(grain, short)? };
        Ok(Self { written: short.to_owned(), kind })
    }

    /// When it falls from `first` through `last`. `start` is the day from which the cadence
    /// counts, a rule's `DTSTART`; it is needed where days depend on it, and none before it
    /// counts. Quarters, weeks and fiscal years are those of the calendar; the days of a month
    /// are those of the calendar month.
    ///
    /// ```
    /// use marketingos::{Calendar, Falls, Recurrence};
    /// let [start, first, last] = ["2026-01-06", "2026-02-01", "2026-02-28"].map(|day| day.parse().unwrap());
    /// let cadence = Recurrence::parse("every second Tuesday").unwrap();
    /// let days = ["2026-02-03", "2026-02-17"].map(|day| day.parse().unwrap()).to_vec();
    /// assert_eq!(cadence.days(Some(start), first, last, &Calendar::default()), Falls::On(days));
    /// assert!(matches!(cadence.days(None, first, last, &Calendar::default()), Falls::Unknown(_)));
    /// ```
    #[must_use]
    pub fn days(&self, start: Option<Date>, first: Date, last: Date, calendar: &Calendar) -> Falls {
        let from = start.map_or(first, |start| start.max(first));
        match &self.kind {
            Kind::Rule(rule) => match rule.days(start, first, last) {
                Ok(days) => Falls::On(days),
                Err(why) => Falls::Unknown(format!("say from which day on: {} {why}", self.written)),
            },
            Kind::Fiscal(grain, picks) => Falls::On(occurrences::fiscal(*grain, picks, from, last, calendar)),
            Kind::Counted(_, Stretch::Periods(_, 2..)) if start.is_none() => {
                Falls::Unknown(format!("say from which day on: {} needs a start to be counted from", self.written))
            }
            Kind::Counted(times, stretch) => {
                let grain = match stretch {
                    Stretch::Periods(grain, _) => *grain,
                    Stretch::Months(_) => Grain::Month,
                    Stretch::Week { .. } => Grain::Week,
                };
                Falls::Within { times: *times, grain, stretches: stretch.overlapping(start, from, last, calendar) }
            }
            Kind::Always => Falls::Always,
        }
    }

    /// Whether it ends after so many times, so that all days from its start on have to be gone through.
    pub(crate) fn is_counted(&self) -> bool {
        matches!(&self.kind, Kind::Rule(rule) if rule.count.is_some())
    }

    /// The RFC 5545 rule that says the same, without the prefix `RRULE:`, where there is one.
    #[must_use]
    pub fn as_rule(&self) -> Option<String> {
        if let Kind::Rule(rule) = &self.kind { Some(rule.to_string()) } else { None }
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.written
    }
}

impl Kind {
    /// The period after which it comes again.
    fn grain(&self) -> Option<Grain> {
        match self {
            Self::Rule(rule) => rule.grain(),
            Self::Fiscal(grain, _) | Self::Counted(_, Stretch::Periods(grain, _) | Stretch::Week { of: grain, .. }) => Some(*grain),
            Self::Counted(_, Stretch::Months(_)) => Some(Grain::Year),
            Self::Always => None,
        }
    }
}

fn bounded(text: &str) -> Result<&str, RecurrenceError> {
    let short = text.trim();
    if short.chars().count() > MAX_CHARS {
        return Err(RecurrenceError::new(format!("a cadence has at most {MAX_CHARS} characters"), words::EXAMPLES));
    }
    Ok(short)
}

/// One text for what means the same: the rule where there is one, else plain words.
impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Rule(rule) => rule.fmt(f),
            Kind::Fiscal(grain, picks) => picks::write(*grain, picks, f),
            Kind::Counted(times, stretch) => stretch.write(*times, f),
            Kind::Always => f.write_str("always on"),
        }
    }
}

impl Serialize for Recurrence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
