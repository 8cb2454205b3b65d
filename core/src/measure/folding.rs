//! Folding: the rows of blocks into cells, and the cells into the grids of each question.
//!
//! Each row has a cell: its slice and its members, in one number. Counts and sums of narrow
//! columns are *lanes* of machine integers, added together; their bounds are known from the
//! columns, so that none can overflow. Everything else is folded row by row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::{Cell, Content};
use super::finer::Finer;
use super::grid::{Column, Grid, Totals};
use super::lanes::{Adds, Group, Lane, LanePlan, MANY, TOGETHER};
use super::other::Other;
use super::pass::{Aggregate, BLOCK, Kind, Pass, filter_position};
use super::places::Places;
use super::predicate::{Predicate, TRUE, Truths};
use super::table::Chunk;
use crate::base::condition::Condition;

/// What is worked out for each block of rows.
pub(super) struct Block {
    /// The position of each row's cell; one beyond the last for rows that do not count.
    pub(super) index: [u32; BLOCK],
    truths: Truths,
    /// For each condition, all bits of the rows that meet it.
    masks: Vec<Box<Lane>>,
}

impl Block {
    /// Works out the masks of conditions.
    pub(super) fn ask(&mut self, predicates: &[Option<Predicate<'_>>], start: usize) {
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

/// What the rows are folded into, for questions that share their cells.
pub(super) struct Folding<'p> {
    filters: &'p [&'p Condition],
    finer: &'p Finer,
    places: &'p Places,
    /// The cells that rows are folded into.
    cells: usize,
    groups: Vec<Group>,
    questions: Vec<Question<'p>>,
    /// The position of each row's cell among those of a question.
    index: Box<[u32; BLOCK]>,
}

/// What one question is answered by.
struct Question<'p> {
    pass: &'p Pass<'p>,
    wanted: Vec<LanePlan>,
    others: Vec<Other>,
    /// The cell that each folded one is part of, unless they are the same.
    to: Option<&'p [u32]>,
    /// The cells that are asked for.
    cells: usize,
}

impl<'p> Folding<'p> {
    pub(super) fn new(passes: &'p [Pass<'p>], filters: &'p [&'p Condition], finer: &'p Finer, places: &'p Places) -> Self {
        let cells = finer.positions(places);
        let mut lanes: Vec<LanePlan> = vec![(Adds::One, None)];
        let mut questions = Vec::with_capacity(passes.len());
        for (pass, to) in passes.iter().zip(&finer.to) {
            let wanted = pass.lanes(filters);
            for lane in wanted.iter().map(|lane| finer.physical(*lane)) {
                if !lanes.contains(&lane) {
                    lanes.push(lane);
                }
            }
            let to = to.as_deref();
            let asked = to.map_or(cells, |to| to.last().and_then(|nowhere| usize::try_from(*nowhere).ok()).unwrap_or(0));
            let others = pass.aggregates.iter().map(|aggregate| Other::new(pass, &aggregate.kind, asked)).collect();
            questions.push(Question { pass, wanted, others, to, cells: asked });
        }
        let groups = lanes.chunks(if cells > MANY { 1 } else { TOGETHER }).map(|lanes| Group::new(lanes, cells)).collect();
        Self { filters, finer, places, cells, groups, questions, index: Box::new([0; BLOCK]) }
    }

    /// The position of the rows that do not count.
    pub(super) fn nowhere(&self) -> u32 {
        u32::try_from(self.cells).unwrap_or(u32::MAX)
    }

    /// The conditions that must be asked of rows. Those that the cells decide need not, unless sets
    /// and the like depend on them.
    pub(super) fn predicates<'c>(&self, chunk: &'c Chunk) -> Vec<Option<Predicate<'c>>>
    where
        'p: 'c,
    {
        let table = self.questions.first().map(|question| question.pass.table);
        let asked = |filter: usize| !self.finer.decides(filter) || self.questions.iter().any(|question| question.asks_rows(self.filters, filter));
        let predicates = self.filters.iter().enumerate();
        predicates.map(|(position, filter)| asked(position).then(|| table.map(|table| Predicate::new(filter, table, chunk))).flatten()).collect()
    }

    /// Folds a block of rows.
    pub(super) fn fold(&mut self, chunk: &Chunk, start: usize, rows: usize, block: &Block) {
        let Some(pass) = self.questions.first().map(|question| question.pass) else { return };
        for group in &mut self.groups {
            group.fold(pass, &block.masks, chunk, start, rows, &block.index);
        }
        for question in self.questions.iter_mut().filter(|question| question.others.iter().any(Other::reads_rows)) {
            let index = match question.to {
                None => &block.index,
                Some(to) => {
                    for (at, fine) in self.index.iter_mut().zip(&block.index) {
                        *at = usize::try_from(*fine).ok().and_then(|fine| to.get(fine)).copied().unwrap_or(u32::MAX);
                    }
                    &*self.index
                }
            };
            for (aggregate, other) in question.pass.aggregates.iter().zip(&mut question.others) {
                let mask = filter_position(self.filters, aggregate.filter).and_then(|filter| block.masks.get(filter)).map(AsRef::as_ref);
                other.fold(question.pass, &aggregate.kind, mask, chunk, start, rows, index);
            }
        }
    }

    /// The grid of each question.
    pub(super) fn finish(mut self) -> Vec<Grid> {
        let questions = std::mem::take(&mut self.questions);
        let alone = questions.len() == 1;
        let as_asked = |question: &Question<'_>| question.to.is_none() && question.wanted.iter().all(|lane| self.finer.physical(*lane) == *lane);
        if alone && questions.iter().all(as_asked) {
            // Each lane is what was asked for already.
            let groups = std::mem::take(&mut self.groups);
            let mut ready: Vec<_> = groups.into_iter().flat_map(|group| group.lanes.clone().into_iter().zip(group.columns(self.cells))).collect();
            let mut lane = |plan: &LanePlan| ready.iter_mut().find(|(lane, _)| lane == plan).map(|(_, sums)| std::mem::take(sums)).unwrap_or_default();
            return questions.into_iter().map(|question| self.grid(question.wanted.iter().map(&mut lane).collect(), question)).collect();
        }
        questions.into_iter().map(|question| self.grid(question.wanted.iter().map(|lane| self.lane(&question, *lane)).collect(), question)).collect()
    }

    /// What a wanted lane comes to for each cell that is asked for.
    fn lane(&self, question: &Question<'_>, plan: LanePlan) -> Vec<i64> {
        let physical = self.finer.physical(plan);
        let found = self.groups.iter().find_map(|group| Some((group, group.lanes.iter().position(|lane| *lane == physical)?)));
        let Some((group, position)) = found else { return Vec::new() };
        let fine = group.sums(position).take(self.cells);
        let Some(to) = question.to.or_else(|| (physical != plan).then_some(&[])) else { return fine.copied().collect() };
        let mut lane = vec![0i64; question.cells];
        for (cell, sum) in fine.enumerate() {
            let at = if to.is_empty() { Some(cell) } else { to.get(cell).and_then(|at| usize::try_from(*at).ok()) };
            if let Some(total) = at.and_then(|at| lane.get_mut(at)).filter(|_| self.finer.holds(plan.1, cell)) {
                *total = total.wrapping_add(*sum);
            }
        }
        lane
    }

    /// The grid of a question whose lanes come to these sums.
    fn grid(&self, lanes: Vec<Vec<i64>>, mut question: Question<'_>) -> Grid {
        // The cells that hold rows of any aggregate, in the order of slices and members.
        let counts: Vec<&Vec<i64>> = question.wanted.iter().zip(&lanes).filter(|((adds, _), _)| *adds == Adds::One).map(|(_, lane)| lane).collect();
        let held = |cell: &usize| counts.iter().any(|lane| lane.get(*cell).is_some_and(|rows| *rows > 0));
        let cells: Vec<usize> = (0..question.cells).filter(held).collect();
        let combinations = question.pass.axes.size().unwrap_or(u64::MAX);
        let mut grid = Grid { slices: question.pass.slices.clone(), ..Grid::default() };
        grid.members.reserve(cells.len());
        for cell in &cells {
            let number = if question.to.is_some() { u64::try_from(*cell).unwrap_or(u64::MAX) } else { self.places.number(*cell) };
            let slice = usize::try_from(number.checked_div(combinations).unwrap_or(0)).unwrap_or(0);
            while grid.starts.len() <= slice {
                grid.starts.push(grid.members.len());
            }
            grid.members.push(number.checked_rem(combinations).unwrap_or(0));
        }
        grid.close();
        let whole = cells.len() == question.cells;
        let lanes: Vec<Arc<Vec<i64>>> = lanes
            .into_iter()
            .map(|lane| Arc::new(if whole { lane } else { cells.iter().map(|cell| lane.get(*cell).copied().unwrap_or(0)).collect() }))
            .collect();
        let others = std::mem::take(&mut question.others);
        let made = Made { question: &question, filters: self.filters, cells: &cells, lanes: &lanes };
        let mut counted = BTreeMap::new();
        grid.columns = question.pass.aggregates.iter().zip(others).map(|(aggregate, other)| made.column(aggregate, other, &mut counted)).collect();
        grid
    }
}

impl Question<'_> {
    /// Whether anything that is not made of lanes asks a condition of each row.
    fn asks_rows(&self, filters: &[&Condition], filter: usize) -> bool {
        let others = self.pass.aggregates.iter().zip(&self.others).filter(|(_, other)| other.reads_rows());
        others.into_iter().any(|(aggregate, _)| filter_position(filters, aggregate.filter) == Some(filter))
    }
}

/// What the columns of a grid are made of.
struct Made<'m> {
    question: &'m Question<'m>,
    filters: &'m [&'m Condition],
    /// The cells that hold rows.
    cells: &'m [usize],
    /// The wanted lanes, for these cells.
    lanes: &'m [Arc<Vec<i64>>],
}

impl Made<'_> {
    fn column(&self, aggregate: &Aggregate<'_>, other: Other, counted: &mut BTreeMap<usize, Arc<Vec<u64>>>) -> Column {
        let pass = self.question.pass;
        let filter = filter_position(self.filters, aggregate.filter);
        let lane =
            |adds: Adds| self.question.wanted.iter().position(|lane| *lane == (adds, filter)).and_then(|position| Some((position, self.lanes.get(position)?)));
        let mut counts = |adds: Adds| -> Arc<Vec<u64>> {
            let Some((position, lane)) = lane(adds) else { return Arc::default() };
            let counted = counted.entry(position).or_insert_with(|| Arc::new(lane.iter().map(|count| u64::try_from(*count).unwrap_or(0)).collect()));
            Arc::clone(counted)
        };
        let rows = counts(Adds::One);
        match (&aggregate.kind, other) {
            (Kind::Sum { measure }, other) => {
                let present = if pass.gaps(*measure) { counts(Adds::Present(*measure)) } else { Arc::clone(&rows) };
                let totals = match other {
                    Other::Sum(totals) => Totals::Wide(self.cells.iter().map(|cell| totals.get(*cell).cloned().unwrap_or_default()).collect()),
                    _ => Totals::Narrow(lane(Adds::Number(*measure)).map(|(_, lane)| Arc::clone(lane)).unwrap_or_default()),
                };
                Column::Sum { rows, present, totals, decimals: pass.decimals(*measure) }
            }
            (Kind::Rows, _) | (_, Other::None) => Column::Rows(rows),
            (kind, other) => {
                // A member none of whose rows is kept has an empty cell.
                let cell = |(content, rows): (Content, &u64)| Arc::new(if *rows == 0 { Cell::default() } else { Cell { rows: *rows, content } });
                Column::Other(other.contents(pass, kind, self.cells).into_iter().zip(rows.iter()).map(cell).collect())
            }
        }
    }
}
