//! What figures are made of: rows, or the cells of rows that are elsewhere.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::{Cells, Laid};
use super::dictionary::Dictionary;
use super::facts::Facts;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::model::System;
use crate::model::source::SourceTable;

/// Rows, or cells. Either way figures are computed from grids of cells; this is where the two
/// differ in how those are come by, and in what is known of a source as a whole.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Rows(Arc<Facts>),
    Cells(Arc<Laid>),
}

impl Given {
    /// Cells, if they are of this system.
    pub(crate) fn of_cells(system: &System, cells: &Cells) -> Result<Self, Error> {
        Laid::new(system, cells).map(|laid| Self::Cells(Arc::new(laid)))
    }

    /// That of all the rows.
    pub(crate) fn fingerprint(&self) -> &Fingerprint {
        match self {
            Self::Rows(facts) => facts.fingerprint(),
            Self::Cells(laid) => &laid.fingerprint,
        }
    }

    /// What was not used, and why.
    pub(crate) fn findings(&self) -> &[Finding] {
        match self {
            Self::Rows(facts) => facts.findings(),
            Self::Cells(laid) => &laid.findings,
        }
    }

    /// Whether a question can be by these dimensions.
    pub(super) fn check(&self, by: &[Id]) -> Result<(), Error> {
        let Self::Cells(laid) = self else { return Ok(()) };
        let missing = by.iter().find(|id| !laid.by().contains(id));
        missing.map_or(Ok(()), |id| {
            let message = format!("the cells of this snapshot were not made by `{id}`");
            Err(Error::new(Code::NotInCells, message, format!("name `{id}` among the dimensions when the cells are made")))
        })
    }

    /// The sources whose rows were read, as they were declared then.
    pub(super) fn sources(&self) -> impl Iterator<Item = &SourceTable> {
        let facts = if let Self::Rows(facts) = self { Some(facts) } else { None };
        facts.into_iter().flat_map(|facts| facts.sources())
    }

    /// The number of rows of each day that has any; `None` when nothing was given for the source.
    pub(super) fn days(&self, source: &SourceTable) -> Option<Cow<'_, BTreeMap<Date, u64>>> {
        match self {
            Self::Rows(facts) => facts.table(source).map(|table| Cow::Owned(table.days())),
            Self::Cells(laid) => laid.days(&source.id).map(Cow::Borrowed),
        }
    }

    pub(super) fn has_rows(&self, source: &SourceTable) -> bool {
        match self {
            Self::Rows(facts) => facts.table(source).is_some_and(|table| table.rows() > 0),
            Self::Cells(laid) => laid.days(&source.id).is_some_and(|days| !days.is_empty()),
        }
    }

    /// The members of a column, in their order, if a given one is not among them.
    pub(super) fn lacking(&self, source: &SourceTable, column: &Id, member: &str) -> Option<Vec<&str>> {
        match self {
            Self::Rows(facts) => {
                let dictionary = facts.table(source)?.dictionary(column.as_str()).filter(|dictionary| dictionary.code(member).is_none())?;
                let mut known: Vec<&str> = dictionary.known().collect();
                known.sort_unstable();
                Some(known)
            }
            Self::Cells(laid) => {
                let known = laid.named(&source.id, column).filter(|known| !known.contains(member))?;
                Some(known.iter().map(String::as_str).collect())
            }
        }
    }

    /// The members of a dimension, each at least once, null left out.
    pub(super) fn members(&self, source: &SourceTable, dimension: &Id) -> Vec<&str> {
        match self {
            Self::Rows(facts) => facts.table(source).and_then(|table| table.dictionary(dimension.as_str())).into_iter().flat_map(Dictionary::known).collect(),
            Self::Cells(laid) => laid.members(&source.id, dimension),
        }
    }
}
