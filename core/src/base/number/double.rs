//! The nearest double of an exact number.

use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

use super::Number;

/// Doubles hold every integer up to this size.
const EXACT: u128 = 1 << 53;
/// The exponent of the last bit of the smallest doubles.
const LAST_BIT: i64 = -1074;
/// The bits of the first pattern that is no finite double.
const INFINITE: u64 = 0x7ff << 52;

impl Number {
    /// The double nearest to this number, of two equally near the one whose last bit is zero
    /// (IEEE 754, round half to even); `None` when that lies beyond the largest finite double,
    /// about 1.8 × 10³⁰⁸. What is nearer to zero than to the smallest double is `0.0`, never `-0.0`.
    ///
    /// For columns that other programs compute with. It rounds once, from the exact ratio; no
    /// figure of this library is computed from it.
    ///
    /// ```
    /// use marketingos::Number;
    /// let third = Number::from(1).divided_by(&Number::from(3)).unwrap();
    /// assert_eq!(third.to_f64(), Some(1.0 / 3.0));
    /// // Half way between two doubles: to the even one.
    /// assert_eq!(Number::from(9_007_199_254_740_993_i64).to_f64(), Some(9_007_199_254_740_992.0));
    /// ```
    #[must_use]
    pub fn to_f64(&self) -> Option<f64> {
        // Both parts are doubles themselves, and the division of doubles rounds as is wanted.
        if let Some((numerator, denominator)) = self.small_parts()
            && numerator.unsigned_abs() <= EXACT
            && denominator <= EXACT
        {
            return Some(numerator.to_f64()? / denominator.to_f64()?);
        }
        let exact = self.to_big();
        let size = nearest(exact.numer().magnitude(), exact.denom().magnitude())?;
        Some(if self.is_negative() && size > 0.0 { -size } else { size })
    }
}

/// The double nearest to the quotient of two positive integers.
fn nearest(numerator: &BigUint, denominator: &BigUint) -> Option<f64> {
    // A quotient of 64 or 65 bits, in units of 2^exponent, and whether anything is left.
    let exponent = i64::try_from(numerator.bits()).ok()? - i64::try_from(denominator.bits()).ok()? - 64;
    let (by, shift) = (exponent.unsigned_abs(), exponent < 0);
    let (quotient, rest) = if shift { (numerator << by).div_rem(denominator) } else { numerator.div_rem(&(denominator << by)) };
    let quotient = quotient.to_u128()?;
    // The last bit that a double has room for, and how many bits of the quotient lie below.
    let length = i64::from(128 - quotient.leading_zeros());
    let last = (length + exponent - 53).max(LAST_BIT);
    let below = u32::try_from(last - exponent).ok()?;
    let Some(kept) = quotient.checked_shr(below) else { return Some(0.0) };
    let half = 1u128.checked_shl(below.checked_sub(1)?)?;
    let dropped = quotient & (half | (half - 1));
    let up = dropped > half || (dropped == half && (!rest.is_zero() || kept % 2 == 1));
    // A carry out of the mantissa raises the exponent, as it should.
    let bits = u64::try_from(last - LAST_BIT).ok()?.checked_mul(1 << 52)?.checked_add(u64::try_from(kept).ok()?)?.checked_add(u64::from(up))?;
    (bits < INFINITE).then(|| f64::from_bits(bits))
}
