//! Figures from cells: each value with the rows and days that it rests on.

use std::ops::Range;
use std::sync::Arc;

use super::axes::{Axes, Axis};
use super::cell::Cell;
use super::given::Given;
use super::grid::{Column, Grid};
use super::layout::Layout;
use super::observation::{Caveat, CaveatKind, Coverage, Member, Observation};
use super::plan::{MadeOf, Node, Plan};
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
use crate::model::kpi::{Basis, Calculation, Definition, Missing, Take, Window};

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

/// The values that are known already, by figure and stretch of days.
pub(super) type Known = Map<(usize, Span), Raw>;

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
        let shifts = |node: &Node| matches!(&node.definition.calculation, Calculation::Formula { formula } if super::panel::shifts(&formula.formula));
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
        check_size(&figures.axes)?;
        figures.fill(given, grains, by);
        Ok(figures)
    }

    /// The same for several questions, each by a length of periods and some dimensions.
    pub(crate) fn all(system: &Arc<System>, given: &Given, as_of: Date, roots: &[&Definition], questions: &[(Grain, Vec<Id>)]) -> Result<Vec<Self>, Error> {
        let mut all = Vec::with_capacity(questions.len());
        for (_, by) in questions {
            roots.iter().try_for_each(|root| check_dimensions(system, root, by))?;
            given.check(by)?;
            let mut figures = Self::planned(system, given, as_of, roots);
            figures.axes = figures.axes_of(given, by);
            check_size(&figures.axes)?;
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

    /// From the first recorded day of any of the sources to the last.
    pub(super) fn span_of<'i>(&self, sources: impl IntoIterator<Item = &'i Id>) -> Option<Span> {
        let spans = sources.into_iter().filter_map(|source| self.recorded.get(source)?.span);
        spans.reduce(|left, right| Span { first: left.first.min(right.first), last: left.last.max(right.last) })
    }

    /// The days of what is asked.
    fn span(&self, node: usize, asked: &Asked) -> Span {
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
    fn slices(&self, grid: &Grid, span: Span, asked: &Asked) -> Range<usize> {
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
        self.collect_members(node, asked, &mut members);
        members.sort_unstable();
        members.dedup();
        members
    }

    fn collect_members(&self, node: usize, asked: &Asked, members: &mut Vec<u64>) {
        match self.plan.nodes.get(node).map(|node| &node.made_of) {
            Some(MadeOf::Cells) => {
                let Some((grid, column)) = self.place(node) else { return };
                for position in self.slices(grid, self.span(node, asked), asked).flat_map(|slice| grid.cells(slice)) {
                    if column.holds(position) {
                        members.extend(grid.members.get(position));
                    }
                }
            }
            Some(MadeOf::Ratio(numerator, denominator)) => [numerator, denominator].into_iter().for_each(|part| self.collect_members(*part, asked, members)),
            Some(MadeOf::Formula(parts)) => parts.iter().for_each(|(_, part)| self.collect_members(*part, asked, members)),
            Some(MadeOf::Cumulative(of, window)) => self.collect_members(*of, &Asked { window: Some(*window), ..asked.clone() }, members),
            None => {}
        }
    }

    fn place(&self, node: usize) -> Option<(&Grid, &Column)> {
        let (grid, column) = self.layout.place(node)?;
        let grid = self.grids.get(grid)?;
        Some((grid, grid.columns.get(column)?))
    }

    /// The figure's value; each figure is computed once for a stretch of days and member.
    pub(super) fn raw(&self, position: usize, asked: &Asked, member: u64, known: &mut Known) -> Raw {
        let span = self.span(position, asked);
        if let Some(raw) = known.get(&(position, span)) {
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
            known.insert((position, span), raw.clone());
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

    fn told(&self, definition: &Definition, cell: Cell, coverage: Coverage) -> Raw {
        let calculation = &definition.calculation;
        let without = cell.without_number();
        let rows = cell.rows;
        let filled = definition.missing == Missing::Zero;
        let cell = if filled { cell.filled() } else { cell };
        let mut raw = Raw { value: cell.value(calculation), rows, coverage, caveats: Vec::new(), open: None };
        if without > 0 && filled {
            let text = format!("{without} of {rows} rows have no number and count as zero by its definition");
            raw.caveats.push(Caveat { kind: CaveatKind::CountedAsZero, text });
        } else if without > 0 {
            let text = format!("{without} of {rows} rows have no number and add nothing");
            if matches!(calculation, Calculation::Sum { .. }) {
                // Missing stays missing: what is added up so far is not the sum.
                raw.open = Some(text);
            } else {
                raw.caveats.push(Caveat { kind: CaveatKind::MissingCells, text });
            }
        }
        let early = cell.early(calculation);
        if early > 0 {
            let text = format!("{early} of {rows} moved on before they entered");
            raw.caveats.push(Caveat { kind: CaveatKind::Early, text });
        }
        let untouched = cell.untouched();
        if untouched > 0 {
            let text = format!("{untouched} outcomes have no touch that could be credited, and are credited to nobody");
            raw.caveats.push(Caveat { kind: CaveatKind::Uncredited, text });
        }
        raw
    }

    /// A balance adds up over members and not over time. Which days have rows is decided for all
    /// members together, so that the balances of members add up to that of all.
    #[allow(clippy::too_many_arguments, reason = "the whole question")]
    fn balance(&self, definition: &Definition, take: Take, grid: &Grid, column: &Column, asked: &Asked, span: Span, member: u64, coverage: Coverage) -> Raw {
        let mut slices = self.slices(grid, span, asked);
        let busy = |slice: &usize| grid.cells(*slice).any(|position| column.holds(position));
        let (taken, days): (Range<usize>, u64) = match take {
            Take::First => slices.find(busy).map_or((0..0, 1), |slice| (slice..slice.saturating_add(1), 1)),
            Take::Last => slices.rfind(busy).map_or((0..0, 1), |slice| (slice..slice.saturating_add(1), 1)),
            Take::Mean => (slices.clone(), u64::try_from(slices.filter(busy).count()).unwrap_or(0)),
        };
        let day = grid.slices.firsts.get(taken.start).copied();
        let mut cell = Cell::default();
        for slice in taken {
            if let Some(position) = grid.find(slice, member) {
                column.fold(position, &mut cell);
            }
        }
        let filled = definition.missing == Missing::Zero;
        let value = match cell.sum().and_then(|sum| sum.divided_by(&Number::from(days))) {
            Some(balance) => Value::of(balance),
            None if cell.rows > 0 && filled => Value::of(Number::from(0)),
            None if cell.rows > 0 => Value::missing("no row has a number"),
            None => Value::missing(day.filter(|_| take != Take::Mean).map_or_else(
                || format!("there are no rows in {}", stretch(asked, span)),
                |day| format!("there are no rows of {day}, the {} day with rows", if take == Take::First { "first" } else { "last" }),
            )),
        };
        let mut raw = Raw { value, rows: cell.rows, coverage, caveats: Vec::new(), open: None };
        let without = cell.without_number();
        if without > 0 && filled {
            let text = format!("{without} of {} rows have no number and count as zero by its definition", cell.rows);
            raw.caveats.push(Caveat { kind: CaveatKind::CountedAsZero, text });
        } else if without > 0 {
            raw.open = Some(format!("{without} of {} rows have no number and add nothing", cell.rows));
        }
        raw
    }

    /// What outcomes that are recorded elsewhere, or later, do to a figure.
    fn cohort_caveats(&self, definition: &Definition, sides: &[&Id], asked: &Asked, span: Span, raw: &mut Raw) {
        let recorded = |source: Option<&&Id>| source.and_then(|source| self.recorded.get(*source)?.span);
        match &definition.calculation {
            Calculation::Conversion { to, within_days, basis, .. } => {
                let Some(outcomes) = recorded(sides.last()) else { return };
                if span.first < outcomes.first {
                    let text = format!(
                        "left-truncated: `{to}` is recorded only from {}, after this cohort starts on {}; earlier outcomes are not in the data",
                        outcomes.first, span.first
                    );
                    raw.caveats.push(Caveat { kind: CaveatKind::LeftTruncated, text });
                }
                match (basis, within_days) {
                    (Basis::SamePeriod, _) if span.last > outcomes.last => {
                        raw.open = Some(format!("`{to}` is recorded until {}, before this period ends on {}", outcomes.last, span.last));
                    }
                    (Basis::SamePeriod, _) => {}
                    (Basis::SameCohort, None) if asked.period.grain != Grain::All => {
                        let text = "open-ended: without a window, older cohorts have had more time to convert than younger ones".to_owned();
                        raw.caveats.push(Caveat { kind: CaveatKind::OpenEnded, text });
                    }
                    (Basis::SameCohort, None) => {}
                    (Basis::SameCohort, Some(days)) => {
                        let closes = span.last.plus_days(i64::from(*days));
                        if closes > outcomes.last {
                            raw.open = Some(format!("the {days} days of this cohort end on {closes}; `{to}` is recorded until {}", outcomes.last));
                        }
                    }
                }
            }
            Calculation::Credit { touches, within_days, .. } => {
                let Some(recorded) = recorded(sides.last()) else { return };
                let reaches = within_days.map(|days| span.first.plus_days(-i64::from(days)));
                if let Some(reaches) = reaches.filter(|reaches| *reaches < recorded.first) {
                    let text = format!("left-truncated: the window reaches back to {reaches}; `{touches}` is recorded only from {}", recorded.first);
                    raw.caveats.push(Caveat { kind: CaveatKind::LeftTruncated, text });
                }
                if span.last > recorded.last {
                    raw.open = Some(format!("`{touches}` is recorded until {}, before this period ends on {}", recorded.last, span.last));
                }
            }
            _ => {}
        }
    }
}

fn stretch(asked: &Asked, span: Span) -> String {
    match asked.window {
        None => asked.period.label.clone(),
        Some(_) => format!("{} to {}", span.first, span.last),
    }
}

fn nothing(value: Value, span: Span) -> Raw {
    Raw { value, rows: 0, coverage: Coverage { days: 0, of: span.days() }, caveats: Vec::new(), open: None }
}

/// What is known of the sources that rows were given for.
pub(super) fn recorded(system: &System, given: &Given, as_of: Date) -> Map<Id, Recorded> {
    let known = |source| Some(Recorded::of(given.days(source)?.as_ref(), source, as_of));
    Map::from_iter(system.sources().iter().filter_map(|source| Some((source.id.clone(), known(source)?))))
}

/// The sources that a calculation reads: one, or that of where it starts and that of where it ends.
pub(super) fn sides<'a>(system: &'a System, calculation: &'a Calculation) -> Vec<&'a Id> {
    let source = |id: &Id| system.definition(id.as_str()).and_then(|side| side.calculation.source());
    match calculation {
        Calculation::Conversion { from, to, .. } | Calculation::Duration { from, to, .. } => source(from).into_iter().chain(source(to)).collect(),
        Calculation::Credit { outcome, touches, .. } => source(outcome).into_iter().chain(source(touches)).collect(),
        _ => calculation.source().into_iter().collect(),
    }
}

/// The sources whose rows decide which members there are or, for `dating`, which periods.
pub(super) fn sources<'a>(system: &'a System, definition: &'a Definition, dating: bool) -> Vec<&'a Id> {
    let mut found = Vec::new();
    let mut seen: Vec<&Id> = Vec::new();
    let mut waiting = vec![definition];
    while let Some(definition) = waiting.pop() {
        let calculation = &definition.calculation;
        found.extend(calculation.source().filter(|source| !found.contains(source)));
        let parts = match calculation {
            // A duration belongs to the period in which it ends.
            Calculation::Duration { to, .. } if dating => vec![to],
            // Those who move on in a period may do so after the last have entered.
            Calculation::Conversion { from, to, basis: Basis::SamePeriod, .. } if dating => vec![from, to],
            // Cohorts are formed, and members known, where entities enter.
            Calculation::Conversion { from, .. } | Calculation::Duration { from, .. } => vec![from],
            // Credit belongs to the period of the outcome and to the members of the touches.
            Calculation::Credit { outcome, .. } if dating => vec![outcome],
            Calculation::Credit { touches, .. } => vec![touches],
            _ => calculation.refers_to(),
        };
        for id in parts {
            if !seen.contains(&id) {
                seen.push(id);
                waiting.extend(system.definition(id.as_str()));
            }
        }
    }
    found
}

/// Combinations of members are told apart by machine integers.
pub(super) fn check_size(axes: &Axes) -> Result<(), Error> {
    let message = "the members of the dimensions that are asked by can be combined in more ways than can be told apart";
    axes.size().map(|_| ()).ok_or_else(|| Error::new(Code::TooManyMembers, message, "ask by fewer dimensions"))
}

fn check_dimensions(system: &System, definition: &Definition, by: &[Id]) -> Result<(), Error> {
    let sources = sources(system, definition, false);
    for dimension in by {
        if let Some(source) = sources.iter().filter_map(|id| system.source(id.as_str())).find(|source| !source.has_key(dimension.as_str())) {
            let known: Vec<&str> = source.dimensions.iter().map(|column| column.id.as_str()).collect();
            let message = format!("`{}` cannot be broken down by `{dimension}`: the source `{}` does not have it", definition.id, source.id);
            return Err(Error::new(Code::UnknownDimension, message, crate::text::one_of_help(dimension.as_str(), &known)));
        }
    }
    Ok(())
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
