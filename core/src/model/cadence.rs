//! When the components of a running system are due, and the days that move them (domain D4).

use serde::Serialize;

use super::journal::Component;
use super::people::Assignments;
use crate::base::calendar::Span;
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::map::Map;
use crate::base::recurrence::{Falls, Recurrence};

/// What becomes of something that is due on a holiday.
///
/// ```
/// use marketingos::OnHoliday;
/// assert_eq!(OnHoliday::default(), OnHoliday::Next);
/// assert_eq!(OnHoliday::Before.word(), "before");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnHoliday {
    /// It is due on the next day that is none.
    #[default]
    Next,
    /// It is due on the last day before that is none.
    Before,
    /// It is left out.
    Skip,
}

impl OnHoliday {
    /// The words for them.
    pub const WORDS: [(&'static str, Self); 3] = [("next", Self::Next), ("before", Self::Before), ("skip", Self::Skip)];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, rule)| *rule == self).map_or("", |(word, _)| word)
    }

    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A day on which nothing is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Holiday {
    /// When.
    pub on: HolidayDay,
    /// What it is called; may be empty.
    pub name: String,
}

/// The day of a holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum HolidayDay {
    /// On one day.
    Once(Date),
    /// On a day of every year.
    Yearly(Recurrence),
}

/// How often a component is brought up to date, and who sees to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComponentCadence {
    /// The component.
    pub component: Component,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// When it is due, as a rule or in words.
    pub cadence: String,
    /// Who sees to it; nobody named is the operator.
    #[serde(skip_serializing_if = "Assignments::is_empty")]
    pub owner: Assignments,
    /// The day from which the cadence counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// What becomes of a due date on a holiday.
    #[serde(skip_serializing_if = "OnHoliday::is_default")]
    pub on_holiday: OnHoliday,
}

/// The holidays of some days, by day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Holidays(Map<Date, String>);

/// No run of holidays is longer.
const LONGEST: i64 = 60;

impl Holidays {
    pub(crate) fn of(holidays: &[Holiday], span: Span, calendar: &crate::base::calendar::Calendar) -> Self {
        let mut days = Map::new();
        // Of two with one day, the first gives the name.
        for holiday in holidays {
            let on = match &holiday.on {
                HolidayDay::Once(day) => vec![*day],
                HolidayDay::Yearly(recurrence) => match recurrence.days(None, span.first, span.last, calendar) {
                    Falls::On(days) => days,
                    _ => Vec::new(),
                },
            };
            for day in on {
                days.entry(day).or_insert_with(|| holiday.name.clone());
            }
        }
        Self(days)
    }

    /// What the day is called, if it is a holiday; a nameless one is `a holiday`.
    pub(crate) fn name(&self, day: Date) -> Option<&str> {
        self.0.get(&day).map(|name| if name.is_empty() { "a holiday" } else { name.as_str() })
    }

    /// The day on which something is due whose own day is this holiday; `None` when it is left out.
    /// What was due on a working day does not move to a weekend.
    pub(crate) fn moved(&self, day: Date, rule: OnHoliday) -> Option<Date> {
        let step = match rule {
            OnHoliday::Next => 1,
            OnHoliday::Before => -1,
            OnHoliday::Skip => return None,
        };
        let weekend = |day: Date| day.days_since_monday() >= 5;
        let fits = |other: &Date| self.name(*other).is_none() && (weekend(day) || !weekend(*other));
        (1..=LONGEST).map(|days| day.plus_days(days * step)).find(fits)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use super::{Holiday, HolidayDay, Holidays, OnHoliday};
    use crate::base::calendar::{Calendar, Grain, Span};
    use crate::base::recurrence::Recurrence;

    #[test]
    fn a_working_day_moves_to_a_working_day_and_a_weekend_to_any() {
        let once = |day: &str| Holiday { on: HolidayDay::Once(day.parse().unwrap()), name: String::new() };
        let christmas = Recurrence::of_review(Grain::Year, "25 December").unwrap();
        // Friday 25 December 2026, Monday the 28th; Sunday the 27th beside them.
        let holidays = [Holiday { on: HolidayDay::Yearly(christmas), name: "Christmas".to_owned() }, once("2026-12-28"), once("2026-12-19")];
        let span = Span { first: "2026-12-01".parse().unwrap(), last: "2026-12-31".parse().unwrap() };
        let holidays = Holidays::of(&holidays, span, &Calendar::default());
        let moved = |day: &str, rule| holidays.moved(day.parse().unwrap(), rule).map(|day| day.to_string());
        assert_eq!(holidays.name("2026-12-25".parse().unwrap()), Some("Christmas"));
        assert_eq!(moved("2026-12-25", OnHoliday::Next).as_deref(), Some("2026-12-29"));
        assert_eq!(moved("2026-12-25", OnHoliday::Before).as_deref(), Some("2026-12-24"));
        assert_eq!(moved("2026-12-25", OnHoliday::Skip), None);
        // A Saturday may move to the Sunday.
        assert_eq!(moved("2026-12-19", OnHoliday::Next).as_deref(), Some("2026-12-20"));
    }

    fn said(calendar: &str, rest: &str) -> Vec<String> {
        let text = format!("marketingos: 1\nname: Small firm\npeople: {{ ana: Ana }}\ncalendar: {{ {calendar} }}\n{rest}\n");
        match crate::model::System::parse(&[crate::text::Source::new("s.yaml", &text)]) {
            Ok((_, findings)) => findings.iter().map(ToString::to_string).collect(),
            Err(error) => error.findings().iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn mistakes_in_zone_holidays_and_times_have_places() {
        let review = |keys: &str| format!("reviews: {{ r: {{ cadence: weekly, held_by: ana, escalates_to: ana, {keys} }} }}");
        let help = "write a date such as 2026-12-24, or a day of every year such as `25 December`";
        for (found, expected) in [
            (said("zone: '+01:00', holidays: 2026-12-24", &review("at: 09:30, from: 2026-01-01, on_holiday: before")), vec![]),
            (said("holidays: [ { on: last Monday of May }, 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25' ]", "rhythm: { report: monthly on the 5th }"), vec![]),
            (
                said("holidays: [ every Monday, { name: x } ]", ""),
                vec![
                    format!("s.yaml:4:25: error[MOS-M004]: `every Monday` is neither a date nor a day of every year; {help}"),
                    "s.yaml:4:39: error[MOS-M002]: `calendar.holidays[1]` has no `on`; write a date, or a day of every year such as `25 December`".to_owned(),
                ],
            ),
            (
                said("holidays: [ 'FREQ=DAILY' ]", ""),
                vec![format!("s.yaml:4:25: error[MOS-M004]: `FREQ=DAILY` is neither a date nor a day of every year; {help}")],
            ),
            (
                said("zone: +25:00", &review("at: 9:30")),
                vec![
                    "s.yaml:4:19: error[MOS-M004]: `+25:00` is not a zone that is known; write `UTC`, a distance from it such as `+01:00`, or a name of the IANA database such as `Europe/Amsterdam`".to_owned(),
                    "s.yaml:5:71: error[MOS-M004]: `9:30` is not a time of day; write `HH:MM`, such as 09:30".to_owned(),
                ],
            ),
            (
                said("", "rhythm: { report: bi-weekly, dashbord: weekly }"),
                vec!["s.yaml:5:30: error[MOS-M001]: the key `dashbord` is not known here; did you mean `dashboard`?".to_owned()],
            ),
        ] {
            let errors: Vec<String> = found.into_iter().filter(|finding| finding.contains(": error[")).collect();
            assert_eq!(errors, expected);
        }
        let warned = said("", "rhythm: { report: bi-weekly }");
        assert!(warned[0].contains("warning[MOS-M028]: the cadence of `report` cannot be counted: "), "{warned:?}");
    }
}
