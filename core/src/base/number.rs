//! Exact numbers. Every figure is a ratio of two integers until the moment it is written
//! down, so that sums do not depend on the order of their terms, a division happens once,
//! and all hosts print the same digits.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use serde::{Serialize, Serializer};

/// Significant digits kept when a number has no short finite decimal form.
const ROUNDED_DIGITS: u32 = 17;
/// A terminating decimal with at most this many digits is written exactly.
const EXACT_DIGITS: usize = 34;
/// The most digits after the point that are written.
const MAX_DECIMALS: u32 = 1_200;
/// Beyond this size of numerator or denominator a formula's result is refused.
const MAX_BITS: u64 = 2048;

/// An exact rational number.
///
/// It is written (by [`Display`](fmt::Display) and on the wire) as a plain decimal: exactly
/// when it terminates within 34 digits, otherwise rounded half to even to 17 significant
/// digits. There is no infinity, no NaN and no negative zero.
///
/// ```
/// use marketingos::Number;
/// let cents = Number::parse("0.1").unwrap();
/// let sum = (0..10).fold(Number::from(0), |sum, _| sum + cents.clone());
/// assert_eq!(sum.to_string(), "1");
/// assert_eq!(Number::from(2).divided_by(&Number::from(3)).unwrap().to_string(), "0.66666666666666667");
/// assert_eq!(Number::from(2).divided_by(&Number::from(0)), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(BigRational);

impl Number {
    /// `mantissa ÷ 10^decimals`, exactly.
    pub(crate) fn from_parts(mantissa: i128, decimals: u32) -> Self {
        Self(BigRational::new(BigInt::from(mantissa), power_of_ten(decimals)))
    }

    pub(crate) fn from_big(mantissa: BigInt, decimals: u32) -> Self {
        Self(BigRational::new(mantissa, power_of_ten(decimals)))
    }

    /// Reads a plain decimal: optional sign, digits, optional fraction. No exponent, no
    /// grouping; those belong to a declared column format. `None` for anything else and for
    /// more than 64 digits.
    ///
    /// ```
    /// use marketingos::Number;
    /// assert_eq!(Number::parse("-12.50").unwrap().to_string(), "-12.5");
    /// assert!(Number::parse("NaN").is_none() && Number::parse("1e3").is_none() && Number::parse("").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let well_formed = !whole.is_empty()
            && (digits.len() == whole.len() || !fraction.is_empty())
            && whole.len() + fraction.len() <= 64
            && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !well_formed {
            return None;
        }
        let mantissa = BigInt::parse_bytes(format!("{whole}{fraction}").as_bytes(), 10)?;
        let decimals = u32::try_from(fraction.len()).ok()?;
        let number = Self::from_big(mantissa, decimals);
        Some(if text.starts_with('-') { -number } else { number })
    }

    /// The quotient, or `None` when `divisor` is zero.
    #[must_use]
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// The distance from zero.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// Whether this is exactly zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether this has no fractional part.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// Whether the exact form has grown past what a formula may produce (2,048 bits).
    pub(crate) fn is_oversized(&self) -> bool {
        self.0.numer().bits() > MAX_BITS || self.0.denom().bits() > MAX_BITS
    }

    /// Written with exactly `decimals` digits after the point (at most 1,200), rounded half to even.
    ///
    /// ```
    /// use marketingos::Number;
    /// assert_eq!(Number::parse("2.5").unwrap().to_fixed(0), "2");
    /// assert_eq!(Number::parse("-0.04").unwrap().to_fixed(1), "0.0");
    /// ```
    #[must_use]
    pub fn to_fixed(&self, decimals: u32) -> String {
        let decimals = decimals.min(MAX_DECIMALS);
        let (numerator, denominator) = (self.0.numer().abs(), self.0.denom());
        let (mut quotient, remainder) = (numerator * power_of_ten(decimals)).div_rem(denominator);
        let doubled = remainder * 2u8;
        if doubled > *denominator || (doubled == *denominator && quotient.is_odd()) {
            quotient += 1u8;
        }
        let sign = if self.is_negative() && !quotient.is_zero() { "-" } else { "" };
        let places = usize::try_from(decimals).unwrap_or(usize::MAX);
        let digits = format!("{quotient:0>width$}", width = places.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// The mantissa and the decimals, when it has at most `most` decimals.
    pub(crate) fn to_decimal(&self, most: usize) -> Option<(BigInt, u32)> {
        let decimals = self.terminating_decimals().filter(|decimals| usize::try_from(*decimals).is_ok_and(|decimals| decimals <= most))?;
        Some((self.0.numer() * power_of_ten(decimals) / self.0.denom(), decimals))
    }

    /// Decimals of the finite decimal form, or `None` when the expansion never ends.
    fn terminating_decimals(&self) -> Option<u32> {
        let mut rest = self.0.denom().clone();
        let mut count = |factor: u8| {
            let mut times = 0u32;
            loop {
                let (quotient, remainder) = rest.div_rem(&BigInt::from(factor));
                if !remainder.is_zero() || times > 64 {
                    return times;
                }
                rest = quotient;
                times = times.saturating_add(1);
            }
        };
        let decimals = count(2).max(count(5));
        (rest == BigInt::from(1u8)).then_some(decimals)
    }

    /// Decimals that leave `ROUNDED_DIGITS` significant digits.
    fn rounding_decimals(&self) -> u32 {
        let whole = self.0.numer().abs() / self.0.denom();
        if whole.is_zero() {
            // Leading zeros after the point: digits of (denominator ÷ numerator), less one.
            let inverse = self.0.denom() / self.0.numer().abs();
            let zeros = inverse.to_string().len().saturating_sub(1);
            ROUNDED_DIGITS.saturating_add(u32::try_from(zeros).unwrap_or(u32::MAX).min(1024))
        } else {
            let digits = u32::try_from(whole.to_string().len()).unwrap_or(u32::MAX);
            ROUNDED_DIGITS.saturating_sub(digits)
        }
    }
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10u8).pow(exponent)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(decimals) = self.terminating_decimals() {
            let text = self.to_fixed(decimals);
            if text.len() <= EXACT_DIGITS || decimals == 0 {
                return f.write_str(&text);
            }
        }
        let text = self.to_fixed(self.rounding_decimals());
        let trimmed = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        f.write_str(trimmed)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(whole: $integer) -> Self {
                Self(BigRational::from_integer(BigInt::from(whole)))
            }
        }
    )*};
}

from_integers!(i32, i64, u32, u64, usize);

impl Add for Number {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Number {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul for Number {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl Neg for Number {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::from(0), |sum, term| sum + term)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;
    use proptest::prelude::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn writes_short_decimals_exactly_and_rounds_the_rest() {
        let ratio = |a: i64, b: i64| Number::from(a).divided_by(&Number::from(b)).unwrap().to_string();
        assert_eq!(ratio(842, 8000), "0.10525");
        assert_eq!(ratio(14, 60), "0.23333333333333333");
        assert_eq!(ratio(-1, 3000), "-0.00033333333333333333");
        assert_eq!(ratio(10_000_000_000, 3), "3333333333.3333333");
        assert_eq!(number("123456789012345678901234567890").to_string(), "123456789012345678901234567890");
        assert_eq!(number("-0.000").to_string(), "0");
    }

    #[test]
    fn rounds_half_to_even() {
        for (text, decimals, expected) in
            [("0.5", 0, "0"), ("1.5", 0, "2"), ("2.5", 0, "2"), ("0.125", 2, "0.12"), ("0.375", 2, "0.38"), ("-1.5", 0, "-2"), ("9.99", 1, "10.0")]
        {
            assert_eq!(number(text).to_fixed(decimals), expected, "{text} to {decimals}");
        }
    }

    proptest! {
        #[test]
        fn a_sum_does_not_depend_on_order(mut terms in prop::collection::vec((any::<i64>(), 0u32..12), 0..40)) {
            let sum = |terms: &[(i64, u32)]| terms.iter().map(|(m, d)| Number::from_parts(i128::from(*m), *d)).sum::<Number>();
            let forward = sum(&terms);
            terms.reverse();
            prop_assert_eq!(forward, sum(&terms));
        }

        #[test]
        fn parse_reads_what_display_writes(mantissa in any::<i64>(), decimals in 0u32..15) {
            let value = Number::from_parts(i128::from(mantissa), decimals);
            prop_assert_eq!(Number::parse(&value.to_string()), Some(value));
        }

        #[test]
        fn seventeen_digits_are_within_half_a_unit(a in 1i64.., b in 1i64..) {
            let exact = Number::from(a).divided_by(&Number::from(b)).unwrap();
            let written = number(&exact.to_string());
            let error = (written - exact.clone()).abs().divided_by(&exact).unwrap();
            prop_assert!(error <= number("0.00000000000000005"));
        }
    }
}
