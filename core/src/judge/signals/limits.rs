//! The natural limits of a process: how far it moves by itself.

use serde::Serialize;

use super::place::{Lines, Place, steps};
use super::rules::Signal;
use crate::base::number::Number;
use crate::model::signals::{Centre, RuleSet};

/// Limits lie this many thousandths of an average moving range from the mean: 3 ÷ d₂ with d₂ = 1.128.
const LIMIT_FACTOR: i128 = 2660;
/// The upper limit of moving ranges in thousandths: D₄ for ranges of two.
const RANGE_FACTOR: i128 = 3268;
/// The same for medians: 3 ÷ d₄ with d₄ = 0.954, and the limit of ranges that goes with it.
const MEDIAN_LIMIT_FACTOR: i128 = 3145;
const MEDIAN_RANGE_FACTOR: i128 = 3865;
/// What the factors are in units of.
const FACTOR_UNIT: i128 = 1000;

/// The natural limits of a process, from the mean (or median) of its values and of its moving ranges.
///
/// A chart rests on its figures rounded half to even to 17 significant digits (never to fewer
/// than all whole digits), which is how a figure without a finite decimal form is written:
/// counts and amounts stand as they are, and whoever recomputes a chart from the written points
/// gets the same limits. Why: the sum of two dozen ratios with unrelated denominators has a
/// denominator of hundreds of digits, which tells nothing and takes long. From the rounded figures
/// on everything is exact. What is compared with a limit is rounded the same way, and so is the
/// limit, so that a value on a limit is on it.
///
/// ```
/// use marketingos::{Number, ProcessLimits};
/// // Wheeler, Making Sense of Data, p. 382.
/// let values = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200];
/// let values: Vec<Option<Number>> = values.iter().map(|value| Some(Number::from(*value))).collect();
/// let limits = ProcessLimits::of(&values, 8).unwrap();
/// let shown = [&limits.centre, &limits.lower, &limits.upper, &limits.range_limit].map(|limit| limit.to_fixed(2));
/// assert_eq!(shown, ["4135.50", "3188.72", "5082.28", "1163.19"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProcessLimits {
    /// The mean of the values, or their median.
    pub centre: Number,
    /// Mean − 2.660 · mean moving range, or median − 3.145 · median moving range.
    pub lower: Number,
    /// Mean + 2.660 · mean moving range, or median + 3.145 · median moving range.
    pub upper: Number,
    /// 3.268 · mean, or 3.865 · median moving range: the limit of one period's change.
    pub range_limit: Number,
    /// The number of values that the limits rest on.
    pub points: usize,
}

impl ProcessLimits {
    /// The limits of a series; `None` stands for a missing point, which is no zero and breaks
    /// the moving range. `None` is returned with fewer than `least` values (at least 2), or
    /// when no two neighbours are present.
    #[must_use]
    pub fn of(values: &[Option<Number>], least: usize) -> Option<Self> {
        let points = values.iter().flatten().count();
        if points < least.max(2) {
            return None;
        }
        Self::by_machine_integers(values, points).or_else(|| Self::exactly(Centre::Mean, &rounded(values), least))
    }

    /// The limits in the mean or median form; else as [`of`](Self::of). The median form is less moved
    /// by a few wild values, and has no width where more than half of the values do not change.
    ///
    /// ```
    /// use marketingos::{Centre, Number, ProcessLimits};
    /// let values = [9, 11, 10, 10, 9, 12, 90].map(|value| Some(Number::from(value)));
    /// let limits = ProcessLimits::about(Centre::Median, &values, 7).unwrap();
    /// // Ranges 2, 1, 0, 1, 3, 78: their median is 1.5, and 10 ± 3.145 · 1.5.
    /// assert_eq!([limits.lower, limits.centre, limits.upper].map(|limit| limit.to_string()), ["5.2825", "10", "14.7175"]);
    /// assert_eq!(limits.range_limit.to_string(), "5.7975");
    /// ```
    #[must_use]
    pub fn about(centre: Centre, values: &[Option<Number>], least: usize) -> Option<Self> {
        match centre {
            Centre::Mean => Self::of(values, least),
            Centre::Median => Self::exactly(centre, &rounded(values), least),
        }
    }

    /// The limits of figures as they are, rounded or derived from such.
    pub(super) fn exactly(centre: Centre, values: &[Option<Number>], least: usize) -> Option<Self> {
        let points = values.iter().flatten().count();
        if points < least.max(2) {
            return None;
        }
        let values_and_ranges = [values.iter().flatten().cloned().collect(), ranges(values)];
        let (middles, limit, range_limit) = match centre {
            Centre::Mean => (values_and_ranges.map(mean), LIMIT_FACTOR, RANGE_FACTOR),
            Centre::Median => (values_and_ranges.map(median), MEDIAN_LIMIT_FACTOR, MEDIAN_RANGE_FACTOR),
        };
        let [Some(centre), Some(range)] = middles else { return None };
        let reach = range.clone() * Number::ratio(limit, FACTOR_UNIT)?;
        let range_limit = range * Number::ratio(range_limit, FACTOR_UNIT)?;
        Some(Self { lower: centre.clone() - reach.clone(), upper: centre.clone() + reach, range_limit, centre, points })
    }

    /// All points in units of the last decimal that any has: one division for each limit.
    /// `None` when that needs larger integers, or there are no limits.
    fn by_machine_integers(values: &[Option<Number>], points: usize) -> Option<Self> {
        let parts = values.iter().map(|value| value.as_ref().map(|value| value.rounded_parts().ok_or(())).transpose()).collect::<Result<Vec<_>, ()>>().ok()?;
        let decimals = parts.iter().flatten().map(|(_, decimals)| *decimals).max()?;
        let unit = |decimals: u32| 10i128.checked_pow(decimals);
        let (mut sum, mut ranges, mut neighbours, mut before) = (0i128, 0i128, 0i128, None);
        for part in parts {
            let value = match part {
                Some((mantissa, own)) => Some(mantissa.checked_mul(unit(decimals - own)?)?),
                None => None,
            };
            if let Some(value) = value {
                sum = sum.checked_add(value)?;
                if let Some(before) = before {
                    ranges = ranges.checked_add(value.checked_sub(before)?.checked_abs()?)?;
                    neighbours += 1;
                }
            }
            before = value;
        }
        let count = i128::try_from(points).ok()?;
        // Mean ± factor · mean range, over one denominator.
        let whole = unit(decimals)?;
        let (ranges_below, all_below) = (neighbours.checked_mul(FACTOR_UNIT)?.checked_mul(whole)?, count.checked_mul(neighbours)?.checked_mul(FACTOR_UNIT)?);
        let (mean, reach) = (sum.checked_mul(neighbours.checked_mul(FACTOR_UNIT)?)?, ranges.checked_mul(count.checked_mul(LIMIT_FACTOR)?)?);
        let all_below = all_below.checked_mul(whole)?;
        Some(Self {
            centre: Number::ratio(sum, count.checked_mul(whole)?)?,
            lower: Number::ratio(mean.checked_sub(reach)?, all_below)?,
            upper: Number::ratio(mean.checked_add(reach)?, all_below)?,
            range_limit: Number::ratio(ranges.checked_mul(RANGE_FACTOR)?, ranges_below)?,
            points,
        })
    }

    /// Which of Wheeler's rules the last value breaks, and on which side of the centre. A value on a
    /// limit breaks none. No value, no signal.
    #[must_use]
    pub fn signals(&self, values: &[Option<Number>]) -> Vec<Signal> {
        self.signals_by(RuleSet::Wheeler, values)
    }

    /// Which rules of a set the last value breaks; else as [`signals`](Self::signals).
    ///
    /// ```
    /// use marketingos::{Number, ProcessLimits, RuleSet, Side, SignalRule};
    /// let stable = [9, 11, 9, 11, 9, 11].map(|value| Some(Number::from(value)));
    /// let limits = ProcessLimits::of(&stable, 6).unwrap();
    /// let rising = [7, 8, 9, 10, 11, 12].map(|value| Some(Number::from(value)));
    /// let signals = limits.signals_by(RuleSet::Nelson, &rising);
    /// assert_eq!((signals[0].rule, signals[0].side), (SignalRule::TrendOfSix, Side::Above));
    /// assert!(limits.signals_by(RuleSet::Wheeler, &rising).is_empty());
    /// ```
    #[must_use]
    pub fn signals_by(&self, rules: RuleSet, values: &[Option<Number>]) -> Vec<Signal> {
        let latest = rounded(values.get(values.len().saturating_sub(rules.span())..).unwrap_or(values));
        let Some(Some(last)) = latest.last() else { return Vec::new() };
        let lines = Lines::for_one(last, &self.centre, &self.lower, &self.upper, rules.rules());
        let places: Vec<Option<Place>> = latest.iter().zip(steps(&latest)).map(|(value, step)| Some(lines.place(value.as_ref()?, step))).collect();
        rules.signals(&places)
    }
}

/// What a chart rests on.
pub(super) fn rounded(values: &[Option<Number>]) -> Vec<Option<Number>> {
    values.iter().map(|value| value.as_ref().map(Number::rounded)).collect()
}

/// The moving ranges: from each value to the next, where both are there.
fn ranges(values: &[Option<Number>]) -> Vec<Number> {
    values.iter().zip(values.iter().skip(1)).filter_map(|(left, right)| Some((right.clone()? - left.clone()?).abs())).collect()
}

fn mean(values: Vec<Number>) -> Option<Number> {
    let count = Number::from(values.len());
    values.into_iter().sum::<Number>().divided_by(&count)
}

/// The middle one, or the mean of the middle two.
fn median(mut values: Vec<Number>) -> Option<Number> {
    values.sort_unstable();
    let half = values.len() / 2;
    let upper = values.get(half)?;
    if values.len() % 2 == 1 {
        return Some(upper.clone());
    }
    Some((values.get(half.checked_sub(1)?)?.clone() + upper.clone()) * Number::from_parts(5, 1))
}

#[cfg(test)]
mod tests {
    use super::{ProcessLimits, rounded};
    use crate::{Centre, Number, SignalRule};
    use proptest::prelude::*;

    fn series(values: &[i64]) -> Vec<Option<Number>> {
        values.iter().map(|value| (*value != i64::MIN).then(|| Number::from(*value))).collect()
    }

    const GAP: i64 = i64::MIN;

    fn rules(limits_of: &[i64], tail: &[i64]) -> Vec<SignalRule> {
        let limits = ProcessLimits::of(&series(limits_of), 2).unwrap();
        limits.signals(&series(tail)).iter().map(|signal| signal.rule).collect()
    }

    #[test]
    fn a_point_on_the_limit_is_no_signal() {
        // Mean 10, every range 2: limits 10 ± 5.32.
        let stable = [9, 11, 9, 11, 9, 11];
        let limits = ProcessLimits::of(&series(&stable), 6).unwrap();
        assert!(limits.signals(&[Some(limits.upper.clone())]).is_empty());
        assert_eq!(rules(&stable, &[16]), [SignalRule::BeyondLimit]);
        assert_eq!(rules(&stable, &[15]), []);
    }

    #[test]
    fn runs_and_clusters_are_signals_and_gaps_break_them() {
        let stable = [9, 11, 9, 11, 9, 11];
        assert_eq!(rules(&stable, &[11, 12, 11, 12, 11, 12, 11, 12]), [SignalRule::RunOfEight]);
        assert_eq!(rules(&stable, &[11, 12, 11, 10, 11, 12, 11, 12]), []);
        assert_eq!(rules(&stable, &[11, 12, 11, GAP, 11, 12, 11, 12]), []);
        assert_eq!(rules(&stable, &[13, 11, 13, 13]), [SignalRule::ThreeOfFour]);
        assert_eq!(rules(&stable, &[13, 13, 13, 11]), []);
        assert_eq!(rules(&stable, &[16, GAP]), []);
    }

    #[test]
    fn too_few_points_give_no_limits() {
        assert!(ProcessLimits::of(&series(&[1, 2, 3, 4, 5, 6, 7]), 8).is_none());
        assert!(ProcessLimits::of(&series(&[1, GAP, 3, GAP, 5]), 2).is_none(), "no two neighbours");
    }

    fn ratio((numerator, denominator): (i64, i64)) -> Number {
        Number::from(numerator).divided_by(&Number::from(denominator)).unwrap()
    }

    #[test]
    fn a_value_on_a_limit_is_on_it_however_long_its_decimals() {
        let thirds = vec![Some(ratio((1, 3))); 9];
        let limits = ProcessLimits::of(&thirds, 8).unwrap();
        assert_eq!(limits.upper, limits.lower, "nothing moves");
        assert!(limits.signals(&thirds).is_empty(), "a third is no further out than a third");
    }

    proptest! {
        #[test]
        fn moving_all_values_moves_the_limits(values in prop::collection::vec(-1000i64..1000, 2..40), shift in -1000i64..1000) {
            let moved: Vec<i64> = values.iter().map(|value| value + shift).collect();
            let (limits, moved) = (ProcessLimits::of(&series(&values), 2).unwrap(), ProcessLimits::of(&series(&moved), 2).unwrap());
            prop_assert_eq!(limits.upper + Number::from(shift), moved.upper);
            prop_assert_eq!(limits.range_limit, moved.range_limit);
        }

        #[test]
        fn limits_follow_from_the_written_points(values in prop::collection::vec(((-1_000_000_000i64..1_000_000_000), 1i64..1_000_000_000), 2..40)) {
            let exact: Vec<Option<Number>> = values.iter().map(|value| Some(ratio(*value))).collect();
            let written: Vec<Option<Number>> = exact.iter().map(|value| Number::parse(&value.as_ref().unwrap().to_string())).collect();
            let limits = ProcessLimits::of(&exact, 2).unwrap();
            prop_assert_eq!(&limits, &ProcessLimits::of(&written, 2).unwrap());
            prop_assert_eq!(limits.signals(&exact), limits.signals(&written));
            for on in [&limits.upper, &limits.lower, &limits.centre] {
                prop_assert!(limits.signals(&[Some(on.clone())]).iter().all(|signal| signal.rule != SignalRule::BeyondLimit));
            }
        }

        #[test]
        fn machine_integers_give_the_same_limits(
            values in prop::collection::vec(prop::option::weighted(0.9, ((-1_000_000_000_000i64..1_000_000_000_000), 1i64..1_000_000_000, 0u32..20)), 2..40),
        ) {
            let values: Vec<Option<Number>> =
                values.iter().map(|value| value.map(|(above, below, decimals)| ratio((above, below)) * Number::from_parts(1, decimals))).collect();
            let points = values.iter().flatten().count();
            if let Some(quick) = ProcessLimits::by_machine_integers(&values, points) {
                prop_assert_eq!(Some(quick), ProcessLimits::exactly(Centre::Mean, &rounded(&values), 2));
            }
        }

        #[test]
        fn rounding_moves_limits_by_less_than_their_sixteenth_digit(values in prop::collection::vec((1i64..1_000_000, 1i64..1_000_000), 2..30)) {
            let values: Vec<Number> = values.into_iter().map(ratio).collect();
            let mean = values.iter().cloned().sum::<Number>().divided_by(&Number::from(values.len())).unwrap();
            let limits = ProcessLimits::of(&values.into_iter().map(Some).collect::<Vec<_>>(), 2).unwrap();
            prop_assert!((limits.centre - mean.clone()).abs() <= mean * Number::from_parts(1, 16));
        }
    }
}
