//! What is new in facts, and what was corrected: by comparing their rows with those of earlier ones.

use std::sync::Arc;

use super::column::{Dictionary, NULL};
use super::facts::Facts;
use super::load::fingerprint;
use super::table::{Chunk, Table};
use crate::base::map::Set;

/// Later facts, held against earlier ones.
pub(crate) struct Corrected {
    /// The later facts without the rows that are new: the earlier rows as they were corrected.
    pub(crate) facts: Arc<Facts>,
    /// Whether any row was corrected, or is gone.
    pub(crate) any: bool,
    /// Whether any row is new.
    pub(crate) more: bool,
}

impl Facts {
    /// What was corrected since earlier facts, and what is new.
    ///
    /// A row that the earlier facts did not have corrects one that is gone when both name the same
    /// entity; without an entity, when both are of the same day and members. All other such rows
    /// are new, however late they came.
    pub(crate) fn corrected_since(self: &Arc<Self>, earlier: &Self) -> Corrected {
        let (mut any, mut more) = (false, false);
        let facts = self.with_tables(|table| {
            let (come, gone) = apart(&hashed(table), &earlier.table(&table.source).map(hashed).unwrap_or_default());
            let new = new(table, earlier.table(&table.source), &come, &gone);
            any |= !gone.is_empty() || new.len() < come.len();
            more |= !new.is_empty();
            (!new.is_empty()).then(|| without(table, new))
        });
        any |= earlier.sources().filter_map(|source| earlier.table(source)).any(|table| table.rows() > 0 && self.table(&table.source).is_none());
        Corrected { facts: Arc::new(facts), any, more }
    }
}

/// A row by the position of its chunk and its place in it.
type Row = (usize, usize);

/// Of the rows that came, those that take no other's place.
fn new(table: &Table, earlier: Option<&Table>, come: &[Row], gone: &[Row]) -> Vec<Row> {
    let gone: Set<Vec<u64>> = earlier.into_iter().flat_map(|earlier| gone.iter().filter_map(|row| subject(earlier, *row))).collect();
    come.iter().copied().filter(|row| subject(table, *row).is_none_or(|subject| !gone.contains(&subject))).collect()
}

fn without(table: &Table, mut rows: Vec<Row>) -> Table {
    rows.sort_unstable();
    let kept = |(at, chunk): (usize, &Arc<Chunk>)| {
        let kept: Vec<usize> = (0..chunk.rows()).filter(|row| rows.binary_search(&(at, *row)).is_err()).collect();
        if kept.len() == chunk.rows() { Arc::clone(chunk) } else { Arc::new(chunk.only(&kept)) }
    };
    Table { chunks: table.chunks.iter().enumerate().map(kept).collect(), ..table.clone() }
}

/// The hash of each row, ascending.
fn hashed(table: &Table) -> Vec<(u128, Row)> {
    let dictionaries: Vec<&Dictionary> = table.dictionaries.iter().map(Arc::as_ref).collect();
    let mut rows = Vec::with_capacity(table.rows());
    for (at, chunk) in table.chunks.iter().enumerate() {
        let mut row = 0usize;
        fingerprint::each(chunk, &dictionaries, |hash| {
            rows.push((hash, (at, row)));
            row = row.saturating_add(1);
        });
    }
    rows.sort_unstable();
    rows
}

/// The rows that only the first has, and those that only the second has; equal rows go in pairs.
fn apart(first: &[(u128, Row)], second: &[(u128, Row)]) -> (Vec<Row>, Vec<Row>) {
    let (mut first, mut second) = (first.iter().peekable(), second.iter().peekable());
    let (mut only_first, mut only_second) = (Vec::new(), Vec::new());
    loop {
        let order = match (first.peek(), second.peek()) {
            (None, None) => return (only_first, only_second),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some((left, _)), Some((right, _))) => left.cmp(right),
        };
        let (left, right) = (first.next_if(|_| order.is_le()), second.next_if(|_| order.is_ge()));
        match (left, right) {
            (Some((_, row)), None) => only_first.push(*row),
            (None, Some((_, row))) => only_second.push(*row),
            _ => {}
        }
    }
}

/// What a row is about: the entity that it names, or its day and the members of its dimensions.
fn subject(table: &Table, (at, row): Row) -> Option<Vec<u64>> {
    let chunk = table.chunks.get(at)?;
    let hash = |key: usize| Some(table.dictionaries.get(key)?.hash(chunk.texts.get(key)?.at(row)));
    let entity = table.source.entity.as_ref().and_then(|entity| table.key(entity.id.as_str()));
    match entity.filter(|key| chunk.texts.get(*key).is_some_and(|column| column.at(row) != NULL)) {
        Some(entity) => Some(vec![hash(entity)?]),
        None => {
            let day = u64::from(chunk.dates.get(row)?.cast_unsigned());
            std::iter::once(Some(day)).chain((0..table.source.dimensions.len()).map(hash)).collect()
        }
    }
}
