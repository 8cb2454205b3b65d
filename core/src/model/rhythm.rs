//! Reviews, and the standing template of the monthly report.

use serde::Serialize;

use super::cadence::OnHoliday;
use crate::base::calendar::Grain;
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;
use crate::base::time::TimeOfDay;

/// The level of a standing review (domain D4).
///
/// ```
/// use marketingos::Cadence;
/// assert_eq!(Cadence::parse("monthly"), Some(Cadence::Monthly));
/// assert_eq!(Cadence::Weekly.word(), "weekly");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// The stand-up.
    Weekly,
    /// The review with the executive.
    Monthly,
    /// The planning.
    Quarterly,
}

impl Cadence {
    /// The words for them.
    pub const WORDS: [(&'static str, Self); 3] = [("weekly", Self::Weekly), ("monthly", Self::Monthly), ("quarterly", Self::Quarterly)];

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == text).map(|(_, cadence)| *cadence)
    }

    /// The length of the periods in which it takes place once.
    #[must_use]
    pub fn grain(self) -> Grain {
        match self {
            Self::Weekly => Grain::Week,
            Self::Monthly => Grain::Month,
            Self::Quarterly => Grain::Quarter,
        }
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, cadence)| *cadence == self).map_or("", |(word, _)| word)
    }
}

/// A standing review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Review {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// Its level.
    pub cadence: Cadence,
    /// When it takes place, in words.
    pub day: String,
    /// Who holds it.
    pub held_by: Id,
    /// Who holds it when that person is away.
    pub deputy: Option<Id>,
    /// To whom it escalates.
    pub escalates_to: Id,
    /// The minutes set aside for it.
    pub minutes: u32,
    /// The time of day at which it starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<TimeOfDay>,
    /// The day from which its rhythm counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// What becomes of a due date on a holiday.
    #[serde(skip_serializing_if = "OnHoliday::is_default")]
    pub on_holiday: OnHoliday,
}
