//! One system seen through a framework: layer by layer what exists, what is missing, what is
//! stale, and who owns it (domain D2).

use serde::Serialize;

use super::contents::Contents;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::model::System;
use crate::model::element::Part;
use crate::text::one_of_help;

/// A system as a framework shows it, as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FrameworkCoverage {
    /// The framework.
    pub framework: Id,
    /// Its name.
    pub name: String,
    /// The framework inside which it sits.
    pub parent: Option<Id>,
    /// The number of layers to which nothing is missing.
    pub complete: usize,
    /// The layers in order.
    pub layers: Vec<LayerCoverage>,
}

/// A layer of a framework as the system fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayerCoverage {
    /// The layer.
    pub layer: Id,
    /// Its name.
    pub name: String,
    /// What it holds, in words; may be empty.
    pub holds: String,
    /// How far it is filled.
    pub status: LayerStatus,
    /// Who answers for its elements on that day, each once.
    pub owners: Vec<Id>,
    /// The elements of the model that it covers.
    pub elements: Vec<CoveredElement>,
    /// What is missing, each a sentence.
    pub missing: Vec<String>,
}

/// How far a layer is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerStatus {
    /// There is nothing in it.
    Absent,
    /// Something in it is missing.
    Partial,
    /// Nothing is missing.
    Complete,
}

/// An element that a layer covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoveredElement {
    /// What it is.
    #[serde(flatten)]
    pub part: Part,
    /// Who answers for it on that day; `None` is nobody.
    pub owner: Option<Id>,
    /// Whether it is to be confirmed again, refreshed, or brought in anew.
    pub stale: bool,
}

impl System {
    /// What there is of each layer of a framework, published or the system's own, as of a day.
    ///
    /// ```
    /// use marketingos::{LayerStatus, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people: { ana: Ana }
    /// channels: { newsletter: { kind: owned, owner: ana, cadence: first Tuesday of the month } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let coverage = system.coverage("marketing", "2026-06-30".parse()?)?;
    /// let channels = &coverage.layers[1];
    /// assert_eq!((channels.status, channels.missing.as_slice()), (LayerStatus::Partial, &["the channel newsletter names no segment that it reaches".to_owned()][..]));
    /// assert_eq!(coverage.layers[0].status, LayerStatus::Absent);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such framework.
    pub fn coverage(&self, framework: &str, as_of: Date) -> Result<FrameworkCoverage, Error> {
        let Some(found) = self.frameworks().find(|known| known.id.as_str() == framework) else {
            let ids: Vec<String> = self.frameworks().map(|known| known.id.to_string()).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            return Err(Error::new(Code::UnknownFramework, format!("there is no framework {}", quoted(framework)), one_of_help(framework, &ids)));
        };
        let contents = Contents::new(self, as_of);
        let layers: Vec<LayerCoverage> = found
            .layers
            .into_iter()
            .map(|layer| {
                let (elements, missing) = contents.of(&layer.homes);
                let status = match (elements.is_empty(), missing.is_empty()) {
                    (true, _) => LayerStatus::Absent,
                    (false, false) => LayerStatus::Partial,
                    (false, true) => LayerStatus::Complete,
                };
                let mut seen = Set::new();
                let owners = elements.iter().filter_map(|element| element.owner.as_ref()).filter(|owner| seen.insert(*owner)).cloned().collect();
                LayerCoverage { layer: layer.id, name: layer.name, holds: layer.holds, status, owners, elements, missing }
            })
            .collect();
        let complete = layers.iter().filter(|layer| layer.status == LayerStatus::Complete).count();
        Ok(FrameworkCoverage { framework: found.id, name: found.name, parent: found.parent, complete, layers })
    }
}
