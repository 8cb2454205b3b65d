//! Cells: partial aggregates that merge exactly, in any order.

use std::collections::BTreeSet;

use num_bigint::BigInt;

use crate::base::number::Number;
use crate::base::value::Value;
use crate::model::kpi::{Calculation, Statistic};

/// What the rows of one period and member come to. Merging is associative and commutative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The rows (or entities) that were counted.
    pub(super) rows: u64,
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Rows,
    Sum {
        total: Total,
        decimals: u32,
        present: u64,
    },
    Distinct(BTreeSet<u32>),
    Conversion {
        converted: u64,
        early: u64,
    },
    /// Numbers at one scale, or days; sorted when the value is taken, so that order does not matter.
    Values {
        values: Vec<i128>,
        decimals: u32,
    },
}

impl Cell {
    /// The cell of no rows. `decimals` is the scale of the measure that is summed.
    pub(super) fn empty(calculation: &Calculation, decimals: u32) -> Self {
        let content = match calculation {
            Calculation::Count { .. }
            | Calculation::Ratio { .. }
            | Calculation::Formula { .. }
            | Calculation::WeightedMean { .. }
            | Calculation::Balance { .. }
            | Calculation::Cumulative { .. }
            | Calculation::Credit { .. } => Content::Rows,
            Calculation::Sum { .. } | Calculation::Mean { .. } => Content::Sum { total: Total::default(), decimals, present: 0 },
            Calculation::Distinct { .. } => Content::Distinct(BTreeSet::new()),
            Calculation::Conversion { .. } => Content::Conversion { converted: 0, early: 0 },
            Calculation::Summary { .. } | Calculation::Duration { .. } => Content::Values { values: Vec::new(), decimals },
        };
        Self { rows: 0, content }
    }

    pub(super) fn add_row(&mut self) {
        self.rows = self.rows.saturating_add(1);
    }

    /// A row's number; `None` when the cell is missing.
    pub(super) fn add_number(&mut self, mantissa: Option<i128>) {
        self.add_row();
        match (&mut self.content, mantissa) {
            (Content::Sum { total, present, .. }, Some(mantissa)) => {
                total.add(mantissa);
                *present = present.saturating_add(1);
            }
            (Content::Values { values, .. }, Some(mantissa)) => values.push(mantissa),
            _ => {}
        }
    }

    /// A row's member; null is no member.
    pub(super) fn add_member(&mut self, code: u32) {
        self.add_row();
        if let Content::Distinct(codes) = &mut self.content
            && code != super::column::NULL
        {
            codes.insert(code);
        }
    }

    /// An entity that entered, and after how many days it converted.
    pub(super) fn add_entity(&mut self, days: Option<i64>, within: Option<i64>) {
        self.add_row();
        if let (Content::Conversion { converted, early }, Some(days)) = (&mut self.content, days)
            && within.is_none_or(|within| days <= within)
        {
            *converted = converted.saturating_add(1);
            *early = early.saturating_add(u64::from(days < 0));
        }
    }

    pub(super) fn add_duration(&mut self, days: i64) {
        self.add_row();
        if let Content::Values { values, .. } = &mut self.content {
            values.push(i128::from(days));
        }
    }

    #[cfg(test)]
    pub(super) fn merge(&mut self, other: Self) {
        self.rows = self.rows.saturating_add(other.rows);
        match (&mut self.content, other.content) {
            (Content::Sum { total, present, .. }, Content::Sum { total: other, present: more, .. }) => {
                total.merge(other);
                *present = present.saturating_add(more);
            }
            (Content::Distinct(codes), Content::Distinct(more)) => codes.extend(more),
            (Content::Conversion { converted, early }, Content::Conversion { converted: more, early: earlier }) => {
                *converted = converted.saturating_add(more);
                *early = early.saturating_add(earlier);
            }
            (Content::Values { values, .. }, Content::Values { values: more, .. }) => values.extend(more),
            _ => {}
        }
    }

    /// How many of the rows have no number.
    pub(super) fn without_number(&self) -> u64 {
        match &self.content {
            Content::Sum { present, .. } => self.rows.saturating_sub(*present),
            Content::Values { values, .. } => self.rows.saturating_sub(u64::try_from(values.len()).unwrap_or(u64::MAX)),
            _ => 0,
        }
    }

    /// How many entities moved before they entered.
    pub(super) fn early(&self, calculation: &Calculation) -> u64 {
        match (&self.content, calculation) {
            (Content::Conversion { early, .. }, _) => *early,
            (Content::Values { values, .. }, Calculation::Duration { .. }) => {
                u64::try_from(values.iter().filter(|days| **days < 0).count()).unwrap_or(u64::MAX)
            }
            _ => 0,
        }
    }

    pub(super) fn value(&self, calculation: &Calculation) -> Value {
        match (&self.content, calculation) {
            (Content::Sum { total, decimals, present }, Calculation::Mean { .. }) => {
                let mean = total.number(*decimals).divided_by(&Number::from(*present));
                mean.map_or_else(|| Value::undefined("there is no row to take the mean of"), Value::of)
            }
            // No rows are a sum of zero; rows without a number are not.
            (Content::Sum { present: 0, .. }, _) if self.rows > 0 => Value::missing("no row has a number"),
            (Content::Sum { total, decimals, .. }, _) => Value::of(total.number(*decimals)),
            (Content::Distinct(codes), _) => Value::of(Number::from(codes.len())),
            (Content::Conversion { converted, .. }, _) => {
                let share = Number::from(*converted).divided_by(&Number::from(self.rows));
                share.map_or_else(|| Value::undefined("nothing entered, so there is nothing to convert"), Value::of)
            }
            (Content::Values { values, decimals }, Calculation::Duration { statistic, .. } | Calculation::Summary { statistic, .. }) => {
                summarise(values, *decimals, *statistic).map_or_else(|| Value::undefined("there is nothing to summarise"), Value::of)
            }
            (Content::Rows | Content::Values { .. }, _) => Value::of(Number::from(self.rows)),
        }
    }
}

/// `None` when there are no values.
fn summarise(values: &[i128], decimals: u32, statistic: Statistic) -> Option<Number> {
    let number = |mantissa: &i128| Number::from_parts(*mantissa, decimals);
    match statistic {
        Statistic::Mean => values.iter().map(number).sum::<Number>().divided_by(&Number::from(values.len())),
        Statistic::Min => values.iter().min().map(number),
        Statistic::Max => values.iter().max().map(number),
        Statistic::Percentile(percent) => {
            let mut sorted = values.to_vec();
            sorted.sort_unstable();
            // Position (n − 1) · p, between two neighbours, exactly.
            let position = u64::try_from(values.len().checked_sub(1)?).ok()?.saturating_mul(u64::from(percent));
            let below = usize::try_from(position / 100).ok()?;
            let at = |index: usize| sorted.get(index).or(sorted.last()).map(number);
            let (low, high) = (at(below)?, at(below.saturating_add(1))?);
            let fraction = Number::from_parts(i128::from(position % 100), 2);
            Some(low.clone() + fraction * (high - low))
        }
    }
}

/// An exact total: a machine integer, and what no longer fits into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Total {
    near: i128,
    far: BigInt,
}

impl Total {
    fn add(&mut self, mantissa: i128) {
        match self.near.checked_add(mantissa) {
            Some(sum) => self.near = sum,
            None => {
                self.far += self.near;
                self.near = mantissa;
            }
        }
    }

    #[cfg(test)]
    fn merge(&mut self, other: Self) {
        self.far += other.far;
        self.add(other.near);
    }

    fn number(&self, decimals: u32) -> Number {
        Number::from_big(&self.far + self.near, decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;
    use crate::Id;
    use crate::Number;
    use crate::model::kpi::{Calculation, Statistic};
    use proptest::prelude::*;

    fn id() -> Id {
        Id::new("x").unwrap()
    }

    #[test]
    fn percentiles_interpolate_between_neighbours() {
        let median = |statistic, days: &[i64]| {
            let calculation = Calculation::Duration { from: id(), to: id(), statistic };
            let mut cell = Cell::empty(&calculation, 0);
            days.iter().for_each(|days| cell.add_duration(*days));
            cell.value(&calculation).number().unwrap().to_string()
        };
        // numpy.percentile([-2, 1, 4, 10], [50, 90]) == [2.5, 8.2]
        assert_eq!(median(Statistic::Percentile(50), &[10, -2, 4, 1]), "2.5");
        assert_eq!(median(Statistic::Percentile(90), &[10, -2, 4, 1]), "8.2");
        assert_eq!(median(Statistic::Percentile(99), &[7]), "7");
        assert_eq!([median(Statistic::Min, &[10, -2, 4]), median(Statistic::Max, &[10, -2, 4])], ["-2", "10"]);
        assert_eq!(median(Statistic::Mean, &[1, 1, 2]), "1.3333333333333333");
    }

    #[test]
    fn a_total_larger_than_a_machine_integer_is_still_exact() {
        let calculation = Calculation::Sum { source: id(), measure: id() };
        let mut cell = Cell::empty(&calculation, 0);
        (0..3).for_each(|_| cell.add_number(Some(i128::MAX)));
        assert_eq!(cell.value(&calculation).number().unwrap().to_string(), "510423550381407695195061911147652317181");
        (0..3).for_each(|_| cell.add_number(Some(i128::MIN)));
        assert_eq!(cell.value(&calculation).number(), Some(&Number::from(-3)));
    }

    proptest! {
        #[test]
        fn any_split_and_order_gives_the_same_value(
            rows in prop::collection::vec((any::<i64>(), 0u32..9, any::<bool>()), 0..60),
            cut in 0usize..60,
            kind in 0usize..6,
        ) {
            let source = id;
            let calculation = [
                Calculation::Count { source: source() },
                Calculation::Sum { source: source(), measure: id() },
                Calculation::Mean { source: source(), measure: id() },
                Calculation::Distinct { source: source(), column: id(), approximate: false },
                Calculation::Duration { from: id(), to: id(), statistic: Statistic::Percentile(90) },
                Calculation::Summary { source: source(), measure: id(), statistic: Statistic::Percentile(50) },
            ][kind].clone();
            let fold = |rows: &[(i64, u32, bool)]| {
                let mut cell = Cell::empty(&calculation, 2);
                for (number, code, present) in rows {
                    match kind {
                        0 => cell.add_row(),
                        1 | 2 | 5 => cell.add_number(present.then_some(i128::from(*number))),
                        3 => cell.add_member(*code),
                        _ => cell.add_duration(*number % 1000),
                    }
                }
                cell
            };
            let (left, right) = rows.split_at(cut.min(rows.len()));
            let whole = fold(&rows).value(&calculation);
            let mut merged = fold(right);
            merged.merge(fold(left));
            prop_assert_eq!(merged.value(&calculation), whole);
            prop_assert_eq!(merged.rows, rows.len() as u64);
        }
    }
}
