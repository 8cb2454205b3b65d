//! What the author of a calendar chooses.

use serde::Serialize;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// The first day of an ISO 8601 week.
    Monday,
    /// The second day of an ISO 8601 week.
    Tuesday,
    /// The third day of an ISO 8601 week.
    Wednesday,
    /// The fourth day of an ISO 8601 week, which decides its year.
    Thursday,
    /// The fifth day of an ISO 8601 week.
    Friday,
    /// The sixth day of an ISO 8601 week; the last of an NRF week.
    Saturday,
    /// The last day of an ISO 8601 week; the first of an NRF week.
    Sunday,
}

impl Weekday {
    /// Every day and its word in the format, Monday first.
    pub(crate) const WORDS: [(&'static str, Self); 7] = [
        ("monday", Self::Monday),
        ("tuesday", Self::Tuesday),
        ("wednesday", Self::Wednesday),
        ("thursday", Self::Thursday),
        ("friday", Self::Friday),
        ("saturday", Self::Saturday),
        ("sunday", Self::Sunday),
    ];

    /// Days since Monday, 0 to 6.
    pub(super) fn since_monday(self) -> i32 {
        match self {
            Self::Monday => 0,
            Self::Tuesday => 1,
            Self::Wednesday => 2,
            Self::Thursday => 3,
            Self::Friday => 4,
            Self::Saturday => 5,
            Self::Sunday => 6,
        }
    }

    /// The day after, on which a week starts that ends on this one.
    pub(super) fn next(self) -> Self {
        match self {
            Self::Monday => Self::Tuesday,
            Self::Tuesday => Self::Wednesday,
            Self::Wednesday => Self::Thursday,
            Self::Thursday => Self::Friday,
            Self::Friday => Self::Saturday,
            Self::Saturday => Self::Sunday,
            Self::Sunday => Self::Monday,
        }
    }
}

/// How many weeks the three months of a retail quarter have. A 53rd week is the last month's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum WeekPattern {
    /// Four, four and five weeks.
    #[serde(rename = "4-4-5")]
    FourFourFive,
    /// Four, five and four weeks, as in the calendar of the National Retail Federation.
    #[serde(rename = "4-5-4")]
    FourFiveFour,
    /// Five, four and four weeks.
    #[serde(rename = "5-4-4")]
    FiveFourFour,
}

impl WeekPattern {
    /// Weeks of the quarter that lie before its first, second and third month.
    pub(super) fn before(self) -> [i32; 3] {
        match self {
            Self::FourFourFive => [0, 4, 8],
            Self::FourFiveFour => [0, 4, 9],
            Self::FiveFourFour => [0, 5, 9],
        }
    }
}

/// Which of the days of its weekday ends a retail year. Both rules stand in the United States'
/// Treasury Regulation § 1.441-2(a)(1), on taxable years of 52–53 weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum YearEndRule {
    /// The last one in the month.
    Last,
    /// The one nearest to the end of the month, up to three days before or after it.
    Nearest,
}

/// On which day the years of a retail calendar end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct YearEnd {
    /// The day of the week that every year, and so every week, ends on.
    pub weekday: Weekday,
    /// Which of these days it is.
    pub rule: YearEndRule,
    /// Of which month, 1 to 12.
    pub month: u32,
}

/// Which calendar year a fiscal year is named by: that of the first day or that of the last day
/// of the twelve calendar months that it follows. A retail year that ends on the Saturday nearest
/// to 31 December 2020 is named 2020, although it ends on 2 January 2021.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NamedBy {
    /// The year in which it starts.
    Start,
    /// The year in which it ends.
    End,
}

/// What a retail year is compared with when the year before it has a 53rd week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Week53 {
    /// With the weeks 2 to 53 of that year, so that every week is compared with the one 364 days
    /// earlier and holidays stay aligned: the National Retail Federation's restated calendar.
    Restated,
    /// With the weeks of the same number, 371 days earlier; week 53 is compared with nothing.
    NotRestated,
}

/// Which other period one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The period before.
    Previous,
    /// The same period of the year before.
    PriorYear,
}
