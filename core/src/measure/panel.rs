//! Panels: many figures of many members and periods at once, as columns of doubles.

use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::base::calendar::{Grain, Period};
use crate::base::formula::{Formula, Function, Operator};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::order;
use crate::base::value::Value;
use crate::model::kpi::{Calculation, Definition, Missing};

use super::evaluate::{Asked, Figures, Known, Raw};
use super::fraction::Fraction;
use super::grid::{Column, Grid, Totals};
use super::observation::Member;
use super::plan::{MadeOf, Node};

/// Rows that are computed together.
const BLOCK: usize = 512;

/// Figures of every period and member, column by column. A value is the double nearest to the
/// exact one, rounded once (half to even), so that every host holds the same bits; where there is
/// none, its reason stands beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// The periods, in order.
    pub periods: Vec<Period>,
    /// The dimensions that it is by.
    pub by: Vec<Id>,
    /// For each row, the position of its period; ascending.
    pub period: Vec<u32>,
    /// For each row, its combination of members.
    combination: Vec<u64>,
    axes: super::axes::Axes,
    /// One column for each figure that was asked for, in that order.
    pub columns: Vec<PanelColumn>,
}

/// One figure of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelColumn {
    /// The figure.
    pub figure: Id,
    /// Whether it is made of approximate counts: such values are estimates.
    pub approximate: bool,
    values: Vec<f64>,
    reasons: Vec<Reason>,
}

/// Whether a cell of a panel has a value, or why it has none; see [`Value`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There is a value.
    #[default]
    Value,
    /// No number follows from the definition.
    Undefined,
    /// What it is computed from is not there.
    Missing,
    /// Less of the period is covered than the declared minimum.
    Incomplete,
    /// The two sides of a comparison do not mean the same thing.
    NotComparable,
    /// There is an exact value, too large for a double.
    OutOfRange,
}

impl Panel {
    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.period.len()
    }

    /// The members of a row, one for each dimension; `None` is the null member.
    #[must_use]
    pub fn member(&self, row: usize) -> Option<Member> {
        self.combination.get(row).map(|combination| self.axes.member(*combination))
    }

    /// The column of a figure.
    #[must_use]
    pub fn column(&self, figure: &str) -> Option<&PanelColumn> {
        self.columns.iter().find(|column| column.figure.as_str() == figure)
    }
}

impl Serialize for Panel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Panel", 5)?;
        fields.serialize_field("periods", &self.periods)?;
        fields.serialize_field("by", &self.by)?;
        fields.serialize_field("period", &self.period)?;
        fields.serialize_field("members", &self.combination.iter().map(|combination| self.axes.member(*combination)).collect::<Vec<_>>())?;
        fields.serialize_field("columns", &self.columns)?;
        fields.end()
    }
}

impl Serialize for PanelColumn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("PanelColumn", 4)?;
        fields.serialize_field("figure", &self.figure)?;
        fields.serialize_field("approximate", &self.approximate)?;
        fields.serialize_field("values", &self.values().collect::<Vec<_>>())?;
        fields.serialize_field("reasons", &self.reasons.iter().map(|reason| Some(reason).filter(|reason| **reason != Reason::Value)).collect::<Vec<_>>())?;
        fields.end()
    }
}

impl PanelColumn {
    /// The value of a row, or the reason why there is none.
    ///
    /// # Errors
    /// The reason; for a row that does not exist, [`Reason::Missing`].
    pub fn get(&self, row: usize) -> Result<f64, Reason> {
        match (self.values.get(row), self.reasons.get(row)) {
            (Some(value), Some(Reason::Value)) => Ok(*value),
            (_, Some(reason)) => Err(*reason),
            _ => Err(Reason::Missing),
        }
    }

    /// What the covered part of an incomplete row gives.
    #[must_use]
    pub fn so_far(&self, row: usize) -> Option<f64> {
        self.values.get(row).zip(self.reasons.get(row)).filter(|(_, reason)| **reason == Reason::Incomplete).map(|(value, _)| *value)
    }

    /// Every row's value, where there is one.
    pub fn values(&self) -> impl Iterator<Item = Option<f64>> {
        self.values.iter().zip(&self.reasons).map(|(value, reason)| (*reason == Reason::Value).then_some(*value))
    }

    /// Every row's reason.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }
}

impl Reason {
    fn of(value: &Value) -> Self {
        match value {
            Value::Value { .. } => Self::Value,
            Value::Undefined { .. } => Self::Undefined,
            Value::Missing { .. } => Self::Missing,
            Value::Incomplete { .. } => Self::Incomplete,
            Value::NotComparable { .. } => Self::NotComparable,
        }
    }
}

/// Values that are `above × raised ÷ (below × lowered)`.
struct Plain<'g> {
    above: &'g [i64],
    raised: i64,
    below: Option<&'g [i64]>,
    lowered: i64,
}

/// Integers up to this size are doubles.
const DOUBLES: u64 = 1 << 53;

impl Plain<'_> {
    /// The value of a row; `None` where doubles are too small for its parts.
    fn at(&self, row: usize) -> Option<(f64, Reason)> {
        let above = self.above.get(row)?.checked_mul(self.raised)?;
        let below = self.below.map_or(Some(&1), |below| below.get(row))?.checked_mul(self.lowered)?;
        if below == 0 {
            return Some((0.0, Reason::Undefined));
        }
        let fits = above.unsigned_abs() <= DOUBLES && below.unsigned_abs() <= DOUBLES;
        #[allow(clippy::cast_precision_loss, reason = "both are within 53 bits; zero is never negative")]
        fits.then(|| (if above == 0 { 0.0 } else { above as f64 / below as f64 }, Reason::Value))
    }
}

/// A value on its way, as small as it allows.
#[derive(Clone, Debug)]
enum Quick {
    Value(Fraction),
    Reason(Reason),
    /// Machine integers are too small for it.
    TooLarge,
}

impl Figures {
    /// The panel of some figures: those that were asked for when the cells were made.
    pub(crate) fn panel(&self, figures: &[&Id], least: &[Number], grain: Grain, by: Vec<Id>) -> Panel {
        let nodes: Vec<usize> = figures.iter().filter_map(|id| self.plan.position(id.as_str())).collect();
        let mut panel = match self.quick_grid(grain).filter(|grid| self.has_every_row(grid, &nodes, grain)) {
            Some(grid) => self.quick_panel(&nodes, figures, least, grain, by, grid),
            None => self.slow_panel(&nodes, figures, least, grain, by),
        };
        for (column, node) in panel.columns.iter_mut().zip(nodes) {
            column.approximate = self.plan.is_approximate(node);
        }
        panel
    }

    /// The grid from which every figure can be computed row by row: they all come from it, its
    /// slices are the periods, and no figure looks beyond its own period.
    fn quick_grid(&self, grain: Grain) -> Option<&Grid> {
        let [grid] = self.grids.as_slice() else { return None };
        if grain == Grain::All {
            return None;
        }
        let simple = |(position, node): (usize, &Node)| match (&node.made_of, &node.definition.calculation) {
            _ if node.definition.missing != Missing::Stays => false,
            (MadeOf::Cells, Calculation::Balance { .. } | Calculation::Conversion { .. } | Calculation::Duration { .. } | Calculation::Credit { .. }) => false,
            (MadeOf::Cells, _) => self.layout.place(position).is_some(),
            (MadeOf::Ratio(..), _) => true,
            (MadeOf::Formula(_), Calculation::Formula { formula }) => !formula.formula.looks_beyond(),
            _ => false,
        };
        self.plan.nodes.iter().enumerate().all(simple).then_some(grid)
    }

    /// Whether a grid has a row wherever a panel has. Members without rows have none; of what is
    /// not asked by members, a period without rows has one all the same.
    fn has_every_row(&self, grid: &Grid, nodes: &[usize], grain: Grain) -> bool {
        !self.axes.0.is_empty() || nodes.first().is_none_or(|node| self.periods(*node, grain).len() == grid.members.len())
    }

    fn quick_panel(&self, nodes: &[usize], figures: &[&Id], least: &[Number], grain: Grain, by: Vec<Id>, grid: &Grid) -> Panel {
        let periods: Vec<Period> = grid.slices.firsts.iter().map(|first| self.system.calendar().period(grain, *first)).collect();
        let mut period = Vec::with_capacity(grid.members.len());
        for slice in 0..periods.len() {
            period.resize(grid.cells(slice).end, u32::try_from(slice).unwrap_or(u32::MAX));
        }
        let mut columns: Vec<PanelColumn> = figures.iter().map(|figure| PanelColumn::new((*figure).clone(), grid.members.len())).collect();
        let plain: Vec<Option<Plain<'_>>> = nodes.iter().map(|node| self.plain(*node, grid)).collect();
        let all_plain = plain.iter().all(Option::is_some);
        let mut buffers: Vec<Vec<Quick>> = vec![Vec::with_capacity(BLOCK); self.plan.nodes.len()];
        for (slice, of_slice) in periods.iter().enumerate() {
            // One source: its coverage is that of every figure, and the same for all members.
            let state: Vec<Reason> = nodes.iter().zip(least).map(|(node, least)| self.state(*node, of_slice, least)).collect();
            let cells = grid.cells(slice);
            for ((((node, column), state), least), plain) in nodes.iter().zip(&mut columns).zip(&state).zip(least).zip(&plain) {
                let Some(plain) = plain else { continue };
                for row in cells.clone() {
                    match plain.at(row) {
                        Some((value, Reason::Value)) => column.set(row, value, *state),
                        Some((value, reason)) => column.set(row, value, reason),
                        None => {
                            let (value, reason) = self.exact(*node, of_slice, grid.members.get(row).copied().unwrap_or(0), least);
                            column.set(row, value, reason);
                        }
                    }
                }
            }
            for start in cells.clone().step_by(BLOCK).filter(|_| !all_plain) {
                let end = start.saturating_add(BLOCK).min(cells.end);
                for (position, node) in self.plan.nodes.iter().enumerate() {
                    let mut buffer = buffers.get_mut(position).map(std::mem::take).unwrap_or_default();
                    buffer.clear();
                    self.quick_block(position, node, grid, start..end, &buffers, &mut buffer);
                    if let Some(place) = buffers.get_mut(position) {
                        *place = buffer;
                    }
                }
                for ((((node, column), state), least), _) in
                    nodes.iter().zip(&mut columns).zip(&state).zip(least).zip(&plain).filter(|(_, plain)| plain.is_none())
                {
                    let values = buffers.get(*node).map(Vec::as_slice).unwrap_or_default();
                    for (row, quick) in (start..end).zip(values) {
                        let (value, reason) = match quick {
                            Quick::Value(fraction) => fraction.to_f64().map_or((0.0, Reason::OutOfRange), |value| (value, *state)),
                            Quick::Reason(reason) => (0.0, *reason),
                            Quick::TooLarge => self.exact(*node, of_slice, grid.members.get(row).copied().unwrap_or(0), least),
                        };
                        column.set(row, value, reason);
                    }
                }
            }
        }
        Panel { periods, by, period, combination: grid.members.clone(), axes: self.axes.clone(), columns }
    }

    /// A figure whose values are machine integers, or quotients of two.
    fn plain<'g>(&self, node: usize, grid: &'g Grid) -> Option<Plain<'g>> {
        let sum = |node: usize| {
            let is_sum = matches!(self.plan.nodes.get(node)?.definition.calculation, Calculation::Sum { .. });
            match grid.columns.get(self.layout.place(node)?.1)? {
                // No number is missing: the same count counts the rows and those that have one.
                Column::Sum { rows, present, totals: Totals::Narrow(totals), decimals } if is_sum && Arc::ptr_eq(rows, present) => {
                    Some((totals.as_slice(), *decimals))
                }
                _ => None,
            }
        };
        match self.plan.nodes.get(node)?.made_of {
            MadeOf::Cells => sum(node).map(|(above, decimals)| Plain { above, raised: 1, below: None, lowered: 10i64.checked_pow(decimals).unwrap_or(0) }),
            MadeOf::Ratio(above, below) => {
                let ((above, left), (below, right)) = (sum(above)?, sum(below)?);
                let raised = 10i64.checked_pow(right.saturating_sub(left))?;
                let lowered = 10i64.checked_pow(left.saturating_sub(right))?;
                Some(Plain { above, raised, below: Some(below), lowered })
            }
            _ => None,
        }
    }

    /// What the coverage of a period makes of every value in it.
    fn state(&self, node: usize, period: &Period, least: &Number) -> Reason {
        let raw = self.raw(node, &Asked { period: period.clone(), window: None }, u64::MAX, &mut Known::new());
        if raw.coverage.days == 0 {
            return Reason::Missing;
        }
        let any = Raw { value: Value::of(Number::from(0)), open: None, ..raw };
        Reason::of(&self.finish(any, least, period.clone(), Member::new()).value)
    }

    fn quick_block(&self, position: usize, node: &Node, grid: &Grid, rows: std::ops::Range<usize>, known: &[Vec<Quick>], out: &mut Vec<Quick>) {
        match &node.made_of {
            MadeOf::Cells => {
                let column = self.layout.place(position).and_then(|(_, column)| grid.columns.get(column));
                match column {
                    Some(column) => cells(&node.definition, column, rows, out),
                    None => out.extend(rows.map(|_| Quick::Reason(Reason::Missing))),
                }
            }
            MadeOf::Ratio(above, below) => {
                let (above, below) = (known.get(*above).map(Vec::as_slice), known.get(*below).map(Vec::as_slice));
                out.extend(above.unwrap_or_default().iter().zip(below.unwrap_or_default()).map(|(above, below)| divide(above, below)));
            }
            MadeOf::Formula(parts) => {
                let Calculation::Formula { formula } = &node.definition.calculation else { return };
                for row in 0..rows.len() {
                    let figure = |id: &Id| {
                        let part = parts.iter().find(|(known, _)| known == id).and_then(|(_, part)| known.get(*part)?.get(row));
                        part.cloned().unwrap_or(Quick::Reason(Reason::Missing))
                    };
                    out.push(evaluate(&formula.formula, &figure));
                }
            }
            MadeOf::Cumulative(..) => {}
        }
    }

    /// The same by exact numbers of any size.
    fn exact(&self, node: usize, period: &Period, member: u64, least: &Number) -> (f64, Reason) {
        let asked = Asked { period: period.clone(), window: None };
        let raw = self.raw(node, &asked, member, &mut Known::new());
        double(&self.finish(raw, least, period.clone(), Member::new()).value)
    }

    fn slow_panel(&self, nodes: &[usize], figures: &[&Id], least: &[Number], grain: Grain, by: Vec<Id>) -> Panel {
        let mut periods: Vec<Period> = nodes.iter().flat_map(|node| self.periods(*node, grain)).collect();
        order::sort_by_key(&mut periods, |period| (period.first, period.last));
        periods.dedup();
        let mut panel = Panel { period: Vec::new(), combination: Vec::new(), by, axes: self.axes.clone(), columns: Vec::new(), periods };
        for (position, period) in panel.periods.iter().enumerate() {
            let asked = Asked { period: period.clone(), window: None };
            let mut members: Vec<u64> = nodes.iter().flat_map(|node| self.members(*node, &asked)).collect();
            members.sort_unstable();
            members.dedup();
            panel.period.extend(members.iter().map(|_| u32::try_from(position).unwrap_or(u32::MAX)));
            panel.combination.extend(members);
        }
        for ((node, figure), least) in nodes.iter().zip(figures).zip(least) {
            let mut column = PanelColumn::new((*figure).clone(), panel.rows());
            for (row, (period, member)) in panel.period.iter().zip(&panel.combination).enumerate() {
                if let Some(period) = usize::try_from(*period).ok().and_then(|period| panel.periods.get(period)) {
                    let (value, reason) = self.exact(*node, period, *member, least);
                    column.set(row, value, reason);
                }
            }
            panel.columns.push(column);
        }
        panel
    }
}

impl PanelColumn {
    fn new(figure: Id, rows: usize) -> Self {
        Self { figure, approximate: false, values: vec![0.0; rows], reasons: vec![Reason::Missing; rows] }
    }

    fn set(&mut self, row: usize, value: f64, reason: Reason) {
        if let (Some(values), Some(reasons)) = (self.values.get_mut(row), self.reasons.get_mut(row)) {
            *values = if matches!(reason, Reason::Value | Reason::Incomplete) { value } else { 0.0 };
            *reasons = reason;
        }
    }
}

fn double(value: &Value) -> (f64, Reason) {
    let number = if let Value::Incomplete { so_far, .. } = value { Some(so_far) } else { value.number() };
    match number.map(Number::to_f64) {
        Some(Some(double)) => (double, Reason::of(value)),
        Some(None) => (0.0, Reason::OutOfRange),
        None => (0.0, Reason::of(value)),
    }
}

/// The values of a column of cells.
fn cells(definition: &Definition, column: &Column, rows: std::ops::Range<usize>, out: &mut Vec<Quick>) {
    match (column, &definition.calculation) {
        (Column::Rows(counts), _) => {
            let counts = counts.get(rows).unwrap_or_default();
            out.extend(counts.iter().map(|count| Quick::Value(Fraction::whole(i128::from(*count)))));
        }
        (Column::Sum { rows: counts, present, totals: Totals::Narrow(totals), decimals }, Calculation::Sum { .. }) => {
            let (counts, present) = (counts.get(rows.clone()).unwrap_or_default(), present.get(rows.clone()).unwrap_or_default());
            let totals = totals.get(rows).unwrap_or_default();
            for ((count, present), total) in counts.iter().zip(present).zip(totals) {
                out.push(if present == count {
                    Fraction::decimal(i128::from(*total), *decimals).map_or(Quick::TooLarge, Quick::Value)
                } else if *present == 0 {
                    Quick::Reason(Reason::Missing)
                } else {
                    // Less than the sum: exact numbers say how much there is.
                    Quick::TooLarge
                });
            }
        }
        (column, calculation) => {
            for position in rows {
                let cell = column.cell(position);
                let partial = matches!(calculation, Calculation::Sum { .. }) && cell.without_number() > 0;
                out.push(match cell.value(calculation) {
                    // Less than the sum: exact numbers say how much there is.
                    Value::Value { .. } if partial => Quick::TooLarge,
                    Value::Value { value } => {
                        value.small_parts().map_or(Quick::TooLarge, |(above, below)| Fraction::of(above, below).map_or(Quick::TooLarge, Quick::Value))
                    }
                    reason => Quick::Reason(Reason::of(&reason)),
                });
            }
        }
    }
}

fn divide(above: &Quick, below: &Quick) -> Quick {
    match (above, below) {
        (Quick::Value(_), Quick::Value(below)) if below.is_zero() => Quick::Reason(Reason::Undefined),
        (Quick::Value(above), Quick::Value(below)) => above.over(*below).map_or(Quick::TooLarge, Quick::Value),
        (Quick::TooLarge, _) | (_, Quick::TooLarge) => Quick::TooLarge,
        (Quick::Reason(reason), _) | (_, Quick::Reason(reason)) => Quick::Reason(*reason),
    }
}

fn evaluate(formula: &Formula, figure: &dyn Fn(&Id) -> Quick) -> Quick {
    let both = |left: &Formula, right: &Formula, of: &dyn Fn(Fraction, Fraction) -> Option<Fraction>| match (evaluate(left, figure), evaluate(right, figure)) {
        (Quick::Value(left), Quick::Value(right)) => of(left, right).map_or(Quick::TooLarge, Quick::Value),
        (Quick::TooLarge, _) | (_, Quick::TooLarge) => Quick::TooLarge,
        (Quick::Reason(reason), _) | (_, Quick::Reason(reason)) => Quick::Reason(reason),
    };
    match formula {
        Formula::Constant(number) => {
            number.small_parts().map_or(Quick::TooLarge, |(above, below)| Fraction::of(above, below).map_or(Quick::TooLarge, Quick::Value))
        }
        Formula::Figure(id) => figure(id),
        Formula::Shifted(..) => Quick::TooLarge,
        Formula::Negated(inner) => match evaluate(inner, figure) {
            Quick::Value(value) => value.negated().map_or(Quick::TooLarge, Quick::Value),
            other => other,
        },
        Formula::Binary(Operator::Add, left, right) => both(left, right, &Fraction::plus),
        Formula::Binary(Operator::Subtract, left, right) => both(left, right, &|left, right| left.plus(right.negated()?)),
        Formula::Binary(Operator::Multiply, left, right) => both(left, right, &Fraction::times),
        Formula::Binary(Operator::Divide, left, right) => divide(&evaluate(left, figure), &evaluate(right, figure)),
        Formula::Call(Function::Coalesce, arguments) => {
            let mut last = Quick::Reason(Reason::Missing);
            for argument in arguments {
                last = evaluate(argument, figure);
                if !matches!(last, Quick::Reason(_)) {
                    break;
                }
            }
            last
        }
        // The rest is rare: exact numbers do it.
        Formula::Call(..) => Quick::TooLarge,
    }
}
