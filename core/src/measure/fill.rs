//! Facts to cells: which grids a plan needs, and how each is made.

use super::credit::Crediting;
use super::entities::{self, Kept, Sides};
use super::evaluate::{Figures, sources};
use super::facts::Facts;
use super::grid::Grid;
use super::pass::{Aggregate, Pass};
use super::plan::{MadeOf, aggregate, condition};
use super::slices::Slices;
use super::table::Table;
use crate::base::calendar::{Grain, Span};
use crate::base::id::Id;
use crate::model::kpi::{Basis, Calculation, Definition};

impl Figures {
    /// Makes the cells of every figure that has its own.
    pub(super) fn fill(&mut self, facts: &Facts, grains: &[Grain], by: &[Id]) {
        let mut cut: Vec<Grain> = grains.iter().copied().chain(self.plan.window_grains()).collect();
        cut.sort_unstable();
        cut.dedup();
        self.places = vec![None; self.plan.nodes.len()];
        let system = std::sync::Arc::clone(&self.system);
        for source in system.sources() {
            let Some(table) = facts.table(source) else { continue };
            let Some(span) = self.recorded.get(&source.id).and_then(|recorded| recorded.span) else { continue };
            // Balances look at days; everything else at the refinement of the periods.
            for daily in [false, true] {
                let slices = || if daily { Slices::days(span) } else { Slices::of(&system.calendar(), &cut, span) };
                let (grid, columns) = self.rows_grid(table, span, slices, by, &source.id, daily);
                if let Some(grid) = grid {
                    for (node, column) in columns {
                        if let Some(place) = self.places.get_mut(node) {
                            *place = Some((self.grids.len(), column));
                        }
                    }
                    self.grids.push(grid);
                }
            }
        }
        for node in 0..self.plan.nodes.len() {
            if let Some((grid, unmatched)) = self.entity_grid(facts, node, &cut, by) {
                if let Some(place) = self.places.get_mut(node) {
                    *place = Some((self.grids.len(), 0));
                }
                self.grids.push(grid);
                if let Some(unmatched) = unmatched {
                    self.unmatched.insert(node, unmatched);
                }
            }
        }
    }

    /// The grid of all figures that read the rows of a source one by one, and the column of each.
    fn rows_grid(&self, table: &Table, span: Span, slices: impl Fn() -> Slices, by: &[Id], source: &Id, daily: bool) -> (Option<Grid>, Vec<(usize, usize)>) {
        let mut aggregates: Vec<Aggregate<'_>> = Vec::new();
        let mut columns = Vec::new();
        for (position, node) in self.plan.nodes.iter().enumerate() {
            let reads = node.definition.calculation.source() == Some(source);
            let is_daily = matches!(node.definition.calculation, Calculation::Balance { .. });
            // Sides of a conversion that nobody asks by are read entity by entity only.
            if !reads || is_daily != daily || !matches!(node.made_of, MadeOf::Cells) {
                continue;
            }
            let Some(aggregate) = aggregate(&node.definition, table) else { continue };
            let column = aggregates.iter().position(|known| *known == aggregate).unwrap_or_else(|| {
                aggregates.push(aggregate);
                aggregates.len().saturating_sub(1)
            });
            columns.push((position, column));
        }
        let keys: Option<Vec<usize>> = by.iter().map(|id| table.key(id.as_str())).collect();
        let Some(keys) = keys.filter(|_| !aggregates.is_empty()) else { return (None, Vec::new()) };
        let pass = Pass { table, chunks: &table.chunks, aggregates: &aggregates, by: &keys, axes: &self.axes, slices: slices(), span };
        (Some(pass.run()), columns)
    }

    /// The grid of a figure that follows entities, and how many outcomes belong to no cohort.
    fn entity_grid(&self, facts: &Facts, node: usize, grains: &[Grain], by: &[Id]) -> Option<(Grid, Option<(u64, u64)>)> {
        let definition = &self.plan.nodes.get(node)?.definition;
        let span = self.span_of(sources(&self.system, definition, true))?;
        let slices = Slices::of(&self.system.calendar(), grains, span);
        let keys = |table: &Table| by.iter().map(|id| table.key(id.as_str())).collect::<Option<Vec<usize>>>();
        match &definition.calculation {
            Calculation::Conversion { from, to, within_days, basis, matching } => {
                let (from, to) = (self.kept(facts, from)?, self.kept(facts, to)?);
                let matching = match matching {
                    None => None,
                    Some(id) => Some((from.table.key(id.as_str())?, to.table.key(id.as_str())?)),
                };
                let by = keys(from.table)?;
                let (passages, unmatched) = Sides { from, to, matching }.passages(&by, &self.axes);
                let cells = entities::conversion(&passages, *within_days, *basis == Basis::SamePeriod);
                Some((entities::grid(slices, cells), Some(unmatched)))
            }
            Calculation::Duration { from, to, .. } => {
                let (from, to) = (self.kept(facts, from)?, self.kept(facts, to)?);
                let by = keys(from.table)?;
                let (passages, unmatched) = Sides { from, to, matching: None }.passages(&by, &self.axes);
                Some((entities::grid(slices, entities::duration(&passages)), Some(unmatched)))
            }
            Calculation::Credit { outcome, touches, to, rule, within_days } => {
                let outcome_definition = self.system.definition(outcome.as_str())?;
                let (outcomes, touches) = (self.kept(facts, outcome)?, self.kept(facts, touches)?);
                let measure = match &outcome_definition.calculation {
                    Calculation::Sum { measure, .. } => Some(outcomes.table.measure(measure.as_str())?),
                    _ => None,
                };
                let to: Option<&Definition> = to.as_ref().and_then(|to| self.system.definition(to.as_str()));
                let by = keys(touches.table)?;
                let crediting = Crediting { outcomes, measure, touches, to: to.and_then(condition), rule: *rule, within_days: *within_days };
                Some((entities::grid(slices, crediting.cells(&by, &self.axes)), None))
            }
            _ => None,
        }
    }

    /// The rows that a count or sum over a source with an entity reads.
    fn kept<'a>(&'a self, facts: &'a Facts, id: &Id) -> Option<Kept<'a>> {
        let definition = self.system.definition(id.as_str())?;
        let source = self.system.source(definition.calculation.source()?.as_str())?;
        let table = facts.table(source)?;
        let entity = table.key(source.entity.as_ref()?.id.as_str())?;
        let span = self.recorded.get(&source.id)?.span?;
        Some(Kept { table, filter: condition(definition), span, entity })
    }
}
