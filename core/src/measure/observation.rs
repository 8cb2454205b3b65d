//! What a figure is for one period and member: its value, and what it rests on.

use serde::Serialize;

use crate::base::calendar::Period;
use crate::base::number::Number;
use crate::base::value::Value;

/// The members, one for each dimension asked by.
pub type Member = Vec<MemberName>;

/// A member of a dimension. On the wire a string, `null`, or `{"rest": 3}`.
///
/// ```
/// use marketingos::MemberName;
/// let wire = |member: &MemberName| serde_json::to_string(member).unwrap();
/// // What has no name, what is called so, and what is left over are three things.
/// assert_eq!(wire(&MemberName::Null), "null");
/// assert_eq!(wire(&MemberName::from("null")), r#""null""#);
/// assert_eq!(wire(&MemberName::Rest { rest: 3 }), r#"{"rest":3}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum MemberName {
    /// The rows without one.
    Null,
    /// A member by its name.
    Named(String),
    /// All members that are not told apart, merged; see [`Snapshot::top`](crate::Snapshot::top).
    Rest {
        /// How many they are. By several dimensions, how many combinations.
        rest: u64,
    },
}

impl MemberName {
    /// The name; `None` for the null member and for the rest.
    ///
    /// ```
    /// use marketingos::MemberName;
    /// assert_eq!(MemberName::from("web").name(), Some("web"));
    /// assert_eq!(MemberName::Null.name(), None);
    /// ```
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Null | Self::Rest { .. } => None,
        }
    }

    /// As a sentence names it.
    pub(crate) fn readable(&self) -> String {
        match self {
            Self::Null => "(not given)".to_owned(),
            Self::Named(name) => name.replace('_', " "),
            Self::Rest { rest } => format!("{rest} others"),
        }
    }
}

impl From<&str> for MemberName {
    fn from(name: &str) -> Self {
        Self::Named(name.to_owned())
    }
}

impl From<Option<&str>> for MemberName {
    fn from(name: Option<&str>) -> Self {
        name.map_or(Self::Null, Self::from)
    }
}

/// The days of a period that are covered by data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Days with data (or, for events, days on which they were recorded).
    pub days: i64,
    /// Days of the period.
    pub of: i64,
}

impl Coverage {
    /// Whether every day is covered.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.days >= self.of
    }

    /// Whether the same share of days is covered.
    pub(crate) fn equals(self, other: Self) -> bool {
        i128::from(self.days) * i128::from(other.of) == i128::from(other.days) * i128::from(self.of)
    }

    pub(super) fn reaches(self, least: &Number) -> bool {
        Number::from(self.days) >= least.clone() * Number::from(self.of)
    }

    pub(super) fn lower(self, other: Self) -> Self {
        let (left, right) = (Number::from(self.days) * Number::from(other.of), Number::from(other.days) * Number::from(self.of));
        if left <= right { self } else { other }
    }
}

/// Something that a reader of a value must know, although the value holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Caveat {
    /// The kind.
    pub kind: CaveatKind,
    /// What it is, in words.
    pub text: String,
}

/// The kind of a caveat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaveatKind {
    /// The cohort started before outcomes were recorded: it lacks what came before.
    LeftTruncated,
    /// The cohort has no window: younger ones have had less time to convert.
    OpenEnded,
    /// Not every day of the period is covered, though as many as declared.
    PartlyCovered,
    /// Some entities moved on before they entered.
    Early,
    /// Some rows have no number: they are left out of a sum or mean.
    MissingCells,
    /// What is missing counts as zero, because the definition says so.
    CountedAsZero,
    /// Some outcomes have no touch that they could be credited to.
    Uncredited,
    /// The definition counts approximately: what is said is an estimate once there are many.
    Approximate,
}

/// A figure for one period and member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Observation {
    /// The period.
    pub period: Period,
    /// The members asked by.
    pub member: Member,
    /// The value, or the reason why there is none.
    #[serde(flatten)]
    pub value: Value,
    /// The rows that were counted; for a figure made of others, the fewest of theirs.
    pub rows: u64,
    /// The days that are covered; of a figure made of others, the least of theirs.
    pub coverage: Coverage,
    /// What a reader must know.
    pub caveats: Vec<Caveat>,
}

impl Observation {
    /// Why this value may not be set against others of its kind, if it may not.
    #[must_use]
    pub fn incomparable(&self) -> Option<&'static str> {
        self.caveats.iter().find_map(|caveat| match caveat.kind {
            CaveatKind::LeftTruncated => Some("a left-truncated cohort lacks outcomes from before recording began"),
            CaveatKind::OpenEnded => Some("cohorts without a window have had different lengths of time"),
            CaveatKind::Early
            | CaveatKind::MissingCells
            | CaveatKind::PartlyCovered
            | CaveatKind::CountedAsZero
            | CaveatKind::Uncredited
            | CaveatKind::Approximate => None,
        })
    }
}
