//! The members with the largest values, and all others as one.

use std::sync::Arc;

use super::evaluate::{Asked, Figures, Known};
use super::given::Given;
use super::grid::Grid;
use super::layout::GridOf;
use crate::base::calendar::Grain;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::base::number::Number;
use crate::base::order;

impl Figures {
    /// Tells only the members apart whose values of a figure are the largest, over all periods
    /// together. The cells of all others are merged, so that the rest's figures are computed as
    /// those of any member: a ratio from its parts, a median from its numbers.
    pub(crate) fn with_top(mut self, given: &Given, figure: &str, by: &[Id], most: usize) -> Self {
        let ranked = self.ranked(figure);
        let (kept, others) = ranked.split_at(most.min(ranked.len()));
        if others.is_empty() {
            return self;
        }
        let kept: Set<u64> = kept.iter().copied().collect();
        self.axes.keep(kept, u64::try_from(others.len()).unwrap_or(u64::MAX));
        let merged = |(of, grid): (&GridOf, &Arc<Grid>)| match of {
            GridOf::Rows { .. } => Grid::merged(&[grid], grid.slices.clone(), &|_, member| self.axes.kept(member)),
            // An outcome that several touches are credited with in full is the rest's only once,
            // which cells no longer tell: entities are followed anew.
            GridOf::Entities { figure } => self.entity_grid(given, *figure, by).map(|(grid, _)| grid).unwrap_or_default(),
        };
        self.grids = self.layout.grids.iter().zip(&self.grids).map(merged).map(Arc::new).collect();
        self
    }

    /// All combinations of members, the largest value first, those without a value last; of equal
    /// ones in the order of their names.
    fn ranked(&self, figure: &str) -> Vec<u64> {
        let Some(node) = self.plan.position(figure) else { return Vec::new() };
        let Some(period) = self.periods(node, Grain::All).pop() else { return Vec::new() };
        let asked = Asked { period, window: None };
        // As far as it is known: whether enough days are covered is the same for all.
        let value = |member: u64| self.raw(node, &asked, member, &mut Known::new()).value.number().cloned();
        let mut ranked: Vec<(Option<Number>, u64)> = self.members(node, &asked).into_iter().map(|member| (value(member), member)).collect();
        // `None` is less than any number; the sort is stable, and members come in order.
        order::sort_by(&mut ranked, |(left, _), (right, _)| right.cmp(left));
        ranked.into_iter().map(|(_, member)| member).collect()
    }
}
