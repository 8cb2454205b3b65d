//! The stages that a customer moves through, and the moments worth marketing into (domain D2).

use serde::Serialize;

use super::people::Assignments;
use crate::base::finding::Origin;
use crate::base::id::Id;

/// A stage of the customer lifecycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// The KPI that measures it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<Id>,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Assignments::is_empty")]
    pub owner: Assignments,
    /// The moments worth marketing into.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<Moment>,
}

/// A moment in a customer's life worth marketing into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// What happens, in words.
    pub name: String,
    /// The channels on which it is met.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Id>,
    /// Whose moment it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Id>,
}
