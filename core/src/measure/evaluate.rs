//! Figures from cells: each value with the rows and days that it rests on.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::axes::{Axes, Axis};
use super::cell::Cell;
use super::given::Given;
use super::grid::{Column, Grid};
use super::layout::Layout;
use super::observation::{Caveat, CaveatKind, Coverage, Member, Observation};
use super::plan::{MadeOf, Node, Plan};
use super::reads::{check_dimensions, recorded, sides, sources};
use super::slices::Slices;
use super::table::Recorded;
use crate::base::calendar::{Grain, Period, Span};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::formula::Shift;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::order;
use crate::base::value::Value;
use crate::model::System;
use crate::model::kpi::{Calculation, Definition, Missing, Window};

/// A value before the declared minimum of coverage is applied.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    pub(super) value: Value,
    pub(super) rows: u64,
    pub(super) coverage: Coverage,
    pub(super) caveats: Vec<Caveat>,
    /// Why the value can still change although its period is over.
    pub(super) open: Option<String>,
}

/// The period that is asked for, and the stretch before it that counts too.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) period: Period,
    pub(super) window: Option<Window>,
}

/// The values that are known already, by figure, stretch of days and why it is that stretch: the
/// period before one of the same days need not be the same.
pub(super) type Known = Map<(usize, Span, Option<Window>), Raw>;

/// Figures, the cells that they are computed from, and what is known of their sources.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    pub(super) system: Arc<System>,
    pub(super) as_of: Date,
    pub(super) recorded: Map<Id, Recorded>,
    pub(super) plan: Plan,
    pub(super) axes: Axes,
    /// The lengths of periods that the slices are cut at.
    pub(super) grains: Vec<Grain>,
    /// Stretches of days that they are cut at besides.
    pub(super) cuts: Vec<Span>,
    pub(super) layout: Layout,
    /// In the order of the layout; empty where there are no facts.
    pub(super) grids: Vec<Arc<Grid>>,
    /// Outcomes that belong to no cohort, and all outcomes, by figure of the plan.
    pub(super) unmatched: Map<usize, (u64, u64)>,
}

impl Figures {
    /// The cells of some figures, as known at a date, for periods of some lengths.
    pub(crate) fn new(system: &Arc<System>, given: &Given, as_of: Date, roots: &[&Definition], grains: &[Grain]) -> Self {
        let mut figures = Self::planned(system, given, as_of, roots);
        figures.fill(given, grains, &[]);
        figures
    }

    /// The same for some stretches of days too, from rows.
    pub(crate) fn over(system: &Arc<System>, given: &Given, as_of: Date, roots: &[&Definition], grains: &[Grain], cuts: Vec<Span>) -> Self {
        let mut figures = Self { cuts, ..Self::planned(system, given, as_of, roots) };
        figures.fill(given, grains, &[]);
        figures
    }

    /// Whether any figure refers to other periods.
    pub(crate) fn looks_beyond(&self) -> bool {
        let shifts = |node: &Node| matches!(&node.definition.calculation, Calculation::Formula { formula } if formula.formula.looks_beyond());
        self.plan.nodes.iter().any(shifts)
    }

    /// The same by some dimensions, which the figures must have.
    pub(crate) fn by(system: &Arc<System>, given: &Given, as_of: Date, roots: &[&Definition], grains: &[Grain], by: &[Id]) -> Result<Self, Error> {
        for root in roots {
            check_dimensions(system, root, by)?;
        }
        given.check(by)?;
        let mut figures = Self::planned(system, given, as_of, roots);
        figures.axes = figures.axes_of(given, by);
        figures.check_size(grains)?;
        figures.fill(given, grains, by);
        Ok(figures)
    }

    /// The same for several questions, each by a length of periods and some dimensions.
    pub(crate) fn all(system: &Arc<System>, given: &Given, as_of: Date, roots: &[&Definition], questions: &[(Grain, Vec<Id>)]) -> Result<Vec<Self>, Error> {
        let mut all = Vec::with_capacity(questions.len());
        for (grain, by) in questions {
            roots.iter().try_for_each(|root| check_dimensions(system, root, by))?;
            given.check(by)?;
            let mut figures = Self::planned(system, given, as_of, roots);
            figures.axes = figures.axes_of(given, by);
            figures.check_size(&[*grain])?;
            all.push(figures);
        }
        Self::fill_all(&mut all, given, questions);
        Ok(all)
    }

    pub(super) fn planned(system: &Arc<System>, given: &Given, as_of: Date, roots: &[&Definition]) -> Self {
        Self {
            system: Arc::clone(system),
            as_of,
            recorded: recorded(system, given, as_of),
            plan: Plan::new(system, roots.iter().copied()),
            axes: Axes::default(),
            grains: Vec::new(),
            cuts: Vec::new(),
            layout: Layout::default(),
            grids: Vec::new(),
            unmatched: Map::new(),
        }
    }

    fn axes_of(&self, given: &Given, by: &[Id]) -> Axes {
        let mut sources: Vec<&Id> = self.plan.nodes.iter().flat_map(|node| sources(&self.system, &node.definition, false)).collect();
        order::sort_distinct(&mut sources);
        let declared: Vec<_> = sources.iter().filter_map(|id| self.system.source(id.as_str())).collect();
        Axes::new(by.iter().map(|id| Axis::of(declared.iter().flat_map(|source| given.members(source, id)))).collect())
    }

    /// Combinations of members are told apart by machine integers, slice by slice.
    pub(super) fn check_size(&self, grains: &[Grain]) -> Result<(), Error> {
        let fits = |slices: usize| self.axes.size().zip(u64::try_from(slices).ok()).is_some_and(|(size, slices)| size.checked_mul(slices).is_some());
        let span = self.span_of(self.recorded.keys());
        let daily = self.plan.nodes.iter().any(|node| matches!(node.definition.calculation, Calculation::Balance { .. }));
        let grains: Vec<Grain> = grains.iter().copied().chain(self.plan.window_grains()).collect();
        // No slice is shorter than a day; how many there really are is seldom of importance.
        let days = span.map_or(1, |span| usize::try_from(span.days()).unwrap_or(1));
        if fits(days) || span.is_some_and(|span| !daily && fits(Slices::of(self.system.calendar(), &grains, span).len())) {
            return Ok(());
        }
        let message = "the members of the dimensions that are asked by can be combined in more ways than can be told apart";
        Err(Error::new(Code::TooManyMembers, message, "ask by fewer dimensions"))
    }

    /// The figure in every period that its facts reach, by period and then by member.
    pub(crate) fn series(&self, figure: &str, least: &Number, grain: Grain) -> Vec<Observation> {
        let Some(node) = self.plan.position(figure) else { return Vec::new() };
        let mut observations = Vec::new();
        for period in self.periods(node, grain) {
            let asked = Asked { period: period.clone(), window: None };
            for combination in self.members(node, &asked) {
                observations.push(self.observation(node, &asked, combination, least));
            }
        }
        observations
    }

    /// The figure in any stretch that is a whole number of slices, without dimensions.
    pub(crate) fn at(&self, figure: &str, least: &Number, period: &Period) -> Option<Observation> {
        let node = self.plan.position(figure)?;
        Some(self.observation(node, &Asked { period: period.clone(), window: None }, 0, least))
    }

    fn observation(&self, node: usize, asked: &Asked, combination: u64, least: &Number) -> Observation {
        let raw = self.raw(node, asked, combination, &mut Known::new());
        self.finish(raw, least, asked.period.clone(), self.axes.member(combination))
    }

    /// Applies the declared minimum of coverage.
    pub(super) fn finish(&self, raw: Raw, least: &Number, period: Period, member: Member) -> Observation {
        let running = period.grain != Grain::All && period.last > self.as_of;
        let Raw { value, rows, coverage, mut caveats, open } = raw;
        let value = match value {
            Value::Value { value: so_far } => {
                let covered = || format!("{} of {} days are covered", coverage.days, coverage.of);
                if running {
                    Value::Incomplete { cause: format!("the period ends on {}; {}", period.last, covered()), so_far }
                } else if let Some(cause) = open {
                    Value::Incomplete { cause, so_far }
                } else if coverage.is_full() {
                    Value::of(so_far)
                } else if coverage.reaches(least) {
                    caveats.push(Caveat { kind: CaveatKind::PartlyCovered, text: covered() });
                    Value::of(so_far)
                } else {
                    Value::Incomplete { cause: covered(), so_far }
                }
            }
            reason => reason,
        };
        Observation { period, member, value, rows, coverage, caveats }
    }

    /// Every period from the first recorded day to the last, of any source that dates the figure.
    pub(super) fn periods(&self, node: usize, grain: Grain) -> Vec<Period> {
        let Some(definition) = self.plan.nodes.get(node).map(|node| &node.definition) else { return Vec::new() };
        let Some(span) = self.span_of(sources(&self.system, definition, true)) else { return Vec::new() };
        let calendar = self.system.calendar();
        let mut period = calendar.period(grain, span.first);
        if grain == Grain::All {
            return vec![Period { first: span.first, last: span.last, ..period }];
        }
        let mut periods = Vec::new();
        while period.first <= span.last {
            let next = calendar.next(&period);
            periods.push(period);
            match next {
                Some(next) => period = next,
                None => break,
            }
        }
        periods
    }

    /// From the first recorded day of any source that dates a figure to the last.
    pub(crate) fn recorded_span(&self, figure: &str) -> Option<Span> {
        let node = self.plan.nodes.get(self.plan.position(figure)?)?;
        self.span_of(sources(&self.system, &node.definition, true))
    }

    /// The first day on which all that dates a figure is recorded: before it, nothing of it was due.
    /// `None` where nobody knows of one of the sources, since it has no rows and does not say.
    pub(crate) fn due_from(&self, figure: &str) -> Option<Date> {
        let node = self.plan.nodes.get(self.plan.position(figure)?)?;
        let first = |source: &Id| self.recorded.get(source).and_then(|recorded| recorded.span).map(|span| span.first);
        let from = |source: &Id| first(source).or_else(|| self.system.source(source.as_str())?.recorded_from);
        sources(&self.system, &node.definition, true).into_iter().map(from).collect::<Option<Vec<Date>>>()?.into_iter().max()
    }

    /// From the first recorded day of any of the sources to the last.
    pub(super) fn span_of<'i>(&self, sources: impl IntoIterator<Item = &'i Id>) -> Option<Span> {
        let spans = sources.into_iter().filter_map(|source| self.recorded.get(source)?.span);
        spans.reduce(|left, right| Span { first: left.first.min(right.first), last: left.last.max(right.last) })
    }

    /// The days of what is asked.
    pub(super) fn span(&self, node: usize, asked: &Asked) -> Span {
        let calendar = self.system.calendar();
        let period = &asked.period;
        let first = match asked.window {
            _ if period.grain == Grain::All => period.first,
            None => period.first,
            Some(Window::Rolling(periods)) => {
                let mut first = period.clone();
                for _ in 1..periods {
                    match calendar.previous(&first) {
                        Some(earlier) => first = earlier,
                        None => break,
                    }
                }
                first.first
            }
            Some(Window::ToDate(grain)) => calendar.first_day(grain, period.last).min(period.last),
            Some(Window::AllTime) => {
                let definition = self.plan.nodes.get(node).map(|node| &node.definition);
                let span = definition.and_then(|definition| self.span_of(sources(&self.system, definition, true)));
                span.map_or(period.first, |span| span.first.min(period.first))
            }
        };
        Span { first, last: period.last }
    }

    /// The slices of a stretch of days.
    pub(super) fn slices(&self, grid: &Grid, span: Span, asked: &Asked) -> Range<usize> {
        let range = grid.slices.within(span);
        // What starts with the first recorded day need not start with a slice: the first slice
        // starts with its period, and holds nothing from before.
        let from_the_start = asked.period.grain == Grain::All || asked.window == Some(Window::AllTime);
        if from_the_start { 0..range.end } else { range }
    }

    /// The members that any part has in the period; one without dimensions.
    pub(super) fn members(&self, node: usize, asked: &Asked) -> Vec<u64> {
        if self.axes.0.is_empty() {
            return vec![0];
        }
        let mut members = Vec::new();
        self.collect_members(node, asked, &mut members, &mut BTreeSet::new());
        members.sort_unstable();
        members.dedup();
        members
    }

    /// Each figure is looked at once for a window, however many ways lead to it.
    fn collect_members(&self, node: usize, asked: &Asked, members: &mut Vec<u64>, seen: &mut BTreeSet<(usize, Option<Window>)>) {
        if !seen.insert((node, asked.window)) {
            return;
        }
        match self.plan.nodes.get(node).map(|node| &node.made_of) {
            Some(MadeOf::Cells) => {
                let Some((grid, column)) = self.place(node) else { return };
                for position in self.slices(grid, self.span(node, asked), asked).flat_map(|slice| grid.cells(slice)) {
                    if column.holds(position) {
                        members.extend(grid.members.get(position));
                    }
                }
            }
            Some(MadeOf::Ratio(numerator, denominator)) => {
                [numerator, denominator].into_iter().for_each(|part| self.collect_members(*part, asked, members, seen));
            }
            Some(MadeOf::Formula(parts)) => parts.iter().for_each(|(_, part)| self.collect_members(*part, asked, members, seen)),
            Some(MadeOf::Cumulative(of, window)) => self.collect_members(*of, &Asked { window: Some(*window), ..asked.clone() }, members, seen),
            None => {}
        }
    }

    pub(super) fn place(&self, node: usize) -> Option<(&Grid, &Column)> {
        let (grid, column) = self.layout.place(node)?;
        let grid = self.grids.get(grid)?;
        Some((grid, grid.columns.get(column)?))
    }

    /// The figure's value; each figure is computed once for a stretch of days and member.
    pub(super) fn raw(&self, position: usize, asked: &Asked, member: u64, known: &mut Known) -> Raw {
        let span = self.span(position, asked);
        if let Some(raw) = known.get(&(position, span, asked.window)) {
            return raw.clone();
        }
        let Some(node) = self.plan.nodes.get(position) else { return nothing(Value::missing("it is not defined"), span) };
        let raw = match &node.made_of {
            MadeOf::Cells => self.base(position, node, asked, span, member),
            MadeOf::Ratio(numerator, denominator) => {
                let parts = [*numerator, *denominator].map(|part| self.raw(part, asked, member, known));
                let value = match (&parts[0].value, &parts[1].value) {
                    (Value::Value { value: above }, Value::Value { value: below }) => above.divided_by(below).map_or_else(
                        || Value::undefined(format!("`{}` is zero", self.plan.nodes.get(*denominator).map_or("", |node| node.definition.id.as_str()))),
                        Value::of,
                    ),
                    (Value::Value { .. }, reason) | (reason, _) => reason.clone(),
                };
                combined(value, parts.into_iter(), span)
            }
            MadeOf::Formula(parts) => self.formula(node, parts, asked, member, span, known),
            MadeOf::Cumulative(of, window) => self.raw(*of, &Asked { window: Some(*window), ..asked.clone() }, member, known),
        };
        let raw = match (&raw.value, node.definition.missing) {
            (Value::Missing { cause }, Missing::Zero) if self.is_loaded(&node.definition) => {
                let text = format!("{cause}; counts as zero by its definition");
                let caveats = vec![Caveat { kind: CaveatKind::CountedAsZero, text }];
                let zero = Raw { value: Value::of(Number::from(0)), caveats, ..raw };
                // Of a period that is over, nothing is left that could still change it.
                if asked.period.last <= self.as_of { Raw { coverage: Coverage { days: zero.coverage.of, ..zero.coverage }, open: None, ..zero } } else { zero }
            }
            _ => raw,
        };
        if !matches!(node.made_of, MadeOf::Cells) {
            known.insert((position, span, asked.window), raw.clone());
        }
        raw
    }

    /// Whether rows were given for every source of a figure: what was never read is not zero.
    fn is_loaded(&self, definition: &Definition) -> bool {
        sources(&self.system, definition, false).into_iter().all(|source| self.recorded.contains_key(source))
    }

    fn formula(&self, node: &Node, parts: &[(Id, usize)], asked: &Asked, member: u64, span: Span, known: &mut Known) -> Raw {
        let Calculation::Formula { formula } = &node.definition.calculation else { return nothing(Value::missing("it has no formula"), span) };
        let mut read: Vec<Raw> = Vec::new();
        let value = formula.formula.evaluate(&mut |id, shift| {
            let part = parts.iter().find(|(known, _)| known == id).map(|(_, part)| *part);
            let period = self.shifted(&asked.period, shift);
            let raw = match (part, period) {
                (Some(part), Some(period)) => self.raw(part, &Asked { period, window: asked.window }, member, known),
                _ => nothing(Value::missing(format!("`{id}` has no such earlier period")), span),
            };
            let value = raw.value.clone();
            read.push(raw);
            value
        });
        // A number rests on the numbers it was made of, not on what `coalesce` passed over.
        let used = read.into_iter().filter(|raw| value.number().is_none() || raw.value.number().is_some());
        combined(value.clone(), used, span)
    }

    fn shifted(&self, period: &Period, shift: Option<Shift>) -> Option<Period> {
        let calendar = self.system.calendar();
        match shift {
            None => Some(period.clone()),
            Some(_) if period.grain == Grain::All => None,
            Some(Shift::PriorYear) => calendar.prior_year(period),
            Some(Shift::Previous(periods)) => (0..periods).try_fold(period.clone(), |period, _| calendar.previous(&period)),
        }
    }

    /// A figure that has cells of its own.
    fn base(&self, position: usize, node: &Node, asked: &Asked, span: Span, member: u64) -> Raw {
        let definition = &node.definition;
        let calculation = &definition.calculation;
        let sides = sides(&self.system, calculation);
        // A cohort is covered where its entities enter, a duration where it ends.
        let dating = if matches!(calculation, Calculation::Duration { .. }) { sides.last() } else { sides.first() };
        let days = dating.and_then(|source| self.recorded.get(*source)).map_or(0, |recorded| recorded.days_within(span));
        let coverage = Coverage { days, of: span.days() };
        // Where nothing is known of one side, nothing follows from the other.
        let missing = sides.iter().find(|source| self.recorded.get(**source).is_none_or(|recorded| recorded.span.is_none()));
        if let Some(source) = missing.or_else(|| dating.filter(|_| days == 0)) {
            let value = Value::missing(format!("`{source}` has no data in {}", stretch(asked, span)));
            return Raw { value, rows: 0, coverage, caveats: Vec::new(), open: None };
        }
        let mut raw = match (calculation, self.place(position)) {
            (Calculation::Balance { take, .. }, Some((grid, column))) => self.balance(definition, *take, grid, column, asked, span, member, coverage),
            // A source without rows has no day whose balance could be taken.
            (Calculation::Balance { .. }, None) => {
                let value = Value::missing(format!("there are no rows in {}", stretch(asked, span)));
                Raw { value, rows: 0, coverage, caveats: Vec::new(), open: None }
            }
            (_, place) => {
                let mut cell = Cell::default();
                if let Some((grid, column)) = place {
                    for slice in self.slices(grid, span, asked) {
                        if let Some(position) = grid.find(slice, member) {
                            column.fold(position, &mut cell);
                        }
                    }
                }
                self.told(definition, cell, coverage)
            }
        };
        self.cohort_caveats(definition, &sides, asked, span, &mut raw);
        if definition.missing == Missing::Zero && !coverage.is_full() && asked.period.last <= self.as_of {
            let text = format!("{} of {} days are not covered, and count as zero by its definition", coverage.of.saturating_sub(coverage.days), coverage.of);
            raw.caveats.push(Caveat { kind: CaveatKind::CountedAsZero, text });
            raw.coverage = Coverage { days: coverage.of, of: coverage.of };
        }
        raw
    }
}

pub(super) fn stretch(asked: &Asked, span: Span) -> String {
    match asked.window {
        None => asked.period.label.clone(),
        Some(_) => format!("{} to {}", span.first, span.last),
    }
}

fn nothing(value: Value, span: Span) -> Raw {
    Raw { value, rows: 0, coverage: Coverage { days: 0, of: span.days() }, caveats: Vec::new(), open: None }
}

fn combined(value: Value, parts: impl Iterator<Item = Raw>, span: Span) -> Raw {
    let mut raw: Option<Raw> = None;
    for part in parts {
        raw = Some(match raw {
            None => part,
            Some(mut raw) => {
                if !raw.coverage.equals(part.coverage) {
                    let cause = format!(
                        "its parts cover different days: {} of {} and {} of {}",
                        raw.coverage.days, raw.coverage.of, part.coverage.days, part.coverage.of
                    );
                    raw.open = raw.open.or(Some(cause));
                }
                raw.rows = raw.rows.min(part.rows);
                raw.coverage = raw.coverage.lower(part.coverage);
                raw.caveats.extend(part.caveats);
                raw.open = raw.open.or(part.open);
                raw
            }
        });
    }
    let of = span.days();
    let mut raw = raw.unwrap_or(Raw { value: value.clone(), rows: 0, coverage: Coverage { days: of, of }, caveats: Vec::new(), open: None });
    order::sort_distinct(&mut raw.caveats);
    raw.value = value;
    raw
}
