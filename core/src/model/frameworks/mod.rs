//! Frameworks: published lists of layers, each a lens on the one model (domain D2, D4).

mod home;
mod standard;

use serde::Serialize;

use crate::base::finding::Origin;
use crate::base::id::Id;

pub use home::Home;
pub(crate) use standard::IDS;
pub use standard::standard;

/// A list of layers through which a system can be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Framework {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text; nowhere for a published one.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// The framework inside which it sits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// Its layers in order.
    pub layers: Vec<FrameworkLayer>,
}

/// A layer of a framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FrameworkLayer {
    /// Its id, unique in its framework.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it holds, in words; may be empty.
    pub holds: String,
    /// Where in the model its elements are at home.
    pub homes: Vec<Home>,
}
