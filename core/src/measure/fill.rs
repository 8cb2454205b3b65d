//! Facts to cells: how each grid of a layout is made, and how rows that came later are added.

use std::sync::Arc;

use super::cells::Keeps;
use super::credit::Crediting;
use super::entities::{self, Kept, Sides};
use super::evaluate::Figures;
use super::facts::Facts;
use super::given::Given;
use super::grid::Grid;
use super::layout::{GridOf, Layout};
use super::pass::Pass;
use super::plan::{aggregate, condition};
use super::reads::{recorded, sides, sources};
use super::slices::Slices;
use super::table::{Chunk, Table};
use crate::base::calendar::{Grain, Span};
use crate::base::date::Date;
use crate::base::id::Id;
use crate::model::kpi::{Basis, Calculation, Definition};
use crate::model::source::SourceTable;

impl Figures {
    /// Makes the cells of every figure that has its own.
    pub(super) fn fill(&mut self, given: &Given, grains: &[Grain], by: &[Id]) {
        self.lay(grains);
        for at in 0..self.layout.grids.len() {
            let grid = match self.layout.grids.get(at) {
                Some(GridOf::Rows { source, daily, figures }) => match given {
                    Given::Rows(facts) => {
                        let table = self.system.source(source.as_str()).and_then(|source| facts.table(source));
                        table.and_then(|table| self.rows_grid(table, &table.chunks, *daily, figures, by))
                    }
                    Given::Cells(laid) => laid.grid(self, source, *daily, figures, by),
                },
                Some(GridOf::Entities { figure }) => {
                    let figure = *figure;
                    self.entity_grid(given, figure, by).map(|(grid, unmatched)| {
                        self.unmatched.extend(unmatched.map(|unmatched| (figure, unmatched)));
                        grid
                    })
                }
                None => None,
            };
            self.grids.push(Arc::new(grid.unwrap_or_default()));
        }
    }

    /// Makes the cells of the same figures for several questions, reading rows once.
    pub(super) fn fill_all(all: &mut [Self], given: &Given, questions: &[(Grain, Vec<Id>)]) {
        for (figures, (grain, _)) in all.iter_mut().zip(questions) {
            figures.lay(&[*grain]);
        }
        let together = |figures: &Self| figures.layout.grids.iter().all(|of| matches!(of, GridOf::Rows { .. }));
        let (Given::Rows(facts), true) = (given, all.iter().all(together)) else {
            all.iter_mut().zip(questions).for_each(|(figures, (grain, by))| figures.fill(given, &[*grain], by));
            return;
        };
        for at in 0..all.first().map_or(0, |figures| figures.layout.grids.len()) {
            let pass = |(figures, (_, by)): (&'_ Self, &(Grain, Vec<Id>))| {
                let Some(GridOf::Rows { source, .. }) = figures.layout.grids.get(at) else { return None };
                figures.system.source(source.as_str()).and_then(|source| facts.table(source)).map(|table| (table, by.clone()))
            };
            let tables: Vec<_> = all.iter().zip(questions).map(pass).collect();
            let passes: Vec<Option<Pass<'_>>> = all
                .iter()
                .zip(&tables)
                .map(|(figures, table)| {
                    let Some(GridOf::Rows { daily, figures: columns, .. }) = figures.layout.grids.get(at) else { return None };
                    let (table, by) = table.as_ref()?;
                    figures.rows_pass(table, &table.chunks, *daily, columns, by)
                })
                .collect();
            let present: Vec<bool> = passes.iter().map(Option::is_some).collect();
            let passes: Vec<Pass<'_>> = passes.into_iter().flatten().collect();
            let mut made = Pass::run_all(&passes).into_iter();
            drop(passes);
            for (figures, present) in all.iter_mut().zip(present) {
                figures.grids.push(Arc::new(if present { made.next().unwrap_or_default() } else { Grid::default() }));
            }
        }
    }

    /// Decides which grids there are, and what their slices are cut at.
    pub(super) fn lay(&mut self, grains: &[Grain]) {
        self.grains = grains.iter().copied().chain(self.plan.window_grains()).collect();
        self.grains.sort_unstable();
        self.grains.dedup();
        self.layout = Layout::new(&self.system, &self.plan);
    }

    /// The same figures, as known at a later date, with the rows that `facts` have beyond `old`,
    /// of which these were made. What reads rows one by one reads only the new ones; what follows
    /// entities is made anew where any of its sources has new rows.
    ///
    /// `None` where more is needed: when the facts are others, or rows that were not counted yet
    /// would be now.
    pub(crate) fn extended(&self, old: &Facts, facts: &Arc<Facts>, as_of: Date) -> Option<Self> {
        let chunks = |facts: &Facts, source: &Id| {
            let table = self.system.source(source.as_str()).and_then(|source| facts.table(source));
            table.map(|table| table.chunks.clone()).unwrap_or_default()
        };
        let follows = |source: &SourceTable| {
            let (old, new) = (chunks(old, &source.id), chunks(facts, &source.id));
            let hidden = old.iter().any(|chunk| chunk.days.keys().next_back().is_some_and(|last| *last > self.as_of));
            !hidden && old.len() <= new.len() && old.iter().zip(&new).all(|(old, new)| Arc::ptr_eq(old, new))
        };
        if as_of < self.as_of || !self.axes.0.is_empty() || !self.system.sources().iter().all(follows) {
            return None;
        }
        let mut figures = self.clone();
        figures.as_of = as_of;
        figures.recorded = recorded(&self.system, &Given::Rows(Arc::clone(facts)), as_of);
        figures.refill(facts, &|source| chunks(old, source).len());
        Some(figures)
    }

    fn refill(&mut self, facts: &Arc<Facts>, known: &dyn Fn(&Id) -> usize) {
        let extended =
            |source: &Id| self.system.source(source.as_str()).and_then(|source| facts.table(source)).is_some_and(|table| table.chunks.len() > known(source));
        let mut grids = Vec::with_capacity(self.grids.len());
        let mut unmatched = self.unmatched.clone();
        let given = Given::Rows(Arc::clone(facts));
        for (of, old) in self.layout.grids.iter().zip(&self.grids) {
            grids.push(match of {
                GridOf::Rows { source, daily, figures } if extended(source) => {
                    let table = self.system.source(source.as_str()).and_then(|source| facts.table(source));
                    let new = table.and_then(|table| self.rows_grid(table, table.chunks.get(known(source)..)?, *daily, figures, &[]));
                    new.map_or_else(|| Arc::clone(old), |new| Arc::new(old.extended(&new)))
                }
                GridOf::Entities { figure } if self.reads(*figure).into_iter().any(extended) => {
                    self.entity_grid(&given, *figure, &[]).map_or_else(Arc::default, |(grid, counts)| {
                        unmatched.extend(counts.map(|counts| (*figure, counts)));
                        Arc::new(grid)
                    })
                }
                _ => Arc::clone(old),
            });
        }
        (self.grids, self.unmatched) = (grids, unmatched);
    }

    /// Every source whose rows a figure that follows entities reads.
    fn reads(&self, figure: usize) -> Vec<&Id> {
        self.plan.nodes.get(figure).map(|node| sides(&self.system, &node.definition.calculation)).unwrap_or_default()
    }

    /// The grid of all figures that read the rows of a source one by one.
    pub(super) fn rows_grid(&self, table: &Table, chunks: &[Arc<Chunk>], daily: bool, figures: &[usize], by: &[Id]) -> Option<Grid> {
        self.rows_pass(table, chunks, daily, figures, by).map(Pass::run)
    }

    /// The pass that makes it.
    fn rows_pass<'a>(&'a self, table: &'a Table, chunks: &'a [Arc<Chunk>], daily: bool, figures: &[usize], by: &[Id]) -> Option<Pass<'a>> {
        let span = self.recorded.get(&table.source.id)?.span?;
        let days = |chunk: &Arc<Chunk>| Some((*chunk.days.keys().next()?, *chunk.days.keys().next_back()?));
        let first = chunks.iter().filter_map(days).map(|(first, _)| first).min()?.max(span.first);
        let last = chunks.iter().filter_map(days).map(|(_, last)| last).max()?.min(span.last);
        let held = Span { first, last };
        let slices = self.slices_of(held, daily);
        let definitions = figures.iter().filter_map(|figure| self.plan.nodes.get(*figure)).map(|node| &node.definition);
        let aggregates = definitions.filter_map(|definition| aggregate(definition, &table.source)).collect();
        let by = by.iter().map(|id| table.key(id.as_str())).collect::<Option<_>>()?;
        Some(Pass { table, chunks, aggregates, by, axes: &self.axes, slices, span: held })
    }

    /// Slices are needed only where there are rows.
    pub(super) fn slices_of(&self, held: Span, daily: bool) -> Slices {
        if daily { Slices::days(held) } else { Slices::of(self.system.calendar(), &self.grains, held).cut(&self.cuts) }
    }

    /// The grid of a figure that follows entities, and how many outcomes belong to no cohort.
    pub(super) fn entity_grid(&self, given: &Given, node: usize, by: &[Id]) -> Option<(Grid, Option<(u64, u64)>)> {
        let definition = &self.plan.nodes.get(node)?.definition;
        let span = self.span_of(sources(&self.system, definition, true))?;
        // What ends after the last cohort has slices of its own, and does not end in that one's.
        let reach = self.span_of(sides(&self.system, &definition.calculation)).unwrap_or(span);
        let slices = self.slices_of(Span { first: span.first, last: span.last.max(reach.last) }, false);
        let keys = |table: &Table| by.iter().map(|id| table.key(id.as_str())).collect::<Option<Vec<usize>>>();
        match &definition.calculation {
            Calculation::Conversion { from, to, within_days, basis, matching } => {
                let first = |member: &Option<Id>| Keeps::First(member.clone());
                let (from, to) = (self.kept(given, from, &first(&None))?, self.kept(given, to, &first(matching))?);
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
                let (from, to) = (self.kept(given, from, &Keeps::First(None))?, self.kept(given, to, &Keeps::First(None))?);
                let by = keys(from.table)?;
                let (passages, unmatched) = Sides { from, to, matching: None }.passages(&by, &self.axes);
                Some((entities::grid(slices, entities::duration(&passages)), Some(unmatched)))
            }
            Calculation::Credit { outcome, touches, to, rule, within_days } => {
                let outcome_definition = self.system.definition(outcome.as_str())?;
                let (outcomes, touches) = (self.kept(given, outcome, &Keeps::All)?, self.kept(given, touches, &Keeps::All)?);
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

    /// The rows that a count or sum over a source with an entity reads; of cells, those of them
    /// that may matter.
    pub(super) fn kept<'a>(&'a self, given: &'a Given, id: &Id, keeps: &Keeps) -> Option<Kept<'a>> {
        let definition = self.system.definition(id.as_str())?;
        let source = self.system.source(definition.calculation.source()?.as_str())?;
        let (table, filter) = match given {
            Given::Rows(facts) => (facts.table(source)?, condition(definition)),
            // Only rows that meet the condition went into them.
            Given::Cells(laid) => (laid.table(id, keeps)?, None),
        };
        let entity = table.key(source.entity.as_ref()?.id.as_str())?;
        let span = self.recorded.get(&source.id)?.span?;
        Some(Kept { table, filter, span, entity })
    }
}
