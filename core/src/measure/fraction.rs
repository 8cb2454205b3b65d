//! Fractions of machine integers, not reduced: what columns of figures are computed with, as
//! long as it fits.

use std::cmp::Ordering;

use crate::base::number::Number;

/// A ratio whose denominator is above zero.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fraction {
    above: i128,
    below: i128,
}

/// Integers up to this size are doubles.
const DOUBLES: i128 = 1 << 53;

impl Fraction {
    pub(super) fn whole(above: i128) -> Self {
        Self { above, below: 1 }
    }

    /// A ratio of machine integers, of which the lower is above zero.
    pub(super) fn of(above: i128, below: u128) -> Option<Self> {
        Some(Self { above, below: i128::try_from(below).ok()? })
    }

    /// `mantissa ÷ 10^decimals`.
    pub(super) fn decimal(mantissa: i128, decimals: u32) -> Option<Self> {
        Some(Self { above: mantissa, below: 10i128.checked_pow(decimals)? })
    }

    pub(super) fn is_zero(self) -> bool {
        self.above == 0
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        if self.below == other.below {
            return Some(Self { above: self.above.checked_add(other.above)?, below: self.below });
        }
        let above = self.above.checked_mul(other.below)?.checked_add(other.above.checked_mul(self.below)?)?;
        Some(Self { above, below: self.below.checked_mul(other.below)? })
    }

    pub(super) fn negated(self) -> Option<Self> {
        Some(Self { above: self.above.checked_neg()?, ..self })
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        Some(Self { above: self.above.checked_mul(other.above)?, below: self.below.checked_mul(other.below)? })
    }

    /// `None` also when the divisor is zero.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        let (above, below) =
            if self.below == other.below { (self.above, other.above) } else { (self.above.checked_mul(other.below)?, self.below.checked_mul(other.above)?) };
        match below.cmp(&0) {
            Ordering::Equal => None,
            Ordering::Greater => Some(Self { above, below }),
            Ordering::Less => Some(Self { above: above.checked_neg()?, below: below.checked_neg()? }),
        }
    }

    /// The nearest double: the quotient of two doubles is rounded correctly by every processor.
    pub(super) fn to_f64(self) -> Option<f64> {
        if self.above.unsigned_abs() <= DOUBLES.unsigned_abs() && self.below <= DOUBLES {
            let (above, below) = (i64::try_from(self.above).ok()?, i64::try_from(self.below).ok()?);
            #[allow(clippy::cast_precision_loss, reason = "both are within 53 bits")]
            return Some(above as f64 / below as f64);
        }
        Number::ratio(self.above, self.below)?.to_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::Fraction;
    use crate::base::number::Number;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fractions_compute_what_numbers_do(parts in prop::collection::vec((any::<i32>(), 0u32..6), 2), operation in 0usize..4) {
            let fraction = |(mantissa, decimals): (i32, u32)| Fraction::decimal(i128::from(mantissa), decimals).unwrap();
            let number = |(mantissa, decimals): (i32, u32)| Number::from_parts(i128::from(mantissa), decimals);
            let (left, right) = (fraction(parts[0]), fraction(parts[1]));
            let (exact_left, exact_right) = (number(parts[0]), number(parts[1]));
            let (quick, exact) = match operation {
                0 => (left.plus(right), Some(exact_left.clone() + exact_right.clone())),
                1 => (left.times(right), Some(exact_left.clone() * exact_right.clone())),
                2 => (left.over(right), exact_left.divided_by(&exact_right)),
                _ => (right.negated(), Some(-exact_right.clone())),
            };
            prop_assert_eq!(quick.map(Fraction::to_f64), exact.map(|exact| Number::to_f64(&exact)));
        }
    }
}
