//! Layouts: which grids a plan needs, and in which column of which grid each figure's cells are.
//! It follows from the plan and the declared sources alone, so that grids made of different facts
//! have the same one.

use super::pass::Aggregate;
use super::plan::{MadeOf, Plan, aggregate};
use crate::base::id::Id;
use crate::model::System;
use crate::model::kpi::Calculation;

/// The grids of a plan, and where in them each figure is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) grids: Vec<GridOf>,
    /// For each figure of the plan that has cells, its grid and column.
    places: Vec<Option<(usize, usize)>>,
}

/// What a grid is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum GridOf {
    /// The rows of a source, read one by one, for these figures of the plan, one a column; in
    /// slices of days for balances, else of the refinement of the periods.
    Rows { source: Id, daily: bool, figures: Vec<usize> },
    /// The entities that one figure of the plan follows.
    Entities { figure: usize },
}

impl Layout {
    pub(super) fn new(system: &System, plan: &Plan) -> Self {
        let mut layout = Self { grids: Vec::new(), places: vec![None; plan.nodes.len()] };
        for source in system.sources() {
            for daily in [false, true] {
                let mut aggregates: Vec<Aggregate<'_>> = Vec::new();
                let mut figures = Vec::new();
                for (position, node) in plan.nodes.iter().enumerate() {
                    let calculation = &node.definition.calculation;
                    let here = calculation.source() == Some(&source.id) && matches!(calculation, Calculation::Balance { .. }) == daily;
                    let Some(aggregate) = aggregate(&node.definition, source).filter(|_| here) else { continue };
                    let known = aggregates.iter().position(|known| *known == aggregate);
                    let column = known.unwrap_or_else(|| {
                        aggregates.push(aggregate);
                        figures.push(position);
                        figures.len().saturating_sub(1)
                    });
                    layout.put(position, column);
                }
                if !figures.is_empty() {
                    layout.grids.push(GridOf::Rows { source: source.id.clone(), daily, figures });
                }
            }
        }
        for (figure, node) in plan.nodes.iter().enumerate() {
            let rows = node.definition.calculation.source().is_some();
            if matches!(node.made_of, MadeOf::Cells) && !rows {
                layout.put(figure, 0);
                layout.grids.push(GridOf::Entities { figure });
            }
        }
        layout
    }

    /// Puts a figure into the grid that comes next.
    fn put(&mut self, figure: usize, column: usize) {
        let grid = self.grids.len();
        if let Some(place) = self.places.get_mut(figure) {
            *place = Some((grid, column));
        }
    }

    /// The grid and column of a figure's cells.
    pub(super) fn place(&self, figure: usize) -> Option<(usize, usize)> {
        self.places.get(figure).copied().flatten()
    }
}
