//! Places: the number of the cell that each row belongs to.

use std::sync::Arc;

use super::axes::Axes;
use super::column::Lookup;
use super::pass::BLOCK;
use super::slices::Slices;
use super::table::{Chunk, Table};
use crate::base::calendar::Span;

/// The most cells that are addressed directly, unless there are more rows than that.
const DIRECT: u64 = 1 << 22;

/// How the cell of a row is found: its slice × combinations of members + its combination.
pub(super) enum Places {
    /// That number is the position of the cell.
    Direct(Keys<u32>),
    /// There are too many cells to have them all: those that rows have, ascending.
    Listed(Keys<u64>, Vec<u64>),
}

impl Places {
    pub(super) fn new(table: &Table, chunks: &[Arc<Chunk>], by: &[usize], axes: &Axes, slices: &Slices, span: Span) -> Self {
        let all = axes.size().unwrap_or(u64::MAX).saturating_mul(u64::try_from(slices.len()).unwrap_or(u64::MAX));
        let rows: usize = chunks.iter().map(|chunk| chunk.rows()).sum();
        if all <= DIRECT.max(u64::try_from(rows).unwrap_or(0)) && all < u64::from(u32::NOWHERE) {
            return Self::Direct(Keys::new(table, by, axes, slices, span));
        }
        let keys = Keys::new(table, by, axes, slices, span);
        let found = keys.listed(chunks);
        Self::Listed(keys, found)
    }

    /// The number of cells.
    pub(super) fn cells(&self, slices: &Slices, axes: &Axes) -> usize {
        match self {
            Self::Direct(_) => usize::try_from(axes.size().unwrap_or(0)).unwrap_or(0).saturating_mul(slices.len()),
            Self::Listed(_, found) => found.len(),
        }
    }

    /// The number that the cell at a position has.
    pub(super) fn number(&self, position: usize) -> u64 {
        match self {
            Self::Direct(_) => u64::try_from(position).unwrap_or(u64::MAX),
            Self::Listed(_, found) => found.get(position).copied().unwrap_or(0),
        }
    }

    pub(super) fn of_chunk<'c>(&'c self, chunk: &'c Chunk) -> ChunkPlaces<'c> {
        match self {
            Self::Direct(keys) => ChunkPlaces::Direct(keys.of_chunk(chunk)),
            Self::Listed(keys, found) => ChunkPlaces::Listed(keys.of_chunk(chunk), found),
        }
    }
}

/// The places of a chunk's rows.
pub(super) enum ChunkPlaces<'c> {
    Direct(ChunkKeys<'c, u32>),
    Listed(ChunkKeys<'c, u64>, &'c [u64]),
}

impl ChunkPlaces<'_> {
    /// The position of the cell of each row of a block; `nowhere` for rows that do not count.
    pub(super) fn fill(&self, start: usize, rows: usize, nowhere: u32, index: &mut [u32; BLOCK]) {
        match self {
            Self::Direct(keys) => {
                keys.fill(start, rows, index);
                // Rarely are there rows that do not count; a look at all is quicker than a choice for each.
                if index.iter().fold(0, |all, at| all | at) >= u32::NOWHERE {
                    index.iter_mut().for_each(|at| *at = (*at).min(nowhere));
                }
            }
            Self::Listed(keys, found) => {
                let mut numbers = [0; BLOCK];
                keys.fill(start, rows, &mut numbers);
                for (at, number) in index.iter_mut().zip(&numbers) {
                    *at = found.binary_search(number).ok().and_then(|position| u32::try_from(position).ok()).unwrap_or(nowhere);
                }
            }
        }
    }
}

/// A number of a cell, of a width.
pub(super) trait Number: Copy + Default {
    /// The number of a row that does not count: larger than any, and what it is added to is too.
    const NOWHERE: Self;
    fn of(number: u64) -> Self;
    fn plus(self, more: Self) -> Self;
}

impl Number for u32 {
    const NOWHERE: Self = 1 << 31;
    fn of(number: u64) -> Self {
        Self::try_from(number).unwrap_or(Self::NOWHERE)
    }
    fn plus(self, more: Self) -> Self {
        // Cells are fewer than half of what fits, so that this cannot come round to one.
        self.wrapping_add(more)
    }
}

impl Number for u64 {
    const NOWHERE: Self = u64::MAX;
    fn of(number: u64) -> Self {
        number
    }
    fn plus(self, more: Self) -> Self {
        self.saturating_add(more)
    }
}

/// What days and codes add to the number of a cell.
pub(super) struct Keys<N> {
    first_day: i32,
    /// For each day of the span, what its slice adds.
    by_day: Vec<N>,
    /// For each axis its text column, and what each code of the table adds.
    by_code: Vec<(usize, Vec<N>)>,
}

impl<N: Number> Keys<N> {
    fn new(table: &Table, by: &[usize], axes: &Axes, slices: &Slices, span: Span) -> Self {
        let combinations = axes.size().unwrap_or(u64::MAX);
        let of_slice =
            |slice: Option<usize>| slice.and_then(|slice| u64::try_from(slice).ok()).map_or(N::NOWHERE, |slice| N::of(slice.saturating_mul(combinations)));
        let by_day = slices.by_day(span).into_iter().map(of_slice).collect();
        let by_code = by.iter().zip(&axes.0).zip(axes.strides()).map(|((key, axis), stride)| {
            let positions = table.dictionaries.get(*key).map(|dictionary| axis.positions(dictionary)).unwrap_or_default();
            (*key, positions.into_iter().map(|position| N::of(u64::try_from(position).unwrap_or(0).saturating_mul(stride))).collect())
        });
        Self { first_day: span.first.epoch_days(), by_day, by_code: by_code.collect() }
    }

    fn of_chunk<'c>(&'c self, chunk: &'c Chunk) -> ChunkKeys<'c, N> {
        let lookups = self.by_code.iter().filter_map(|(key, added)| Some(chunk.texts.get(*key)?.lookup(added.as_slice().into())));
        ChunkKeys { keys: self, dates: &chunk.dates, lookups: lookups.collect() }
    }
}

impl Keys<u64> {
    /// Every number that a row has, once, ascending.
    fn listed(&self, chunks: &[Arc<Chunk>]) -> Vec<u64> {
        let mut found = Vec::new();
        let mut numbers = [0; BLOCK];
        for chunk in chunks {
            let of_chunk = self.of_chunk(chunk);
            for start in (0..chunk.rows()).step_by(BLOCK) {
                let rows = chunk.rows().saturating_sub(start).min(BLOCK);
                of_chunk.fill(start, rows, &mut numbers);
                found.extend(numbers.iter().take(rows).filter(|number| **number != u64::NOWHERE));
            }
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}

pub(super) struct ChunkKeys<'c, N: Copy + Default> {
    keys: &'c Keys<N>,
    dates: &'c [i32],
    lookups: Vec<Lookup<'c, N>>,
}

impl<N: Number> ChunkKeys<'_, N> {
    fn fill(&self, start: usize, rows: usize, numbers: &mut [N; BLOCK]) {
        let dates = self.dates.get(start..start.saturating_add(rows)).unwrap_or_default();
        let of_day = |day: i32| {
            let offset = usize::try_from(day.wrapping_sub(self.keys.first_day)).unwrap_or(usize::MAX);
            self.keys.by_day.get(offset).copied().unwrap_or(N::NOWHERE)
        };
        match dates.first() {
            // Rows mostly come by day.
            Some(day) if dates.iter().fold(0, |apart, other| apart | (other ^ day)) == 0 => numbers.fill(of_day(*day)),
            _ => numbers.iter_mut().zip(dates).for_each(|(number, day)| *number = of_day(*day)),
        }
        if let Some(rest) = numbers.get_mut(rows..) {
            rest.fill(N::NOWHERE);
        }
        for lookups in self.lookups.chunks(2) {
            if let [left, right] = lookups
                && let (Some((left, of_left)), Some((right, of_right))) = (left.bytes(start), right.bytes(start))
            {
                // Two at a time, so that each number is read and written once.
                for (number, (left, right)) in numbers.iter_mut().zip(left.iter().zip(right)) {
                    let more = [(of_left, left), (of_right, right)].map(|(of, code)| of.get(usize::from(*code)).copied().unwrap_or_default());
                    *number = number.plus(more[0]).plus(more[1]);
                }
                continue;
            }
            for lookup in lookups {
                lookup.for_each(start, numbers, |number, more| *number = number.plus(more));
            }
        }
    }
}
