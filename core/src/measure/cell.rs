//! Cells: partial aggregates that merge exactly, in any order.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::pass::Kind;
use super::sets::Set;
use super::sketch::Sketch;
use super::total::Total;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::model::kpi::{Calculation, Statistic};

/// What the rows of a slice and member come to. Merging is associative and commutative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// The rows (or entities, or outcomes) that were counted.
    pub(super) rows: u64,
    pub(super) content: Content,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Content {
    #[default]
    Rows,
    /// The sum of the numbers that are present.
    Sum { total: Total, decimals: u32, present: u64 },
    /// The sums of weight × number and of weight, over the rows that have both.
    Weighted { products: Total, decimals: u32, weights: Total, weight_decimals: u32, present: u64 },
    /// The least or the largest of the numbers that are present.
    Extreme { number: Option<i128>, decimals: u32, largest: bool, present: u64 },
    /// Numbers at one scale, or days; sorted when the value is taken, so that order does not matter.
    Values { values: Vec<i128>, decimals: u32 },
    /// The different members.
    Set(Set),
    /// About how many different members there are.
    Sketch(Sketch),
    /// The different members by their texts, where there is no dictionary that two cells share.
    Texts(BTreeSet<String>),
    /// The entities that moved on, and how many of them before they entered.
    Conversion { converted: u64, early: u64 },
    /// What is credited, and the outcomes that have no touch to be credited to.
    Credit { total: Total, decimals: u32, untouched: u64 },
}

/// What the cells of a column hold, unless they are empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sort {
    Rows,
    Sum,
    Weighted,
    Least,
    Largest,
    Values,
    Members,
    Sketch,
}

impl Sort {
    pub(super) fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Rows => Self::Rows,
            Kind::Sum { .. } => Self::Sum,
            Kind::Weighted { .. } => Self::Weighted,
            Kind::Extreme { largest: false, .. } => Self::Least,
            Kind::Extreme { largest: true, .. } => Self::Largest,
            Kind::Values { .. } => Self::Values,
            Kind::Set { approximate: false, .. } => Self::Members,
            Kind::Set { approximate: true, .. } => Self::Sketch,
        }
    }
}

impl Cell {
    /// Whether nothing was folded into it.
    pub(super) fn is_empty(&self) -> bool {
        self.rows == 0 && self.content == Content::Rows
    }

    /// Adds what another cell of the same kind holds.
    pub(super) fn merge(&mut self, other: &Self) {
        let first = self.is_empty();
        self.rows = self.rows.saturating_add(other.rows);
        if first {
            self.content.clone_from(&other.content);
            return;
        }
        match (&mut self.content, &other.content) {
            (Content::Sum { total, decimals, present }, Content::Sum { total: more, decimals: scale, present: others }) => {
                total.merge(decimals, more, *scale);
                *present = present.saturating_add(*others);
            }
            (
                Content::Weighted { products, decimals, weights, weight_decimals, present },
                Content::Weighted { products: more, decimals: scale, weights: heavier, weight_decimals: weight_scale, present: others },
            ) => {
                products.merge(decimals, more, *scale);
                weights.merge(weight_decimals, heavier, *weight_scale);
                *present = present.saturating_add(*others);
            }
            (Content::Extreme { number, decimals, largest, present }, Content::Extreme { number: other, decimals: scale, present: others, .. }) => {
                let common = (*decimals).max(*scale);
                let (left, right) = (at_scale(*number, *decimals, common), at_scale(*other, *scale, common));
                *number = match (left, right) {
                    (Some(left), Some(right)) => Some(if *largest { left.max(right) } else { left.min(right) }),
                    (left, right) => left.or(right),
                };
                *decimals = common;
                *present = present.saturating_add(*others);
            }
            (Content::Values { values, decimals }, Content::Values { values: more, decimals: scale }) => {
                let common = (*decimals).max(*scale);
                if common > *decimals {
                    values.iter_mut().for_each(|value| *value = at_scale(Some(*value), *decimals, common).unwrap_or(*value));
                }
                values.extend(more.iter().map(|value| at_scale(Some(*value), *scale, common).unwrap_or(*value)));
                *decimals = common;
            }
            (Content::Set(set), Content::Set(more)) => set.union(more),
            (Content::Sketch(sketch), Content::Sketch(more)) => sketch.union(more),
            (Content::Texts(texts), Content::Texts(more)) => texts.extend(more.iter().cloned()),
            (Content::Conversion { converted, early }, Content::Conversion { converted: more, early: earlier }) => {
                *converted = converted.saturating_add(*more);
                *early = early.saturating_add(*earlier);
            }
            (Content::Credit { total, decimals, untouched }, Content::Credit { total: more, decimals: scale, untouched: others }) => {
                total.merge(decimals, more, *scale);
                *untouched = untouched.saturating_add(*others);
            }
            _ => {}
        }
    }

    /// How many of the rows have no number.
    pub(super) fn without_number(&self) -> u64 {
        match &self.content {
            Content::Sum { present, .. } | Content::Weighted { present, .. } | Content::Extreme { present, .. } => self.rows.saturating_sub(*present),
            Content::Values { values, .. } => self.rows.saturating_sub(u64::try_from(values.len()).unwrap_or(u64::MAX)),
            _ => 0,
        }
    }

    /// How many outcomes have no touch to be credited to.
    pub(super) fn untouched(&self) -> u64 {
        if let Content::Credit { untouched, .. } = &self.content { *untouched } else { 0 }
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

    /// The sum as far as numbers are present; `None` for other kinds and without a number.
    pub(super) fn sum(&self) -> Option<Number> {
        match &self.content {
            Content::Sum { total, decimals, present } if *present > 0 => Some(total.number(*decimals)),
            _ => None,
        }
    }

    /// The same cell with zero in place of every missing number; for lists of numbers see
    /// [`Cell::value_with`].
    pub(super) fn filled(mut self) -> Self {
        let (rows, missing) = (self.rows, self.without_number());
        match &mut self.content {
            Content::Sum { present, .. } => *present = rows,
            Content::Extreme { number, largest, present, .. } if missing > 0 => {
                *number = Some(number.map_or(0, |known| if *largest { known.max(0) } else { known.min(0) }));
                *present = rows;
            }
            _ => {}
        }
        self
    }

    /// What is divided by what, where the value is a quotient: the entities that moved on by those that
    /// entered, a sum by a count or by the sum of weights.
    pub(super) fn quotient(&self, calculation: &Calculation) -> Option<[Number; 2]> {
        Some(match (calculation, &self.content) {
            (Calculation::Mean { .. } | Calculation::Summary { statistic: Statistic::Mean, .. }, Content::Sum { total, decimals, present }) => {
                [total.number(*decimals), Number::from(*present)]
            }
            (Calculation::WeightedMean { .. }, Content::Weighted { products, decimals, weights, weight_decimals, .. }) => {
                [products.number(*decimals), weights.number(*weight_decimals)]
            }
            (Calculation::Conversion { .. }, Content::Conversion { converted, .. }) => [Number::from(*converted), Number::from(self.rows)],
            (Calculation::Conversion { .. }, _) => [Number::from(0), Number::from(self.rows)],
            (Calculation::Duration { statistic: Statistic::Mean, .. }, Content::Values { values, decimals }) => {
                let mut total = Total::default();
                values.iter().for_each(|value| total.add(*value));
                [total.number(*decimals), Number::from(values.len())]
            }
            _ => return None,
        })
    }

    /// The value that the rows give, by the calculation they were folded for.
    pub(super) fn value(&self, calculation: &Calculation) -> Value {
        self.value_with(calculation, 0)
    }

    /// The same with so many zeros among the numbers of a list. They are not put there: text of
    /// cells may say that there are more than there is room for.
    pub(super) fn value_with(&self, calculation: &Calculation, zeros: u64) -> Value {
        let zero = || Value::of(Number::from(0));
        let none = || Value::undefined("there is nothing to summarise");
        let divided = || self.quotient(calculation).and_then(|[above, below]| above.divided_by(&below));
        match (calculation, &self.content) {
            (Calculation::Mean { .. }, _) | (Calculation::Summary { statistic: Statistic::Mean, .. }, Content::Sum { .. }) => {
                divided().map_or_else(|| Value::undefined("there is no row to take the mean of"), Value::of)
            }
            // No rows are a sum of zero; rows without a number are not.
            (Calculation::Sum { .. }, Content::Sum { present: 0, .. }) if self.rows > 0 => Value::missing("no row has a number"),
            (Calculation::Sum { .. }, Content::Sum { total, decimals, .. }) => Value::of(total.number(*decimals)),
            (Calculation::Sum { .. } | Calculation::Distinct { .. }, Content::Rows) => zero(),
            (Calculation::Distinct { .. }, Content::Set(set)) => Value::of(Number::from(set.len())),
            (Calculation::Distinct { .. }, Content::Sketch(sketch)) => Value::of(sketch.estimate()),
            (Calculation::WeightedMean { .. }, Content::Weighted { .. }) => divided().map_or_else(|| Value::undefined("the weights sum to zero"), Value::of),
            (Calculation::WeightedMean { .. }, _) => Value::undefined("there is no row to take the mean of"),
            (Calculation::Conversion { .. }, _) => divided().map_or_else(|| Value::undefined("nothing entered, so there is nothing to convert"), Value::of),
            (Calculation::Credit { .. }, Content::Credit { total, decimals, .. }) => Value::of(total.number(*decimals)),
            (Calculation::Credit { .. }, _) => zero(),
            (Calculation::Summary { .. }, Content::Extreme { number, decimals, .. }) => {
                number.map_or_else(none, |number| Value::of(Number::from_parts(number, *decimals)))
            }
            (Calculation::Duration { statistic, .. } | Calculation::Summary { statistic, .. }, Content::Values { values, decimals }) => {
                summarise(values, zeros, *decimals, *statistic).map_or_else(none, Value::of)
            }
            (Calculation::Duration { .. } | Calculation::Summary { .. }, _) => none(),
            _ => Value::of(Number::from(self.rows)),
        }
    }
}

/// A mantissa at a larger scale; `None` beyond machine integers, which the limits of columns exclude.
fn at_scale(mantissa: Option<i128>, from: u32, to: u32) -> Option<i128> {
    10i128.checked_pow(to.saturating_sub(from)).and_then(|factor| mantissa?.checked_mul(factor))
}

/// What values and so many zeros come to; `None` when there are none of either.
fn summarise(values: &[i128], zeros: u64, decimals: u32, statistic: Statistic) -> Option<Number> {
    let number = |mantissa: i128| Number::from_parts(mantissa, decimals);
    let all = || values.iter().copied().chain((zeros > 0).then_some(0));
    let count = u64::try_from(values.len()).ok()?.saturating_add(zeros);
    match statistic {
        Statistic::Mean => {
            let mut total = Total::default();
            values.iter().for_each(|value| total.add(*value));
            total.number(decimals).divided_by(&Number::from(count))
        }
        Statistic::Min => all().min().map(number),
        Statistic::Max => all().max().map(number),
        Statistic::Percentile(percent) => {
            let mut sorted = values.to_vec();
            sorted.sort_unstable();
            // Position (n − 1) · p, between two neighbours, exactly.
            let last = count.checked_sub(1)?;
            let position = u128::from(last).saturating_mul(u128::from(percent));
            let below = u64::try_from(position / 100).ok()?;
            let first_zero = u64::try_from(sorted.partition_point(|value| *value < 0)).ok()?;
            let at = |index: u64| {
                let index = index.min(last);
                let after = index.saturating_sub(first_zero);
                if index >= first_zero && after < zeros {
                    return Some(number(0));
                }
                let index = if index < first_zero { index } else { index.saturating_sub(zeros) };
                sorted.get(usize::try_from(index).ok()?).copied().map(number)
            };
            let (low, high) = (at(below)?, at(below.saturating_add(1))?);
            let fraction = Number::from_parts(i128::try_from(position % 100).ok()?, 2);
            Some(low.clone() + fraction * (high - low))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Content};
    use crate::Id;
    use crate::model::kpi::{Calculation, Statistic};
    use proptest::prelude::*;

    fn duration(statistic: Statistic) -> Calculation {
        let id = || Id::new("x").unwrap();
        Calculation::Duration { from: id(), to: id(), statistic }
    }

    fn values(days: &[i128]) -> Cell {
        Cell { rows: days.len() as u64, content: Content::Values { values: days.to_vec(), decimals: 0 } }
    }

    #[test]
    fn percentiles_interpolate_between_neighbours() {
        let of = |statistic, days: &[i128]| values(days).value(&duration(statistic)).number().unwrap().to_string();
        // numpy.percentile([-2, 1, 4, 10], [50, 90]) == [2.5, 8.2]
        assert_eq!(of(Statistic::Percentile(50), &[10, -2, 4, 1]), "2.5");
        assert_eq!(of(Statistic::Percentile(90), &[10, -2, 4, 1]), "8.2");
        assert_eq!(of(Statistic::Percentile(99), &[7]), "7");
        assert_eq!([of(Statistic::Min, &[10, -2, 4]), of(Statistic::Max, &[10, -2, 4])], ["-2", "10"]);
        assert_eq!(of(Statistic::Mean, &[1, 1, 2]), "1.3333333333333333");
    }

    proptest! {
        #[test]
        fn zeros_are_counted_where_they_would_stand(numbers in prop::collection::vec(-9i128..9, 0..20), zeros in 0u64..20, percent in 0u32..103) {
            let with_zeros: Vec<i128> = numbers.iter().copied().chain((0..zeros).map(|_| 0)).collect();
            let statistic = [Statistic::Mean, Statistic::Min, Statistic::Max].get(percent as usize).copied().unwrap_or(Statistic::Percentile(percent.saturating_sub(3).max(1)));
            prop_assert_eq!(values(&numbers).value_with(&duration(statistic), zeros), values(&with_zeros).value(&duration(statistic)));
        }

        #[test]
        fn a_summary_does_not_depend_on_how_the_values_were_merged(days in prop::collection::vec(-400i128..4_000, 1..60), cut in 0usize..60, percent in 1u32..100) {
            let (left, right) = days.split_at(cut.min(days.len()));
            let mut merged = values(right);
            merged.merge(&values(left));
            let calculation = duration(Statistic::Percentile(percent));
            prop_assert_eq!(merged.value(&calculation), values(&days).value(&calculation));
        }
    }
}
