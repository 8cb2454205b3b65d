//! Where a number stands on a drawing. Shares are exact; a place is rounded once, to a tenth of a
//! pixel, so that all hosts draw the same bytes.

use crate::base::number::Number;

/// From a number to a place in tenths of a pixel.
#[derive(Clone, Debug)]
pub(in crate::render) struct Scale {
    low: Number,
    high: Number,
    from: i64,
    to: i64,
}

impl Scale {
    pub(in crate::render) fn new(low: Number, high: Number, from: i64, to: i64) -> Self {
        Self { low, high, from, to }
    }

    /// The place of a number: inside the scale always, and in the middle where the scale has no
    /// width.
    pub(in crate::render) fn at(&self, value: &Number) -> i64 {
        let value = value.clamp(&self.low, &self.high);
        let share = (value.clone() - self.low.clone()).divided_by(&(self.high.clone() - self.low.clone()));
        let share = share.unwrap_or_else(|| Number::from_parts(5, 1));
        whole(&(Number::from(self.from) + share * Number::from(self.to.saturating_sub(self.from))))
    }
}

/// Rounded half to even.
pub(super) fn whole(number: &Number) -> i64 {
    number.to_fixed(0).parse().unwrap_or(0)
}

/// A scale with ticks at round numbers.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) ticks: Vec<Number>,
    pub(super) scale: Scale,
}

impl Axis {
    /// An axis that reaches over all values, from one place to the other, with about so many ticks.
    /// With `zero` it begins at zero, or reaches to it from below. `None` without values.
    pub(super) fn over<'v>(values: impl Iterator<Item = &'v Number> + Clone, zero: bool, most: i64, (from, to): (i64, i64)) -> Option<Self> {
        let (mut low, mut high) = (values.clone().min()?.clone(), values.max()?.clone());
        let nothing = Number::from(0);
        if zero {
            low = low.min(nothing.clone());
            high = high.max(nothing.clone());
        }
        if low == high {
            // A single level stands in the middle of something.
            let reach = if low.is_zero() { Number::from(1) } else { low.abs() * Number::from_parts(1, 1) };
            if !zero || !low.is_zero() {
                low = low - reach.clone();
            }
            high = high + reach;
        }
        let ticks = ticks(&low, &high, most);
        let (first, last) = (ticks.first().cloned().unwrap_or(low), ticks.last().cloned().unwrap_or(high));
        Some(Self { scale: Scale::new(first, last, from, to), ticks })
    }
}

/// Round numbers that enclose a range: steps of 1, 2 or 5 times a power of ten.
fn ticks(low: &Number, high: &Number, most: i64) -> Vec<Number> {
    let ends = || vec![low.clone(), high.clone()];
    let Some(step) = step(&(high.clone() - low.clone()), most) else { return ends() };
    let floor = low.divided_by(&step).map(|share| share.at_scale(0));
    let Some((Ok(first), _)) = floor else { return ends() };
    let mut ticks = Vec::new();
    for at in 0..=most.saturating_add(2) {
        let tick = (Number::from_parts(first, 0) + Number::from(at)) * step.clone();
        let last = tick >= *high;
        ticks.push(tick);
        if last {
            return ticks;
        }
    }
    ends()
}

/// The least round step that needs no more than so many for a range.
fn step(range: &Number, most: i64) -> Option<Number> {
    let raw = range.divided_by(&Number::from(most.max(1)))?;
    let digits = |number: &Number| u32::try_from(number.to_fixed(0).len()).unwrap_or(u32::MAX);
    // Two powers of ten are tried, so that rounding in the count of digits does not matter.
    let unit = if raw >= Number::from(1) {
        power_of_ten(digits(&raw).saturating_sub(1))
    } else {
        Number::from(1).divided_by(&power_of_ten(digits(&Number::from(1).divided_by(&raw)?)))?
    };
    [1, 2, 5, 10, 20, 50].into_iter().map(|times| unit.clone() * Number::from(times)).find(|step| *step >= raw)
}

fn power_of_ten(exponent: u32) -> Number {
    let zeros = "0".repeat(usize::try_from(exponent).unwrap_or(0));
    Number::parse(&format!("1{zeros}")).unwrap_or_else(|| Number::from(1))
}

#[cfg(test)]
mod tests {
    use super::{Axis, Scale, ticks};
    use crate::base::number::Number;
    use proptest::prelude::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn ticks_are_round_and_enclose() {
        let shown = |low: &str, high: &str| ticks(&number(low), &number(high), 5).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(shown("0", "364"), "0 100 200 300 400");
        assert_eq!(shown("-3", "9"), "-5 0 5 10");
        assert_eq!(shown("0.0612", "0.0704"), "0.06 0.062 0.064 0.066 0.068 0.07 0.072");
        assert_eq!(
            shown("0", "1000000000000000000000"),
            "0 200000000000000000000 400000000000000000000 600000000000000000000 800000000000000000000 1000000000000000000000"
        );
        assert_eq!(
            shown("0", "0.0000000000000000000000000009"),
            "0 0.0000000000000000000000000002 0.0000000000000000000000000004 0.0000000000000000000000000006 0.0000000000000000000000000008 0.000000000000000000000000001"
        );
    }

    #[test]
    fn a_level_stands_inside() {
        let axis = |value: i64, zero| Axis::over([Number::from(value)].iter(), zero, 4, (0, 1000)).unwrap().scale.at(&Number::from(value));
        for value in [-7, 0, 7] {
            for zero in [false, true] {
                assert!((0..=1000).contains(&axis(value, zero)));
            }
        }
        assert_eq!(Scale::new(Number::from(3), Number::from(3), 0, 100).at(&Number::from(3)), 50);
        assert!(Axis::over([].iter(), true, 4, (0, 1)).is_none());
    }

    proptest! {
        #[test]
        fn ticks_enclose_any_range(low in -1_000_000_000_i64..1_000_000_000, range in 1_i64..1_000_000_000, decimals in 0_u32..12, most in 2_i64..9) {
            let (low, high) = (Number::from_parts(low.into(), decimals), Number::from_parts((low + range).into(), decimals));
            let ticks = ticks(&low, &high, most);
            prop_assert!(ticks[0] <= low && *ticks.last().unwrap() >= high);
            let count = i64::try_from(ticks.len()).unwrap();
            prop_assert!(count >= 2 && count <= most + 2, "{ticks:?}");
            let steps: Vec<Number> = ticks.windows(2).map(|pair| pair[1].clone() - pair[0].clone()).collect();
            prop_assert!(steps.windows(2).all(|pair| pair[0] == pair[1]));
        }

        #[test]
        fn lengths_are_in_proportion(a in 0_i64..1_000_000, b in 0_i64..1_000_000) {
            let scale = Scale::new(Number::from(0), Number::from(1_000_000), 0, 6_000);
            let length = |value: i64| scale.at(&Number::from(value));
            // To half a tenth of a pixel for each.
            prop_assert!(((length(a) + length(b)) * 10_000 - (a + b) * 60).abs() <= 10_000);
        }
    }
}
