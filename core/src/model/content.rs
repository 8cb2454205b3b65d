//! The asset library that channels draw from, built of components and templates, so that work
//! ships without a new brief (domain D2).

use serde::Serialize;

use super::element::Inheritance;
use super::people::Assignments;
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;

/// What an asset is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssetKind {
    /// Something that is published.
    Asset,
    /// A part that assets are made of.
    Component,
    /// A form that assets are made by.
    Template,
}

impl AssetKind {
    pub(crate) const WORDS: [(&'static str, Self); 3] = [("asset", Self::Asset), ("component", Self::Component), ("template", Self::Template)];
}

/// How long an asset is meant to be of use (domain D6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssetLife {
    /// It outlives what it was made for.
    Durable,
    /// It ends with what it was made for.
    Disposable,
}

impl AssetLife {
    pub(crate) const WORDS: [(&'static str, Self); 2] = [("durable", Self::Durable), ("disposable", Self::Disposable)];
}

/// Something in the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asset {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// Asset, component or template.
    pub kind: AssetKind,
    /// Who answers for it.
    pub owner: Assignments,
    /// The channels that draw from it.
    pub used_in: Vec<Id>,
    /// The components and templates that it is made of.
    pub made_of: Vec<Id>,
    /// When it was made.
    pub made_on: Option<Date>,
    /// When it was last refreshed.
    pub refreshed_on: Option<Date>,
    /// After so many months it is to be refreshed; `None` when it is not said.
    pub life_months: Option<u32>,
    /// Durable or disposable.
    pub life: AssetLife,
    /// What it takes from decisions.
    #[serde(flatten)]
    pub inherits: Inheritance,
}

impl Asset {
    /// The day from which it is past its life time: so many months after it was made or last
    /// refreshed, up to a given day.
    #[must_use]
    pub fn due(&self, day: Date) -> Option<Date> {
        let fresh = [self.made_on, self.refreshed_on].into_iter().flatten().filter(|known| *known <= day).max();
        fresh.zip(self.life_months).map(|(fresh, months)| fresh.plus_months(months))
    }
}
