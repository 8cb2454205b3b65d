//! What a figure is held against.

use serde::Serialize;

use crate::base::calendar::Against;

/// What a figure is held against when its change is explained: another period, or its plan.
///
/// ```
/// use marketingos::{Against, Reference};
/// // The calendar's word for the period that is compared with is one of these.
/// assert_eq!(Reference::from(Against::PriorYear), Reference::PriorYear);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    /// The period before.
    #[default]
    Previous,
    /// The same period of the year before.
    PriorYear,
    /// The target for the period.
    Plan,
}

impl Reference {
    /// The words for them in requests.
    pub(crate) const WORDS: [(&'static str, Self); 3] = [("previous", Self::Previous), ("prior_year", Self::PriorYear), ("plan", Self::Plan)];

    /// Whether it is another period, which then says all.
    pub(crate) fn is_period(&self) -> bool {
        *self != Self::Plan
    }
}

impl From<Against> for Reference {
    fn from(against: Against) -> Self {
        match against {
            Against::Previous => Self::Previous,
            Against::PriorYear => Self::PriorYear,
        }
    }
}
