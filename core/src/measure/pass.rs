//! The pass: the rows of one source to cells, block by block, for all aggregates at once.
//!
//! Each row has a cell: its slice and its members, in one number. Counts and sums of narrow
//! columns are *lanes* of machine integers, folded together; their bounds are known from the
//! columns, so that none can overflow. Everything else is folded row by row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::axes::Axes;
use super::cell::{Cell, Content};
use super::column::{Codes, Mantissas, NumberColumn};
use super::finer::Finer;
use super::grid::{Column, Grid, Totals};
use super::lanes::{Adds, Lane, LanePlan, TOGETHER, lane, scatter_group};
use super::places::Places;
use super::predicate::{Predicate, TRUE, Truths};
use super::sets::{self, Set};
use super::slices::Slices;
use super::table::{Chunk, Table};
use super::total::Total;
use crate::base::calendar::Span;
use crate::base::condition::Condition;

/// Rows that are folded together.
pub(super) const BLOCK: usize = 1024;
/// The most bytes for sets that are kept as bits while rows are folded.
const BITS: usize = 1 << 30;

/// What is aggregated of the rows that meet a condition. Columns are positions in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Rows,
    Sum {
        measure: usize,
    },
    /// `filled` where a missing number counts as zero, with its weight.
    Weighted {
        measure: usize,
        weight: usize,
        filled: bool,
    },
    Extreme {
        measure: usize,
        largest: bool,
    },
    Values {
        measure: usize,
    },
    Set {
        key: usize,
    },
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
    pub(super) aggregates: Vec<Aggregate<'a>>,
    /// The text columns that the axes are of.
    pub(super) by: Vec<usize>,
    pub(super) axes: &'a Axes,
    pub(super) slices: Slices,
    /// The days whose rows count.
    pub(super) span: Span,
}

impl Pass<'_> {
    pub(super) fn run(self) -> Grid {
        Self::run_all(&[self]).pop().unwrap_or_default()
    }

    /// Several passes over the same rows, which are then read once.
    pub(super) fn run_all(passes: &[Self]) -> Vec<Grid> {
        let filters: Vec<_> = passes.iter().map(|pass| distinct_filters(&pass.aggregates)).collect();
        let finer: Vec<_> = passes.iter().zip(&filters).map(|(pass, filters)| Finer::new(pass, filters)).collect();
        let lanes: Vec<_> = passes.iter().zip(&filters).map(|(pass, filters)| pass.lanes(filters)).collect();
        let places: Vec<_> = passes.iter().zip(&finer).map(|(pass, finer)| pass.places(finer)).collect();
        let mut foldings: Vec<Folding<'_>> = Vec::with_capacity(passes.len());
        for ((((pass, lanes), filters), finer), places) in passes.iter().zip(&lanes).zip(&filters).zip(&finer).zip(&places) {
            foldings.push(Folding::new(pass, lanes, filters, finer, places.cells(&pass.slices, &finer.axes)));
        }
        let mut block = Block::default();
        let chunks = passes.first().map(|pass| pass.chunks).unwrap_or_default();
        for chunk in chunks {
            let of_chunk: Vec<_> = foldings.iter().map(|folding| folding.predicates(chunk)).zip(places.iter().map(|places| places.of_chunk(chunk))).collect();
            for start in (0..chunk.rows()).step_by(BLOCK) {
                let rows = chunk.rows().saturating_sub(start).min(BLOCK);
                for (folding, (predicates, places)) in foldings.iter_mut().zip(&of_chunk) {
                    places.fill(start, rows, folding.nowhere(), &mut block.index);
                    block.ask(predicates, start);
                    folding.fold(chunk, start, rows, &block);
                }
            }
        }
        foldings.into_iter().zip(&places).map(|(folding, places)| folding.finish(places)).collect()
    }

    fn places(&self, finer: &Finer) -> Places {
        Places::new(self.table, self.chunks, &finer.by, &finer.axes, &self.slices, self.span)
    }

    fn lanes(&self, filters: &[&Condition]) -> Vec<LanePlan> {
        let mut lanes: Vec<LanePlan> = Vec::new();
        let mut add = |lane: LanePlan| {
            if !lanes.contains(&lane) {
                lanes.push(lane);
            }
        };
        for aggregate in &self.aggregates {
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
    pub(super) fn decimals(&self, measure: usize) -> u32 {
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
            matches!(column.mantissas, Mantissas::Half(_) | Mantissas::Narrow(_)).then(|| bound.checked_add(most)).flatten()
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
    /// The position of each row's cell; one beyond the last for rows that do not count.
    index: [u32; BLOCK],
    truths: Truths,
    /// For each filter, all bits of the rows that meet it.
    masks: Vec<Box<Lane>>,
}

impl Block {
    /// Works out the masks of conditions.
    fn ask(&mut self, predicates: &[Option<Predicate<'_>>], start: usize) {
        if self.masks.len() < predicates.len() {
            self.masks.resize_with(predicates.len(), || Box::new([0; BLOCK]));
        }
        for (predicate, mask) in predicates.iter().zip(&mut self.masks) {
            let Some(predicate) = predicate else { continue };
            predicate.evaluate(start, &mut self.truths);
            for (mask, truth) in mask.iter_mut().zip(&self.truths) {
                *mask = if *truth == TRUE { -1 } else { 0 };
            }
        }
    }
}

impl Default for Block {
    fn default() -> Self {
        Self { index: [0; BLOCK], truths: [0; BLOCK], masks: Vec::new() }
    }
}

/// What the rows are folded into.
struct Folding<'p> {
    pass: &'p Pass<'p>,
    filters: &'p [&'p Condition],
    finer: &'p Finer,
    /// What is asked for.
    wanted: &'p [LanePlan],
    /// What is added of each row, finer.
    lanes: Vec<LanePlan>,
    /// The finer cells.
    cells: usize,
    /// For each group of lanes, that many integers for each finer cell, and for the rows that do not count.
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
    fn new(pass: &'p Pass<'p>, wanted: &'p [LanePlan], filters: &'p [&'p Condition], finer: &'p Finer, cells: usize) -> Self {
        let mut lanes: Vec<LanePlan> = Vec::new();
        for lane in wanted.iter().map(|lane| finer.physical(*lane)) {
            if !lanes.contains(&lane) {
                lanes.push(lane);
            }
        }
        let with_nowhere = cells.saturating_add(1);
        let sums = lanes.chunks(TOGETHER).map(|group| vec![0; with_nowhere.saturating_mul(group.len())]).collect();
        let rows: usize = pass.chunks.iter().map(|chunk| chunk.rows()).sum();
        let asked = cells.checked_div(finer.each).unwrap_or(0);
        let with_nowhere = asked.saturating_add(1);
        let other = |aggregate: &Aggregate<'_>| match aggregate.kind {
            Kind::Sum { measure } if !pass.is_narrow(measure) => Other::Sum(vec![Total::default(); with_nowhere]),
            Kind::Rows | Kind::Sum { .. } => Other::None,
            Kind::Weighted { .. } => Other::Weighted(vec![Default::default(); with_nowhere]),
            Kind::Extreme { .. } => Other::Extreme(vec![(None, 0); with_nowhere]),
            Kind::Values { .. } => Other::Values(Vec::new()),
            Kind::Set { key } => {
                let members = pass.table.dictionaries.get(key).map_or(0, |dictionary| dictionary.members());
                let room = (members / 8).saturating_add(8).saturating_mul(asked.min(rows));
                if room <= BITS { Other::Bits(vec![Vec::new(); with_nowhere]) } else { Other::Pairs(Vec::new()) }
            }
        };
        let others = pass.aggregates.iter().map(other).collect();
        let scratch = lanes.iter().map(|_| Box::new([0; BLOCK])).collect();
        Self { pass, filters, finer, wanted, lanes, cells, sums, scratch, others }
    }

    /// Whether anything that is not made of lanes asks a condition of each row.
    fn asks_rows(&self, filter: usize) -> bool {
        let others = self.pass.aggregates.iter().zip(&self.others).filter(|(_, other)| !matches!(other, Other::None));
        others.into_iter().any(|(aggregate, _)| filter_position(self.filters, aggregate.filter) == Some(filter))
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
        if self.others.iter().all(|other| matches!(other, Other::None)) {
            return;
        }
        let mut index = block.index;
        if let Some(each) = u32::try_from(self.finer.each).ok().filter(|each| *each > 1) {
            index.iter_mut().for_each(|at| *at = at.checked_div(each).unwrap_or(0));
        }
        for (aggregate, other) in self.pass.aggregates.iter().zip(&mut self.others) {
            if !matches!(other, Other::None) {
                let mask = filter_position(self.filters, aggregate.filter).and_then(|filter| block.masks.get(filter)).map(AsRef::as_ref);
                other.fold(self.pass, &aggregate.kind, mask, chunk, start, rows, &index);
            }
        }
    }

    /// What a wanted lane comes to for each cell that is asked for.
    fn coarse(&self, plan: LanePlan) -> Vec<i64> {
        let physical = self.finer.physical(plan);
        let Some(position) = self.lanes.iter().position(|lane| *lane == physical) else { return Vec::new() };
        let width = self.lanes.chunks(TOGETHER).nth(position / TOGETHER).map_or(1, <[LanePlan]>::len);
        let sums = self.sums.get(position / TOGETHER).map(Vec::as_slice).unwrap_or_default();
        let fine = sums.iter().skip(position % TOGETHER).step_by(width).take(self.cells);
        if self.finer.each <= 1 && physical == plan {
            return fine.copied().collect();
        }
        let holds = plan.1.and_then(|filter| self.finer.holds.get(filter)?.as_deref());
        let mut coarse = vec![0i64; self.cells.checked_div(self.finer.each).unwrap_or(0)];
        let combinations = holds.map_or(1, <[bool]>::len).max(1);
        for (cell, sum) in fine.enumerate() {
            let counts = holds.is_none_or(|holds| holds.get(cell % combinations).copied().unwrap_or(false));
            if let Some(total) = coarse.get_mut(cell / self.finer.each).filter(|_| counts) {
                *total = total.wrapping_add(*sum);
            }
        }
        coarse
    }

    /// The position of the rows that do not count.
    fn nowhere(&self) -> u32 {
        u32::try_from(self.cells).unwrap_or(u32::MAX)
    }

    /// The conditions that must be asked of rows. Those that the cells decide need not, unless sets
    /// and the like depend on them.
    fn predicates<'c>(&self, chunk: &'c Chunk) -> Vec<Option<Predicate<'c>>>
    where
        'p: 'c,
    {
        let asked = |filter: usize| !self.finer.decides(filter) || self.asks_rows(filter);
        let predicates = self.filters.iter().enumerate();
        predicates.map(|(position, filter)| asked(position).then(|| Predicate::new(filter, self.pass.table, chunk))).collect()
    }

    fn finish(mut self, places: &Places) -> Grid {
        let slices = self.pass.slices.clone();
        let lanes: Vec<Vec<i64>> = self.wanted.iter().map(|lane| self.coarse(*lane)).collect();
        self.sums = Vec::new();
        // The cells that hold rows of any aggregate, in the order of slices and members.
        let counts: Vec<&Vec<i64>> = self.wanted.iter().zip(&lanes).filter(|((adds, _), _)| *adds == Adds::One).map(|(_, lane)| lane).collect();
        let asked = self.cells.checked_div(self.finer.each).unwrap_or(0);
        let held = |cell: &usize| counts.iter().any(|lane| lane.get(*cell).is_some_and(|rows| *rows > 0));
        let cells: Vec<usize> = (0..asked).filter(held).collect();
        let combinations = self.pass.axes.size().unwrap_or(u64::MAX);
        let mut grid = Grid { slices, ..Grid::default() };
        grid.members.reserve(cells.len());
        for cell in &cells {
            // Finer cells are told apart by what counts fastest.
            let number = if self.finer.each > 1 { u64::try_from(*cell).unwrap_or(u64::MAX) } else { places.number(*cell) };
            let slice = usize::try_from(number.checked_div(combinations).unwrap_or(0)).unwrap_or(0);
            while grid.starts.len() <= slice {
                grid.starts.push(grid.members.len());
            }
            grid.members.push(number.checked_rem(combinations).unwrap_or(0));
        }
        grid.close();
        let whole = cells.len() == asked;
        let lanes: Vec<Arc<Vec<i64>>> = lanes
            .into_iter()
            .map(|lane| Arc::new(if whole { lane } else { cells.iter().map(|cell| lane.get(*cell).copied().unwrap_or(0)).collect() }))
            .collect();
        let mut counted: BTreeMap<usize, Arc<Vec<u64>>> = BTreeMap::new();
        for (aggregate, other) in self.pass.aggregates.iter().zip(std::mem::take(&mut self.others)) {
            grid.columns.push(self.column(aggregate, other, &cells, &lanes, &mut counted));
        }
        grid
    }

    fn column(
        &self,
        aggregate: &Aggregate<'_>,
        other: Other,
        cells: &[usize],
        lanes: &[Arc<Vec<i64>>],
        counted: &mut BTreeMap<usize, Arc<Vec<u64>>>,
    ) -> Column {
        let filter = filter_position(self.filters, aggregate.filter);
        let lane = |adds: Adds| self.wanted.iter().position(|lane| *lane == (adds, filter)).and_then(|position| Some((position, lanes.get(position)?)));
        let mut counts = |adds: Adds| -> Arc<Vec<u64>> {
            let Some((position, lane)) = lane(adds) else { return Arc::default() };
            let counted = counted.entry(position).or_insert_with(|| Arc::new(lane.iter().map(|count| u64::try_from(*count).unwrap_or(0)).collect()));
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
                    _ => Totals::Narrow(lane(Adds::Number(*measure)).map(|(_, lane)| Arc::clone(lane)).unwrap_or_default()),
                };
                Column::Sum { rows, present, totals, decimals: self.pass.decimals(*measure) }
            }
            (Kind::Weighted { measure, weight, .. }, Other::Weighted(sums)) => {
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
}

/// The items of a cell at the head of a sorted list, those of earlier cells passed over, and the rest.
fn take_cell<T>(items: &[T], cell: usize, of: impl Fn(&T) -> u32) -> (&[T], &[T]) {
    let cell = u32::try_from(cell).unwrap_or(u32::MAX);
    let from = items.partition_point(|item| of(item) < cell);
    let items = items.get(from..).unwrap_or_default();
    items.split_at(items.partition_point(|item| of(item) == cell))
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
            (Self::Weighted(sums), Kind::Weighted { measure, weight, filled }) => {
                let (number, weight) = (number(*measure), number(*weight));
                for (row, at) in kept {
                    let Some((products, weights, present)) = nowhere(*at).and_then(|at| sums.get_mut(at)) else { continue };
                    match (number(row), weight(row)) {
                        (Some(number), Some(weight)) => {
                            products.add_product(number, weight);
                            weights.add(weight);
                            *present = present.saturating_add(1);
                        }
                        (None, Some(weight)) if *filled => weights.add(weight),
                        _ => {}
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
                if let (None, None, Codes::Long(codes)) = (mask, &column.to_table, &column.codes) {
                    let codes = codes.get(start..start.saturating_add(rows)).unwrap_or_default();
                    for (code, at) in codes.iter().zip(index).filter(|(code, _)| **code != super::column::NULL) {
                        let Some(set) = nowhere(*at).and_then(|at| bits.get_mut(at)) else { continue };
                        if set.is_empty() {
                            set.resize(words, 0);
                        }
                        if let Some(word) = usize::try_from(code >> 6).ok().and_then(|word| set.get_mut(word)) {
                            *word |= 1 << (code & 63);
                        }
                    }
                    return;
                }
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
