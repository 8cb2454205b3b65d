//! Days and periods in running text.

use super::{Given, Message, Words, capitalised};
use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;

/// The messages of one kind of period: plain, `in` and `to`.
type Forms = [Message; 3];

const MONTHS: [Message; 12] = [
    Message::January,
    Message::February,
    Message::March,
    Message::April,
    Message::May,
    Message::June,
    Message::July,
    Message::August,
    Message::September,
    Message::October,
    Message::November,
    Message::December,
];

/// The forms of a period that a pattern can ask for: with its preposition, with that as the first
/// word of a sentence, and as what something is held against.
pub(crate) const FORMS: [&str; 4] = ["", "in", "In", "to"];

impl Words {
    /// A period in running text: `September 2026`, `week 39 of 2026`, `Q3 2026`, `month 1 of
    /// FY2023`. Names of the author's own choice are said as they are.
    pub(crate) fn period(&self, period: &Period, form: &str) -> String {
        let label = period.label.as_str();
        let other = ([Message::OtherPeriod, Message::InOtherPeriod, Message::ToOtherPeriod], Vec::new());
        let split = |letter| numbered(label, letter).map(|(year, number)| vec![("year", Given::Text(year)), ("number", Given::Text(number))]);
        let month;
        let (forms, given): (Forms, Vec<(&str, Given<'_>)>) = match period.grain {
            Grain::Week => split("W").map(|given| ([Message::Week, Message::InWeek, Message::ToWeek], given)),
            Grain::Month if label == iso_month(period) => {
                month = self.month(period.first);
                let year = label.split_once('-').map_or(label, |(year, _)| year);
                Some(([Message::Month, Message::InMonth, Message::ToMonth], vec![("month", Given::Text(&month)), ("year", Given::Text(year))]))
            }
            Grain::Month => split("M").map(|given| ([Message::NumberedMonth, Message::InNumberedMonth, Message::ToNumberedMonth], given)),
            Grain::Quarter => split("Q").map(|given| ([Message::Quarter, Message::InQuarter, Message::ToQuarter], given)),
            Grain::Year if is_number(label) => Some(([Message::Year, Message::InYear, Message::ToYear], vec![("year", Given::Text(label))])),
            Grain::Year => None,
            Grain::All => Some(([Message::AllTime, Message::InAllTime, Message::ToAllTime], Vec::new())),
        }
        .unwrap_or(other);
        let given = if given.is_empty() { vec![("name", Given::Text(label))] } else { given };
        let [plain, within, to] = forms;
        match form {
            "in" => self.text(within, &given),
            "In" => capitalised(&self.text(within, &given)),
            "to" => self.text(to, &given),
            _ => self.text(plain, &given),
        }
    }

    /// A period by its name, as tables and charts have it; days to date, and years of quarters, by
    /// the first and the last.
    pub(crate) fn label(&self, period: &Period) -> String {
        let whole = |end: &&str| !end.contains(' ');
        let Some((low, high)) = period.label.split_once(" to ").filter(|(low, high)| whole(low) && whole(high)) else { return period.label.clone() };
        let end = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |day| self.date(day));
        self.text(Message::Band, &[("low", (&end(low)).into()), ("high", (&end(high)).into())])
    }

    /// A length of time, with its article where the language needs one.
    pub(crate) fn grain(&self, grain: Grain) -> String {
        self.word(match grain {
            Grain::Week => Message::OneWeek,
            Grain::Month => Message::OneMonth,
            Grain::Quarter => Message::OneQuarter,
            Grain::Year => Message::OneYear,
            Grain::All => Message::AllTime,
        })
    }

    fn month(&self, day: Date) -> String {
        let at = usize::try_from(day.month().saturating_sub(1)).unwrap_or(0);
        MONTHS.get(at).map(|month| self.word(*month)).unwrap_or_default()
    }

    /// A day in running text.
    pub(crate) fn date(&self, day: Date) -> String {
        self.text(Message::Date, &date_parts(day, self).iter().map(|(name, given)| (*name, given.as_str().into())).collect::<Vec<_>>())
    }
}

/// What a pattern of a day may ask for.
pub(super) fn date_parts(day: Date, words: &Words) -> [(&'static str, String); 4] {
    [("iso", day.to_string()), ("day", day.day().to_string()), ("month", words.month(day)), ("year", day.year().to_string())]
}

/// How a calendar month is written; empty for a month of whole weeks.
fn iso_month(period: &Period) -> String {
    let (first, last) = (period.first, period.last);
    let whole = first.day() == 1 && last.plus_days(1).day() == 1;
    if whole { format!("{:04}-{:02}", first.year(), first.month()) } else { String::new() }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The year and number of a label such as `2026-W39` or `FY2026-Q3`.
fn numbered<'l>(label: &'l str, letter: &str) -> Option<(&'l str, &'l str)> {
    let (year, part) = label.split_once('-')?;
    let number = part.strip_prefix(letter).filter(|number| is_number(number))?;
    is_number(year.strip_prefix("FY").unwrap_or(year)).then(|| (year, number.trim_start_matches('0')))
}

#[cfg(test)]
mod tests {
    use crate::words::{Language, Words};
    use crate::{Calendar, Grain};

    #[test]
    fn periods_and_days_are_said_as_each_language_says_them() {
        let day = "2026-09-03".parse().unwrap();
        let calendar = Calendar::default();
        for (language, expected) in [
            (
                Language::English,
                ["in week 36 of 2026, September 2026", "in Q3 2026, Q3 2026", "in September 2026, September 2026", "in 2026, 2026", "2026-09-03"],
            ),
            (
                Language::German,
                [
                    "in KW 36/2026, September 2026",
                    "im 3. Quartal 2026, dem 3. Quartal 2026",
                    "im September 2026, September 2026",
                    "im Jahr 2026, dem Jahr 2026",
                    "3. September 2026",
                ],
            ),
        ] {
            let words = Words::new(language, Vec::new());
            let said = |grain| words.period(&calendar.period(grain, day), "in");
            let to = |grain| words.period(&calendar.period(grain, day), "to");
            assert_eq!(format!("{}, {}", said(Grain::Week), to(Grain::Month)), expected[0]);
            assert_eq!(format!("{}, {}", said(Grain::Quarter), to(Grain::Quarter)), expected[1]);
            assert_eq!(format!("{}, {}", said(Grain::Month), to(Grain::Month)), expected[2]);
            assert_eq!(words.date(day), expected[4]);
            assert_eq!(
                words.period(&calendar.period(Grain::Month, day), "In"),
                if language == Language::English { "In September 2026" } else { "Im September 2026" }
            );
        }
    }
}
