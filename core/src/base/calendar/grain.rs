//! The lengths of periods.

use serde::Serialize;

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// Seven days: an ISO 8601 week unless the calendar says otherwise.
    Week,
    /// A calendar month; in a retail calendar, four or five whole weeks (six with a 53rd week
    /// after a month of five).
    Month,
    /// Three months of the fiscal year.
    Quarter,
    /// A fiscal year.
    Year,
    /// Everything that the facts cover, up to the as-of date.
    All,
}

impl Grain {
    /// Every grain, shortest first.
    pub const ALL: [Self; 5] = [Self::Week, Self::Month, Self::Quarter, Self::Year, Self::All];

    /// The word for it, as used in requests.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grain| grain.as_str() == text)
    }
}
