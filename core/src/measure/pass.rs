//! The pass: the rows of one source to cells, block by block, for all aggregates at once.
//!
//! Each row has a cell: its slice and its members, in one number. Counts and sums of narrow
//! columns are *lanes* of machine integers, folded together; their bounds are known from the
//! columns, so that none can overflow. Everything else is folded row by row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::axes::Axes;
use super::cell::{Cell, Content};
use super::column::{GAP, Mantissas, NumberColumn};
use super::grid::{Column, Grid, Totals};
use super::predicate::{Predicate, TRUE, Truths};
use super::sets::{self, Set};
use super::slices::Slices;
use super::table::{Chunk, Table};
use super::total::Total;
use crate::base::calendar::Span;
use crate::base::condition::Condition;

/// Rows that are folded together.
pub(super) const BLOCK: usize = 1024;
/// The most cells that are addressed directly, unless there are more rows than that.
const DIRECT: u64 = 1 << 22;
/// The most bytes for sets that are kept as bits while rows are folded.
const BITS: usize = 1 << 30;
/// Lanes that are folded together: one cache line.
const TOGETHER: usize = 8;

type Lane = [i64; BLOCK];

/// What is aggregated of the rows that meet a condition. Columns are positions in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Rows,
    Sum { measure: usize },
    Weighted { measure: usize, weight: usize },
    Extreme { measure: usize, largest: bool },
    Values { measure: usize },
    Set { key: usize },
}

/// An aggregate of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aggregate<'a> {
    pub(super) kind: Kind,
    pub(super) filter: Option<&'a Condition>,
}

/// What a pass is over.
pub(super) struct Pass<'a> {
    pub(super) table: &'a Table,
    pub(super) chunks: &'a [Arc<Chunk>],
    pub(super) aggregates: &'a [Aggregate<'a>],
    /// The text columns that the axes are of.
    pub(super) by: &'a [usize],
    pub(super) axes: &'a Axes,
    pub(super) slices: Slices,
    /// The days whose rows count.
    pub(super) span: Span,
}

/// What a lane adds for each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Adds {
    One,
    /// One where the number is present.
    Present(usize),
    Number(usize),
}

/// A lane: what it adds, and of which rows, by the position of a filter.
type LanePlan = (Adds, Option<usize>);

/// Where the cell of each row is.
enum Places {
    /// Slice × combinations + combination.
    Direct { combinations: u64 },
    /// The position of that number in a sorted list.
    Listed(Vec<u64>),
}

impl Pass<'_> {
    pub(super) fn run(&self) -> Grid {
        let combinations = self.axes.size().unwrap_or(u64::MAX);
        let all = combinations.saturating_mul(u64::try_from(self.slices.len()).unwrap_or(u64::MAX));
        let rows: usize = self.chunks.iter().map(|chunk| chunk.rows()).sum();
        let direct = all <= DIRECT.max(u64::try_from(rows).unwrap_or(0)) && u32::try_from(all).is_ok();
        let keys = Keys::new(self);
        let places = if direct { Places::Direct { combinations } } else { Places::Listed(keys.listed(self.chunks)) };
        let cells = match &places {
            Places::Direct { .. } => usize::try_from(all).unwrap_or(usize::MAX),
            Places::Listed(found) => found.len(),
        };
        let filters = distinct_filters(self.aggregates);
        let lanes = self.lanes(&filters);
        let mut folding = Folding::new(self, &lanes, &filters, cells);
        let mut block = Block::default();
        for chunk in self.chunks {
            let predicates: Vec<Predicate<'_>> = filters.iter().map(|filter| Predicate::new(filter, self.table, chunk)).collect();
            let keys = keys.of_chunk(chunk);
            for start in (0..chunk.rows()).step_by(BLOCK) {
                let rows = chunk.rows().saturating_sub(start).min(BLOCK);
                keys.fill(start, rows, &mut block.keys);
                place(&places, cells, &block.keys, &mut block.index);
                block.masks.resize_with(predicates.len(), || Box::new([0; BLOCK]));
                for (predicate, mask) in predicates.iter().zip(&mut block.masks) {
                    predicate.evaluate(start, &mut block.truths);
                    for (mask, truth) in mask.iter_mut().zip(&block.truths) {
                        *mask = if *truth == TRUE { -1 } else { 0 };
                    }
                }
                folding.fold(chunk, start, rows, &block);
            }
        }
        folding.finish(self.slices.clone(), &places, combinations)
    }

    fn lanes(&self, filters: &[&Condition]) -> Vec<LanePlan> {
        let mut lanes: Vec<LanePlan> = Vec::new();
        let mut add = |lane: LanePlan| {
            if !lanes.contains(&lane) {
                lanes.push(lane);
            }
        };
        for aggregate in self.aggregates {
            let filter = filter_position(filters, aggregate.filter);
            add((Adds::One, filter));
            if let Kind::Sum { measure } = aggregate.kind {
                if self.gaps(measure) {
                    add((Adds::Present(measure), filter));
                }
                if self.is_narrow(measure) {
                    add((Adds::Number(measure), filter));
                }
            }
        }
        lanes
    }

    fn columns(&self, measure: usize) -> impl Iterator<Item = (&NumberColumn, usize)> {
        self.chunks.iter().filter_map(move |chunk| Some((chunk.numbers.get(measure)?, chunk.rows())))
    }

    /// The scale at which the numbers of all chunks are folded.
    fn decimals(&self, measure: usize) -> u32 {
        self.columns(measure).map(|(column, _)| column.decimals).max().unwrap_or(0)
    }

    fn gaps(&self, measure: usize) -> bool {
        self.columns(measure).any(|(column, _)| column.gaps)
    }

    /// Whether the sum of all numbers, at their common scale, is sure to fit a lane.
    fn is_narrow(&self, measure: usize) -> bool {
        let decimals = self.decimals(measure);
        let bound = self.columns(measure).try_fold(0u128, |bound, (column, rows)| {
            let factor = 10u128.checked_pow(decimals.saturating_sub(column.decimals))?;
            let most = column.largest.checked_mul(factor)?.checked_mul(u128::try_from(rows).ok()?)?;
            matches!(column.mantissas, Mantissas::Narrow(_)).then(|| bound.checked_add(most)).flatten()
        });
        bound.is_some_and(|bound| i64::try_from(bound).is_ok())
    }
}

fn distinct_filters<'a>(aggregates: &[Aggregate<'a>]) -> Vec<&'a Condition> {
    let mut filters: Vec<&Condition> = Vec::new();
    for filter in aggregates.iter().filter_map(|aggregate| aggregate.filter) {
        if !filters.contains(&filter) {
            filters.push(filter);
        }
    }
    filters
}

fn filter_position(filters: &[&Condition], filter: Option<&Condition>) -> Option<usize> {
    filter.and_then(|filter| filters.iter().position(|known| *known == filter))
}

/// What is worked out for each block of rows.
struct Block {
    /// The number of each row's cell; the largest for rows that do not count.
    keys: [u64; BLOCK],
    /// The position of each row's cell; one beyond the last for rows that do not count.
    index: [u32; BLOCK],
    truths: Truths,
    /// For each filter, all bits of the rows that meet it.
    masks: Vec<Box<Lane>>,
}

impl Default for Block {
    fn default() -> Self {
        Self { keys: [0; BLOCK], index: [0; BLOCK], truths: [0; BLOCK], masks: Vec::new() }
    }
}

/// The key of a row that does not count.
const NOWHERE: u64 = u64::MAX;

/// Numbers of cells, from days and codes.
struct Keys {
    first_day: i32,
    /// For each day of the span, what its slice adds.
    by_day: Vec<u64>,
    /// For each axis its text column, and what each code of the table adds.
    by_code: Vec<(usize, Vec<u64>)>,
}

impl Keys {
    fn new(pass: &Pass<'_>) -> Self {
        let combinations = pass.axes.size().unwrap_or(u64::MAX);
        let of_slice = |slice: Option<usize>| slice.and_then(|slice| u64::try_from(slice).ok()).map_or(NOWHERE, |slice| slice.saturating_mul(combinations));
        let by_day = pass.slices.by_day(pass.span).into_iter().map(of_slice).collect();
        let axes = pass.by.iter().zip(&pass.axes.0).zip(pass.axes.strides());
        let by_code = axes.map(|((key, axis), stride)| {
            let positions = pass.table.dictionaries.get(*key).map(|dictionary| axis.positions(dictionary)).unwrap_or_default();
            (*key, positions.into_iter().map(|position| u64::try_from(position).unwrap_or(0).saturating_mul(stride)).collect())
        });
        Self { first_day: pass.span.first.epoch_days(), by_day, by_code: by_code.collect() }
    }

    fn of_chunk<'c>(&'c self, chunk: &'c Chunk) -> ChunkKeys<'c> {
        let lookups = self.by_code.iter().filter_map(|(key, added)| Some(chunk.texts.get(*key)?.lookup(added.as_slice().into())));
        ChunkKeys { keys: self, dates: &chunk.dates, lookups: lookups.collect() }
    }

    /// Every number that a row has, once, ascending.
    fn listed(&self, chunks: &[Arc<Chunk>]) -> Vec<u64> {
        let mut found = Vec::new();
        let mut keys = [0; BLOCK];
        for chunk in chunks {
            let of_chunk = self.of_chunk(chunk);
            for start in (0..chunk.rows()).step_by(BLOCK) {
                let rows = chunk.rows().saturating_sub(start).min(BLOCK);
                of_chunk.fill(start, rows, &mut keys);
                found.extend(keys.iter().take(rows).filter(|key| **key != NOWHERE));
            }
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}

struct ChunkKeys<'c> {
    keys: &'c Keys,
    dates: &'c [i32],
    lookups: Vec<super::column::Lookup<'c, u64>>,
}

impl ChunkKeys<'_> {
    fn fill(&self, start: usize, rows: usize, keys: &mut [u64; BLOCK]) {
        let (first, by_day) = (self.keys.first_day, self.keys.by_day.as_slice());
        let dates = self.dates.get(start..).unwrap_or_default();
        for (key, day) in keys.iter_mut().zip(dates) {
            let offset = usize::try_from(day.wrapping_sub(first)).unwrap_or(usize::MAX);
            *key = by_day.get(offset).copied().unwrap_or(NOWHERE);
        }
        if let Some(rest) = keys.get_mut(rows..) {
            rest.fill(NOWHERE);
        }
        for lookup in &self.lookups {
            lookup.for_each(start, keys, |key, more| *key = key.saturating_add(more));
        }
    }
}

/// The positions of the cells of a block.
fn place(places: &Places, cells: usize, keys: &[u64; BLOCK], index: &mut [u32; BLOCK]) {
    let nowhere = u32::try_from(cells).unwrap_or(u32::MAX);
    match places {
        Places::Direct { .. } => index.iter_mut().zip(keys).for_each(|(index, key)| *index = u32::try_from(*key).unwrap_or(nowhere).min(nowhere)),
        Places::Listed(found) => {
            for (index, key) in index.iter_mut().zip(keys) {
                *index = found.binary_search(key).ok().and_then(|position| u32::try_from(position).ok()).unwrap_or(nowhere);
            }
        }
    }
}

/// What the rows are folded into.
struct Folding<'p> {
    pass: &'p Pass<'p>,
    lanes: &'p [LanePlan],
    filters: &'p [&'p Condition],
    cells: usize,
    /// For each group of lanes, that many integers for each cell, and for the rows that do not count.
    sums: Vec<Vec<i64>>,
    scratch: Vec<Box<Lane>>,
    others: Vec<Other>,
}

/// An aggregate that is not made of lanes.
enum Other {
    /// A sum of a column that is too wide for a lane.
    Sum(Vec<Total>),
    Weighted(Vec<(Total, Total, u64)>),
    Extreme(Vec<(Option<i128>, u64)>),
    Values(Vec<(u32, i128)>),
    /// For each cell, a bit for each code.
    Bits(Vec<Vec<u64>>),
    /// Cells and codes, sorted now and then.
    Pairs(Vec<u64>),
    /// Made of lanes.
    None,
}

impl<'p> Folding<'p> {
    fn new(pass: &'p Pass<'p>, lanes: &'p [LanePlan], filters: &'p [&'p Condition], cells: usize) -> Self {
        let with_nowhere = cells.saturating_add(1);
        let sums = lanes.chunks(TOGETHER).map(|group| vec![0; with_nowhere.saturating_mul(group.len())]).collect();
        let rows: usize = pass.chunks.iter().map(|chunk| chunk.rows()).sum();
        let other = |aggregate: &Aggregate<'_>| match aggregate.kind {
            Kind::Sum { measure } if !pass.is_narrow(measure) => Other::Sum(vec![Total::default(); with_nowhere]),
            Kind::Rows | Kind::Sum { .. } => Other::None,
            Kind::Weighted { .. } => Other::Weighted(vec![Default::default(); with_nowhere]),
            Kind::Extreme { .. } => Other::Extreme(vec![(None, 0); with_nowhere]),
            Kind::Values { .. } => Other::Values(Vec::new()),
            Kind::Set { key } => {
                let members = pass.table.dictionaries.get(key).map_or(0, |dictionary| dictionary.members());
                let room = (members / 8).saturating_add(8).saturating_mul(cells.min(rows));
                if room <= BITS { Other::Bits(vec![Vec::new(); with_nowhere]) } else { Other::Pairs(Vec::new()) }
            }
        };
        let others = pass.aggregates.iter().map(other).collect();
        Self { pass, lanes, filters, cells, sums, scratch: lanes.iter().map(|_| Box::new([0; BLOCK])).collect(), others }
    }

    fn fold(&mut self, chunk: &Chunk, start: usize, rows: usize, block: &Block) {
        // Lanes without condition over numbers without gaps are read where they are.
        let mut direct: Vec<Option<&Lane>> = Vec::with_capacity(self.lanes.len());
        for ((adds, filter), scratch) in self.lanes.iter().zip(&mut self.scratch) {
            let mask = filter.and_then(|filter| block.masks.get(filter)).map(AsRef::as_ref);
            direct.push(lane(self.pass, *adds, mask, chunk, start, rows, scratch));
        }
        let lanes: Vec<&Lane> = direct.into_iter().zip(&self.scratch).map(|(direct, scratch)| direct.unwrap_or(scratch)).collect();
        for (group, sums) in lanes.chunks(TOGETHER).zip(&mut self.sums) {
            scatter_group(sums, &block.index, group);
        }
        for (aggregate, other) in self.pass.aggregates.iter().zip(&mut self.others) {
            if !matches!(other, Other::None) {
                let mask = filter_position(self.filters, aggregate.filter).and_then(|filter| block.masks.get(filter)).map(AsRef::as_ref);
                other.fold(self.pass, &aggregate.kind, mask, chunk, start, rows, &block.index);
            }
        }
    }

    /// The integers of a lane, cell by cell.
    fn lane(&self, plan: LanePlan) -> Option<(&[i64], usize, usize)> {
        let position = self.lanes.iter().position(|lane| *lane == plan)?;
        let width = self.lanes.chunks(TOGETHER).nth(position / TOGETHER)?.len();
        Some((self.sums.get(position / TOGETHER)?, width, position % TOGETHER))
    }

    fn finish(mut self, slices: Slices, places: &Places, combinations: u64) -> Grid {
        // The cells that hold rows of any aggregate, in the order of slices and members.
        let counts: Vec<_> = self.lanes.iter().filter(|(adds, _)| *adds == Adds::One).filter_map(|lane| self.lane(*lane)).collect();
        let held = |cell: usize| counts.iter().any(|(sums, width, at)| sums.get(cell.saturating_mul(*width).saturating_add(*at)).is_some_and(|rows| *rows > 0));
        let cells: Vec<usize> = (0..self.cells).filter(|cell| held(*cell)).collect();
        let mut grid = Grid { slices, ..Grid::default() };
        grid.members.reserve(cells.len());
        for cell in &cells {
            let key = match places {
                Places::Direct { .. } => u64::try_from(*cell).unwrap_or(u64::MAX),
                Places::Listed(found) => found.get(*cell).copied().unwrap_or(0),
            };
            let slice = usize::try_from(key.checked_div(combinations).unwrap_or(0)).unwrap_or(0);
            while grid.starts.len() <= slice {
                grid.starts.push(grid.members.len());
            }
            grid.members.push(key.checked_rem(combinations).unwrap_or(0));
        }
        grid.close();
        let mut gathered: BTreeMap<usize, Arc<Vec<u64>>> = BTreeMap::new();
        let others = std::mem::take(&mut self.others);
        for (aggregate, other) in self.pass.aggregates.iter().zip(others) {
            let column = self.column(aggregate, other, &cells, &mut gathered);
            grid.columns.push(column);
        }
        grid
    }

    fn column(&self, aggregate: &Aggregate<'_>, other: Other, cells: &[usize], gathered: &mut BTreeMap<usize, Arc<Vec<u64>>>) -> Column {
        let filter = filter_position(self.filters, aggregate.filter);
        let mut counts = |adds: Adds| -> Arc<Vec<u64>> {
            let Some(position) = self.lanes.iter().position(|lane| *lane == (adds, filter)) else { return Arc::default() };
            let counted = gathered
                .entry(position)
                .or_insert_with(|| Arc::new(self.gather((adds, filter), cells).into_iter().map(|count| u64::try_from(count).unwrap_or(0)).collect()));
            Arc::clone(counted)
        };
        let rows = counts(Adds::One);
        // A member none of whose rows is kept has an empty cell.
        let cell = |(content, rows): (Content, &u64)| Arc::new(if *rows == 0 { Cell::default() } else { Cell { rows: *rows, content } });
        let wrap = |contents: Vec<Content>| Column::Other(contents.into_iter().zip(rows.iter()).map(cell).collect());
        match (&aggregate.kind, other) {
            (Kind::Sum { measure }, other) => {
                let present = if self.pass.gaps(*measure) { counts(Adds::Present(*measure)) } else { Arc::clone(&rows) };
                let totals = match other {
                    Other::Sum(totals) => Totals::Wide(cells.iter().map(|cell| totals.get(*cell).cloned().unwrap_or_default()).collect()),
                    _ => Totals::Narrow(self.gather((Adds::Number(*measure), filter), cells)),
                };
                Column::Sum { rows, present, totals, decimals: self.pass.decimals(*measure) }
            }
            (Kind::Weighted { measure, weight }, Other::Weighted(sums)) => {
                let (weight_decimals, decimals) = (self.pass.decimals(*weight), self.pass.decimals(*measure));
                let content = |cell: &usize| {
                    let (products, weights, present) = sums.get(*cell).cloned().unwrap_or_default();
                    Content::Weighted { products, decimals: decimals.saturating_add(weight_decimals), weights, weight_decimals, present }
                };
                wrap(cells.iter().map(content).collect())
            }
            (Kind::Extreme { measure, largest }, Other::Extreme(found)) => {
                let decimals = self.pass.decimals(*measure);
                let content = |cell: &usize| {
                    let (number, present) = found.get(*cell).copied().unwrap_or_default();
                    Content::Extreme { number, decimals, largest: *largest, present }
                };
                wrap(cells.iter().map(content).collect())
            }
            (Kind::Values { measure }, Other::Values(mut pairs)) => {
                let decimals = self.pass.decimals(*measure);
                pairs.sort_unstable();
                let mut rest = pairs.as_slice();
                let content = |cell: &usize| {
                    let (mine, after) = take_cell(rest, *cell, |(cell, _)| *cell);
                    rest = after;
                    Content::Values { values: mine.iter().map(|(_, value)| *value).collect(), decimals }
                };
                wrap(cells.iter().map(content).collect())
            }
            (_, Other::Bits(mut bits)) => {
                let content = |cell: &usize| {
                    let set = Set::Many(bits.get_mut(*cell).map(std::mem::take).unwrap_or_default());
                    Content::Set(if set.len() <= 64 { Set::of_codes(set.codes()) } else { set })
                };
                wrap(cells.iter().map(content).collect())
            }
            (_, Other::Pairs(mut pairs)) => {
                pairs.sort_unstable();
                pairs.dedup();
                let mut rest = pairs.as_slice();
                let content = |cell: &usize| {
                    let (mine, after) = take_cell(rest, *cell, |pair| u32::try_from(pair >> 32).unwrap_or(u32::MAX));
                    rest = after;
                    Content::Set(Set::of_codes(mine.iter().map(|pair| u32::try_from(pair & u64::from(u32::MAX)).unwrap_or(0)).collect()))
                };
                wrap(cells.iter().map(content).collect())
            }
            _ => Column::Rows(rows),
        }
    }

    fn gather(&self, plan: LanePlan, cells: &[usize]) -> Vec<i64> {
        let Some((sums, width, at)) = self.lane(plan) else { return vec![0; cells.len()] };
        cells.iter().map(|cell| sums.get(cell.saturating_mul(width).saturating_add(at)).copied().unwrap_or(0)).collect()
    }
}

/// The items of a cell at the head of a sorted list, those of earlier cells passed over, and the rest.
fn take_cell<T>(items: &[T], cell: usize, of: impl Fn(&T) -> u32) -> (&[T], &[T]) {
    let cell = u32::try_from(cell).unwrap_or(u32::MAX);
    let from = items.partition_point(|item| of(item) < cell);
    let items = items.get(from..).unwrap_or_default();
    items.split_at(items.partition_point(|item| of(item) == cell))
}

/// Works out a lane of a block, or finds it in the column.
fn lane<'c>(pass: &Pass<'_>, adds: Adds, mask: Option<&Lane>, chunk: &'c Chunk, start: usize, rows: usize, scratch: &mut Lane) -> Option<&'c Lane> {
    let measure = match adds {
        Adds::One => {
            match mask {
                Some(mask) => scratch.iter_mut().zip(mask).for_each(|(one, mask)| *one = 1 & mask),
                None => scratch.fill(1),
            }
            return None;
        }
        Adds::Present(measure) | Adds::Number(measure) => measure,
    };
    let column = chunk.numbers.get(measure)?;
    let factor = 10i64.checked_pow(pass.decimals(measure).saturating_sub(column.decimals)).unwrap_or(0);
    let counts = matches!(adds, Adds::Present(_));
    match &column.mantissas {
        Mantissas::Narrow(values) => {
            let values = values.get(start..start.saturating_add(rows)).unwrap_or_default();
            if !counts && mask.is_none() && !column.gaps && factor == 1 && rows == BLOCK {
                return values.first_chunk::<BLOCK>();
            }
            let of = |value: i64| match (value == GAP, counts) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => value.wrapping_mul(factor),
            };
            match mask {
                Some(mask) => scratch.iter_mut().zip(values).zip(mask).for_each(|((out, value), mask)| *out = of(*value) & mask),
                None => scratch.iter_mut().zip(values).for_each(|(out, value)| *out = of(*value)),
            }
        }
        // Only presence is counted in lanes here; the numbers are too wide.
        Mantissas::Wide(values) => {
            let values = values.get(start..start.saturating_add(rows)).unwrap_or_default();
            for (row, (out, value)) in scratch.iter_mut().zip(values).enumerate() {
                let kept = mask.and_then(|mask| mask.get(row)).is_none_or(|mask| *mask != 0);
                *out = i64::from(kept && *value != super::column::WIDE_GAP);
            }
        }
    }
    None
}

fn scatter_group(sums: &mut [i64], index: &[u32; BLOCK], lanes: &[&Lane]) {
    match lanes {
        [a] => scatter(sums, index, [a]),
        [a, b] => scatter(sums, index, [a, b]),
        [a, b, c] => scatter(sums, index, [a, b, c]),
        [a, b, c, d] => scatter(sums, index, [a, b, c, d]),
        [a, b, c, d, e] => scatter(sums, index, [a, b, c, d, e]),
        [a, b, c, d, e, f] => scatter(sums, index, [a, b, c, d, e, f]),
        [a, b, c, d, e, f, g] => scatter(sums, index, [a, b, c, d, e, f, g]),
        [a, b, c, d, e, f, g, h] => scatter(sums, index, [a, b, c, d, e, f, g, h]),
        _ => {}
    }
}

/// Adds each row's lanes to its cell.
fn scatter<const WIDTH: usize>(sums: &mut [i64], index: &[u32; BLOCK], lanes: [&Lane; WIDTH]) {
    let (cells, _) = sums.as_chunks_mut::<WIDTH>();
    for (row, at) in index.iter().enumerate() {
        let Some(cell) = usize::try_from(*at).ok().and_then(|at| cells.get_mut(at)) else { continue };
        for (sum, lane) in cell.iter_mut().zip(lanes) {
            // Lanes are as long as the index; their sums cannot overflow, see `is_narrow`.
            *sum = sum.wrapping_add(lane.get(row).copied().unwrap_or(0));
        }
    }
}

impl Other {
    #[allow(clippy::too_many_arguments, reason = "a block and what is done with it")]
    fn fold(&mut self, pass: &Pass<'_>, kind: &Kind, mask: Option<&Lane>, chunk: &Chunk, start: usize, rows: usize, index: &[u32; BLOCK]) {
        let nowhere = |at: u32| usize::try_from(at).ok();
        let kept = index.iter().enumerate().take(rows).filter(|(row, _)| mask.and_then(|mask| mask.get(*row)).is_none_or(|mask| *mask != 0));
        let number = |measure: usize| {
            let column = chunk.numbers.get(measure);
            let factor = 10i128.checked_pow(pass.decimals(measure).saturating_sub(column.map_or(0, |column| column.decimals))).unwrap_or(1);
            move |row: usize| column.and_then(|column| column.at(start.saturating_add(row))).map(|mantissa| mantissa.saturating_mul(factor))
        };
        match (self, kind) {
            (Self::Sum(totals), Kind::Sum { measure }) => {
                let number = number(*measure);
                for (row, at) in kept {
                    if let (Some(total), Some(mantissa)) = (nowhere(*at).and_then(|at| totals.get_mut(at)), number(row)) {
                        total.add(mantissa);
                    }
                }
            }
            (Self::Weighted(sums), Kind::Weighted { measure, weight }) => {
                let (number, weight) = (number(*measure), number(*weight));
                for (row, at) in kept {
                    let Some((products, weights, present)) = nowhere(*at).and_then(|at| sums.get_mut(at)) else { continue };
                    if let (Some(number), Some(weight)) = (number(row), weight(row)) {
                        products.add_product(number, weight);
                        weights.add(weight);
                        *present = present.saturating_add(1);
                    }
                }
            }
            (Self::Extreme(found), Kind::Extreme { measure, largest }) => {
                let number = number(*measure);
                for (row, at) in kept {
                    let Some((extreme, present)) = nowhere(*at).and_then(|at| found.get_mut(at)) else { continue };
                    if let Some(number) = number(row) {
                        *extreme = Some(extreme.map_or(number, |known| if *largest { known.max(number) } else { known.min(number) }));
                        *present = present.saturating_add(1);
                    }
                }
            }
            (Self::Values(pairs), Kind::Values { measure }) => {
                let number = number(*measure);
                pairs.extend(kept.filter_map(|(row, at)| Some((*at, number(row)?))));
            }
            (Self::Bits(bits), Kind::Set { key }) => {
                let Some(column) = chunk.texts.get(*key) else { return };
                let words = pass.table.dictionaries.get(*key).map_or(0, |dictionary| dictionary.members() / 64).saturating_add(1);
                for (row, at) in kept {
                    let code = column.at(start.saturating_add(row));
                    if let Some(set) = nowhere(*at).and_then(|at| bits.get_mut(at)).filter(|_| code != super::column::NULL) {
                        if set.is_empty() {
                            set.resize(words, 0);
                        }
                        sets::insert(set, code);
                    }
                }
            }
            (Self::Pairs(pairs), Kind::Set { key }) => {
                let Some(column) = chunk.texts.get(*key) else { return };
                let pair = |(row, at): (usize, &u32)| {
                    let code = column.at(start.saturating_add(row));
                    (code != super::column::NULL).then(|| u64::from(*at) << 32 | u64::from(code))
                };
                pairs.extend(kept.filter_map(pair));
            }
            _ => {}
        }
    }
}
