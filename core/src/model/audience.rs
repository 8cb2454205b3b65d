//! Segments: the source that the rest of the marketing operating system inherits from (domain D2).

use serde::Serialize;

use super::element::Inheritance;
use super::people::Assignments;
use crate::base::finding::Origin;
use crate::base::id::Id;

/// A part of the audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// Who belongs to it, in words.
    pub definition: String,
    /// Where they live: places, publications, surfaces, in words.
    pub lives: Vec<String>,
    /// What they care about, in words.
    pub cares_about: Vec<String>,
    /// Who answers for it.
    pub owner: Assignments,
    /// What it takes from decisions.
    #[serde(flatten)]
    pub inherits: Inheritance,
}
