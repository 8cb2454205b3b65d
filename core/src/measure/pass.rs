//! The pass: the rows of one source to cells, block by block, for all aggregates of all questions
//! at once.

use std::sync::Arc;

use super::axes::Axes;
use super::column::{Mantissas, NumberColumn};
use super::finer::Finer;
use super::folding::{Block, Folding};
use super::grid::Grid;
use super::lanes::{Adds, LanePlan};
use super::slices::Slices;
use super::table::{Chunk, Table};
use crate::base::calendar::Span;
use crate::base::condition::Condition;

/// Rows that are folded together.
pub(super) const BLOCK: usize = 1024;

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
    /// The different members, or a sketch of them.
    Set {
        key: usize,
        approximate: bool,
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

    /// Several passes over the same rows, which are then read once: folded into cells that are
    /// fine enough for all of them where these are few, else into those of each.
    pub(super) fn run_all(passes: &[Self]) -> Vec<Grid> {
        let filters: Vec<_> = passes.iter().map(|pass| distinct_filters(std::slice::from_ref(pass))).collect();
        let all = distinct_filters(passes);
        let shared = if passes.len() > 1 { Finer::shared(passes, &all) } else { None };
        let groups: Vec<(&[Self], &[&Condition], Finer)> = match shared {
            Some(finer) => vec![(passes, all.as_slice(), finer)],
            None => passes.chunks(1).zip(&filters).filter_map(|(pass, filters)| Some((pass, filters.as_slice(), Finer::of(pass.first()?, filters)))).collect(),
        };
        let places: Vec<_> = groups.iter().filter_map(|(passes, _, finer)| passes.first().map(|pass| finer.places(pass))).collect();
        let mut foldings: Vec<_> = groups.iter().zip(&places).map(|((passes, filters, finer), places)| Folding::new(passes, filters, finer, places)).collect();
        let mut block = Block::default();
        for chunk in passes.first().map(|pass| pass.chunks).unwrap_or_default() {
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
        foldings.into_iter().flat_map(Folding::finish).collect()
    }

    /// The lanes that the aggregates need; conditions are told by their positions.
    pub(super) fn lanes(&self, filters: &[&Condition]) -> Vec<LanePlan> {
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

    pub(super) fn gaps(&self, measure: usize) -> bool {
        self.columns(measure).any(|(column, _)| column.gaps)
    }

    /// Whether the sum of all numbers, at their common scale, is sure to fit a lane.
    pub(super) fn is_narrow(&self, measure: usize) -> bool {
        let decimals = self.decimals(measure);
        let bound = self.columns(measure).try_fold(0u128, |bound, (column, rows)| {
            let factor = 10u128.checked_pow(decimals.saturating_sub(column.decimals))?;
            let most = column.largest.checked_mul(factor)?.checked_mul(u128::try_from(rows).ok()?)?;
            matches!(column.mantissas, Mantissas::Half(_) | Mantissas::Narrow(_)).then(|| bound.checked_add(most)).flatten()
        });
        bound.is_some_and(|bound| i64::try_from(bound).is_ok())
    }
}

fn distinct_filters<'a>(passes: &[Pass<'a>]) -> Vec<&'a Condition> {
    let mut filters: Vec<&Condition> = Vec::new();
    for filter in passes.iter().flat_map(|pass| &pass.aggregates).filter_map(|aggregate| aggregate.filter) {
        if !filters.contains(&filter) {
            filters.push(filter);
        }
    }
    filters
}

pub(super) fn filter_position(filters: &[&Condition], filter: Option<&Condition>) -> Option<usize> {
    filter.and_then(|filter| filters.iter().position(|known| *known == filter))
}
