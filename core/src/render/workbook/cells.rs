//! Which figures stand in which cells. A figure is computed in the workbook only where that gives
//! what this library computed; otherwise it stands as a value and says why.

use std::collections::BTreeMap;

use super::computed;
use super::expression::{self, Operand};
use super::layout;
use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::formula::{Formula, Operator, Shift};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::judge::scorecard::Line;
use crate::judge::snapshot::Snapshot;
use crate::measure::CaveatKind;
use crate::measure::Observation;
use crate::model::kpi::{Calculation, Definition, Kpi, Missing};

/// The periods of a KPI that are shown: two years and one period of months, so that the last year
/// has its prior year beside it; of longer periods about as long.
const fn periods_shown(grain: Grain) -> usize {
    match grain {
        Grain::Week | Grain::Month => 25,
        Grain::Quarter => 9,
        _ => 3,
    }
}

/// The size from which decimals of differences are not shown.
const LARGE: i64 = 10_000;
/// The most cells of actuals.
const MOST: usize = 100_000;

/// A figure, or what the mean of rows is made of, in a period.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The position of the figure among the definitions of the system.
    pub(super) figure: usize,
    pub(super) part: Part,
    grain: Grain,
    first: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Whole,
    /// What a mean divides.
    Sum,
    /// By what a mean divides.
    Rows,
}

impl Part {
    /// What stands behind a figure's id.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Sum => ".sum",
            Self::Rows => ".rows",
        }
    }
}

/// One figure in one period.
pub(super) struct Entry {
    pub(super) period: Period,
    pub(super) observation: Observation,
    pub(super) made: Made,
    /// Where it stands: its own row among the actuals, or that of the dashboard.
    pub(super) on_dashboard: bool,
    pub(super) row: u32,
}

pub(super) enum Made {
    /// Typed in.
    Typed,
    /// A value that is not computed here, and why.
    Given(&'static str),
    /// Computed from others.
    Computed(Formula, Vec<(Id, Option<Shift>, Key)>),
}

/// A KPI and the periods that it is shown for.
pub(super) struct Block<'s> {
    pub(super) kpi: &'s Kpi,
    /// Oldest first.
    pub(super) periods: Vec<Period>,
    /// The period that the scorecard shows.
    pub(super) now: Period,
    pub(super) keys: Vec<Key>,
    /// What the scorecard says of each period.
    pub(super) lines: Vec<Line>,
    /// Whether all its figures are whole numbers.
    pub(super) whole: bool,
    /// Whether any is so large that nobody reads its decimals.
    pub(super) large: bool,
    /// The row of the first period on the dashboard.
    pub(super) row: u32,
}

impl Block<'_> {
    pub(super) fn position(&self, period: &Period) -> Option<u32> {
        self.periods.iter().position(|known| known == period).and_then(|position| u32::try_from(position).ok())
    }

    pub(super) fn row_of(&self, period: &Period) -> Option<u32> {
        self.position(period).and_then(|position| self.row.checked_add(position))
    }

    /// What the scorecard says of its current period.
    pub(super) fn line_now(&self) -> Option<&Line> {
        self.lines.iter().find(|line| line.period == self.now)
    }

    pub(super) fn last_row(&self) -> u32 {
        self.row.saturating_add(u32::try_from(self.periods.len()).unwrap_or(0)).saturating_sub(1)
    }
}

/// All figures of a workbook.
pub(super) struct Cells<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) definitions: Vec<&'s Definition>,
    positions: BTreeMap<&'s Id, usize>,
    pub(super) blocks: Vec<Block<'s>>,
    pub(super) entries: BTreeMap<Key, Entry>,
}

impl<'s> Cells<'s> {
    /// `None` when they are more than fit.
    pub(super) fn new(snapshot: &'s Snapshot, dashboard: u32) -> Option<Self> {
        let system = snapshot.system();
        let definitions: Vec<&Definition> = system.definitions().collect();
        let positions = definitions.iter().enumerate().map(|(position, definition)| (&definition.id, position)).collect();
        let mut row = dashboard;
        let blocks = system.kpis().iter().map(|kpi| {
            let grain = kpi.shortest.max(Grain::Month);
            let now = snapshot.last_final(kpi, grain, snapshot.as_of());
            let last = snapshot.last_over(grain, snapshot.as_of());
            let mut periods = back_from(snapshot, last, periods_shown(grain));
            if !periods.contains(&now) {
                periods = back_from(snapshot, now.clone(), periods_shown(grain));
            }
            let lines: Vec<Line> = periods.iter().map(|period| snapshot.line(kpi, period)).collect();
            let large = lines.iter().filter_map(|line| line.actual.value.number()).any(|number| number.abs() >= Number::from(LARGE));
            let whole = lines.iter().filter_map(|line| line.actual.value.number()).all(Number::is_integer);
            let block = Block { kpi, periods, now, keys: Vec::new(), lines, whole, large, row };
            row = block.last_row().saturating_add(1);
            block
        });
        let blocks: Vec<Block<'s>> = blocks.collect();
        let mut cells = Self { snapshot, definitions, positions, blocks, entries: BTreeMap::new() };
        for position in 0..cells.blocks.len() {
            let Some((kpi, periods)) = cells.blocks.get(position).map(|block| (block.kpi, block.periods.clone())) else { continue };
            let keys: Vec<Key> = periods.iter().filter_map(|period| cells.need(&kpi.definition.id, period)).collect();
            if let Some(block) = cells.blocks.get_mut(position) {
                block.keys = keys;
            }
        }
        (cells.entries.len() < MOST).then(|| cells.placed())
    }

    /// Gives each figure its row.
    fn placed(mut self) -> Self {
        let mut row = layout::HEADINGS;
        let rows: BTreeMap<Key, u32> =
            self.blocks.iter().flat_map(|block| (block.row..).zip(&block.keys).map(|(row, key)| (key.clone(), row)).collect::<Vec<_>>()).collect();
        for (key, entry) in &mut self.entries {
            if entry.on_dashboard {
                entry.row = rows.get(key).copied().unwrap_or(0);
            } else {
                row = row.saturating_add(1);
                entry.row = row;
            }
        }
        self
    }

    /// The rows of a figure among the actuals, first and last.
    pub(super) fn rows_of(&self, figure: usize) -> Option<(u32, u32)> {
        let mut rows =
            self.entries.iter().filter(|(key, entry)| key.figure == figure && key.part == Part::Whole && !entry.on_dashboard).map(|(_, entry)| entry.row);
        let first = rows.next()?;
        Some((first, rows.next_back().unwrap_or(first)))
    }

    /// The key of a figure in a period, with what it is made of.
    fn need(&mut self, figure: &Id, period: &Period) -> Option<Key> {
        let position = *self.positions.get(figure)?;
        let key = Key { figure: position, part: Part::Whole, grain: period.grain, first: period.first };
        if self.entries.contains_key(&key) {
            return Some(key);
        }
        let definition = *self.definitions.get(position)?;
        let system = self.snapshot.system();
        let kpi = system.kpi(figure.as_str());
        let observation = match kpi {
            Some(kpi) => self.snapshot.observation(kpi, period).into_owned(),
            None => self.snapshot.observed(figure.as_str(), period)?,
        };
        let arithmetic = computed::arithmetic(system, definition, period);
        let is_kpi = kpi.is_some() && arithmetic.is_some();
        let shown = self.blocks.iter().find(|block| block.kpi.definition.id == *figure).and_then(|block| block.position(period)).is_some();
        let within = self.blocks.iter().any(|block| block.periods.contains(period));
        let made = match arithmetic.filter(|_| within && self.entries.len() < MOST) {
            _ if computed::is_typed(definition) => self.of_months(figure, period, &observation).unwrap_or(Made::Typed),
            Some(formula) => self.computed(formula, period, &observation).unwrap_or_else(|| Made::Given(computed::why_not(definition))),
            None => self.mean(position, definition, period, &observation).unwrap_or_else(|| Made::Given(computed::why_not(definition))),
        };
        self.entries.insert(key.clone(), Entry { period: period.clone(), observation, made, on_dashboard: is_kpi && shown, row: 0 });
        Some(key)
    }

    /// A count or sum over a longer period as that of its months, so that each number is typed in once.
    fn of_months(&mut self, figure: &Id, period: &Period, observation: &Observation) -> Option<Made> {
        if period.grain <= Grain::Month {
            return None;
        }
        let calendar = self.snapshot.system().calendar();
        let months = std::iter::successors(Some(calendar.period(Grain::Month, period.first)), |month| calendar.next(month));
        let months: Vec<Period> = months.take_while(|month| month.first <= period.last).collect();
        let whole = months.first()?.first == period.first && months.last()?.last == period.last;
        let mut operands = Vec::new();
        let mut formula: Option<Formula> = None;
        for (position, month) in (0u32..).zip(months.iter().filter(|_| whole)) {
            let (shift, key) = (Some(Shift::Previous(position)), self.need(figure, month)?);
            let each = Formula::Shifted(figure.clone(), Shift::Previous(position));
            operands.push((figure.clone(), shift, key));
            formula = Some(match formula {
                None => each,
                Some(sum) => Formula::Binary(Operator::Add, Box::new(sum), Box::new(each)),
            });
        }
        self.proven(formula?, operands, observation)
    }

    /// A figure computed from others, if that gives what was observed.
    fn computed(&mut self, formula: Formula, period: &Period, observation: &Observation) -> Option<Made> {
        let calendar = self.snapshot.system().calendar();
        let mut operands = Vec::new();
        for (id, shift) in computed::reads(&formula) {
            let key = self.need(&id, &computed::shifted(calendar, period, shift)?)?;
            operands.push((id, shift, key));
        }
        self.proven(formula, operands, observation)
    }

    /// A mean of rows as the quotient of what it divides, each of which can be typed in.
    fn mean(&mut self, figure: usize, definition: &Definition, period: &Period, observation: &Observation) -> Option<Made> {
        let told = |kind: &CaveatKind| matches!(kind, CaveatKind::MissingCells | CaveatKind::CountedAsZero);
        let plain = definition.missing == Missing::Stays && !observation.caveats.iter().any(|caveat| told(&caveat.kind));
        if !plain || !matches!(definition.calculation, Calculation::Mean { .. }) {
            return None;
        }
        let rows = Number::from(observation.rows);
        let sum = match &observation.value {
            Value::Value { value } | Value::Incomplete { so_far: value, .. } => Value::of(value.clone() * rows.clone()),
            Value::Undefined { .. } if rows.is_zero() => Value::of(rows.clone()),
            reason => reason.clone(),
        };
        let rows = if sum.number().is_some() { Value::of(rows) } else { sum.clone() };
        let (above, below) = (Id::new("sum")?, Id::new("rows")?);
        let mut operands = Vec::new();
        for (id, part, value) in [(&above, Part::Sum, sum), (&below, Part::Rows, rows)] {
            let key = Key { figure, part, grain: period.grain, first: period.first };
            let observation = Observation { value, ..observation.clone() };
            self.entries.insert(key.clone(), Entry { period: period.clone(), observation, made: Made::Typed, on_dashboard: false, row: 0 });
            operands.push((id.clone(), None, key));
        }
        self.proven(computed::quotient(Formula::Figure(above), Formula::Figure(below)), operands, observation)
    }

    /// Computes from the cells what they will compute. Where that is not what was observed (days are
    /// not covered, say), the formula is not written.
    fn proven(&self, formula: Formula, operands: Vec<(Id, Option<Shift>, Key)>, observation: &Observation) -> Option<Made> {
        let value = formula.evaluate(&mut |id, shift| {
            let key = operands.iter().find(|(known, of, _)| known == id && *of == shift).map(|(_, _, key)| key);
            key.and_then(|key| self.entries.get(key)).map_or_else(|| Value::missing("it is not in the workbook"), |entry| entry.observation.value.clone())
        });
        let same = value.number() == observation.value.number() && value.reason() == observation.value.reason();
        same.then_some(Made::Computed(formula, operands))
    }

    /// Where a figure stands.
    pub(super) fn operand(&self, key: &Key) -> Option<Operand> {
        let entry = self.entries.get(key)?;
        Some(if entry.on_dashboard {
            let at = layout::cell_in(layout::DASHBOARD, entry.row, layout::dashboard::AC);
            Operand { reason: at.clone(), at }
        } else {
            let at = layout::cell_in(layout::ACTUALS, entry.row, layout::actuals::VALUE_COLUMN);
            let reason = layout::cell_in(layout::ACTUALS, entry.row, layout::actuals::REASON_COLUMN);
            // What is computed says itself why it has no value.
            let computed = matches!(entry.made, Made::Computed(..));
            Operand { reason: if computed { at.clone() } else { format!("IF({reason}=\"\",\"missing\",{reason})") }, at }
        })
    }

    /// The spreadsheet's formula of a figure that is computed.
    pub(super) fn formula(&self, entry: &Entry) -> Option<String> {
        let Made::Computed(formula, operands) = &entry.made else { return None };
        expression::formula(formula, &|id, shift| {
            let (_, _, key) = operands.iter().find(|(known, of, _)| known == id && *of == shift)?;
            self.operand(key)
        })
    }
}

/// So many periods that end with one, oldest first.
fn back_from(snapshot: &Snapshot, last: Period, most: usize) -> Vec<Period> {
    let calendar = snapshot.system().calendar();
    let mut periods: Vec<Period> = std::iter::successors(Some(last), |period| calendar.previous(period)).take(most).collect();
    periods.reverse();
    periods
}
