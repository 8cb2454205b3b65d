//! Periods of a fiscal calendar, and which earlier period each is compared with.

mod choices;
mod compare;
mod grain;
mod names;
mod period;
mod weeks;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::date::Date;
pub use choices::{Against, NamedBy, Week53, WeekPattern, Weekday, YearEnd, YearEndRule};
pub use grain::Grain;
use names::Labels;
pub use names::{NameError, Names};
pub use period::{Period, Span};
use weeks::{DAYS, WeekYears, month_start};

/// A calendar: calendar months grouped into fiscal quarters and years beside ISO weeks, or a
/// retail calendar of whole weeks.
///
/// ```
/// use marketingos::{Calendar, Grain};
/// let july = Calendar::starting_in(7).unwrap();
/// let day = "2014-09-14".parse().unwrap();
/// // A fiscal year is named by the calendar year in which it ends.
/// assert_eq!(july.period(Grain::Year, day).label, "FY2015");
/// assert_eq!(july.period(Grain::Week, day).label, "2014-W37");
/// ```
///
/// Days lie between 1900-01-01 and 2199-12-31; a period that reaches beyond is cut there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// The month, 1 to 12, with which (or around whose first day) the fiscal year starts.
    fiscal_year_starts: u32,
    named_by: NamedBy,
    /// The years that weeks are counted in: retail years, or years as of ISO 8601.
    #[serde(flatten)]
    week_years: WeekYears,
    #[serde(flatten)]
    retail: Option<Retail>,
    #[serde(rename = "names")]
    labels: Labels,
}

/// What makes a calendar a retail one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Retail {
    pattern: WeekPattern,
    year_ends: YearEnd,
    week_53: Week53,
}

impl Default for Calendar {
    fn default() -> Self {
        Self::of_months(1, Weekday::Monday)
    }
}

impl Calendar {
    /// A calendar whose fiscal year starts on the first day of this month, 1 to 12, with ISO weeks.
    #[must_use]
    pub fn starting_in(month: u32) -> Option<Self> {
        Self::gregorian(month, Weekday::Monday)
    }

    /// A calendar whose fiscal year starts on the first day of this month, 1 to 12, and whose
    /// weeks start on this day.
    ///
    /// A week belongs to the year that holds most of its days, that is its fourth: the rule of
    /// ISO 8601, applied to any first day. The years of weeks are calendar years.
    ///
    /// ```
    /// use marketingos::{Calendar, Grain, Weekday};
    /// let calendar = Calendar::gregorian(1, Weekday::Sunday).unwrap();
    /// let week = calendar.period(Grain::Week, "2026-01-01".parse().unwrap());
    /// assert_eq!((week.label.as_str(), week.first.to_string().as_str()), ("2025-W53", "2025-12-28"));
    /// ```
    #[must_use]
    pub fn gregorian(fiscal_year_starts: u32, week_starts: Weekday) -> Option<Self> {
        (1..=12).contains(&fiscal_year_starts).then(|| Self::of_months(fiscal_year_starts, week_starts))
    }

    fn of_months(fiscal_year_starts: u32, week_starts: Weekday) -> Self {
        // 4 January is always in the first week.
        let week_years = WeekYears { week_starts, month: 1, latest: 3 };
        let labels = Labels::standard(fiscal_year_starts != 1, false);
        Self { fiscal_year_starts, named_by: NamedBy::End, week_years, retail: None, labels }
    }

    /// A retail calendar: years of 52 or 53 whole weeks, quarters of 13 weeks, and months of four
    /// or five by the pattern; the 53rd week is the last month's. `None` unless the month of the
    /// year end is 1 to 12.
    ///
    /// Years are named by the calendar year in which they end, and the year after one with a 53rd
    /// week is compared with it restated, unless the calendar is told otherwise.
    ///
    /// ```
    /// use marketingos::{Calendar, Grain, WeekPattern, Weekday, YearEnd, YearEndRule};
    /// let end = YearEnd { weekday: Weekday::Saturday, rule: YearEndRule::Last, month: 8 };
    /// let calendar = Calendar::retail(WeekPattern::FourFourFive, end).unwrap();
    /// let year = calendar.period(Grain::Year, "2008-08-30".parse().unwrap());
    /// assert_eq!((year.label.as_str(), year.span().days()), ("FY2008", 53 * 7));
    /// ```
    #[must_use]
    pub fn retail(pattern: WeekPattern, year_ends: YearEnd) -> Option<Self> {
        if !(1..=12).contains(&year_ends.month) {
            return None;
        }
        // The day before the first of the next month is the end of the month.
        let month = year_ends.month % 12 + 1;
        let latest = if year_ends.rule == YearEndRule::Nearest { 3 } else { 0 };
        Some(Self {
            fiscal_year_starts: month,
            named_by: NamedBy::End,
            week_years: WeekYears { week_starts: year_ends.weekday.next(), month, latest },
            retail: Some(Retail { pattern, year_ends, week_53: Week53::Restated }),
            labels: Labels::standard(true, true),
        })
    }

    /// The 4-5-4 calendar of the National Retail Federation (nrf.com/resources/4-5-4-calendar):
    /// weeks from Sunday to Saturday, years that end on the Saturday nearest to 31 January and are
    /// named by the calendar year in which they start, comparisons with 53-week years restated.
    ///
    /// ```
    /// use marketingos::{Calendar, Grain};
    /// let year = Calendar::nrf().parse("FY2023").unwrap();
    /// assert_eq!((year.last.to_string().as_str(), year.span().days()), ("2024-02-03", 53 * 7));
    /// assert_eq!(Calendar::nrf().period(Grain::Week, year.last).label, "FY2023-W53");
    /// ```
    #[must_use]
    pub fn nrf() -> Self {
        let end = YearEnd { weekday: Weekday::Saturday, rule: YearEndRule::Nearest, month: 1 };
        Self::retail(WeekPattern::FourFiveFour, end).unwrap_or_default().with_named_by(NamedBy::Start)
    }

    /// With fiscal years named by this end of theirs.
    #[must_use]
    pub fn with_named_by(self, named_by: NamedBy) -> Self {
        Self { named_by, ..self }
    }

    /// With this rule for the 53rd week; a calendar of months has no such week, and stays as it is.
    #[must_use]
    pub fn with_week_53(self, week_53: Week53) -> Self {
        Self { retail: self.retail.map(|retail| Retail { week_53, ..retail }), ..self }
    }

    /// With names of the author's choice.
    ///
    /// # Errors
    /// When a template does not tell which period it is, or two cannot be told apart.
    pub fn with_names(self, names: &Names) -> Result<Self, NameError> {
        Ok(Self { labels: self.labels.with(names)?, ..self })
    }

    /// The month, 1 to 12, with which the fiscal year starts; in a retail calendar, around whose
    /// first day.
    #[must_use]
    pub fn fiscal_year_starts(&self) -> u32 {
        self.fiscal_year_starts
    }

    /// Whether its months are made of whole weeks.
    #[must_use]
    pub fn is_retail(&self) -> bool {
        self.retail.is_some()
    }

    /// The period of this length that holds the day. For [`Grain::All`] it is every day there is.
    #[must_use]
    pub fn period(&self, grain: Grain, day: Date) -> Period {
        self.at(grain, self.index(grain, day))
    }

    /// The first day of the period of this length that holds the day.
    #[must_use]
    pub fn first_day(&self, grain: Grain, day: Date) -> Date {
        if grain == Grain::All { Date::min() } else { Date::from_epoch_days(self.start(grain, self.index(grain, day))) }
    }

    /// The period before.
    #[must_use]
    pub fn previous(&self, period: &Period) -> Option<Period> {
        (period.first > Date::min()).then(|| self.period(period.grain, period.first.plus_days(-1)))
    }

    /// The period after.
    #[must_use]
    pub fn next(&self, period: &Period) -> Option<Period> {
        (period.last < Date::max()).then(|| self.period(period.grain, period.last.plus_days(1)))
    }

    /// The period with this label.
    #[must_use]
    pub fn parse(&self, label: &str) -> Option<Period> {
        self.labels.read(label).find_map(|(grain, year, number)| {
            let index = self.named(grain, year, number);
            let (first, last) = self.days(grain, index);
            let known = first <= Date::max().epoch_days() && last >= Date::min().epoch_days();
            known.then(|| self.at(grain, index)).filter(|period| period.label == label)
        })
    }

    /// The label of some period, for a help line.
    pub(crate) fn example(&self, grain: Grain) -> String {
        self.period(grain, Date::new(2026, 8, 1).unwrap_or_else(Date::min)).label
    }

    /// How a period may be written here, for a help line.
    pub(crate) fn how_to_write(&self) -> String {
        let [week, month, quarter, year] = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year].map(|grain| self.example(grain));
        format!("write a week ({week}), month ({month}), quarter ({quarter}) or year ({year})")
    }

    /// Which period holds a day, counted without end; periods of a grain have successive numbers.
    pub(crate) fn index(&self, grain: Grain, day: Date) -> i32 {
        let Some(retail) = self.retail else {
            let month = day.year() * 12 + small(day.month()) - 1;
            return match grain {
                Grain::Week => self.week_years.week(day.epoch_days()),
                Grain::Month => month,
                Grain::Quarter => (month - self.first_month()).div_euclid(3),
                Grain::Year => (month - self.first_month()).div_euclid(12),
                Grain::All => 0,
            };
        };
        if grain == Grain::Week {
            return self.week_years.week(day.epoch_days());
        }
        let (year, _, week) = self.week_years.holding(day.epoch_days());
        // The 53rd week is like the 52nd.
        let week = week.min(51);
        match grain {
            Grain::Week | Grain::All => 0,
            Grain::Month => {
                let in_quarter = week % 13;
                let [_, second, third] = retail.pattern.before();
                year * 12 + week / 13 * 3 + i32::from(in_quarter >= second) + i32::from(in_quarter >= third)
            }
            Grain::Quarter => year * 4 + week / 13,
            Grain::Year => year,
        }
    }

    /// The first day of such a period, as days since 1970-01-01.
    fn start(&self, grain: Grain, index: i32) -> i32 {
        let Some(retail) = self.retail else {
            return match grain {
                Grain::Week => self.week_years.week_start(index),
                Grain::Month => month_start(index),
                Grain::Quarter => month_start(index * 3 + self.first_month()),
                Grain::Year => month_start(index * 12 + self.first_month()),
                Grain::All => Date::min().epoch_days(),
            };
        };
        let (year, weeks) = match grain {
            Grain::Week => return self.week_years.week_start(index),
            Grain::Month => {
                let [_, second, third] = retail.pattern.before();
                let before = match index.rem_euclid(3) {
                    0 => 0,
                    1 => second,
                    _ => third,
                };
                (index.div_euclid(12), index.rem_euclid(12) / 3 * 13 + before)
            }
            Grain::Quarter => (index.div_euclid(4), index.rem_euclid(4) * 13),
            Grain::Year => (index, 0),
            Grain::All => return Date::min().epoch_days(),
        };
        self.week_years.start(year) + weeks * DAYS
    }

    /// The first and last day of such a period, even where they are no dates.
    fn days(&self, grain: Grain, index: i32) -> (i32, i32) {
        if grain == Grain::All { (Date::min().epoch_days(), Date::max().epoch_days()) } else { (self.start(grain, index), self.start(grain, index + 1) - 1) }
    }

    pub(super) fn at(&self, grain: Grain, index: i32) -> Period {
        let (first, last) = self.days(grain, index);
        Period { grain, label: self.label(grain, index), first: Date::from_epoch_days(first), last: Date::from_epoch_days(last) }
    }

    fn label(&self, grain: Grain, index: i32) -> String {
        let retail = self.is_retail();
        let (year, number) = match grain {
            Grain::Week => {
                let (year, _, week) = self.week_years.holding(self.week_years.week_start(index));
                (if retail { self.name_of(year) } else { year }, week + 1)
            }
            Grain::Month if retail => (self.name_of(index.div_euclid(12)), index.rem_euclid(12) + 1),
            Grain::Month => (index.div_euclid(12), index.rem_euclid(12) + 1),
            Grain::Quarter => (self.name_of(index.div_euclid(4)), index.rem_euclid(4) + 1),
            Grain::Year => (self.name_of(index), 0),
            Grain::All => (0, 0),
        };
        self.labels.write(grain, year, number)
    }

    /// The period that a year and number name, if they name one.
    fn named(&self, grain: Grain, name: i32, number: i32) -> i32 {
        let year = name - self.years_later();
        match grain {
            Grain::Week => self.week_years.week(self.week_years.start(if self.is_retail() { year } else { name })) + number - 1,
            Grain::Month => (if self.is_retail() { year } else { name }) * 12 + number - 1,
            Grain::Quarter => year * 4 + number - 1,
            Grain::Year | Grain::All => year,
        }
    }

    /// The name of the fiscal year that starts in this calendar year.
    fn name_of(&self, year: i32) -> i32 {
        year + self.years_later()
    }

    /// Years from the calendar year in which a fiscal year starts to the one it is named by.
    fn years_later(&self) -> i32 {
        i32::from(self.named_by == NamedBy::End && self.fiscal_year_starts != 1)
    }

    /// Months of the calendar year before the fiscal year starts.
    fn first_month(&self) -> i32 {
        small(self.fiscal_year_starts) - 1
    }
}

/// A month, which is small.
fn small(month: u32) -> i32 {
    i32::try_from(month).unwrap_or_default()
}
