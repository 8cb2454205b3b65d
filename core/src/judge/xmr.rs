//! Process behaviour charts (XmR), after Wheeler and Shewhart: which movements are signals
//! and which are noise.

use serde::Serialize;

use crate::base::number::Number;

/// Limits lie this many average moving ranges from the mean: 3 ÷ d₂ with d₂ = 1.128.
const LIMIT_FACTOR: (i128, u32) = (2660, 3);
/// The upper limit of moving ranges: D₄ for ranges of two.
const RANGE_FACTOR: (i128, u32) = (3268, 3);
/// Points on one side of the centre that make a run.
const RUN: usize = 8;

/// The natural limits of a process, from the mean of its values and of its moving ranges.
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
    /// The mean of the values.
    pub centre: Number,
    /// Mean − 2.660 · mean moving range.
    pub lower: Number,
    /// Mean + 2.660 · mean moving range.
    pub upper: Number,
    /// 3.268 · mean moving range: the limit of one period's change.
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
        let present: Vec<&Number> = values.iter().flatten().collect();
        if present.len() < least.max(2) {
            return None;
        }
        let ranges: Vec<Number> = values.iter().zip(values.iter().skip(1)).filter_map(|(left, right)| Some((right.clone()? - left.clone()?).abs())).collect();
        let centre = mean(present.iter().map(|value| (*value).clone()), present.len())?;
        let mean_range = mean(ranges.iter().cloned(), ranges.len())?;
        let reach = mean_range.clone() * Number::from_parts(LIMIT_FACTOR.0, LIMIT_FACTOR.1);
        Some(Self {
            lower: centre.clone() - reach.clone(),
            upper: centre.clone() + reach,
            range_limit: mean_range * Number::from_parts(RANGE_FACTOR.0, RANGE_FACTOR.1),
            centre,
            points: present.len(),
        })
    }

    /// Which rules the last value breaks, and on which side of the centre. A value on a limit
    /// breaks none. No value, no signal.
    #[must_use]
    pub fn signals(&self, values: &[Option<Number>]) -> Vec<Signal> {
        let Some(Some(last)) = values.last() else { return Vec::new() };
        let side = match last.cmp(&self.centre) {
            std::cmp::Ordering::Greater => Side::Above,
            std::cmp::Ordering::Less => Side::Below,
            std::cmp::Ordering::Equal => return Vec::new(),
        };
        // Distances from the centre towards that side.
        let distance = |value: &Number| match side {
            Side::Above => value.clone() - self.centre.clone(),
            Side::Below => self.centre.clone() - value.clone(),
        };
        let limit = self.upper.clone() - self.centre.clone();
        let zero = Number::from(0);
        let nearer = |value: &Number| distance(value) * Number::from(2) > limit;
        let latest = |count: usize| values.iter().rev().take(count);
        let mut signals = Vec::new();
        if distance(last) > limit {
            signals.push(Signal { rule: SignalRule::BeyondLimit, side });
        }
        if latest(RUN).filter(|value| value.as_ref().is_some_and(|value| distance(value) > zero)).count() == RUN {
            signals.push(Signal { rule: SignalRule::RunOfEight, side });
        }
        let near = latest(4).filter(|value| value.as_ref().is_some_and(nearer)).count();
        if nearer(last) && near >= 3 {
            signals.push(Signal { rule: SignalRule::ThreeOfFour, side });
        }
        signals
    }
}

fn mean(values: impl Iterator<Item = Number>, count: usize) -> Option<Number> {
    values.sum::<Number>().divided_by(&Number::from(count))
}

/// A rule that tells a signal from noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalRule {
    /// Strictly beyond a limit.
    BeyondLimit,
    /// Eight in a row on one side of the centre.
    RunOfEight,
    /// Three of four, the last among them, nearer to a limit than to the centre.
    ThreeOfFour,
}

impl SignalRule {
    /// The rule in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::BeyondLimit => "beyond the process limit",
            Self::RunOfEight => "eight in a row on one side of the average",
            Self::ThreeOfFour => "three of the last four nearer to the limit than to the average",
        }
    }
}

/// A side of the centre line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Above the centre.
    Above,
    /// Below the centre.
    Below,
}

/// A rule that a value breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Signal {
    /// The rule.
    pub rule: SignalRule,
    /// The side of the centre.
    pub side: Side,
}

#[cfg(test)]
mod tests {
    use super::{ProcessLimits, SignalRule};
    use crate::Number;
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

    proptest! {
        #[test]
        fn moving_all_values_moves_the_limits(values in prop::collection::vec(-1000i64..1000, 2..40), shift in -1000i64..1000) {
            let moved: Vec<i64> = values.iter().map(|value| value + shift).collect();
            let (limits, moved) = (ProcessLimits::of(&series(&values), 2).unwrap(), ProcessLimits::of(&series(&moved), 2).unwrap());
            prop_assert_eq!(limits.upper + Number::from(shift), moved.upper);
            prop_assert_eq!(limits.range_limit, moved.range_limit);
        }
    }
}
