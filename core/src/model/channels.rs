//! Channels: the surfaces where the brand appears (domain D2, D3).

use serde::Serialize;

use super::element::Inheritance;
use super::people::Assignments;
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;

/// How a surface is come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Ours to publish on.
    Owned,
    /// Others speak of us.
    Earned,
    /// Bought.
    Paid,
}

impl ChannelKind {
    pub(crate) const WORDS: [(&'static str, Self); 3] = [("owned", Self::Owned), ("earned", Self::Earned), ("paid", Self::Paid)];
}

/// A surface where the brand appears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Channel {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// Owned, earned or paid.
    pub kind: ChannelKind,
    /// Who answers for it.
    pub owner: Assignments,
    /// The published cadence as it is written, a rule or words; empty when none is published.
    pub cadence: String,
    /// The day from which the cadence counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The segments that it reaches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Id>,
    /// The regions that it serves, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// The product lines that it speaks of, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// What it takes from decisions.
    #[serde(flatten)]
    pub inherits: Inheritance,
}
